"""The pages of the book as they look with something on them; all people are invented."""

from api.web import book_views
from api.web.language import Bilingual
from api.web.views import Choice, Fact, FieldError, Link, Sign, State

B = Bilingual
_ALL = Choice("", B("Tất cả", "All"))
BOOK = book_views.BookPage(
    book="01/2026-SCTĐT/BS",
    title=B("Sổ chứng thực bản sao điện tử từ bản chính", "Book of certifications (electronic copies)"),
    integrity=State(
        Sign.GOOD, B("Đủ số, không dòng nào bị sửa", "Every number is there, no line was changed")
    ),
    rows=(
        book_views.BookRow(
            "128/2026",
            "20/11/2026",
            "TRẦN THỊ HƯỜNG",
            B("Giấy khai sinh", "Birth certificate"),
            "Phạm Thị Lan",
            State(Sign.GOOD, B("Đã cấp", "Issued")),
            "/v/BS-128",
        ),
        book_views.BookRow(
            "127/2026",
            "20/11/2026",
            "LÊ QUỐC BẢO",
            B("Bằng tốt nghiệp", "Diploma"),
            "Phạm Thị Lan",
            State(Sign.BAD, B("Đã hủy: ký không thành", "Cancelled: signing failed")),
        ),
    ),
    filter=book_views.BookFilter(
        "chung-thuc",
        2026,
        (_ALL, Choice("01/2026-SCTĐT/BS", B("01/2026-SCTĐT/BS", "01/2026-SCTĐT/BS"))),
        (_ALL, Choice("11", B("Tháng 11", "Month 11"), chosen=True)),
        (_ALL, Choice("ISSUED", B("Đã cấp", "Issued"))),
    ),
    csv="/can-bo/so-chung-thuc/tai-ve.csv?nam=2026",
    pdf="/can-bo/so-chung-thuc/tai-ve.pdf?nam=2026",
    books=(Link("/can-bo/so-chung-thuc", B("Quyển 01/2026", "Book 01/2026"), current=True),),
    closed=(Fact(B("Tổng số dòng", "Lines"), "128"),),
    confirmation="/can-bo/so-chung-thuc/khoa-so.pdf?nam=2026",
)
KEEPING = book_views.BookKeeping(
    open_books=(
        book_views.OpenBook(
            "01/2026-SCTĐT/BS",
            B("Sổ chứng thực bản sao điện tử từ bản chính", "Book of certifications (electronic copies)"),
            "copies",
            2026,
            128,
        ),
    ),
    held=(
        book_views.HeldRow(
            "126/2026",
            "01/2026-SCTĐT/BS",
            "20/11/2026 09:12",
            "/can-bo/giu-so/huy/COPIES-2026-126",
            "reason-1",
        ),
    ),
    closed=(B("Sổ năm 2025: 1.204 dòng", "Book of 2025: 1,204 lines"),),
    series=(Choice("copies", B("Sổ bản sao điện tử", "Electronic copies")),),
    year=2026,
    errors=(FieldError("reason-1", B("Ghi lý do hủy.", "Give the reason.")),),
)
ENTRY = book_views.BookEntry(
    book_views.EntryInput("f-1", "TRẦN THỊ HƯỜNG", "", "2", "0"),
    errors=(FieldError("paper", B("Ghi tên giấy tờ.", "Give its title.")),),
)
ENTERED = book_views.BookEntry(
    book_views.EntryInput("f-2"),
    B("Số 129/2026, quyển số 01/2026-SCT/BS", "Number 129/2026, book 01/2026-SCT/BS"),
)
