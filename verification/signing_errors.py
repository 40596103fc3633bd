"""What may go wrong in signing: errors of `verification.errors`, in a file of their own."""

from verification.errors import NoDelegationError, VerificationError


class DelegationEndedError(NoDelegationError):
    """The delegation that this line was held under is no longer in force; nothing was signed."""

    code = "DELEGATION_ENDED"
    message_vi = "Ủy quyền hoặc phân công ghi ở dòng sổ này không còn hiệu lực; chưa có gì được ký."


class DelegationExistsError(VerificationError):
    """This officer has a delegation by this decision for some of these days; revoke it first."""

    code = "DELEGATION_EXISTS"
    message_vi = "Cán bộ đã có ủy quyền theo văn bản này trong thời gian đó; vui lòng thu hồi trước."


class DelegationInvalidError(VerificationError):
    """A delegation needs its decision's number, and a last day that is not before the first."""

    code = "DELEGATION_INVALID"
    message_vi = "Ủy quyền cần có số văn bản, và ngày kết thúc không trước ngày bắt đầu."


class CapacityInvalidError(VerificationError):
    """The lines above the signer's name do not follow the formulas of Decree 30/2020"""

    code = "CAPACITY_INVALID"
    message_vi = "Thể thức đề ký không đúng Nghị định 30/2020"

    def __init__(self, why_vi: str = "", why_en: str = "") -> None:
        super().__init__(why_en)
        self.message_vi = f"{type(self).message_vi}: {why_vi}."  # type: ignore[misc]
        self.why_en = why_en

    @property
    def message_en(self) -> str:
        """The first line, with what is wrong."""
        first = (type(self).__doc__ or "").strip().splitlines()[0]
        return f"{first}: {self.why_en}."


class BatchRunningError(VerificationError):
    """A batch of this officer is being signed; wait for its end or stop it."""

    code = "BATCH_RUNNING"
    message_vi = "Một đợt ký của cán bộ đang chạy; vui lòng chờ xong hoặc dừng đợt đó."


class NothingToSignError(VerificationError):
    """None of these papers waits for this officer's signature; reload the list."""

    code = "NOTHING_TO_SIGN"
    message_vi = "Không có giấy tờ nào trong số này đang chờ cán bộ ký; vui lòng tải lại danh sách."


class CertificateNotOnFileError(VerificationError):
    """This certificate is not the one entered for this officer; choose the right one, or have it entered."""

    code = "CERTIFICATE_NOT_ON_FILE"
    message_vi = (
        "Chứng thư này không phải chứng thư đã khai báo cho cán bộ; vui lòng chọn đúng chứng thư "
        "hoặc báo quản trị khai báo."
    )


class SignatureNotAwaitedError(VerificationError):
    """Nothing was handed out for this signature, or something newer since; begin again and sign that."""

    code = "SIGNATURE_NOT_AWAITED"
    message_vi = (
        "Không có nội dung nào đang chờ chữ ký này, hoặc đã có lần chuẩn bị mới hơn; "
        "vui lòng chuẩn bị lại rồi ký."
    )


class SignatureTooLateError(SignatureNotAwaitedError):
    """The time for this signature is over; begin again. The number is kept."""

    code = "SIGNATURE_TOO_LATE"
    message_vi = "Đã hết thời hạn gửi chữ ký; vui lòng chuẩn bị lại rồi ký. Số đã lấy vẫn được giữ."
