"""Checking what was issued: a PDF, or a code printed on paper, in; a verdict or a standing out."""

from typing import Annotated

from fastapi import Form, Response
from fastapi.responses import RedirectResponse

from api.attempts import Tries
from api.deps import Access, Site, VisitorDep, page
from api.errors import ApiError
from api.problems import status_of
from api.routes.factor import CODES
from api.routes.guarded import form_router, page_router
from api.routes.showing.validation import issued_facts, shown_verdict, standing_state
from api.routes.uploads import MaybeFiles, uploads
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.views import CodeLookup, Errors, Fact, FieldError, StandingPage, Validation
from signing.errors import SigningError
from verification.certification import parse_code
from verification.errors import NotFoundError
from verification.workflow.look_up import Known, look_up
from verification.workflow.validate import standing_reason, validate

looked_at = page_router(Access.PUBLIC)
large_forms = form_router(Access.PUBLIC)
forms = form_router(Access.PUBLIC)
ROUTERS = (looked_at, large_forms, forms)
LARGE = (large_forms,)
VALIDATIONS = 200
"""An address may do this often within a quarter of an hour: a whole office may sit behind one."""


@looked_at.get(paths.VALIDATE)
def ask_for_file(visitor: VisitorDep) -> Response:
    """The form."""
    return page(visitor, _validation(visitor.site))


@large_forms.post(paths.VALIDATE)
def check_file(visitor: VisitorDep, file: MaybeFiles = None) -> Response:
    """The verdict, on the page of the form; the file is not kept."""
    site = visitor.site
    site.counter.spend(Tries("validate", visitor.caller.address, VALIDATIONS))
    try:
        given = uploads(file)[0]
        found = validate(site.services, given.content)
    except (ApiError, SigningError) as error:
        errors = (FieldError("file", Both(error.message_vi, error.message_en)),)
        return page(visitor, _validation(site, errors=errors), status=status_of(error))
    view = Validation(_megabytes(site), result=shown_verdict(given.name, found))
    return page(visitor, view)


@looked_at.get(paths.CODE_LOOKUP)
def ask_for_code(visitor: VisitorDep) -> Response:
    """The form."""
    return page(visitor, CodeLookup())


@forms.post(paths.CODE_LOOKUP)
def go_to_code(visitor: VisitorDep, code: Annotated[str, Form()] = "") -> Response:
    """A code that cannot be right is told at once, by its check character."""
    parsed = parse_code(code)
    if parsed is None:
        wrong = Both(
            "Mã chưa đúng: có ký tự gõ nhầm hoặc còn thiếu; xin xem lại tờ giấy.",
            "The code is not right: a character is wrong or missing; look at the paper again.",
        )
        return page(visitor, CodeLookup(code[:40], (FieldError("code", wrong),)), status=422)
    return RedirectResponse(paths.standing(parsed), 303)


@looked_at.get("/v/{code}")
def standing(visitor: VisitorDep, code: str) -> Response:
    """What anyone may know of an issued paper. The printed QR leads here."""
    try:
        known = look_up(visitor.site.services, code)
    except NotFoundError:
        visitor.site.counter.spend(Tries("code", visitor.caller.address, CODES))
        unknown = Both(
            "Không có văn bản nào mang mã này; xin xem lại từng ký tự.",
            "No document has this code; check it character by character.",
        )
        return page(
            visitor, CodeLookup(code[:40], (FieldError("code", unknown),)), status=404, at=paths.CODE_LOOKUP
        )
    return page(visitor, _standing(visitor.site, known))


def _standing(site: Site, known: Known) -> StandingPage:
    issued = known.issued
    state, why = standing_state(issued), standing_reason(issued, known.successor)
    test = (
        Both("THỬ NGHIỆM – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ. ", "TEST – WITHOUT LEGAL VALUE. ")
        if site.services.signer.test
        else Both("", "")
    )
    explanation = Both(
        f"{test.vi}Đây là những gì sổ của cơ quan ghi về văn bản mang mã này.",
        f"{test.en}This is what the agency's book says of the document with this code.",
    )
    if why:
        explanation = Both(
            f"{test.vi}{why.message_vi} {why.next_step_vi}", f"{test.en}{why.message_en} {why.next_step_en}"
        )
    issuer = Fact(Both("Cơ quan cấp", "Issued by"), site.services.unit.agency)
    return StandingPage(issued.code, state, explanation, (issuer, *issued_facts(issued, known.successor)))


def _validation(site: Site, *, errors: Errors = ()) -> Validation:
    return Validation(_megabytes(site), errors=errors)


def _megabytes(site: Site) -> int:
    return site.settings.limits.max_bytes // (1024 * 1024)
