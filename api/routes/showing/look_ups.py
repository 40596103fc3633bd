"""Disclosed look-ups in, the citizen's page of them out."""

from collections.abc import Iterable

from api.routes.showing.words import kind_title
from api.web.language import Bilingual as Both
from api.web.people_views import LookUpRow, RecordRows, WhoLookedPage
from api.web.views import Sign, State, Text
from api.web.writing import moment
from verification.services import Services
from verification.source_profile import source_of
from verification.workflow.compare_again import COMPARED_AGAIN
from verification.workflow.disclose import Hidden, RecordLookUps, ToldLookUp
from verification.workflow.look_up import Status
from verification.workflow.process import CHECKING
from verification.workflow.rank import RANKING

HIDDEN = {
    Hidden.OTHER_PERSON: Both(
        "Bản ghi này không phải của người nộp hồ sơ (theo họ tên, năm sinh, 4 số cuối đã khai), nên chỉ "
        "người đó được xem. Nếu là của ông/bà, xin mang giấy tờ đến điểm tiếp nhận để được xem.",
        "This record is not the applicant's (by the name, birth year and last digits given), so only its own "
        "person may see this. If it is yours, bring your paper to the service point to see it.",
    ),
    Hidden.UNSURE_KEY: Both(
        "Số hoặc họ tên trên giấy chưa đọc chắc nên bản ghi có thể là của người khác; xin hỏi điểm tiếp "
        "nhận.",
        "The number or name was not read with certainty, so the record may be another person's; please ask "
        "at the service point.",
    ),
    Hidden.NOT_SEEN: Both(
        "Hồ sơ nộp trên mạng: chỉ hiện những lần xem cho chính hồ sơ này. Để xem tất cả, xin đến điểm tiếp "
        "nhận cùng bản chính.",
        "Sent on line: only the look-ups for this dossier are shown. To see all, come to the service point "
        "with the original.",
    ),
}
_SERVICE = Both("Hệ thống tự đối chiếu giấy tờ", "The service itself, comparing papers")
_ANOTHER = Both("Một hồ sơ khác", "Another dossier")
_PROCEDURE = Both("Giải quyết thủ tục", "To handle a procedure")
_OURS = {
    CHECKING: Both("Đối chiếu giấy tờ đã nộp với dữ liệu", "To compare the papers sent with the records"),
    RANKING: Both(
        "Hiện cho cán bộ xem vì giống giấy tờ đang xử lý, không phải để kết luận",
        "Shown to an officer as being like a paper in hand; nothing was concluded from it",
    ),
    COMPARED_AGAIN: Both(
        "Dữ liệu gốc vừa thay đổi nên giấy tờ được đối chiếu lại",
        "The record changed, so the paper was compared with it again",
    ),
}
_NO_FIELD = Both("Chỉ tìm bản ghi, không xem mục nào", "Only found the record; no field was looked at")


def shown_look_ups(
    services: Services, status: Status, told: Iterable[RecordLookUps], *, kept_days: int
) -> WhoLookedPage:
    """One section a paper that was compared with a record."""
    records = tuple(_record(services, status, each) for each in told)
    return WhoLookedPage(status.submission.code, records, kept_days)


def _record(services: Services, status: Status, found: RecordLookUps) -> RecordRows:
    source = source_of(found.source, services.sources)
    paper = next(paper for paper in status.papers if paper.id == found.paper_id)
    titles = field_titles(services)
    return RecordRows(
        paper=kind_title(paper, services.profiles),
        source=Both(source.title_vi, source.title_en) if source else Both(found.source, found.source),
        owner=source.owner if source else "–",
        rows=tuple(_row(services, line, titles) for line in found.look_ups),
        note=State(Sign.CHECK, HIDDEN[found.hidden]) if found.hidden else None,
    )


def field_titles(services: Services) -> dict[str, Both]:
    """What fields are called, by name."""
    return {f.name: Both(f.title_vi, f.title_en) for p in reversed(services.profiles) for f in p.fields}


def purpose_shown(purpose: str | None) -> Text:
    """What somebody wrote, or what a word of ours means."""
    return _OURS.get(purpose or "", purpose or _PROCEDURE)


def _row(services: Services, line: ToldLookUp, titles: dict[str, Both]) -> LookUpRow:
    agency = services.unit.agency
    names = [titles.get(name, Both(name, name)) for name in line.fields]
    return LookUpRow(
        at=moment(line.at),
        who=f"{line.who} ({agency})"
        if line.who
        else Both(*(f"{w} ({agency})" for w in (_SERVICE.vi, _SERVICE.en))),
        dossier=line.dossier or _ANOTHER,
        purpose=purpose_shown(line.purpose),
        fields=Both("; ".join(n.vi for n in names), "; ".join(n.en for n in names)) if names else _NO_FIELD,
    )
