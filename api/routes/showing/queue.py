"""Papers that wait in, the officer's queue out."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from api.routes.showing.failing import failure_words
from api.routes.showing.promise import Today, due_of
from api.routes.showing.words import OUTCOMES, kind_title
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.officer_views import Queue, QueueRow
from api.web.views import Link, Pagination, Sign, State
from api.web.writing import initials, moment, waiting
from verification.assessment import Outcome
from verification.ports import PaperCase, QueueItem
from verification.profile import Profile
from verification.submission import PaperStage

ROWS = 25
_Fits = Callable[[QueueItem, Today], bool]


def _proposed(*outcomes: Outcome) -> _Fits:
    return lambda item, _today: item.paper.assessment.outcome in outcomes


FILTERS: Mapping[str, tuple[Both, _Fits]] = MappingProxyType(
    {
        "": (Both("Tất cả", "All"), lambda _item, _today: True),
        "khong-can": (Both("Không cần bản sao", "No copy needed"), _proposed(Outcome.NO_COPY_NEEDED)),
        "can-xem": (
            Both("Cần xem kỹ", "To look at closely"),
            _proposed(Outcome.OFFICER_REVIEW, Outcome.SOURCE_UNAVAILABLE),
        ),
        "chung-thuc": (Both("Cần chứng thực", "To certify"), _proposed(Outcome.CERTIFICATION_NEEDED)),
        "tu-choi": (Both("Đề nghị từ chối", "Refusal proposed"), _proposed(Outcome.REFUSAL_PROPOSED)),
        "chua-cap-duoc": (
            Both("Chưa cấp được", "Could not be issued"),
            lambda item, _today: item.paper.stage is PaperStage.FAILED,
        ),
        "qua-han": (
            Both("Quá hạn", "Overdue"),
            lambda item, today: today.is_late(item.submission),
        ),
    }
)
"""By the word in the address: what the filter is called, and what it lets through."""


def shown_queue(
    items: tuple[QueueItem, ...], profiles: tuple[Profile, ...], *, chosen: str, number: int, today: Today
) -> Queue:
    """Page `number` of what the chosen filter lets through, what is due first before the rest."""
    fits = FILTERS.get(chosen, FILTERS[""])[1]
    wanted = sorted(
        (item for item in items if fits(item, today)),
        key=lambda item: (due_of(item.submission, today.terms).at, item.submission.received_at),
    )
    last = max(1, -(-len(wanted) // ROWS))
    number = min(max(number, 1), last)
    shown = wanted[(number - 1) * ROWS : number * ROWS]
    return Queue(
        filters=tuple(_filter(word, items, chosen=chosen, today=today) for word in FILTERS),
        rows=tuple(_row(item, profiles, today) for item in shown),
        next_free=paths.review(wanted[0].paper.id) if wanted else None,
        pages=pagination(number, last, lambda n: f"{paths.QUEUE}?loc={chosen}&trang={n}"),
    )


def _proposal(paper: PaperCase) -> State:
    """What the machine proposes; of a paper that could not be issued, why: it is decided again."""
    if paper.stage is not PaperStage.FAILED:
        return OUTCOMES[paper.assessment.outcome]
    why = failure_words(paper.failure or "")
    return State(Sign.BAD, Both(f"Chưa cấp được: {why.vi}", f"Could not be issued: {why.en}"))


def pagination(number: int, last: int, address: Callable[[int], str]) -> Pagination:
    """Where one is in a long list."""
    return Pagination(
        number,
        last,
        address(number - 1) if number > 1 else None,
        address(number + 1) if number < last else None,
    )


def _filter(word: str, items: tuple[QueueItem, ...], *, chosen: str, today: Today) -> Link:
    title, fits = FILTERS[word]
    href = f"{paths.QUEUE}?loc={word}" if word else paths.QUEUE
    return Link(href, title, current=word == chosen, count=sum(fits(item, today) for item in items))


def _row(item: QueueItem, profiles: tuple[Profile, ...], today: Today) -> QueueRow:
    received = item.submission.received_at
    return QueueRow(
        code=item.submission.code,
        href=paths.review(item.paper.id),
        kind=kind_title(item.paper, profiles),
        applicant=initials(item.submission.applicant.full_name),
        waiting=waiting(today.now - received),
        due=moment(due_of(item.submission, today.terms).at),
        overdue=today.is_late(item.submission),
        proposal=_proposal(item.paper),
    )
