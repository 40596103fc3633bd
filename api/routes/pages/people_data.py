"""Pages about people's data for the office: slips to the owners of records, and who still demands copies."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Form, Response
from fastapi.responses import RedirectResponse

from api.deps import ROLES, Access, Visitor, VisitorDep, page
from api.routes.guarded import form_router, page_router
from api.routes.showing.people_data import demander_rows, demanders_csv, shown_slips
from api.routes.uploads import plain_text
from api.routes.v1.corrections import slip_pdf
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.people_views import DemandersPage
from api.web.views import FieldError
from api.web.writing import VIETNAM
from verification.errors import DemanderUnknownError
from verification.submission import PaperId
from verification.workflow.ask_correction import (
    Answered,
    Asked,
    answer_slip,
    ask_correction,
    draw_slip,
    slips,
)
from verification.workflow.count_demands import (
    Merge,
    Period,
    count_demands,
    merge,
    month_of,
    organisations,
)

officers = page_router(Access.OFFICER)
officers_forms = form_router(Access.OFFICER)
readers = page_router(Access.STAFF)
admins_forms = form_router(Access.ADMIN)
ROUTERS = (officers, officers_forms, readers, admins_forms)
_MOST_WORDS = 2000
_NO_ANSWER = Both("Ghi nội dung trả lời.", "Enter what was answered.")
_WRONG_DAYS = Both("Ngày cuối không được trước ngày đầu.", "The last day must not be before the first.")


@officers.get(paths.SLIPS)
def all_slips(visitor: VisitorDep) -> Response:
    """Every slip, newest first."""
    services = visitor.site.services
    return page(visitor, shown_slips(services, slips(services)))


@officers.get("/can-bo/phieu-dieu-chinh/{slip_id}/tai-ve")
def slip_file(visitor: VisitorDep, slip_id: int) -> Response:
    """The slip, for the counter's printer."""
    return slip_pdf(draw_slip(visitor.site.services, slip_id, actor=str(visitor.officer.id)), slip_id)


@officers_forms.post("/can-bo/giay-to/{paper_id}/phieu-dieu-chinh")
def make_slip(
    visitor: VisitorDep,
    paper_id: str,
    fields: Annotated[tuple[str, ...], Form()] = (),
    note: Annotated[str, Form()] = "",
) -> Response:
    """Made out; the list leads to its PDF."""
    asked = Asked(visitor.officer.id, fields, plain_text(note, _MOST_WORDS))
    slip = ask_correction(visitor.site.services, PaperId(paper_id), asked)
    return RedirectResponse(f"{paths.SLIPS}#p-{slip.id}", 303)


@officers_forms.post("/can-bo/phieu-dieu-chinh/{slip_id}/tra-loi")
def enter_answer(
    visitor: VisitorDep,
    slip_id: int,
    answer: Annotated[str, Form()] = "",
    version: Annotated[int, Form()] = 0,
) -> Response:
    """Entered once. Raises StaleError when somebody was quicker."""
    services, words = visitor.site.services, plain_text(answer, _MOST_WORDS)
    if not words:
        view = shown_slips(services, slips(services))
        return page(visitor, view, status=422, at=paths.SLIPS, notice=_NO_ANSWER)
    answer_slip(services, slip_id, Answered(visitor.officer.id, words), version=version)
    return RedirectResponse(f"{paths.SLIPS}#p-{slip_id}", 303)


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked for, and whether they were asked for the wrong way round."""

    period: Period
    errors: tuple[FieldError, ...]


def days(visitor: VisitorDep, tu: str = "", den: str = "") -> Days:
    """This month where nothing, or no day, is given."""
    month = month_of(visitor.site.services.now().astimezone(VIETNAM).date())
    first, last = _day(tu) or month.first, _day(den) or month.last
    if last < first:
        return Days(month, (FieldError("den", _WRONG_DAYS),))
    return Days(Period(first, last), ())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@readers.get(paths.DEMANDERS)
def demanders(visitor: VisitorDep, asked: Annotated[Days, Depends(days)]) -> Response:
    """The register of the days asked for."""
    return _demanders(visitor, asked.period, asked.errors)


def _demanders(visitor: Visitor, period: Period, errors: tuple[FieldError, ...] = ()) -> Response:
    services = visitor.site.services
    first, last = period.first.isoformat(), period.last.isoformat()
    view = DemandersPage(
        rows=demander_rows(services, count_demands(services, period)),
        first=first,
        last=last,
        csv=paths.demanders_csv(first, last),
        organisations=organisations(services),
        may_merge=bool(visitor.officer.roles & ROLES[Access.ADMIN]),
        errors=errors,
    )
    return page(visitor, view, status=422 if errors else 200, at=paths.DEMANDERS)


@readers.get(paths.DEMANDERS_CSV)
def demanders_table(visitor: VisitorDep, asked: Annotated[Days, Depends(days)]) -> Response:
    """The same as a file for a spreadsheet."""
    services = visitor.site.services
    content = demanders_csv(services, count_demands(services, asked.period))
    name = f"noi-con-yeu-cau-{asked.period.first}-{asked.period.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    # The mark at the beginning is how a spreadsheet knows the letters.
    return Response(f"\ufeff{content}".encode(), media_type="text/csv; charset=utf-8", headers=headers)


@admins_forms.post(paths.DEMANDERS_MERGE)
def merge_names(
    visitor: VisitorDep, written: Annotated[str, Form()] = "", name: Annotated[str, Form()] = ""
) -> Response:
    """Counted as one from now on."""
    services = visitor.site.services
    try:
        merge(services, Merge(plain_text(written), plain_text(name)), by=visitor.officer.id)
    except DemanderUnknownError as error:
        month = month_of(services.now().astimezone(VIETNAM).date())
        return _demanders(visitor, month, (FieldError("name", Both(error.message_vi, error.message_en)),))
    return RedirectResponse(paths.DEMANDERS, 303)
