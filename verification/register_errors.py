"""What may go wrong with the book: errors of `verification.errors`, in a file of their own."""

from verification.errors import VerificationError


class BookClosedError(VerificationError):
    """The book of this year is closed for good; no number of it can be taken or changed."""

    code = "BOOK_CLOSED"
    message_vi = "Sổ của năm này đã khóa, không mở lại được; không thể lấy hoặc thay đổi số trong sổ."


class BookInUseError(VerificationError):
    """The book already has lines; its first number cannot be set any more."""

    code = "BOOK_IN_USE"
    message_vi = "Quyển sổ đã có số được lấy; không thể đặt lại số đầu tiên nữa."


class BookEmptyError(VerificationError):
    """The open book has no line yet; there is no need of another."""

    code = "BOOK_EMPTY"
    message_vi = "Quyển đang mở chưa có dòng nào; chưa cần sang quyển mới."


class FirstNumberError(VerificationError):
    """A first book begins with a number and an ordinal of at least 1, this year or later."""

    code = "FIRST_NUMBER_INVALID"
    message_vi = "Quyển đầu tiên bắt đầu từ số và thứ tự quyển ít nhất là 1, của năm nay trở đi."


class YearNotOverError(VerificationError):
    """The year is not over: close its book after 31 December, or say that the last book has ended."""

    code = "YEAR_NOT_OVER"
    message_vi = "Năm chưa kết thúc: chỉ khóa sổ sau ngày 31/12, hoặc khi xác nhận quyển cuối đã kết thúc."


class YearNotClosedError(VerificationError):
    """The book of this year is not closed, so there are no totals to confirm; close it first."""

    code = "YEAR_NOT_CLOSED"
    message_vi = "Sổ của năm này chưa khóa, chưa có số tổng để xác nhận; vui lòng khóa sổ trước."


class LinesHeldError(VerificationError):
    """Some numbers are taken and neither issued nor cancelled; finish or cancel them before closing."""

    code = "LINES_HELD"
    message_vi = "Còn số đang giữ, chưa cấp và chưa hủy; vui lòng xử lý các số này trước khi khóa sổ."

    def __init__(self, numbers: tuple[str, ...] = ()) -> None:
        super().__init__(*numbers)
        self.numbers = numbers
        if numbers:
            self.message_vi = f"{type(self).message_vi} ({', '.join(numbers)})"  # type: ignore[misc]

    @property
    def message_en(self) -> str:
        """The first line, with the numbers where there are any."""
        first = (type(self).__doc__ or "").strip().splitlines()[0]
        return f"{first} ({', '.join(self.numbers)})" if self.numbers else first


class LineInUseError(VerificationError):
    """This number may still be issued: it was taken a short while ago, or its job waits; try again later."""

    code = "LINE_IN_USE"
    message_vi = "Số này vẫn có thể được cấp: vừa được lấy hoặc việc cấp còn đang chờ; vui lòng thử lại sau."


class ReasonMissingError(VerificationError):
    """Write down why the number is cancelled; the reason stays in the book."""

    code = "REASON_MISSING"
    message_vi = "Vui lòng ghi lý do hủy số; lý do được lưu trong sổ."


class LineIncompleteError(VerificationError):
    """Give requester, title, pages and copies: 1 to 2,000 pages, 1 to 500 copies."""

    code = "LINE_INCOMPLETE"
    message_vi = "Ghi đủ người yêu cầu, tên giấy tờ, số trang (1–2.000) và số bản sao (1–500)."


class BookTooLongError(VerificationError):
    """So many lines do not go into one PDF; choose a book or a month, or take the CSV."""

    code = "BOOK_TOO_LONG"
    message_vi = "Quá nhiều dòng cho một tệp PDF; vui lòng chọn một quyển hoặc một tháng, hoặc tải CSV."
