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

    The exception's argument names the letters, and so do its messages.
    """

    code: ClassVar[str] = "GLYPH_MISSING"
    message_vi: ClassVar[str] = (
        "Phông chữ thiếu một số ký tự có trong nội dung; hãy sửa nội dung hoặc cài đủ phông chữ."
    )

    def __init__(self, letters: str = "") -> None:
        super().__init__(letters)
        self.letters = letters
        if letters:
            self.message_vi = f"{type(self).message_vi} ({letters})"  # type: ignore[misc]

    @property
    def message_en(self) -> str:
        """The first line of the class's docstring, with the letters."""
        return f"{super().message_en} ({self.letters})" if self.letters else super().message_en


class FontMissingError(RenderError):
    """A typeface of the issued papers is not installed; install Debian's package fonts-croscore.

    The exception's argument names the typeface.
    """

    code: ClassVar[str] = "FONT_MISSING"
    message_vi: ClassVar[str] = (
        "Máy chưa cài kiểu chữ dùng cho văn bản phát hành; hãy cài gói fonts-croscore của Debian."
    )


# -- keys and signing --------------------------------------------------------------------------


class KeysUnusableError(SigningError):
    """The keys in this folder cannot be read; restore them from a backup or use another folder."""

    code: ClassVar[str] = "KEYS_UNUSABLE"
    message_vi: ClassVar[str] = (
        "Không đọc được khóa ký trong thư mục; hãy khôi phục từ bản sao lưu hoặc dùng thư mục khác."
    )


class KeyMissingError(KeysUnusableError):
    """No signing key is set up for this signer; ask the administrator to enter one in the keys file."""

    code: ClassVar[str] = "KEY_MISSING"
    message_vi: ClassVar[str] = (
        "Chưa khai báo khóa ký cho người ký này; xin báo quản trị bổ sung trong tệp khai báo khóa."
    )


class KeysMixedError(KeysUnusableError):
    """Test keys and real keys stand side by side; leave only the one kind in the keys file."""

    code: ClassVar[str] = "KEYS_MIXED"
    message_vi: ClassVar[str] = (
        "Khóa thử nghiệm và khóa thật đang khai báo lẫn nhau; hãy chỉ để một loại trong tệp khai báo khóa."
    )


class PinNeededError(KeysUnusableError):
    """This key signs only after its holder has typed the PIN; sign on the signing page."""

    code: ClassVar[str] = "PIN_NEEDED"
    message_vi: ClassVar[str] = "Khóa này chỉ ký sau khi người giữ khóa nhập mã PIN; xin ký ở trang ký số."


class KeyElsewhereError(KeysUnusableError):
    """This signer's key is not kept here; sign with the signing tool on the signer's own machine."""

    code: ClassVar[str] = "KEY_ELSEWHERE"
    message_vi: ClassVar[str] = (
        "Khóa của người ký không ở máy chủ; xin ký bằng công cụ ký số trên máy của người ký."
    )


class KeyPasswordError(KeysUnusableError):
    """The password does not open the key container; correct it where the keys file says it stands."""

    code: ClassVar[str] = "KEY_PASSWORD_WRONG"
    message_vi: ClassVar[str] = (
        "Mật khẩu không mở được tệp khóa PKCS#12; hãy sửa mật khẩu ở nơi tệp khai báo khóa chỉ ra."
    )


class KeyNotThereError(KeysUnusableError):
    """The container or the token holds no such private key with its certificate; check which was meant."""

    code: ClassVar[str] = "KEY_NOT_THERE"
    message_vi: ClassVar[str] = (
        "Trong tệp khóa hoặc thiết bị không có khóa bí mật kèm chứng thư cần dùng; hãy kiểm tra khai báo."
    )


class KeyTooWeakError(KeysUnusableError):
    """Only P-256, P-384 and RSA keys of 2048 to 4096 bits sign here; ask the authority for such a key."""

    code: ClassVar[str] = "KEY_TOO_WEAK"
    message_vi: ClassVar[str] = (
        "Chỉ ký bằng khóa P-256, P-384 hoặc RSA từ 2048 đến 4096 bit; hãy xin cấp khóa như vậy."
    )


class CertificateNotForSigningError(KeysUnusableError):
    """The certificate was not issued for signing documents; ask the authority for one that was."""

    code: ClassVar[str] = "CERTIFICATE_NOT_FOR_SIGNING"
    message_vi: ClassVar[str] = (
        "Chứng thư không được cấp để ký văn bản; hãy đề nghị tổ chức cấp chứng thư dùng để ký."
    )


class CertificateExpiredError(KeysUnusableError):
    """The signer's certificate has expired or is not valid yet; have it renewed before anything is signed."""

    code: ClassVar[str] = "CERTIFICATE_EXPIRED"
    message_vi: ClassVar[str] = (
        "Chứng thư của người ký đã hết hạn hoặc chưa có hiệu lực; hãy gia hạn trước khi ký."
    )


class KeyNotOfCertificateError(KeysUnusableError):
    """The private key does not belong to the certificate; check which certificate file goes with it."""

    code: ClassVar[str] = "KEY_NOT_OF_CERTIFICATE"
    message_vi: ClassVar[str] = (
        "Khóa bí mật không khớp với chứng thư; hãy kiểm tra lại tệp chứng thư đã khai báo."
    )


class TokenMissingError(KeysUnusableError):
    """The token does not answer: plug it in, or check its driver and label in the keys file."""

    code: ClassVar[str] = "TOKEN_MISSING"
    message_vi: ClassVar[str] = (
        "Không thấy thiết bị ký số; hãy cắm thiết bị, hoặc kiểm tra trình điều khiển và nhãn đã khai báo."
    )


class TokenLostError(KeysUnusableError):
    """The connection to the token broke off; nothing was kept. Check the token and sign again."""

    code: ClassVar[str] = "TOKEN_LOST"
    message_vi: ClassVar[str] = (
        "Mất kết nối với thiết bị ký số, chưa có gì được lưu; hãy kiểm tra thiết bị rồi ký lại."
    )


class TokenBusyError(KeysUnusableError):
    """Somebody else is just signing in to this token; try again in a moment."""

    code: ClassVar[str] = "TOKEN_BUSY"
    message_vi: ClassVar[str] = "Thiết bị ký số đang được đăng nhập ở nơi khác; xin thử lại sau giây lát."


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


class SignatureFaultyError(SigningError):
    """What was signed did not verify and was thrown away; try again, and have the device checked."""

    code: ClassVar[str] = "SIGNATURE_FAULTY"
    message_vi: ClassVar[str] = (
        "Chữ ký vừa tạo không đúng nên đã bị hủy; hãy thực hiện lại và cho kiểm tra thiết bị ký."
    )


class RoomTooSmallError(SigningError):
    """The signature is larger than the room kept for it in the PDF; sign again."""

    code: ClassVar[str] = "SIGNATURE_TOO_LARGE"
    message_vi: ClassVar[str] = "Chữ ký lớn hơn chỗ dành sẵn trong tệp PDF; hãy ký lại."


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


# -- long-term data ----------------------------------------------------------------------------


class NotSignedError(SigningError):
    """The file carries no signature that long-term data could be added to; choose the signed PDF."""

    code: ClassVar[str] = "NOT_SIGNED"
    message_vi: ClassVar[str] = (
        "Tệp không có chữ ký số để bổ sung dữ liệu lưu giữ lâu dài; hãy chọn đúng tệp PDF đã ký."
    )


class RevocationUnknownError(SigningError):
    """No authority told whether a certificate still holds; it is asked again later."""

    code: ClassVar[str] = "REVOCATION_UNKNOWN"
    message_vi: ClassVar[str] = (
        "Chưa hỏi được tổ chức cấp xem chứng thư còn hiệu lực hay không; hệ thống sẽ hỏi lại sau."
    )


class RevocationTooOldError(SigningError):
    """What the authority says of a certificate is older than the signature; it is asked again later."""

    code: ClassVar[str] = "REVOCATION_TOO_OLD"
    message_vi: ClassVar[str] = (
        "Thông tin thu hồi mới nhất của tổ chức cấp còn cũ hơn chữ ký; hệ thống sẽ hỏi lại sau."
    )


class RevokedBeforeSigningError(SigningError):
    """A certificate had been revoked before it signed; revoke this document and issue it anew."""

    code: ClassVar[str] = "REVOKED_BEFORE_SIGNING"
    message_vi: ClassVar[str] = (
        "Chứng thư đã bị thu hồi trước thời điểm ký; hãy thu hồi văn bản này và cấp lại văn bản khác."
    )


class TimeStampGainsNothingError(SigningError):
    """A new time-stamp would hold no longer than the last; the authority's next certificate is awaited."""

    code: ClassVar[str] = "TIME_STAMP_GAINS_NOTHING"
    message_vi: ClassVar[str] = (
        "Dấu thời gian mới không có hiệu lực dài hơn dấu hiện có; chờ chứng thư mới của tổ chức cấp dấu."
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
