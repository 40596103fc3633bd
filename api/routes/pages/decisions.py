"""An officer's decision from the forms of the review: all errors at once with what was typed, or decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Form, Response
from fastapi.responses import RedirectResponse

from api.deps import Access, Visitor, VisitorDep, page
from api.routes.guarded import form_router
from api.routes.showing.review import Given, shown_review
from api.routes.showing.words import GROUNDS, RETURN_REASONS
from api.routes.uploads import plain_text
from api.web import officer_views, paths
from api.web.language import Bilingual as Both
from api.web.officer_views import DecisionInput
from api.web.views import FieldError
from verification.decision import (
    Approval,
    Decision,
    NotNeeded,
    OriginalSeen,
    Redelivery,
    RefusalGround,
    Rejection,
    ReturnForCorrection,
)
from verification.errors import NotDecidableError, ScanTooCoarseError, StaleError
from verification.register import EntryId
from verification.services import Services
from verification.standing_errors import NotComparedError
from verification.submission import OfficerId, PaperId
from verification.workflow.decide import decide
from verification.workflow.review import Stated, case, may_sign, state_purpose

Choice = officer_views.Decision
forms = form_router(Access.OFFICER)
ROUTERS = (forms,)
_MOST_WORDS, _MOST_IN_BOOK = 2000, 300


@dataclass(frozen=True, slots=True)
class Sent:
    """One of the forms as it was sent."""

    version: int
    reasons: tuple[str, ...]
    typed: DecisionInput


@dataclass(frozen=True, slots=True)
class Where:
    """What an approval says of the original, who insists on the copy; or which copy is given again."""

    seen: bool
    place: str
    demander: str
    offer: str
    compared: bool


def where(
    seen: Annotated[str, Form()] = "",
    place: Annotated[str, Form()] = "",
    demander: Annotated[str, Form()] = "",
    offer: Annotated[str, Form()] = "",
    compared: Annotated[str, Form()] = "",
) -> Where:
    """The fields of an approval, and of giving again."""
    return Where(seen == "yes", plain_text(place), plain_text(demander), plain_text(offer), compared == "yes")


def sent(
    original: Annotated[Where, Depends(where)],
    version: Annotated[int, Form()] = 0,
    reasons: Annotated[tuple[str, ...], Form()] = (),
    note: Annotated[str, Form()] = "",
    procedure: Annotated[str, Form()] = "",
    audience: Annotated[str, Form()] = "",
) -> Sent:
    """All fields of all forms; each form has some."""
    return Sent(
        version,
        reasons,
        DecisionInput(
            procedure=plain_text(procedure),
            audience=plain_text(audience),
            place=original.place,
            seen=original.seen,
            demander=original.demander,
            note=plain_text(note, _MOST_WORDS),
            offer=original.offer,
            compared=original.compared,
        ),
    )


@forms.post("/can-bo/ho-so/{paper_id}/{what}")
def take_decision(
    visitor: VisitorDep, paper_id: str, what: Choice, form: Annotated[Sent, Depends(sent)]
) -> Response:
    """Raises StaleError when somebody else was quicker; one's own double click is no clash."""
    services, officer = visitor.site.services, visitor.officer
    errors = tuple(_errors(what, form))
    if errors:
        return _again(visitor, paper_id, Given(what, form.typed, form.reasons, errors))
    decision = _decision(what, form, PaperId(paper_id), officer.id, services.now())
    try:
        if what is Choice.NOT_NEEDED:
            stated = Stated(form.typed.procedure, form.typed.audience, officer.id)
            state_purpose(services, decision.paper_id, stated, version=form.version)
        decide(services, decision, version=form.version)
    except NotComparedError:
        wrong = (FieldError(f"{what}-compared", _COMPARE),)
        return _again(visitor, paper_id, Given(what, form.typed, form.reasons, wrong))
    except ScanTooCoarseError as error:
        wrong = (FieldError(f"{what}-seen", Both(error.message_vi, error.message_en)),)
        return _again(visitor, paper_id, Given(what, form.typed, form.reasons, wrong))
    except (StaleError, NotDecidableError):
        if not _is_same(services, decision):
            raise
    return RedirectResponse(paths.decided(paper_id), 303)


def _again(visitor: Visitor, paper_id: str, given: Given) -> Response:
    """The review with what was typed and what is wrong with it."""
    services = visitor.site.services
    found = case(services, PaperId(paper_id))
    view = shown_review(services, found, may_sign=may_sign(services, visitor.officer.id), given=given)
    return page(visitor, view, status=422, at=paths.review(paper_id))


def _is_same(services: Services, decision: Decision) -> bool:
    kept = case(services, decision.paper_id).paper.decision
    return kept is not None and type(kept) is type(decision) and kept.officer_id == decision.officer_id


def _errors(what: Choice, form: Sent) -> list[FieldError]:
    typed = form.typed
    wrong = []
    if what in (Choice.APPROVE, Choice.INSIST):
        if what is Choice.INSIST and not typed.demander:
            wrong.append(("demander", _WHO))
        if not typed.seen:
            wrong.append(("seen", _SEEN))
        if not typed.place:
            wrong.append(("place", _PLACE))
    if what is Choice.REDELIVER and not typed.offer:
        wrong.append(("offer", _WHICH))
    if what is Choice.RETURN and not _reasons_in_words(form) and not typed.note:
        wrong.append(("reasons", _WHAT_IS_MISSING))
    if what is Choice.REJECT and _ground(form) is None:
        wrong.append(("reasons", _GROUND))
    return [FieldError(f"{what}-{field}", words) for field, words in wrong]


_WHICH = Both("Chọn bản giao lại.", "Choose which one is given again.")
_COMPARE = Both("Cầm bản chính, so và xác nhận đã so.", "Hold the original, compare, and say that you did.")
_WHO = Both("Ghi tên cơ quan, tổ chức đòi bản sao.", "Name the organisation that demands the copy.")
_SEEN = Both("Xác nhận đã xem bản chính.", "Confirm that you saw the original.")
_PLACE = Both("Ghi nơi xem bản chính.", "Say where the original was seen.")
_WHAT_IS_MISSING = Both(
    "Chọn ít nhất một chỗ cần bổ sung hoặc ghi giải thích.", "Choose what is missing, or explain."
)
_GROUND = Both("Chọn lý do từ chối.", "Choose the ground.")


def _decision(what: Choice, form: Sent, paper: PaperId, officer: OfficerId, now: datetime) -> Decision:
    typed = form.typed
    match what:
        case Choice.NOT_NEEDED:
            return NotNeeded(paper, officer, now)
        case Choice.APPROVE:
            seen = OriginalSeen(officer, now, typed.place)
            return Approval(paper, officer, now, seen, note=typed.note[:_MOST_IN_BOOK])
        case Choice.INSIST:
            seen = OriginalSeen(officer, now, typed.place)
            note = typed.note[:_MOST_IN_BOOK]
            return Approval(paper, officer, now, seen, demander=typed.demander, note=note)
        case Choice.REDELIVER:
            return Redelivery(paper, officer, now, EntryId(typed.offer), typed.compared)
        case Choice.RETURN:
            words = [*_reasons_in_words(form), *([typed.note] if typed.note else [])]
            return ReturnForCorrection(paper, officer, now, "; ".join(words))
        case Choice.REJECT:
            ground = _ground(form) or RefusalGround.UNREADABLE
            return Rejection(paper, officer, now, ground, typed.note or GROUNDS[ground].vi)


def _reasons_in_words(form: Sent) -> list[str]:
    return [RETURN_REASONS[reason].vi for reason in form.reasons if reason in RETURN_REASONS]


def _ground(form: Sent) -> RefusalGround | None:
    return next((ground for ground in RefusalGround if ground.value in form.reasons), None)
