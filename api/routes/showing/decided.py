"""A decided case in, what the decision did out: the number that was given, what comes next."""

from api.routes.showing.failing import failure_words
from api.routes.showing.validation import SERIES, standing_state
from api.routes.showing.words import GROUNDS, STAGES, kind_title
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.officer_views import Decided
from api.web.views import Download, Fact, Link
from api.web.writing import file_size, moment
from verification.decision import Approval, Decision, NotNeeded, Redelivery, Rejection, ReturnForCorrection
from verification.profile import Profile
from verification.submission import PaperStage
from verification.workflow.review import Case

_NEXT = {
    PaperStage.WAITING: Both("Giấy tờ này vẫn đang chờ.", "This paper is still waiting."),
    PaperStage.ISSUING: Both(
        "Đang lấy số và ký. Trang tự cập nhật; ông/bà có thể mở hồ sơ tiếp theo.",
        "The number is taken and it is being signed. The page refreshes; you may open the next case.",
    ),
    PaperStage.TO_SIGN: Both(
        "Văn bản chờ ký ở trang Ký số; số được lấy khi ký.",
        "It waits on the signing page; the number is taken when it is signed.",
    ),
    PaperStage.ISSUED: Both(
        "Người dân tải được văn bản bằng mã hồ sơ và câu trả lời thứ hai.",
        "The citizen can download it with the dossier code and the second answer.",
    ),
    PaperStage.REJECTED: Both("Người dân thấy lý do khi tra cứu.", "The citizen sees the reason."),
    PaperStage.RETURNED: Both("Người dân thấy mọi chỗ cần bổ sung.", "The citizen sees what is missing."),
    PaperStage.REDELIVERED: Both(
        "Không lấy số mới, không thu phí. Người dân tải bản đã cấp bằng mã hồ sơ này và câu trả lời thứ hai.",
        "No new number, no fee. The citizen downloads it with this dossier's code and the second answer.",
    ),
    PaperStage.FAILED: Both(
        "Chưa cấp được; số đã lấy (nếu có) được hủy, ghi lý do. Giấy tờ vẫn ở hàng chờ: quyết định lại.",
        "It was not issued; a number taken is cancelled with the reason. It is in the queue: decide again.",
    ),
}


def shown_decided(
    case: Case, profiles: tuple[Profile, ...], next_case: str | None, *, fee: tuple[Fact, ...] = ()
) -> Decided:
    """The page; it refreshes itself until the document is there."""
    paper = case.paper
    return Decided(
        title=_title(paper.decision),
        code=case.submission.code,
        facts=(
            Fact(Both("Giấy tờ", "Paper"), kind_title(paper, profiles)),
            Fact(Both("Tình trạng", "State"), STAGES[paper.stage].text),
            *_said(paper.decision),
            *_numbers(case),
            *fee,
            *([Fact(Both("Vì sao", "Why"), failure_words(paper.failure))] if paper.failure else []),
        ),
        what_next=_NEXT[paper.stage],
        downloads=tuple(
            Download(paths.issued_file(i.code), SERIES[i.series], file_size(i.size)) for i in case.issued
        ),
        documents=tuple(
            Link(paths.issued_document(i.code), Both(f"Văn bản số {i.number}", f"Document number {i.number}"))
            for i in case.issued
        ),
        next_case=next_case,
        refreshing=paper.stage is PaperStage.ISSUING,
        href=paths.decided(paper.id),
        sign=paths.signing_paper(paper.id) if paper.stage is PaperStage.TO_SIGN else None,
    )


def _title(decision: Decision | None) -> Both:
    match decision:
        case NotNeeded():
            return Both("Không cần bản sao: cấp phiếu xác nhận", "No copy needed: a receipt is given")
        case Approval():
            return Both("Đã duyệt chứng thực", "Certification approved")
        case Rejection():
            return Both("Đã từ chối", "Refused")
        case Redelivery():
            return Both("Giao lại bản điện tử đã cấp", "The electronic copy is given again")
        case ReturnForCorrection():
            return Both("Đã trả lại để bổ sung", "Returned to be completed")
        case None:
            return Both("Chưa quyết định", "Not decided yet")


def _said(decision: Decision | None) -> tuple[Fact, ...]:
    match decision:
        case Rejection(ground=ground, note=note):
            return (Fact(Both("Lý do", "Ground"), GROUNDS[ground]), Fact(Both("Giải thích", "Note"), note))
        case ReturnForCorrection(note=note):
            return (Fact(Both("Cần bổ sung", "What is missing"), note),)
        case Approval(original_seen=seen):
            return (Fact(Both("Đã xem bản chính", "Original seen"), f"{moment(seen.at)}, {seen.place}"),)
        case _:
            return ()


def _numbers(case: Case) -> tuple[Fact, ...]:
    return tuple(
        fact
        for issued in case.issued
        for fact in (
            Fact(Both("Số", "Number"), f"{issued.number}, {issued.book}"),
            Fact(Both("Mã tra cứu", "Look-up code"), issued.code),
            Fact(Both("Tình trạng hôm nay", "Standing today"), standing_state(issued).text),
        )
    )
