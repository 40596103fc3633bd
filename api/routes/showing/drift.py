"""Lines of the work list in, the page of what lost its record out."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.routes.showing.queue import pagination
from api.routes.showing.validation import SERIES, standing_state
from api.routes.showing.words import OUTCOMES, kind_title
from api.web import paths
from api.web.drift_views import DriftPage, DriftRow, DriftWay
from api.web.language import Bilingual as Both
from api.web.views import Errors, Fact, Link, Sign, State
from api.web.writing import moment
from verification.drift import Drifted, DriftState, Settled
from verification.profile import profile_of
from verification.services import Services
from verification.source_profile import source_of
from verification.submission import OfficerId, PaperStage
from verification.workflow.settle_drift import Choice, Item

ROWS = 25
LOST = {
    Drifted.CHANGED: Both("Bản ghi đã được sửa, không còn khớp", "The record was corrected and differs"),
    Drifted.NOT_VALID: Both("Bản ghi không còn giá trị", "The record is no longer valid"),
    Drifted.GONE: Both("Không còn tìm thấy bản ghi", "The record is no longer found"),
    Drifted.SEVERAL: Both("Tìm thấy nhiều bản ghi", "Several records are found"),
}
SETTLED = {
    Settled.REVOKED: Both("Đã thu hồi phiếu", "The receipt was revoked"),
    Settled.RESTORED: Both("Đã khôi phục phiếu", "The receipt was restored"),
    Settled.NOTED: Both("Đã ghi nhận", "Noted"),
    Settled.DECIDED: Both("Đã quyết định trên dữ liệu mới", "Decided on the new record"),
}
_WAYS = {
    Choice.CONFIRM: DriftWay("confirm", Both("Thu hồi phiếu", "Revoke the receipt"), "warning"),
    Choice.RESTORE: DriftWay("restore", Both("Khôi phục phiếu", "Restore the receipt"), "secondary"),
    Choice.NOTED: DriftWay("noted", Both("Đã xem, không cần làm gì", "Seen, nothing to do"), "secondary"),
}
_WHY = Both(
    "Muốn khôi phục khi dữ liệu vẫn khác thì phải ghi lý do.",
    "To restore it while the record still differs, write down why.",
)
_BACK = Both(
    "Dữ liệu nay lại xác nhận giấy tờ này như trước.", "The record now answers for this paper again."
)


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed at one line, and what was wrong with it."""

    line_id: int
    note: str
    errors: Errors


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of the list: the lines read, how many are open, all of them or only the open ones."""

    items: tuple[Item, ...]
    open: int
    everything: bool
    number: int


def shown_drift(
    services: Services, found: WorkList, names: dict[OfficerId, str], given: Given | None = None
) -> DriftPage:
    """Page `number` of what was read; `names` are the officers'."""
    last = max(1, -(-len(found.items) // ROWS))
    number = min(max(found.number, 1), last)
    shown = found.items[(number - 1) * ROWS : number * ROWS]
    return DriftPage(
        filters=_filters(found),
        rows=tuple(_row(services, item, names, given) for item in shown),
        restorable=sum(i.line.answers_again and Choice.RESTORE in i.choices for i in found.items),
        errors=given.errors if given else (),
        pages=pagination(number, last, lambda n: f"{_address(everything=found.everything)}&trang={n}"),
    )


def _address(*, everything: bool) -> str:
    return f"{paths.DRIFT}?loc={'tat-ca' if everything else ''}"


def _filters(found: WorkList) -> tuple[Link, ...]:
    waiting = Both("Chờ xử lý", "To be done")
    return (
        Link(paths.DRIFT, waiting, current=not found.everything, count=found.open),
        Link(_address(everything=True), Both("Tất cả", "All"), current=found.everything),
    )


def _row(services: Services, item: Item, names: dict[OfficerId, str], given: Given | None) -> DriftRow:
    line = item.line
    waiting = item.paper.stage in (PaperStage.WAITING, PaperStage.FAILED)
    superseded = Choice.RESTORE in item.choices
    return DriftRow(
        id=line.id,
        version=line.version,
        title=kind_title(item.paper, services.profiles),
        dossier=item.dossier,
        href=paths.review(item.paper.id) if waiting else paths.decided(item.paper.id),
        state=State(Sign.CHECK if line.state is DriftState.OPEN else Sign.NONE, LOST[line.loss.what]),
        facts=tuple(_facts(services, item, names)),
        ways=tuple(_WAYS[choice] for choice in item.choices),
        hint=_WHY if superseded and not line.answers_again else None,
        back=_BACK if line.answers_again else None,
        note=given.note if given and given.line_id == line.id else "",
    )


def _facts(services: Services, item: Item, names: dict[OfficerId, str]) -> Iterable[Fact]:
    line, source = item.line, source_of(item.line.source, services.sources)
    if line.loss.fields:
        yield Fact(Both("Trường không còn khớp", "Fields that no longer agree"), _fields(services, item))
    title = Both(source.title_vi, source.title_en) if source else Both(line.source, line.source)
    yield Fact(Both("Nguồn dữ liệu", "Source"), title)
    yield Fact(Both("Nhận được lúc", "Came in at"), moment(line.at))
    if item.issued:
        series = SERIES[item.issued.series]
        number = f"{item.issued.number}, {item.issued.book}"
        yield Fact(Both("Văn bản", "Document"), Both(f"{series.vi} {number}", f"{series.en} {number}"))
        yield Fact(Both("Tình trạng", "Standing"), standing_state(item.issued).text)
    else:
        yield Fact(Both("Đề xuất nay là", "Now proposed"), OUTCOMES[item.paper.assessment.outcome].text)
    if line.settled and line.settled_at and line.by:
        done, who = SETTLED[line.settled], f"{names.get(line.by, line.by)}, {moment(line.settled_at)}"
        yield Fact(Both("Đã làm", "Done"), Both(f"{done.vi} ({who})", f"{done.en} ({who})"))
    if line.note:
        yield Fact(Both("Ghi chú", "Note"), line.note)


def _fields(services: Services, item: Item) -> Both:
    profiles = [profile_of(side.extraction.kind, services.profiles) for side in item.paper.sides]
    known = {f.name: f for profile in profiles if profile for f in profile.fields}
    specs = [(name, known.get(name)) for name in item.line.loss.fields]
    return Both(
        "; ".join(spec.title_vi if spec else name for name, spec in specs),
        "; ".join(spec.title_en if spec else name for name, spec in specs),
    )
