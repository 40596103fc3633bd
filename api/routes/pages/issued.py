"""What was issued: the list and one document, looked at; annulled, or a replacement begun, by forms."""

from typing import Annotated

from fastapi import Form, Response
from fastapi.responses import RedirectResponse

from api.deps import ROLES, Access, Visitor, VisitorDep, page
from api.routes.guarded import form_router, page_router
from api.routes.showing.issued import search_of, shown_document, shown_issued
from api.routes.uploads import plain_text
from api.web import paths
from api.web.certification_views import AnnulInput
from api.web.language import Bilingual as Both
from api.web.views import Errors, FieldError
from verification.certification import ShortCode, parse_code
from verification.errors import NotFoundError, VerificationError
from verification.standing import RevocationReason
from verification.standing_errors import (
    DecisionNumberNeededError,
    NumberNotConfirmedError,
    RevocationNoteMissingError,
)
from verification.submission import PaperId
from verification.workflow.find_issued import find_issued, whole
from verification.workflow.revoke import Revocation, revoke
from verification.workflow.supersede import begin_replacement, mark_replacing

readers = page_router(Access.BOOK_READER)
forms = form_router(Access.OFFICER)
ROUTERS = (readers, forms)
_MOST_WORDS = 2000
_FIELDS: dict[type[VerificationError], str] = {
    NumberNotConfirmedError: "number",
    DecisionNumberNeededError: "decision",
    RevocationNoteMissingError: "note",
}
_CHOOSE = Both("Chọn lý do.", "Choose the reason.")
_ANNULLED = Both("Đã hủy bỏ giá trị; trang tra cứu đã trả lời như vậy.", "Annulled; the public page says so.")


@readers.get(paths.ISSUED)
def issued(visitor: VisitorDep, tim: str = "", loc: str = "", trang: int = 1) -> Response:
    """Newest first."""
    words = plain_text(tim)
    found = find_issued(visitor.site.services, search_of(words, loc, trang))
    return page(visitor, shown_issued(found, words, loc, trang))


@readers.get("/can-bo/da-cap/{code}")
def document(visitor: VisitorDep, code: str) -> Response:
    """One document. Raises NotFoundError."""
    return _document(visitor, _code(code))


@forms.post("/can-bo/da-cap/{code}/huy-bo")
def annul(
    visitor: VisitorDep,
    code: str,
    reason: Annotated[str, Form()] = "",
    decision: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    number: Annotated[str, Form()] = "",
) -> Response:
    """Done, or what is wrong with what was typed. Raises AlreadyRevokedError, NoDelegationError."""
    given = AnnulInput(reason, plain_text(note, _MOST_WORDS), plain_text(decision, 60))
    chosen = next((r for r in RevocationReason if r.value == reason), None)
    if chosen is None:
        return _document(visitor, _code(code), given, (FieldError("reason", _CHOOSE),))
    said = Revocation(
        code=_code(code),
        officer_id=visitor.officer.id,
        reason=chosen,
        number=plain_text(number, 40),
        note=given.note,
        decision_number=given.decision,
    )
    try:
        revoke(visitor.site.services, said)
    except tuple(_FIELDS) as error:
        wrong = FieldError(_FIELDS[type(error)], Both(error.message_vi, error.message_en))
        return _document(visitor, said.code, given, (wrong,))
    return _document(visitor, said.code, notice=_ANNULLED)


@forms.post("/can-bo/da-cap/{code}/cap-lai")
def begin(visitor: VisitorDep, code: str) -> Response:
    """On to the review of the new paper. Raises NotReplaceableError, StaleError."""
    new = begin_replacement(visitor.site.services, _code(code), visitor.officer.id)
    return RedirectResponse(paths.review(new.id), 303)


@forms.post("/can-bo/ho-so/{paper_id}/thay-the")
def mark(
    visitor: VisitorDep,
    paper_id: str,
    code: Annotated[str, Form()] = "",
    version: Annotated[int, Form()] = 0,
) -> Response:
    """This paper, scanned anew, is to replace a document; back to its review."""
    services, officer = visitor.site.services, visitor.officer
    marked = mark_replacing(services, PaperId(paper_id), _code(code), officer.id, version=version)
    return RedirectResponse(paths.review(marked.id), 303)


def _document(
    visitor: Visitor,
    code: ShortCode,
    given: AnnulInput | None = None,
    errors: Errors = (),
    *,
    notice: Both | None = None,
) -> Response:
    decides = bool(visitor.officer.roles & ROLES[Access.OFFICER])
    view = shown_document(whole(visitor.site.services, code), decides=decides, given=given, errors=errors)
    status = 422 if errors else 200
    return page(visitor, view, status=status, at=paths.issued_document(code), notice=notice)


def _code(typed: str) -> ShortCode:
    code = parse_code(typed)
    if code is None:
        raise NotFoundError
    return code
