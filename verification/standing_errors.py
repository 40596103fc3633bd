"""What may go wrong in the life after issue: annulling, replacing, giving again."""

from verification.errors import VerificationError


class AlreadyRevokedError(VerificationError):
    """This document is annulled already, which is for good; certify anew where one is needed."""

    code = "REVOKED_ALREADY"
    message_vi = "Văn bản này đã bị hủy bỏ giá trị, không thể đổi lại; nếu cần, vui lòng chứng thực mới."


class NumberNotConfirmedError(VerificationError):
    """Type the number of the document that is to be annulled, as it is printed, to confirm."""

    code = "NUMBER_NOT_CONFIRMED"
    message_vi = "Vui lòng gõ lại đúng số của văn bản cần hủy bỏ giá trị, như in trên văn bản, để xác nhận."


class DecisionNumberNeededError(VerificationError):
    """Give the number of the decision that annuls it, as offices write it (12/QĐ-UBND)."""

    code = "DECISION_NUMBER_NEEDED"
    message_vi = "Vui lòng ghi số quyết định hủy bỏ giá trị, theo dạng 12/QĐ-UBND."


class RevocationNoteMissingError(VerificationError):
    """Write down in a few words what happened; officers and auditors alone read it."""

    code = "REVOCATION_NOTE_MISSING"
    message_vi = "Vui lòng ghi vài lời về sự việc; chỉ cán bộ và người kiểm tra đọc được."


class NotReplaceableError(VerificationError):
    """This document cannot be replaced: it is annulled or replaced, or a new one is under way already."""

    code = "NOT_REPLACEABLE"
    message_vi = (
        "Không thể cấp thay văn bản này: văn bản đã bị hủy bỏ, đã được thay, hoặc đang được cấp thay."
    )


class NotSameOriginalError(VerificationError):
    """This document is not in force, too old, or not of this original; compare again or certify anew."""

    code = "NOT_SAME_ORIGINAL"
    message_vi = (
        "Văn bản này không còn hiệu lực, đã quá lâu hoặc không phải của bản chính này; "
        "vui lòng so lại hoặc chứng thực mới."
    )


class NotComparedError(VerificationError):
    """Hold the original, compare it with the copy and say that you did before it is given again."""

    code = "NOT_COMPARED"
    message_vi = "Vui lòng cầm bản chính, so với bản đã cấp và xác nhận đã so trước khi giao lại."


class CodeOrFileNeededError(VerificationError):
    """Give the printed code or the SHA-256 of the file, one of the two."""

    code = "CODE_OR_FILE_NEEDED"
    message_vi = "Vui lòng gửi mã in trên văn bản hoặc SHA-256 của tệp, một trong hai."
