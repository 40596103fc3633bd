"""What lost its record: the work list, and an officer's choice about one of its lines."""

from typing import Annotated

from fastapi import Form, Response
from fastapi.responses import RedirectResponse

from api.deps import Access, Visitor, VisitorDep, page
from api.routes.guarded import form_router, page_router
from api.routes.showing.drift import Given, WorkList, shown_drift
from api.routes.uploads import plain_text
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.views import FieldError
from verification.drift import DriftState
from verification.errors import NoteMissingError
from verification.workflow.settle_drift import EVERY_STATE, Choice, Settlement, restore_all, settle, work_list

readers = page_router(Access.BOOK_READER)
forms = form_router(Access.OFFICER)
ROUTERS = (readers, forms)
ALL = "tat-ca"
_MOST, _MOST_WORDS = 500, 2000


@readers.get(paths.DRIFT)
def drift(visitor: VisitorDep, loc: str = "", trang: int = 1) -> Response:
    """What waits for an officer, newest first; or everything there ever was."""
    return _list(visitor, everything=loc == ALL, number=trang)


@forms.post(paths.RESTORE_ALL)
def restore(visitor: VisitorDep) -> Response:
    """Every receipt whose record answers again; the list as it is then, with how many there were."""
    count = restore_all(visitor.site.services, visitor.officer.id)
    notice = Both(f"Đã khôi phục {count} phiếu.", f"{count} receipts were restored.")
    return _list(visitor, notice=notice)


@forms.post("/can-bo/du-lieu-thay-doi/{line_id}")
def settle_line(
    visitor: VisitorDep,
    line_id: int,
    choice: Annotated[Choice, Form()],
    version: Annotated[int, Form()] = 0,
    note: Annotated[str, Form()] = "",
) -> Response:
    """Done, and back to the list. Raises StaleError, NotFoundError, SettlementNotPossibleError."""
    words = plain_text(note, _MOST_WORDS)
    try:
        settle(visitor.site.services, Settlement(line_id, choice, visitor.officer.id, version, words))
    except NoteMissingError as error:
        wrong = FieldError(f"note-{line_id}", Both(error.message_vi, error.message_en))
        return _list(visitor, given=Given(line_id, words, (wrong,)))
    return RedirectResponse(paths.DRIFT, 303)


def _list(
    visitor: Visitor,
    *,
    everything: bool = False,
    number: int = 1,
    given: Given | None = None,
    notice: Both | None = None,
) -> Response:
    services = visitor.site.services
    states = EVERY_STATE if everything else (DriftState.OPEN,)
    items = work_list(services, states=states, limit=_MOST)
    with visitor.site.database.reading() as tx:
        waiting = tx.drift.open_lines()
        names = {officer.id: officer.full_name for officer in tx.officers.all()}
    if given:
        # The line that was sent stands first, so that the error is on the page that is shown.
        items = tuple(sorted(items, key=lambda item: item.line.id != given.line_id))
    found = WorkList(items, waiting, everything, number)
    view = shown_drift(services, found, names, given)
    at = paths.DRIFT if given or notice else None
    return page(visitor, view, status=422 if given else 200, at=at, notice=notice)
