"""Why nothing was signed or validated. Every error has a code and one sentence in both languages."""

from typing import ClassVar


class SigningError(Exception):
    """The document could not be signed; nothing was kept."""

    code: ClassVar[str] = "SIGNING_FAILED"
    message_vi: ClassVar[str] = "Không ký được văn bản; chưa có gì được lưu."

    @property
    def message_en(self) -> str:
        """The first line of the class's docstring."""
        return (type(self).__doc__ or "").strip().splitlines()[0]


# -- rendering ---------------------------------------------------------------------------------


class RenderError(SigningError):
    """The certificate could not be drawn; check the page images and the text, then try again."""

    code: ClassVar[str] = "RENDER_FAILED"
    message_vi: ClassVar[str] = (
        "Không tạo được bản PDF; hãy kiểm tra ảnh các trang và nội dung rồi thực hiện lại."
    )


class GlyphMissingError(RenderError):
    """The fonts lack letters that the text needs; correct the text or install the complete fonts.

    The exception's argument names the letters.
    """

    code: ClassVar[str] = "GLYPH_MISSING"
    message_vi: ClassVar[str] = (
        "Phông chữ thiếu một số ký tự có trong nội dung; hãy sửa nội dung hoặc cài đủ phông chữ."
    )


# -- keys and signing --------------------------------------------------------------------------


class KeysUnusableError(SigningError):
    """The keys in this folder cannot be read; restore them from a backup or use another folder."""

    code: ClassVar[str] = "KEYS_UNUSABLE"
    message_vi: ClassVar[str] = (
        "Không đọc được khóa ký trong thư mục; hãy khôi phục từ bản sao lưu hoặc dùng thư mục khác."
    )


class WrongPinError(KeysUnusableError):
    """The PIN is wrong; type it again with care, for the token locks itself after a few wrong ones."""

    code: ClassVar[str] = "WRONG_PIN"
    message_vi: ClassVar[str] = (
        "Mã PIN không đúng; xin nhập lại cẩn thận vì thiết bị sẽ tự khóa sau vài lần nhập sai."
    )


class PinRefusedError(KeysUnusableError):
    """No PIN is tried any more, so that the token does not lock itself; ask the administrator."""

    code: ClassVar[str] = "PIN_REFUSED"
    message_vi: ClassVar[str] = (
        "Đã nhập sai mã PIN nhiều lần; hệ thống dừng thử để thiết bị không bị khóa. Xin báo quản trị."
    )


class SignatureRefusedError(SigningError):
    """The signature that came back was not made by this certificate's key over this document; sign anew."""

    code: ClassVar[str] = "SIGNATURE_REFUSED"
    message_vi: ClassVar[str] = (
        "Chữ ký gửi về không phải do khóa của chứng thư này ký trên văn bản này; xin ký lại."
    )


class NotPreparedError(SigningError):
    """The PDF has no two empty signature fields; prepare it before it is signed."""

    code: ClassVar[str] = "NOT_PREPARED"
    message_vi: ClassVar[str] = "Tệp PDF chưa có hai ô chữ ký còn trống; hãy chuẩn bị tệp trước khi ký."


class TimeStampError(SigningError):
    """The time-stamp authority gave no usable token; sign without one or try again later."""

    code: ClassVar[str] = "TIME_STAMP_FAILED"
    message_vi: ClassVar[str] = (
        "Không lấy được dấu thời gian; hãy ký không kèm dấu thời gian hoặc thử lại sau."
    )


# -- validation and trust ----------------------------------------------------------------------


class NotAPdfError(SigningError):
    """The file is not a PDF; choose the signed PDF file itself."""

    code: ClassVar[str] = "NOT_A_PDF"
    message_vi: ClassVar[str] = "Tệp này không phải là PDF; hãy chọn đúng tệp PDF đã ký."


class PdfEncryptedError(SigningError):
    """The PDF is locked with a password; ask the sender for a copy without one."""

    code: ClassVar[str] = "PDF_ENCRYPTED"
    message_vi: ClassVar[str] = (
        "Tệp PDF được khóa bằng mật khẩu; hãy đề nghị người gửi cung cấp tệp không khóa."
    )


class PdfTooLargeError(SigningError):
    """The PDF is larger than what is validated here; ask the issuing office to check it."""

    code: ClassVar[str] = "PDF_TOO_LARGE"
    message_vi: ClassVar[str] = (
        "Tệp PDF lớn hơn giới hạn kiểm tra; hãy đề nghị cơ quan phát hành kiểm tra giúp."
    )


class CertificateUnreadableError(SigningError):
    """The file holds no certificate in PEM or DER form; choose the authority's certificate file."""

    code: ClassVar[str] = "CERTIFICATE_UNREADABLE"
    message_vi: ClassVar[str] = (
        "Tệp không chứa chứng thư số dạng PEM hoặc DER; hãy chọn tệp chứng thư của tổ chức cấp."
    )


class TrustAnchorUnknownError(SigningError):
    """No trust anchor has this identifier; list them and choose one."""

    code: ClassVar[str] = "TRUST_ANCHOR_UNKNOWN"
    message_vi: ClassVar[str] = "Không có chứng thư tin cậy nào mang mã này; hãy xem danh sách rồi chọn lại."
