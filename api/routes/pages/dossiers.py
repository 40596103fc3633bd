"""A citizen looks a dossier up: code, then second factor, then how far it is and what to take home."""

from dataclasses import replace
from typing import Annotated

import zxingcpp
from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse

from api.deps import Access, Visitor, VisitorDep, page
from api.errors import TooManyAttemptsError
from api.passes import DossierPass, read_pass
from api.problems import status_of
from api.routes.factor import dossier_code, open_dossier
from api.routes.guarded import form_router, page_router
from api.routes.pages.submitting import PASS_COOKIE, let_in
from api.routes.showing.look_ups import shown_look_ups
from api.routes.showing.people_data import citizens_slips
from api.routes.showing.status import shown_status, shown_submitted
from api.routes.v1.certifications import pdf
from api.routes.v1.corrections import slip_pdf
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.views import CitizenLookup, FieldError, SecondFactor
from verification.certification import parse_code
from verification.errors import NotFoundError, WrongFactorError
from verification.workflow.ask_correction import draw_slip, slips_of
from verification.workflow.disclose import disclose
from verification.workflow.look_up import Status
from verification.workflow.review import dossier, hand_over

looked_at = page_router(Access.PUBLIC)
forms = form_router(Access.PUBLIC)
dossiers = page_router(Access.CITIZEN)
ROUTERS = (looked_at, forms, dossiers)


@looked_at.get(paths.LOOKUP)
def ask_code(visitor: VisitorDep) -> Response:
    """The form."""
    return page(visitor, CitizenLookup())


@forms.post(paths.LOOKUP)
def take_code(visitor: VisitorDep, code: Annotated[str, Form()] = "") -> Response:
    """On to the second factor, whether there is such a dossier or not."""
    unit = visitor.site.services.unit.code
    found = dossier_code(code, unit)
    if found is None:
        wrong = Both(
            f"Mã hồ sơ có dạng {unit}-261124-0001; xin xem lại giấy tiếp nhận.",
            f"A code looks like {unit}-261124-0001; please look at your receipt again.",
        )
        return page(visitor, CitizenLookup(code[:60], (FieldError("code", wrong),)), status=422)
    return RedirectResponse(paths.second_factor(found), 303)


@looked_at.get("/tra-cuu/{code}/xac-nhan")
def ask_factor(visitor: VisitorDep, code: str) -> Response:
    """The form."""
    return page(visitor, SecondFactor(code[:60], paths.second_factor(code)))


@forms.post("/tra-cuu/{code}/xac-nhan")
def take_factor(visitor: VisitorDep, code: str, last_four: Annotated[str, Form()] = "") -> Response:
    """In, or the same words for a wrong code and a wrong answer."""
    code = code.strip().upper()
    try:
        open_dossier(visitor.site, visitor.caller, code, last_four)
    except (WrongFactorError, TooManyAttemptsError) as error:
        wrong = FieldError("last_four", Both(error.message_vi, error.message_en))
        view = SecondFactor(code[:60], paths.second_factor(code), (wrong,))
        return page(visitor, view, status=status_of(error))
    return let_in(visitor, code, paths.status(code))


@dossiers.get("/tra-cuu/{code}")
def look(visitor: VisitorDep, request: Request, code: str) -> Response:
    """How far each paper is."""
    if _pass(visitor, request, code) is None:
        return RedirectResponse(paths.second_factor(code), 303)
    services = visitor.site.services
    found = dossier(services, code)
    slips = citizens_slips(code, slips_of(services, found.papers))
    return page(visitor, replace(shown_status(found, services.profiles, services.terms), slips=slips))


@dossiers.get("/tra-cuu/{code}/da-nhan")
def received(visitor: VisitorDep, request: Request, code: str) -> Response:
    """The code to keep, and what became of each file."""
    given = _pass(visitor, request, code)
    if given is None:
        return RedirectResponse(paths.second_factor(code), 303)
    found = dossier(visitor.site.services, code)
    return page(visitor, shown_submitted(found.submission, given.refused, qr=paths.dossier_qr(code)))


@dossiers.get("/tra-cuu/{code}/ai-da-xem")
def who_looked(visitor: VisitorDep, request: Request, code: str) -> Response:
    """Who looked at the records of this dossier's citizen."""
    if _pass(visitor, request, code) is None:
        return RedirectResponse(paths.second_factor(code), 303)
    services, kept_days = visitor.site.services, visitor.site.settings.look_ups_kept_days
    found = dossier(services, code)
    return page(visitor, shown_look_ups(services, found, disclose(services, found), kept_days=kept_days))


@dossiers.get("/tra-cuu/{code}/phieu-dieu-chinh/{slip_id}")
def slip(visitor: VisitorDep, request: Request, code: str, slip_id: int) -> Response:
    """A slip that asks for the correction of a record, made out in this dossier."""
    if _pass(visitor, request, code) is None:
        return RedirectResponse(paths.second_factor(code), 303)
    content = draw_slip(visitor.site.services, slip_id, actor="citizen", dossier=code)
    return slip_pdf(content, slip_id)


@dossiers.get("/tra-cuu/{code}/ma-qr.svg")
def qr(visitor: VisitorDep, request: Request, code: str) -> Response:
    """The address of the dossier's page as a QR code."""
    if _pass(visitor, request, code) is None:
        raise WrongFactorError
    address = f"{visitor.site.services.public_url}{paths.status(code)}"
    drawn = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode)
    return Response(drawn.to_svg(), media_type="image/svg+xml")


@dossiers.get("/tra-cuu/{code}/tai-ve/{short_code}")
def download(visitor: VisitorDep, request: Request, code: str, short_code: str) -> Response:
    """A file issued in this dossier."""
    if _pass(visitor, request, code) is None:
        return RedirectResponse(paths.second_factor(code), 303)
    services = visitor.site.services
    parsed = parse_code(short_code)
    if parsed is None or parsed not in _codes(dossier(services, code)):
        raise NotFoundError
    return pdf(hand_over(services, parsed, "citizen")[1], parsed)


def _codes(status: Status) -> set[str]:
    return {issued.code for issued in status.issued}


def _pass(visitor: Visitor, request: Request, code: str) -> DossierPass | None:
    text = request.cookies.get(PASS_COOKIE, "")
    return read_pass(visitor.site.pass_key, text, code=code, now=visitor.site.services.now())
