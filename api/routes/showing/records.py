"""States of sources, past deliveries and a rehearsal in, the page of the records out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.record_reasons import reason_vi
from api.record_states import SourceState
from api.web.language import Bilingual as Both
from api.web.record_views import DeliveryRow, Rehearsed, RowProblem, SourceRow, SourcesPage
from api.web.views import Choice, Errors, Fact, Sign, State
from api.web.writing import day, moment
from verification.delivery import DeliveryKind, PastDelivery
from verification.pulling import PullStanding, Reach
from verification.source import Change, Publication, SourceName
from verification.workflow.synchronise import Loaded

_FRESH = State(Sign.GOOD, Both("Còn mới", "Fresh"))
_STALE = State(Sign.BAD, Both("Quá hạn cập nhật", "Too old"))
_EMPTY = State(Sign.NONE, Both("Chưa nạp", "Nothing loaded"))
_CLEAN = State(Sign.GOOD, Both("Nạp được", "Ready to be loaded"))
_TAKEN = State(Sign.NONE, Both("Đã nạp trước đây", "Taken already"))
_LOOK = State(Sign.CHECK, Both("Có dòng cần xem", "Some lines need a look"))
_REFUSED = State(Sign.BAD, Both("Xóa quá nhiều, chỉ nạp khi được phép", "Removes too much unless allowed"))
_KINDS = {
    DeliveryKind.FULL: Both("Toàn bộ", "Full"),
    DeliveryKind.INCREMENT: Both("Phần thay đổi", "Increment"),
}
CHANGES = {
    Change.NEW: Both("Bản ghi mới", "New"),
    Change.CHANGED: Both("Thay đổi", "Changed"),
    Change.GONE: Both("Bị xóa", "Removed"),
    Change.UNCHANGED: Both("Như cũ", "As before"),
    Change.OLDER: Both("Cũ hơn bản đang có", "Older than what is kept"),
    Change.CONFLICTING: Both("Mâu thuẫn", "Conflicting"),
}
_MOST_LINES, _MOST_PROBLEMS = 10, 100
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Asked:
    """The form of a rehearsal as it was filled in, and what came of it."""

    source: str = ""
    full: bool = False
    file: str = ""
    loaded: Loaded | None = None
    errors: Errors = ()


def shown_sources(
    states: Iterable[SourceState], deliveries: Iterable[PastDelivery], asked: Asked, *, may_try: bool
) -> SourcesPage:
    """Every source, loaded or not; the form for those who may try a delivery."""
    states = tuple(states)
    titles = {state.source.name: Both(state.source.title_vi, state.source.title_en) for state in states}
    choices = (Choice(name, title, chosen=name == asked.source) for name, title in titles.items())
    return SourcesPage(
        rows=tuple(_source(state) for state in states),
        deliveries=tuple(_delivery(past, titles) for past in deliveries),
        choices=tuple(choices) if may_try else (),
        full=asked.full,
        rehearsed=_rehearsed(asked.file, asked.loaded) if asked.loaded else None,
        errors=asked.errors,
    )


def _source(state: SourceState) -> SourceRow:
    source, snapshot = state.source, state.snapshot
    return SourceRow(
        name=Both(source.title_vi, source.title_en),
        owner=source.owner,
        basis=source.legal_basis,
        published=_published(state.published),
        as_of=moment(snapshot.as_of) if snapshot else _NONE,
        age=_hours(state.age.total_seconds() / 3600) if state.age else Both(_NONE, _NONE),
        limit=_hours(source.fresh_for.total_seconds() / 3600),
        records=_count(snapshot.records if snapshot else 0),
        snapshot=str(snapshot.sequence) if snapshot else _NONE,
        number=_NONE if state.last_number is None else str(state.last_number),
        state=(_FRESH if state.fresh else _STALE) if snapshot else _EMPTY,
        asked=_asked(state.pull) if state.pull else None,
    )


def _asked(standing: PullStanding) -> State:
    if standing.reach is Reach.RESTING:
        why = f" ({standing.code})"
        return State(Sign.BAD, Both(f"Tạm ngừng hỏi nền tảng{why}", f"Its platform is left alone{why}"))
    if standing.failures:
        why = f" ({standing.code})"
        return State(Sign.CHECK, Both(f"Lần hỏi cuối bị lỗi{why}", f"The last question failed{why}"))
    return State(Sign.GOOD, Both("Hỏi trực tiếp nền tảng", "Its platform is asked"))


def _published(found: Publication | None) -> Both:
    if found is None:
        return Both("Chưa xác nhận là đã công bố", "Not confirmed as announced")
    since, until = day(found.from_day), day(found.until_day) if found.until_day else None
    vi = f"Từ {since}" + (f" đến {until}" if until else "")
    en = f"From {since}" + (f" to {until}" if until else "")
    return Both(f"{vi}: {found.basis_vi}", f"{en}: {found.basis_en}")


def _hours(hours: float) -> Both:
    return Both(
        f"{hours:.1f}".removesuffix(".0").replace(".", ",") + " giờ", f"{hours:.1f} h".replace(".0 ", " ")
    )


def _delivery(past: PastDelivery, titles: Mapping[SourceName, Both]) -> DeliveryRow:
    return DeliveryRow(
        at=moment(past.at),
        source=titles.get(past.source, Both(past.source, past.source)),
        number=_NONE if past.sequence is None else str(past.sequence),
        kind=_KINDS[past.kind],
        as_of=moment(past.as_of),
        accepted=_count(past.accepted),
        rejected=_count(past.rejected),
        conflicts=_lines(past),
        by=past.actor,
    )


def _lines(past: PastDelivery) -> str:
    count = past.counts.get(Change.CONFLICTING, 0)
    if not count:
        return "0"
    first = ", ".join(str(line) for line in past.conflicts[:_MOST_LINES])
    return f"{_count(count)} ({first}{', …' if count > _MOST_LINES else ''})"


def _rehearsed(file: str, loaded: Loaded) -> Rehearsed:
    problems = [
        *(
            RowProblem(str(r.line), Both("Bị loại", "Rejected"), Both(reason_vi(r.detail), r.detail))
            for r in loaded.rejected
        ),
        *(
            RowProblem(str(line), CHANGES[Change.CONFLICTING], Both("", ""))
            for line in loaded.tally.conflicts
        ),
    ]
    return Rehearsed(
        file=file,
        state=_outcome(loaded),
        facts=_facts(loaded),
        problems=tuple(problems[:_MOST_PROBLEMS]),
        more=max(0, len(problems) - _MOST_PROBLEMS),
    )


def _outcome(loaded: Loaded) -> State:
    if loaded.already:
        return _TAKEN
    if loaded.needs_allowing:
        return _REFUSED
    return _LOOK if loaded.rejected or loaded.tally.conflicts else _CLEAN


def _facts(loaded: Loaded) -> tuple[Fact, ...]:
    counts = [(CHANGES[change], count) for change, count in loaded.tally.counts.items()]
    lines = [
        (Both("Dòng được nhận", "Rows accepted"), loaded.accepted),
        (Both("Dòng bị loại", "Rows rejected"), len(loaded.rejected)),
        *counts,
        (Both("Bản ghi bị nghi ngờ vì dòng mới bị loại", "Doubted: their row was rejected"), loaded.doubted),
        (Both("Tên không được giữ", "Names that are not kept"), sum(loaded.unknown.values())),
        (Both("Giấy tờ cần xem lại", "Papers to be looked at again"), loaded.drift),
    ]
    return tuple(Fact(label, _count(count)) for label, count in lines)


def _count(count: int) -> str:
    return f"{count:,}".replace(",", ".")
