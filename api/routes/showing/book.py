"""The lines of a year in, a page of the book out; whether every number is there is said above them."""

from dataclasses import dataclass

from api.routes.showing.queue import pagination
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.officer_views import BookPage, BookRow
from api.web.views import Link, Sign, State
from api.web.writing import VIETNAM, day
from verification.register import Book, EntryState, RegisterEntry, Series, faults

ROWS = 50
WORDS = {Series.COPIES: "chung-thuc", Series.RECEIPTS: "phieu"}
_TITLES = {
    Series.COPIES: Both("Sổ chứng thực", "Book of certifications"),
    Series.RECEIPTS: Both("Danh sách phiếu xác nhận", "List of receipts"),
}
_STATES = {
    EntryState.HELD: State(Sign.WAIT, Both("Đang giữ số", "Held")),
    EntryState.ISSUED: State(Sign.GOOD, Both("Đã cấp", "Issued")),
}
_WHOLE = State(Sign.GOOD, Both("Đủ số, không số nào thiếu hoặc lặp", "Every number is there, once"))


@dataclass(frozen=True, slots=True)
class Year:
    """Every line of one series in one year, with its books, and the years there are."""

    series: Series
    year: int
    entries: tuple[RegisterEntry, ...]
    books: tuple[Book, ...]
    years: tuple[int, ...]


def shown_book(found: Year, number: int) -> BookPage:
    """Page `number`, newest lines first."""
    last = max(1, -(-len(found.entries) // ROWS))
    number = min(max(number, 1), last)
    newest = tuple(reversed(found.entries))[(number - 1) * ROWS : number * ROWS]
    return BookPage(
        book=", ".join(b.sign for b in found.books) or str(found.year),
        title=_TITLES[found.series],
        integrity=_integrity(found),
        rows=tuple(_row(entry) for entry in newest),
        books=_links(found),
        pages=pagination(number, last, lambda n: f"{_address(found.series, found.year)}&trang={n}"),
    )


def _address(series: Series, year: int) -> str:
    return f"{paths.BOOK}?loai={WORDS[series]}&nam={year}"


def _links(found: Year) -> tuple[Link, ...]:
    years = sorted({*found.years, found.year}, reverse=True)
    return tuple(
        Link(
            _address(series, year),
            Both(f"{_TITLES[series].vi} {year}", f"{_TITLES[series].en} {year}"),
            current=(series, year) == (found.series, found.year),
        )
        for year in years
        for series in Series
    )


def _integrity(found: Year) -> State:
    wrong = faults(found.entries, found.books)
    if not wrong:
        return _WHOLE
    numbers = ", ".join(str(f.number) for f in wrong[:10])
    return State(
        Sign.BAD,
        Both(
            f"Sổ có lỗi ở số {numbers}; xin báo quản trị",
            f"Numbers at fault: {numbers}; tell the administrator",
        ),
    )


def _row(entry: RegisterEntry) -> BookRow:
    return BookRow(
        number=entry.label,
        entered_on=day(entry.held_at.astimezone(VIETNAM)),
        applicant=entry.line.requester,
        paper=Both(entry.line.title, entry.line.title),
        officer=entry.line.signer,
        state=_state(entry),
        href=paths.decided(entry.paper_id),
    )


def _state(entry: RegisterEntry) -> State:
    if entry.state is EntryState.CANCELLED:
        return State(Sign.BAD, Both(f"Đã hủy: {entry.reason}", f"Cancelled: {entry.reason}"))
    return _STATES[entry.state]
