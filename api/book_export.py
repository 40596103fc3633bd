"""Lines of the book in, its eight columns as CSV or PDF out, for the auditor; and the close of a year."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from types import MappingProxyType

from api.book_words import TITLES, reason_words
from api.web.writing import day
from signing.book import PrintedBook, PrintedClose, PrintedLine, render_book, render_close
from verification.ports import Transaction
from verification.register import (
    EVERY_LINE,
    Book,
    Count,
    EntryState,
    LinesWanted,
    RegisterEntry,
    Series,
    Totals,
    YearClose,
)
from verification.register_errors import BookTooLongError, YearNotClosedError
from verification.services import Services
from verification.standing import Words
from verification.workflow.find_issued import book_notes

COLUMNS = (
    "Số chứng thực",
    "Ngày, tháng, năm chứng thực",
    "Họ tên người yêu cầu chứng thực",
    "Tên bản chính giấy tờ, văn bản",
    "Họ tên, chức danh người ký chứng thực",
    "Số bản sao đã được chứng thực",
    "Lệ phí/Phí chứng thực",
    "Ghi chú",
)
"""The eight columns of the book (TT 01/2020/TT-BTP; domain.md 1.2)."""
MOST_PRINTED = 12_000
"""Lines of one PDF: 10,000 take 5 s and 1.2 GB while they are drawn."""
_BYTE_ORDER = "\ufeff"
"""By this mark at the beginning a spreadsheet knows the letters."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STATES = {EntryState.HELD: "Đang giữ số", EntryState.ISSUED: "Đã cấp", EntryState.CANCELLED: "Đã hủy"}


@dataclass(frozen=True, slots=True)
class Export:
    """Which lines are wanted: of a series in a year."""

    series: Series
    year: int
    wanted: LinesWanted


Notes = Mapping[str, Words]
"""By line: what became of its document since, beside what the line says and never changes."""
NO_NOTES: Notes = MappingProxyType({})


def notes_of(tx: Transaction, export: Export) -> Notes:
    """Of the documents of these lines that are revoked or replaced."""
    return {str(entry_id): words for entry_id, words in book_notes(tx, export.series, export.year).items()}


def cells(entry: RegisterEntry, notes: Notes = NO_NOTES) -> tuple[str, ...]:
    """The eight columns of a line. The day is that of Viet Nam."""
    since = notes[entry.id].vi if entry.id in notes else ""
    return (
        entry.label,
        day(entry.held_at),
        entry.line.requester,
        entry.line.title,
        ", ".join((entry.line.signer, *entry.line.capacity)),
        str(entry.line.copies),
        str(entry.line.fee),
        "; ".join(part for part in (entry.line.note, _became(entry), since) if part),
    )


def _became(entry: RegisterEntry) -> str:
    match entry.state:
        case EntryState.ISSUED:
            return ""
        case EntryState.HELD:
            return "ĐANG GIỮ SỐ, CHƯA CẤP"
        case EntryState.CANCELLED:
            return f"ĐÃ HỦY: {reason_words(entry.reason or '').vi}"


# -- CSV ---------------------------------------------------------------------------------------------


def csv_lines(entries: Iterable[RegisterEntry], notes: Notes = NO_NOTES) -> Iterator[str]:
    """CSV, a line at a time. The number bears its book: alone, 1/2026 is a month to a spreadsheet."""
    yield _BYTE_ORDER + _csv(COLUMNS)
    for entry in entries:
        number, *rest = cells(entry, notes)
        yield _csv((f"{number} ({entry.book})", *rest))


def _csv(row: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written).writerow([defused(cell) for cell in row])
    return written.getvalue()


def defused(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula, as the text that it is."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


# -- PDF ---------------------------------------------------------------------------------------------


def book_pdf(services: Services, tx: Transaction, export: Export) -> bytes:
    """The wanted lines as a print. Raises BookTooLongError, RenderError."""
    entries = tuple(islice(tx.register.lines(export.series, export.year, export.wanted), MOST_PRINTED + 1))
    if len(entries) > MOST_PRINTED:
        raise BookTooLongError
    count = Count()
    for entry in entries:
        count.add(entry)
    books = tuple(b for b in tx.register.books() if (b.series, b.year) == (export.series, export.year))
    notes = notes_of(tx, export)
    return render_book(
        PrintedBook(
            agency=services.unit.agency,
            place=services.unit.place,
            title=TITLES[export.series].vi,
            book=_signs(books, export),
            year=export.year,
            part=_part(export.wanted),
            columns=COLUMNS,
            lines=tuple(_printed(entry, notes) for entry in entries),
            totals=totals_said(count.totals),
            printed_at=services.now(),
            test=services.signer.test,
            signatures=export.wanted == EVERY_LINE and _is_closed(tx, export),
        )
    )


def close_of_year(tx: Transaction, series: Series, year: int) -> YearClose:
    """How that year was closed. Raises YearNotClosedError."""
    closes = (c for c in tx.register.year_closes() if (c.series, c.year) == (series, year))
    close = next(closes, None)
    if close is None:
        raise YearNotClosedError
    return close


def close_pdf(services: Services, close: YearClose) -> bytes:
    """The confirmation of a close, for signing. Raises RenderError."""
    return render_close(
        PrintedClose(
            agency=services.unit.agency,
            place=services.unit.place,
            title=TITLES[close.series].vi,
            year=close.year,
            closed_at=close.closed_at,
            by=close.by,
            totals=(("Số đầu – số cuối", f"{close.first} – {close.last}"), *totals_said(close.totals)),
            kinds=tuple((title, dotted(lines)) for title, lines in close.totals.kinds),
            digest=close.digest,
            test=services.signer.test,
        )
    )


def totals_said(totals: Totals) -> tuple[tuple[str, str], ...]:
    """What the lines come to, with the words for it."""
    held = totals.lines - totals.issued - totals.cancelled
    return (
        ("Tổng số dòng", dotted(totals.lines)),
        ("Đã cấp", dotted(totals.issued)),
        ("Đã hủy", dotted(totals.cancelled)),
        *((("Đang giữ số", dotted(held)),) if held else ()),
        ("Số bản sao đã được chứng thực", dotted(totals.copies)),
        ("Lệ phí/Phí chứng thực", f"{dotted(totals.fees)} đồng"),
    )


def dotted(number: int) -> str:
    """A number as it is written in Viet Nam: 1.234.567."""
    return f"{number:,}".replace(",", ".")


def _printed(entry: RegisterEntry, notes: Notes) -> PrintedLine:
    *seven, note = cells(entry, notes)
    seven[6] = dotted(entry.line.fee)
    return PrintedLine((*seven, note), cancelled=entry.state is EntryState.CANCELLED)


def _is_closed(tx: Transaction, export: Export) -> bool:
    return any((c.series, c.year) == (export.series, export.year) for c in tx.register.year_closes())


def _signs(books: tuple[Book, ...], export: Export) -> str:
    if export.wanted.book:
        return export.wanted.book
    return ", ".join(book.sign for book in books) or f"{export.year}-{export.series.value}"


def _part(wanted: LinesWanted) -> str:
    parts = (
        f"Tháng {wanted.month}" if wanted.month else "",
        f"Chỉ các dòng: {_STATES[wanted.state].lower()}" if wanted.state else "",
    )
    return " · ".join(part for part in parts if part)
