"""The service's own values in words: kinds, proposals, stages, grounds; a value in, both languages out."""

import re

from api.web.language import Bilingual as Both
from api.web.views import Sign, State
from verification.agreement import Agreement
from verification.assessment import Outcome
from verification.decision import RefusalGround, Role
from verification.extraction import CERTIFIED_COPY, Kind
from verification.ports import PaperCase
from verification.profile import Profile
from verification.submission import PaperStage

OUTCOMES = {
    Outcome.NO_COPY_NEEDED: State(Sign.GOOD, Both("Không cần bản sao", "No copy needed")),
    Outcome.OFFICER_REVIEW: State(Sign.CHECK, Both("Cần cán bộ xem", "An officer must look")),
    Outcome.SOURCE_UNAVAILABLE: State(Sign.CHECK, Both("Dữ liệu chưa trả lời", "The records do not answer")),
    Outcome.CERTIFICATION_NEEDED: State(Sign.NONE, Both("Cần chứng thực", "Certification needed")),
    Outcome.REFUSAL_PROPOSED: State(Sign.BAD, Both("Đề nghị từ chối", "Refusal proposed")),
}
STAGES = {
    PaperStage.WAITING: State(Sign.WAIT, Both("Đang chờ cán bộ xem", "Waiting for an officer")),
    PaperStage.ISSUING: State(Sign.WAIT, Both("Đang cấp văn bản", "Being issued")),
    PaperStage.TO_SIGN: State(Sign.WAIT, Both("Đã duyệt, chờ ký", "Approved, to be signed")),
    PaperStage.ISSUED: State(Sign.GOOD, Both("Đã cấp", "Issued")),
    PaperStage.REJECTED: State(Sign.BAD, Both("Bị từ chối", "Refused")),
    PaperStage.RETURNED: State(Sign.CHECK, Both("Cần bổ sung", "To be completed")),
    PaperStage.REDELIVERED: State(Sign.GOOD, Both("Giao lại bản đã cấp", "Given again")),
    PaperStage.FAILED: State(Sign.BAD, Both("Chưa cấp được", "Could not be issued")),
}
GROUNDS = {
    RefusalGround.ERASED: Both(
        "Bản chính bị tẩy xóa, sửa chữa, thêm bớt nội dung không hợp lệ",
        "The original was erased, altered or added to",
    ),
    RefusalGround.UNREADABLE: Both(
        "Bản chính hư hỏng, cũ nát, không xác định được nội dung",
        "The original is damaged so that its contents cannot be made out",
    ),
    RefusalGround.SECRET_STAMP: Both(
        "Bản chính đóng dấu mật hoặc ghi rõ không được sao chụp",
        "The original bears a secrecy stamp or says that it must not be copied",
    ),
    RefusalGround.UNLAWFUL: Both(
        "Nội dung trái pháp luật hoặc đạo đức xã hội", "The contents are against the law or public morals"
    ),
    RefusalGround.PRIVATE: Both(
        "Giấy tờ cá nhân tự lập, không có xác nhận và dấu của cơ quan có thẩm quyền",
        "A private paper without the confirmation and seal of an authority",
    ),
    RefusalGround.NOT_LEGALISED: Both(
        "Giấy tờ nước ngoài chưa được hợp pháp hóa lãnh sự", "A foreign paper that was not legalised"
    ),
    RefusalGround.NOT_AN_ORIGINAL: Both(
        "Giấy tờ nộp là bản sao, không phải bản chính", "The paper is a copy, not the original"
    ),
}
GROUND_BASIS = {
    RefusalGround.NOT_LEGALISED: Both("NĐ 23/2015/NĐ-CP, Điều 20", "Decree 23/2015, Art. 20"),
    RefusalGround.NOT_AN_ORIGINAL: Both("NĐ 23/2015/NĐ-CP, Điều 18", "Decree 23/2015, Art. 18"),
}
_ARTICLE_22 = Both("NĐ 23/2015/NĐ-CP, Điều 22", "Decree 23/2015, Art. 22")
RETURN_REASONS = {
    "mo": Both("Ảnh mờ hoặc tối, xin chụp lại", "The picture is blurred or dark: take it again"),
    "thieu-trang": Both("Thiếu trang hoặc thiếu mặt sau", "A page or the back is missing"),
    "ban-chinh": Both("Cần mang bản chính tới điểm tiếp nhận", "Bring the original to the service point"),
    "khac-du-lieu": Both(
        "Thông tin trên giấy khác dữ liệu gốc, cần làm thủ tục điều chỉnh trước",
        "The paper differs from the record: have it corrected first",
    ),
    "sai-giay": Both("Không phải giấy tờ cần cho thủ tục này", "Not a paper that this procedure needs"),
}
AGREEMENTS = {
    Agreement.EXACT: State(Sign.GOOD, Both("Khớp", "Agrees")),
    Agreement.EQUIVALENT: State(Sign.GOOD, Both("Tương đương", "Equivalent")),
    Agreement.PARTIAL: State(Sign.CHECK, Both("Khớp một phần", "Agrees in part")),
    Agreement.DIFFERENT: State(Sign.BAD, Both("Lệch", "Differs")),
    Agreement.MISSING_ON_PAPER: State(Sign.NONE, Both("Không có trên giấy", "Not on the paper")),
    Agreement.MISSING_IN_RECORD: State(Sign.NONE, Both("Không có trong dữ liệu", "Not in the record")),
    Agreement.UNREADABLE: State(Sign.CHECK, Both("Không đọc được", "Could not be read")),
    Agreement.UNDECIDED: State(Sign.CHECK, Both("Chưa so sánh được", "Cannot be decided")),
}
ROLES = {
    Role.OFFICER: Both("Cán bộ chứng thực", "Officer"),
    Role.ADMIN: Both("Quản trị", "Administrator"),
    Role.AUDITOR: Both("Kiểm tra", "Auditor"),
}
_SIDES = ((" (mặt trước)", " (front)"), (" (mặt sau)", " (back)"))
_WORDS = {"male": "Nam", "female": "Nữ", "unlimited": "Không thời hạn"}


def ground_basis(ground: RefusalGround) -> Both:
    """The article a ground stands in."""
    return GROUND_BASIS.get(ground, _ARTICLE_22)


def kind_title(paper: PaperCase, profiles: tuple[Profile, ...]) -> Both:
    """What kind of paper it is; both sides of a card are one."""
    kind = paper.sides[0].extraction.kind
    profile = next((p for p in profiles if p.kind == kind), None)
    if kind == CERTIFIED_COPY:
        return _copy_title(paper, profiles)
    if profile is None:
        return Both("Giấy tờ chưa rõ loại", "Paper of an unknown kind")
    vi, en = profile.title_vi, profile.title_en
    for vietnamese, english in _SIDES:
        vi, en = vi.removesuffix(vietnamese), en.removesuffix(english)
    return Both(vi, en)


def _copy_title(paper: PaperCase, profiles: tuple[Profile, ...]) -> Both:
    of = Kind(paper.sides[0].extraction.value("copy_of") or "")
    original = next((p for p in profiles if p.kind == of), None)
    if original is None:
        return Both("Bản sao đã chứng thực", "Certified copy")
    return Both(f"Bản sao đã chứng thực: {original.title_vi}", f"Certified copy: {original.title_en}")


def shown_value(value: str | None) -> str:
    """A field's value as people write it: days as dd/mm/yyyy, words for codes."""
    if not value:
        return ""
    date = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", value)
    if date:
        return "/".join(part for part in (date[3], date[2], date[1]) if part)
    return _WORDS.get(value, value)
