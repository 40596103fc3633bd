"""A validated PDF in, the verdict as a page shows it out."""

from collections.abc import Iterable

from api.web import paths, views
from api.web.language import Bilingual as Both
from api.web.views import Fact, Message, Sign, SignatureLine, State
from api.web.writing import moment
from signing.model import Reason, Role, SignatureReport
from verification.certification import Issued, Standing
from verification.register import Series
from verification.standing import standing_words
from verification.workflow.validate import SUPERSEDED, Validated, why_superseded

_ROLES = {
    Role.PERSON: Both("Người thực hiện chứng thực", "The certifying officer"),
    Role.AGENCY: Both("Cơ quan", "The agency"),
    Role.TIMESTAMP: Both("Dấu thời gian", "Time-stamp"),
    Role.UNKNOWN: Both("Người ký khác", "Another signer"),
}
_TIMES = {
    "time_stamp": Both("theo dấu thời gian", "by the time-stamp"),
    "claimed": Both("theo máy của người ký", "by the signer's own clock"),
}
_RESULTS = {
    "TOTAL-PASSED": State(Sign.GOOD, Both("Hợp lệ", "Valid")),
    "TOTAL-FAILED": State(Sign.BAD, Both("Không hợp lệ", "Not valid")),
}
_UNDECIDED = State(Sign.CHECK, Both("Chưa xác định", "Undetermined"))
STANDINGS = {
    Standing.GOOD: State(Sign.GOOD, Both("Có hiệu lực", "In force")),
    Standing.REVOKED: State(Sign.BAD, Both("Đã bị thu hồi", "Revoked")),
    Standing.SUPERSEDED: State(
        Sign.CHECK, Both("Đã được thay bằng văn bản mới", "Replaced by a newer document")
    ),
    Standing.UNKNOWN: State(Sign.NONE, Both("Chưa rõ", "Unknown")),
}
_RECORD_CHANGED = State(
    Sign.CHECK, Both("Chưa dùng được: dữ liệu gốc đã thay đổi", "Not to be relied on: its record has changed")
)
SERIES = {
    Series.COPIES: Both("Bản sao điện tử được chứng thực", "Electronic certified copy"),
    Series.PAPER_COPIES: Both("Bản sao điện tử được chứng thực", "Electronic certified copy"),
    Series.RECEIPTS: Both("Phiếu xác nhận kết quả đối chiếu", "No-copy receipt"),
}


def shown_verdict(file: str, found: Validated) -> views.Validated:
    """First the verdict, then why, then what was found."""
    report = found.report
    return views.Validated(
        file=file,
        verdict=views.Verdict(report.verdict.value),
        reasons=tuple(_message(r) for r in report.reasons),
        facts=issued_facts(found.issued, found.successor) if found.issued else (),
        signatures=tuple(_signature(s) for s in report.signatures),
        technical=(
            Fact(Both("SHA-256 của tệp", "SHA-256 of the file"), report.digest),
            Fact(Both("Quy tắc kiểm tra", "Policy"), f"{report.policy.name} {report.policy.version}"),
            *(_technical(s) for s in report.signatures),
        ),
        successor=paths.standing(found.successor.code) if found.successor else None,
    )


def issued_facts(issued: Issued, successor: Issued | None = None) -> tuple[Fact, ...]:
    """What the book says of these bytes; nothing of whose paper it is, and no code of what replaced it."""
    return (
        Fact(Both("Loại văn bản", "Kind"), SERIES[issued.series]),
        Fact(Both("Từ giấy tờ", "Made from"), issued.title),
        Fact(Both("Số", "Number"), issued.number),
        Fact(Both("Sổ", "Book"), issued.book),
        Fact(Both("Cấp lúc", "Issued at"), moment(issued.issued_at)),
        Fact(Both("Tình trạng hôm nay", "Standing today"), standing_state(issued).text),
        *_since(issued, successor),
    )


def _since(issued: Issued, successor: Issued | None) -> Iterable[Fact]:
    """Since when it stands so, why and by which decision; nothing while nothing has changed."""
    if issued.standing_at:
        yield Fact(Both("Từ lúc", "Since"), moment(issued.standing_at))
    why = standing_words(issued.standing_reason) if issued.standing is not Standing.GOOD else None
    if why:
        yield Fact(Both("Lý do", "Reason"), Both(*why))
    if issued.decision_number:
        yield Fact(Both("Quyết định số", "Decision"), issued.decision_number)
    if successor:
        yield Fact(Both("Được thay bằng số", "Replaced by number"), f"{successor.number}, {successor.book}")


def standing_state(issued: Issued) -> State:
    """How it stands; one whose record has changed was not replaced by anything."""
    if issued.standing is Standing.SUPERSEDED and why_superseded(issued) is not SUPERSEDED:
        return _RECORD_CHANGED
    return STANDINGS[issued.standing]


def _message(reason: Reason) -> Message:
    step = Both(reason.next_step_vi, reason.next_step_en) if reason.next_step_vi else None
    return Message(Both(reason.message_vi, reason.message_en), next_step=step)


def _signature(report: SignatureReport) -> SignatureLine:
    return SignatureLine(
        signer=report.signer,
        role=_ROLES[report.role],
        issuer=report.issuer,
        signed_at=moment(report.signed_at) if report.signed_at else "–",
        time_source=_TIMES.get(report.time_source, Both("không rõ thời điểm", "time unknown")),
        state=_RESULTS.get(report.indication, _UNDECIDED),
        changes_after=tuple(_change(line) for line in report.changes_after),
        level=report.level,
    )


def _change(line: str) -> Both:
    """`signature NAME` or `field NAME: 'was' -> 'is'`, as `signing.changes` writes them."""
    what, _, rest = line.partition(" ")
    if what == "signature":
        return Both(f"Sau đó có thêm chữ ký {rest}", f"Then signature {rest} was added")
    return Both(f"Sau đó ô {rest} thay đổi", f"Then field {rest} changed")


def _technical(report: SignatureReport) -> Fact:
    indication = report.indication + (f" ({report.sub_indication})" if report.sub_indication else "")
    parts = (report.level, report.digest, indication, report.covers)
    return Fact(
        Both(f"Chữ ký {report.field}", f"Signature {report.field}"), " · ".join(p for p in parts if p)
    )
