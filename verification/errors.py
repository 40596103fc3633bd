"""What may go wrong in the service itself. A mismatch or a refusal is a result, not one of these.

The first line of a class's docstring is the English message; `message_vi` says the same.
"""

from typing import ClassVar


class VerificationError(Exception):
    """The request could not be carried out."""

    code: ClassVar[str] = "NOT_POSSIBLE"
    message_vi: ClassVar[str] = "Không thực hiện được yêu cầu này."

    @property
    def message_en(self) -> str:
        """The first line of the class's docstring."""
        return (type(self).__doc__ or "").strip().splitlines()[0]


class NotFoundError(VerificationError):
    """There is nothing under this code; check it and try again."""

    code = "NOT_FOUND"
    message_vi = "Không tìm thấy; vui lòng kiểm tra lại mã và thử lại."


class StaleError(VerificationError):
    """Somebody else changed this in the meantime; reload it and decide again."""

    code = "CHANGED_MEANWHILE"
    message_vi = "Người khác vừa thay đổi mục này; vui lòng tải lại rồi quyết định lại."


class NoDelegationError(VerificationError):
    """The officer holds no delegation that is in force today; nothing can be signed."""

    code = "NO_DELEGATION"
    message_vi = "Cán bộ không có ủy quyền hoặc phân công đang có hiệu lực; không thể ký."


class NotAllowedError(VerificationError):
    """This role may not do this; ask the administrator."""

    code = "NOT_ALLOWED"
    message_vi = "Vai trò của ông/bà không được thực hiện việc này; vui lòng liên hệ quản trị."


class NotDecidableError(VerificationError):
    """This paper is not waiting for a decision; reload it."""

    code = "NOT_WAITING"
    message_vi = "Giấy tờ này không ở trạng thái chờ quyết định; vui lòng tải lại."


class ReceiptNotPossibleError(VerificationError):
    """The records do not answer for this paper, so no receipt can be given; decide otherwise."""

    code = "RECEIPT_NOT_POSSIBLE"
    message_vi = "Cơ sở dữ liệu chưa xác nhận giấy tờ này nên không thể cấp phiếu; vui lòng chọn cách khác."


class NoLongerAnsweredError(VerificationError):
    """The records no longer answer for this paper; reload it and decide again."""

    code = "NO_LONGER_ANSWERED"
    message_vi = (
        "Dữ liệu không còn xác nhận giấy tờ này như khi đối chiếu; vui lòng tải lại rồi quyết định lại."
    )


class AnswerTooOldError(NoLongerAnsweredError):
    """The records' answer to this paper is too old for a receipt; load newer data or have it read again."""

    code = "ANSWER_TOO_OLD"
    message_vi = (
        "Dữ liệu xác nhận giấy tờ này đã quá hạn nên chưa thể cấp phiếu; "
        "vui lòng đồng bộ dữ liệu hoặc tiếp nhận lại giấy tờ."
    )


class SettlementNotPossibleError(VerificationError):
    """This cannot be done about this line of the work list; reload it and choose what it offers."""

    code = "SETTLEMENT_NOT_POSSIBLE"
    message_vi = "Không thể xử lý mục này theo cách đã chọn; vui lòng tải lại và chọn cách phù hợp."


class NoteMissingError(VerificationError):
    """The record still differs, or is too old to tell: write down why the receipt is to hold all the same."""

    code = "NOTE_MISSING"
    message_vi = (
        "Dữ liệu vẫn khác giấy tờ hoặc đã quá hạn cập nhật: vui lòng ghi lý do vì sao phiếu vẫn có giá trị."
    )


class CopyOfCopyError(VerificationError):
    """A certified copy cannot be certified again; ask for the original."""

    code = "COPY_OF_COPY"
    message_vi = "Không chứng thực bản sao từ một bản sao chứng thực; vui lòng yêu cầu bản chính."


class ScanTooCoarseError(VerificationError):
    """A page is scanned too coarsely for a certified copy; scan the original again at 200 dpi or more."""

    code = "SCAN_TOO_COARSE"
    message_vi = (
        "Có trang quét chưa đủ rõ để chứng thực bản sao; vui lòng quét lại bản chính ở mức 200 dpi trở lên."
    )


class DemanderMissingError(VerificationError):
    """The copy is not needed: name the organisation that still demands it, or give a receipt instead."""

    code = "DEMANDER_MISSING"
    message_vi = (
        "Bản sao này không cần thiết: vui lòng ghi tên cơ quan, tổ chức vẫn yêu cầu, hoặc cấp phiếu xác nhận."
    )


class RecordRowError(VerificationError):
    """This row is not a record of the source: a required value is missing or malformed."""

    code = "RECORD_ROW_INVALID"
    message_vi = "Dòng này không đúng dạng bản ghi của nguồn: thiếu hoặc sai giá trị bắt buộc."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class DeliveryRefusedError(VerificationError):
    """The delivery is refused; nothing was loaded."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    @property
    def message_en(self) -> str:
        """The first line, with the numbers where there are any."""
        first = (type(self).__doc__ or "").strip().splitlines()[0]
        return f"{first} ({self.detail})" if self.detail else first


class DeliveryCutError(DeliveryRefusedError):
    """The delivery is damaged or ends in the middle; nothing was loaded: fetch it again."""

    code = "DELIVERY_CUT"
    message_vi = "Tệp dữ liệu bị hỏng hoặc bị cắt giữa chừng; chưa nạp gì: vui lòng lấy lại tệp."


class DeliveryEmptyError(DeliveryRefusedError):
    """The delivery holds no row and does not say so; nothing was loaded: fetch it again, or say "rows": 0."""

    code = "DELIVERY_EMPTY"
    message_vi = (
        "Tệp dữ liệu không có dòng nào mà không ghi rõ là không có; chưa nạp gì: vui lòng lấy lại tệp, "
        'hoặc ghi "rows": 0.'
    )


class DeliveryUnreadableError(DeliveryRefusedError):
    """Too many rows of the delivery are no records of the source; nothing was loaded: check its format."""

    code = "DELIVERY_UNREADABLE"
    message_vi = "Quá nhiều dòng không phải bản ghi của nguồn; chưa nạp gì: vui lòng kiểm tra dạng tệp."

    def __init__(self, detail: str = "", rejected: tuple[tuple[int, str], ...] = ()) -> None:
        super().__init__(detail)
        self.rejected = rejected
        """Line and reason of each row, where all are listed."""


class DeliveryAheadError(DeliveryRefusedError):
    """The delivery claims a later time than now; nothing was loaded: check its time and the clock."""

    code = "DELIVERY_AHEAD"
    message_vi = (
        "Tệp dữ liệu ghi thời điểm muộn hơn hiện tại; chưa nạp gì: vui lòng kiểm tra thời điểm và đồng hồ."
    )


class DeliveryHeaderError(DeliveryRefusedError):
    """What the delivery says of itself cannot be used; nothing was loaded: correct it or fetch it again."""

    code = "DELIVERY_HEADER_INVALID"
    message_vi = (
        "Phần tự giới thiệu của tệp dữ liệu không dùng được; chưa nạp gì: vui lòng sửa hoặc lấy lại tệp."
    )


class DeliveryOtherSourceError(DeliveryRefusedError):
    """The delivery says it is of another source; nothing was loaded: check where it belongs."""

    code = "DELIVERY_OTHER_SOURCE"
    message_vi = "Tệp dữ liệu ghi là của nguồn khác; chưa nạp gì: vui lòng kiểm tra tệp thuộc nguồn nào."


class DeliveryOutOfTurnError(DeliveryRefusedError):
    """The delivery is not the next one; nothing was loaded: load the missing ones first, or a full load."""

    code = "DELIVERY_OUT_OF_TURN"
    message_vi = (
        "Tệp dữ liệu không phải là tệp kế tiếp; chưa nạp gì: vui lòng nạp các tệp còn thiếu trước, "
        "hoặc nạp toàn bộ."
    )

    def __init__(self, detail: str = "", *, early: bool = False) -> None:
        super().__init__(detail)
        self.early = early
        """Others are missing before it: it may wait for them."""


class DeliveryContradictsError(DeliveryRefusedError):
    """The same delivery came before with other content; nothing was loaded: ask the source which is right."""

    code = "DELIVERY_CONTRADICTS"
    message_vi = (
        "Tệp dữ liệu cùng số này đã đến với nội dung khác; chưa nạp gì: vui lòng hỏi nguồn tệp nào đúng."
    )


class RemovalsRefusedError(DeliveryRefusedError):
    """The full load would remove too many records; nothing was loaded: try it dry, then allow the removals.

    Or it would remove any while some of its rows were rejected: what is missing may be among those.
    """

    code = "REMOVALS_REFUSED"
    message_vi = (
        "Lần nạp toàn bộ này sẽ xóa quá nhiều bản ghi; chưa nạp gì: vui lòng chạy thử, rồi cho phép xóa."
    )


class SourcesUnusableError(VerificationError):
    """The file of sources cannot be used as it is written; correct what is named."""

    code = "SOURCES_UNUSABLE"
    message_vi = "Tệp khai báo nguồn dữ liệu chưa dùng được; vui lòng sửa chỗ được nêu."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class UnknownSourceError(VerificationError):
    """There is no source of this name; see `chungthuc records status`."""

    code = "UNKNOWN_SOURCE"
    message_vi = "Không có nguồn dữ liệu tên này; xem `chungthuc records status`."


class RulesUnusableError(VerificationError):
    """The rules cannot be used as they are written; correct what is named."""

    code = "RULES_UNUSABLE"
    message_vi = "Quy tắc chưa dùng được như đang viết; vui lòng sửa chỗ được nêu."

    def __init__(self, file: str = "", detail: str = "") -> None:
        super().__init__(file, detail)
        self.file, self.detail = file, detail
        if detail:
            self.message_vi = f"{type(self).message_vi} ({file}: {detail})"  # type: ignore[misc]

    @property
    def message_en(self) -> str:
        """The first line, with the file and what is wrong in it."""
        first = (type(self).__doc__ or "").strip().splitlines()[0]
        return f"{first} ({self.file}: {self.detail})" if self.detail else first


class PeriodNotUsableError(VerificationError):
    """The last day must not lie before the first, and both within 366 days."""

    code = "PERIOD_NOT_USABLE"
    message_vi = "Ngày cuối không được trước ngày đầu, và khoảng thời gian không quá 366 ngày."


class UnknownRuleError(VerificationError):
    """There is no rule of this id; see `chungthuc rules list`."""

    code = "UNKNOWN_RULE"
    message_vi = "Không có quy tắc tên này; xem `chungthuc rules list`."


class PullUnavailableError(VerificationError):
    """The source's platform does not answer at present; the paper is accepted and the cause is noted."""

    code = "PULL_UNAVAILABLE"
    message_vi = "Nền tảng của nguồn dữ liệu hiện không trả lời; chấp nhận giấy tờ và ghi lại nguyên nhân."

    def __init__(self, why: str = "", *, again: bool = False) -> None:
        super().__init__(why)
        self.why = why
        """`timeout`, `http_503`, …: a word for logs, without anybody's data."""
        self.again = again
        """Nothing was answered and little time is lost: one more question is worth while."""


class PullAnswerError(PullUnavailableError):
    """The source's platform answered something that cannot be trusted; an administrator must look."""

    code = "PULL_ANSWER_UNUSABLE"
    message_vi = "Nền tảng của nguồn dữ liệu trả lời không đúng; quản trị cần kiểm tra."


class PullRefusedError(VerificationError):
    """The source's platform refuses to be asked; an administrator must check the account and its officers."""

    code = "PULL_REFUSED"
    message_vi = "Nền tảng của nguồn dữ liệu từ chối tra cứu; quản trị cần kiểm tra tài khoản và mã cán bộ."

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why


class RegisterBrokenError(VerificationError):
    """The book and its proof disagree; stop issuing and call the administrator."""

    code = "REGISTER_BROKEN"
    message_vi = "Sổ và dữ liệu bảo đảm không khớp nhau; vui lòng ngừng cấp và báo quản trị."


class NothingDiffersError(VerificationError):
    """No field of this paper differs from a record that is surely its own; there is nothing to correct."""

    code = "NOTHING_DIFFERS"
    message_vi = (
        "Không có mục nào trên giấy tờ khác với một bản ghi chắc chắn của người này; không có gì cần sửa."
    )


class DemanderUnknownError(VerificationError):
    """Give both names of the organisation: as it was written, and as it is properly written."""

    code = "DEMANDER_UNKNOWN"
    message_vi = "Vui lòng ghi cả hai tên của cơ quan, tổ chức: tên đã ghi và tên đúng."


class QuestionMissingError(VerificationError):
    """Say which record, which dossier or which officer it is about, one of them alone."""

    code = "QUESTION_MISSING"
    message_vi = "Vui lòng nêu đúng một điều cần tra: bản ghi, hồ sơ hoặc cán bộ."


class WrongFactorError(VerificationError):
    """The code or the second answer is not right; check both and try again."""

    code = "WRONG_CODE_OR_ANSWER"
    message_vi = "Mã hoặc câu trả lời thứ hai không đúng; vui lòng kiểm tra cả hai và thử lại."


class ObjectMissingError(VerificationError):
    """The stored file is missing; call the administrator."""

    code = "OBJECT_MISSING"
    message_vi = "Không còn tệp đã lưu; vui lòng báo quản trị."


class ObjectDamagedError(VerificationError):
    """The stored file is damaged; call the administrator."""

    code = "OBJECT_DAMAGED"
    message_vi = "Tệp đã lưu bị hỏng; vui lòng báo quản trị."


class StoreUnavailableError(VerificationError):
    """The object store does not answer; try again in a few minutes."""

    code = "STORE_UNAVAILABLE"
    message_vi = "Kho lưu trữ không trả lời; vui lòng thử lại sau ít phút."


class PreparedDiffersError(VerificationError):
    """What was about to be signed is not what was recorded; nothing was signed."""

    code = "PREPARED_DIFFERS"
    message_vi = "Nội dung sắp ký không khớp với nội dung đã ghi; chưa có gì được ký."


class VersionDiffersError(VerificationError):
    """A version of the file does not begin with what was issued; call the administrator."""

    code = "VERSION_DIFFERS"
    message_vi = "Phiên bản bổ sung không chứa nguyên vẹn tệp đã cấp; vui lòng báo quản trị."
