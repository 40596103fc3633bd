"""What may go wrong at the door of the service: who asks, how much is sent, in what form.

The first line of a class's docstring is the English message; `message_vi` says the same.
"""

from typing import ClassVar


class ApiError(Exception):
    """The request could not be taken; check it and send it again."""

    code: ClassVar[str] = "REQUEST_NOT_TAKEN"
    message_vi: ClassVar[str] = "Không nhận được yêu cầu này; vui lòng kiểm tra rồi gửi lại."

    @property
    def message_en(self) -> str:
        """The first line of the class's docstring."""
        return (type(self).__doc__ or "").strip().splitlines()[0]


# -- who asks ----------------------------------------------------------------------------------


class SignInNeededError(ApiError):
    """This needs a signed-in officer or a key; sign in, or send the key as a bearer token."""

    code = "SIGN_IN_NEEDED"
    message_vi = "Cần đăng nhập hoặc có khóa truy cập; vui lòng đăng nhập rồi thử lại."


class SignInFailedError(ApiError):
    """The user name or the password is not right; check both and try again."""

    code = "SIGN_IN_FAILED"
    message_vi = "Tên đăng nhập hoặc mật khẩu không đúng; vui lòng kiểm tra rồi thử lại."


class KeyInvalidError(ApiError):
    """This key is not known or was revoked; ask the administrator for a new one."""

    code = "KEY_INVALID"
    message_vi = "Khóa truy cập không đúng hoặc đã bị thu hồi; vui lòng xin quản trị khóa mới."


class TooManyAttemptsError(ApiError):
    """Too many attempts in a short time; wait a quarter of an hour and try again."""

    code = "TOO_MANY_ATTEMPTS"
    message_vi = "Đã thử quá nhiều lần trong thời gian ngắn; vui lòng chờ 15 phút rồi thử lại."
    retry_after_s: ClassVar[int] = 15 * 60


class LinkUsedError(ApiError):
    """This link was used or has expired; ask the administrator for a new one."""

    code = "LINK_USED"
    message_vi = "Đường dẫn đã được dùng hoặc đã hết hạn; vui lòng xin quản trị đường dẫn mới."


class PasswordTooShortError(ApiError):
    """The password has fewer than 12 characters; choose a longer one, a sentence for instance."""

    code = "PASSWORD_TOO_SHORT"
    message_vi = "Mật khẩu có ít hơn 12 ký tự; vui lòng chọn mật khẩu dài hơn, ví dụ một câu dễ nhớ."


class PasswordTooLongError(ApiError):
    """The password has more than 256 characters; choose a shorter one."""

    code = "PASSWORD_TOO_LONG"
    message_vi = "Mật khẩu dài hơn 256 ký tự; vui lòng chọn mật khẩu ngắn hơn."


class UsernameNotUsableError(ApiError):
    """A user name has 3 to 32 small letters, digits, dots or dashes; choose another one."""

    code = "USERNAME_NOT_USABLE"
    message_vi = (
        "Tên đăng nhập gồm 3 đến 32 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối; "
        "vui lòng chọn tên khác."
    )


class UsernameTakenError(ApiError):
    """There is an account of this name already; choose another one."""

    code = "USERNAME_TAKEN"
    message_vi = "Đã có tài khoản mang tên này; vui lòng chọn tên khác."


# -- what is sent ------------------------------------------------------------------------------


class FormExpiredError(ApiError):
    """This form has expired; open the page again and send it once more."""

    code = "FORM_EXPIRED"
    message_vi = "Biểu mẫu đã hết hạn; vui lòng mở lại trang rồi gửi lại."


class OtherSiteError(ApiError):
    """This was sent from a page of another site; open our page and send it from there."""

    code = "OTHER_SITE"
    message_vi = "Yêu cầu được gửi từ trang khác; vui lòng mở trang của chúng tôi rồi gửi từ đó."


class WrongHostError(ApiError):
    """The service is not known under this address; use its address or set CHUNGTHUC_PUBLIC_URL."""

    code = "WRONG_HOST"
    message_vi = "Dịch vụ không mang địa chỉ này; vui lòng dùng đúng địa chỉ hoặc đặt CHUNGTHUC_PUBLIC_URL."


class BodyTooLargeError(ApiError):
    """More was sent than is accepted at once; send fewer or smaller files."""

    code = "BODY_TOO_LARGE"
    message_vi = "Gửi quá nhiều dữ liệu trong một lần; vui lòng gửi ít tệp hơn hoặc tệp nhỏ hơn."


class EncodingNotAcceptedError(ApiError):
    """The delivery is packed in a way that is not known; send it as it is or packed with gzip."""

    code = "ENCODING_NOT_ACCEPTED"
    message_vi = "Dữ liệu được nén theo cách không nhận được; vui lòng gửi không nén hoặc nén bằng gzip."


class TooManyFilesError(ApiError):
    """At most 20 files are accepted at once; send the others in a second submission."""

    code = "TOO_MANY_FILES"
    message_vi = "Mỗi lần chỉ nhận tối đa 20 tệp; vui lòng gửi các tệp còn lại trong lần sau."


class NoFileError(ApiError):
    """No file was sent; choose at least one."""

    code = "NO_FILE"
    message_vi = "Chưa có tệp nào; vui lòng chọn ít nhất một tệp."


class SignatureUnreadableError(ApiError):
    """No signature came that can be read: paste it in base64, or choose the signing tool's file."""

    code = "SIGNATURE_UNREADABLE"
    message_vi = (
        "Chưa có chữ ký đọc được: vui lòng dán chữ ký dạng base64, hoặc chọn tệp do công cụ ký số tạo ra."
    )


class AnswerMissingError(ApiError):
    """Give the year of birth or the last four digits of the number: without one nobody can look this up."""

    code = "ANSWER_MISSING"
    message_vi = (
        "Vui lòng cho năm sinh hoặc 4 số cuối của số định danh: thiếu cả hai thì không ai tra cứu được."
    )


class MalformedRequestError(ApiError):
    """The request lacks a value or has one of a wrong form; the documentation at /docs says which."""

    code = "MALFORMED_REQUEST"
    message_vi = "Yêu cầu thiếu hoặc sai dạng giá trị; xem tài liệu tại /docs."


class PageNotFoundError(ApiError):
    """There is no page at this address; check it or go back to the first page."""

    code = "PAGE_NOT_FOUND"
    message_vi = "Không có trang nào ở địa chỉ này; vui lòng kiểm tra lại hoặc về trang đầu."


class MethodNotAllowedError(ApiError):
    """This address does not take this kind of request; see the documentation at /docs."""

    code = "METHOD_NOT_ALLOWED"
    message_vi = "Địa chỉ này không nhận kiểu yêu cầu này; xem tài liệu tại /docs."


class NoTokenError(ApiError):
    """This key is on no token, so there is no PIN to let through; `chungthuc keys list` shows all keys."""

    code = "NO_TOKEN"
    message_vi = "Khóa này không ở thiết bị ký số nên không có mã PIN để mở; xem chungthuc keys list."


class FaultError(ApiError):
    """Something failed on our side; try again, and give the incident code to the administrator."""

    code = "INTERNAL_FAULT"
    message_vi = "Hệ thống gặp lỗi; vui lòng thử lại, nếu vẫn lỗi hãy báo mã sự cố cho quản trị."


class NotReadyError(ApiError):
    """The service is not ready; try again in a few minutes."""

    code = "NOT_READY"
    message_vi = "Dịch vụ chưa sẵn sàng; vui lòng thử lại sau ít phút."
