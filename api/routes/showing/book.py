"""The lines of a year in, a page of the book out; whether every number is there is said above them.

And what an administrator keeps the book by.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from api.book_export import dotted, totals_said
from api.book_words import TITLES, name_of, reason_words
from api.routes.showing.queue import pagination
from api.web import paths
from api.web.book_views import (
    BookEntry,
    BookFilter,
    BookKeeping,
    BookPage,
    BookRow,
    EntryInput,
    HeldRow,
    OpenBook,
)
from api.web.language import Bilingual as Both
from api.web.views import Choice, Errors, Fact, Link, Sign, State
from api.web.writing import VIETNAM, day, moment
from verification.ports import Transaction
from verification.register import (
    Book,
    EntryId,
    EntryState,
    LinesWanted,
    RegisterEntry,
    Series,
    YearClose,
    number_faults,
)
from verification.standing import Words
from verification.workflow.find_issued import notes_beside

ROWS = 50
WORDS = {Series.COPIES: "chung-thuc", Series.PAPER_COPIES: "chung-thuc-giay", Series.RECEIPTS: "phieu"}
_STATES = {
    EntryState.HELD: State(Sign.WAIT, Both("Đang giữ số", "Held")),
    EntryState.ISSUED: State(Sign.GOOD, Both("Đã cấp", "Issued")),
    EntryState.CANCELLED: State(Sign.BAD, Both("Đã hủy", "Cancelled")),
}
_ALL = Both("Tất cả", "All")
_WHOLE = State(Sign.GOOD, Both("Đủ số, không số nào thiếu hoặc lặp", "Every number is there, once"))


@dataclass(frozen=True, slots=True)
class Year:
    """What was looked up of one series in one year: its books, the wanted lines of one page, all numbers."""

    series: Series
    year: int
    wanted: LinesWanted
    number: int
    count: int
    entries: tuple[RegisterEntry, ...]
    numbers: tuple[int, ...]
    books: tuple[Book, ...]
    kept: tuple[tuple[Series, int], ...]
    """All series with the years they have a book of."""
    close: YearClose | None
    notes: Mapping[EntryId, Words]
    """Of lines whose documents are revoked or replaced."""


def looked_up(tx: Transaction, series: Series, year: int, wanted: LinesWanted, number: int) -> Year:
    """Page `number` of the wanted lines, newest first."""
    count = tx.register.count(series, year, wanted)
    number = min(max(number, 1), max(1, -(-count // ROWS)))
    closes = (c for c in tx.register.year_closes() if (c.series, c.year) == (series, year))
    books = tx.register.books()
    entries = tx.register.newest(series, year, wanted, skip=(number - 1) * ROWS, limit=ROWS)
    return Year(
        series=series,
        year=year,
        wanted=wanted,
        number=number,
        count=count,
        entries=entries,
        numbers=tx.register.numbers(series, year),
        books=tuple(b for b in books if (b.series, b.year) == (series, year)),
        kept=tuple(sorted({(b.series, b.year) for b in books})),
        close=next(closes, None),
        notes=notes_beside(tx, entries),
    )


def shown_book(found: Year) -> BookPage:
    """The page."""
    close = found.close
    return BookPage(
        book=", ".join(b.sign for b in found.books) or str(found.year),
        title=TITLES[found.series],
        integrity=_integrity(found),
        rows=tuple(_row(entry, found.notes.get(entry.id)) for entry in found.entries),
        filter=_filter(found),
        csv=paths.book_file("csv", _query(found)),
        pdf=paths.book_file("pdf", _query(found)),
        books=_links(found),
        pages=pagination(
            found.number, max(1, -(-found.count // ROWS)), lambda n: f"{_address(found)}&trang={n}"
        ),
        closed=_closed(close) if close else (),
        confirmation=paths.book_close(WORDS[found.series], found.year) if close else None,
    )


def _query(found: Year) -> dict[str, str | int]:
    wanted = found.wanted
    parts = {"quyen": wanted.book, "thang": wanted.month, "tinh_trang": wanted.state}
    chosen = {name: str(value) for name, value in parts.items() if value is not None}
    return {"loai": WORDS[found.series], "nam": found.year, **chosen}


def _address(found: Year) -> str:
    return f"{paths.BOOK}?{urlencode(_query(found))}"


def _closed(close: YearClose) -> tuple[Fact, ...]:
    said = tuple(
        Fact(_TOTALS.get(label, Both(label, label)), value) for label, value in totals_said(close.totals)
    )
    return (Fact(Both("Đã khóa sổ lúc", "Closed at"), moment(close.closed_at)), *said)


_TOTALS = {
    "Tổng số dòng": Both("Tổng số dòng", "Lines"),
    "Đã cấp": Both("Đã cấp", "Issued"),
    "Đã hủy": Both("Đã hủy", "Cancelled"),
    "Số bản sao đã được chứng thực": Both("Số bản sao đã được chứng thực", "Copies certified"),
    "Lệ phí/Phí chứng thực": Both("Lệ phí/Phí chứng thực", "Fees"),
}


def _filter(found: Year) -> BookFilter:
    wanted = found.wanted
    months = (
        Choice(str(m), Both(f"Tháng {m}", f"Month {m}"), chosen=wanted.month == m) for m in range(1, 13)
    )
    states = (Choice(s.value, state.text, chosen=wanted.state is s) for s, state in _STATES.items())
    books = (Choice(b.sign, Both(b.sign, b.sign), chosen=wanted.book == b.sign) for b in found.books)
    everything = Choice("", _ALL)
    return BookFilter(
        kind=WORDS[found.series],
        year=found.year,
        books=(everything, *books),
        months=(everything, *months),
        states=(everything, *states),
    )


def _links(found: Year) -> tuple[Link, ...]:
    """The years that have a book, and this one's copies and receipts in any case."""
    always = {(Series.COPIES, found.year), (Series.RECEIPTS, found.year), (found.series, found.year)}
    return tuple(
        Link(
            f"{paths.BOOK}?loai={WORDS[series]}&nam={year}",
            Both(f"{TITLES[series].vi} {year}", f"{TITLES[series].en} {year}"),
            current=(series, year) == (found.series, found.year),
        )
        for series, year in sorted(
            {*found.kept, *always}, key=lambda one: (-one[1], list(Series).index(one[0]))
        )
    )


def _integrity(found: Year) -> State:
    wrong = number_faults(list(found.books), list(found.numbers)) if found.books else []
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


def _row(entry: RegisterEntry, since: Words | None) -> BookRow:
    return BookRow(
        number=entry.label,
        entered_on=day(entry.held_at.astimezone(VIETNAM)),
        applicant=entry.line.requester,
        paper=Both(entry.line.title, entry.line.title),
        officer=entry.line.signer,
        state=State(Sign.CHECK, Both(*since)) if since else _state(entry),
        href=None if entry.by_hand else paths.decided(entry.paper_id),
    )


def _state(entry: RegisterEntry) -> State:
    if entry.state is EntryState.CANCELLED:
        why = reason_words(entry.reason or "")
        return State(Sign.BAD, Both(f"Đã hủy: {why.vi}", f"Cancelled: {why.en}"))
    return _STATES[entry.state]


# -- keeping -----------------------------------------------------------------------------------------


def shown_keeping(
    books: tuple[Book, ...],
    closes: tuple[YearClose, ...],
    held: tuple[RegisterEntry, ...],
    *,
    year: int,
    errors: Errors = (),
) -> BookKeeping:
    """What an administrator may do to the books."""
    return BookKeeping(
        open_books=tuple(_open(book) for book in books if book.open),
        held=tuple(_held(place, entry) for place, entry in enumerate(held, 1)),
        closed=tuple(_close_said(close) for close in closes),
        series=tuple(Choice(name_of(series), TITLES[series]) for series in Series),
        year=year,
        errors=errors,
    )


def _open(book: Book) -> OpenBook:
    lines = book.last - book.first + 1
    return OpenBook(book.sign, TITLES[book.series], name_of(book.series), book.year, lines)


def _held(place: int, entry: RegisterEntry) -> HeldRow:
    return HeldRow(
        number=entry.label,
        book=entry.book,
        since=moment(entry.held_at),
        action=paths.cancel_held(entry.id),
        field=f"reason-{place}",
    )


def _close_said(close: YearClose) -> Both:
    title, at = TITLES[close.series], moment(close.closed_at)
    return Both(
        f"{title.vi} năm {close.year}: {close.totals.lines} dòng, khóa lúc {at}",
        f"{title.en} of {close.year}: {close.totals.lines} lines, closed at {at}",
    )


# -- copies on paper ---------------------------------------------------------------------------------


def shown_entry(typed: EntryInput, errors: Errors = (), entered: RegisterEntry | None = None) -> BookEntry:
    """The form for a line of copies on paper, and the number that the last one was given."""
    given = None
    if entered:
        fee = f"{dotted(entered.line.fee)} đồng"
        given = Both(
            f"Số {entered.label}, quyển số {entered.book}; lệ phí {fee}",
            f"Number {entered.label}, book {entered.book}; fee {fee}",
        )
    return BookEntry(typed, given, errors)
