"""What the proof of the book may find wrong: codes with their words in both languages."""

from typing import Final

FAULTS: Final[dict[str, tuple[str, str]]] = {
    "NUMBER_MISSING": ("Thiếu số trong sổ.", "A number of the book is missing."),
    "NUMBER_REPEATED": ("Một số được dùng hơn một lần.", "A number stands in the book more than once."),
    "NUMBER_OUTSIDE": ("Số nằm ngoài phạm vi các quyển sổ.", "A number lies outside the books."),
    "NUMBER_OUT_OF_TIME": (
        "Số được lấy sớm hơn số đứng trước nó.",
        "A number was taken earlier than the one before it.",
    ),
    "LINE_LOST": ("Dòng đã lấy số không còn trong sổ.", "A line that was held is no longer in the book."),
    "LINE_CHANGED": (
        "Dòng khác với nhật ký bảo đảm.",
        "A line is not what the audit trail says was held, issued or cancelled.",
    ),
    "LINE_WITHOUT_CERTIFICATION": (
        "Dòng ghi đã cấp nhưng không có văn bản chứng thực tương ứng.",
        "A line is issued and has no certification.",
    ),
    "CERTIFICATION_WITHOUT_LINE": (
        "Văn bản chứng thực không có dòng đã cấp trong sổ.",
        "A certification has no issued line in the book.",
    ),
    "CERTIFICATION_DIFFERS": (
        "Văn bản chứng thực ghi khác với dòng trong sổ.",
        "A certification says something else than its line.",
    ),
    "STANDING_CHANGED": (
        "Tình trạng của văn bản khác với nhật ký bảo đảm.",
        "A document does not stand as the audit trail says.",
    ),
    "PAPER_TWICE": (
        "Một giấy tờ có hai dòng đang dùng trong sổ chứng thực.",
        "One paper has two lines in the books that are not cancelled.",
    ),
    "BOOK_BEGINS_LATE": (
        "Quyển đầu tiên không bắt đầu từ số 1 mà nhật ký không ghi việc mở sổ như vậy.",
        "The first book does not begin with 1, and the audit trail does not say that it was opened so.",
    ),
    "YEAR_CHANGED": (
        "Sổ của năm đã khóa không còn như khi khóa.",
        "The book of a closed year is not what it was when it was closed.",
    ),
    "YEAR_REOPENED": (
        "Sổ của năm đã khóa đang mở, hoặc không còn ghi việc khóa.",
        "A closed year has an open book, or its close is no longer there.",
    ),
    "OBJECT_MISSING": ("Không còn tệp đã cấp.", "The issued file is missing."),
    "OBJECT_DAMAGED": ("Tệp đã cấp bị hỏng.", "The issued file is damaged."),
    "VERSION_CHANGED": (
        "Các phiên bản bổ sung của văn bản khác với nhật ký bảo đảm.",
        "The versions of a document with long-term data are not those that the audit trail tells of.",
    ),
    "VERSION_DIFFERS": (
        "Phiên bản bổ sung không chứa nguyên vẹn tệp đã cấp.",
        "A version with long-term data does not begin with the issued file.",
    ),
    "AUDIT_BROKEN": (
        "Chuỗi nhật ký bảo đảm bị đứt ở mục này.",
        "The audit trail does not hang together at this entry.",
    ),
}
