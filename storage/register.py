"""The books as rows: `verification.ports.Register` over a connection."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select, update

from ocr.model import Digest
from storage import tables
from storage.dialects import insert
from storage.lines import cancelled, issued, line_id
from storage.moments import utc, vietnam_year
from verification.errors import NotFoundError
from verification.register import Book, EntryId, EntryState, Line, RegisterEntry, Series
from verification.submission import PaperId

_books = tables.book
_lines = tables.register_entry


@dataclass(frozen=True, slots=True)
class SqlRegister:
    """`verification.ports.Register` in the transaction of this connection."""

    connection: Connection

    def held_for(self, paper_id: PaperId, series: Series) -> RegisterEntry | None:
        live = select(_lines).where(
            _lines.c.paper_id == paper_id,
            _lines.c.series == series,
            _lines.c.state != EntryState.CANCELLED,
        )
        row = self.connection.execute(live).one_or_none()
        return None if row is None else _entry(row)

    def hold(self, paper_id: PaperId, series: Series, line: Line, *, at: datetime) -> RegisterEntry:
        taken = self._next_number(series, vietnam_year(at))
        entry = RegisterEntry(
            id=line_id(series, taken.year, taken.last),
            series=series,
            year=taken.year,
            book=taken.sign,
            number=taken.last,
            paper_id=paper_id,
            state=EntryState.HELD,
            held_at=utc(at),
            line=line,
        )
        self.connection.execute(_lines.insert().values(**_row(entry)))
        return entry

    def _next_number(self, series: Series, year: int) -> Book:
        """One more line in the open book.

        1. The UPDATE locks the book's row until the caller's transaction ends: the next one waits, and a
           number that is rolled back was never taken. A sequence would leave a gap.
        2. No open book: open book 1; whoever else does so at the same moment changes nothing.
        3. Take the number from whichever book is there now.
        """
        taken = self._write_on(series, year)
        if taken is None:
            self._open(Book(series, year, ordinal=1, first=1, last=0, open=True))
            taken = self._write_on(series, year)
        if taken is None:
            raise NotFoundError
        return taken

    def _write_on(self, series: Series, year: int) -> Book | None:
        row = self.connection.execute(
            update(_books).where(*_open_book(series, year)).values(last=_books.c.last + 1).returning(_books)
        ).one_or_none()
        return None if row is None else _book(row)

    def _open(self, new: Book) -> None:
        values = {field.name: getattr(new, field.name) for field in fields(Book)}
        self.connection.execute(insert(self.connection, _books).values(**values).on_conflict_do_nothing())

    def next_book(self, series: Series, year: int) -> Book:
        """Close the full book and open the next, whose numbers run on. Raises NotFoundError if none is."""
        closing = update(_books).where(*_open_book(series, year)).values(open=False).returning(_books)
        row = self.connection.execute(closing).one_or_none()
        if row is None:
            raise NotFoundError
        full = _book(row)
        new = Book(series, year, full.ordinal + 1, first=full.last + 1, last=full.last, open=True)
        self._open(new)
        return new

    def entry(self, entry_id: EntryId) -> RegisterEntry:
        return self._one(select(_lines).where(_lines.c.id == entry_id))

    def _one(self, wanted: Select[Any]) -> RegisterEntry:
        row = self.connection.execute(wanted).one_or_none()
        if row is None:
            raise NotFoundError
        return _entry(row)

    def issue(self, entry_id: EntryId, *, at: datetime, document: Digest) -> RegisterEntry:
        return self._change(entry_id, lambda entry: issued(entry, at=at, document=document))

    def cancel(self, entry_id: EntryId, *, at: datetime, reason: str) -> RegisterEntry:
        return self._change(entry_id, lambda entry: cancelled(entry, at=at, reason=reason))

    def _change(self, entry_id: EntryId, change: Callable[[RegisterEntry], RegisterEntry]) -> RegisterEntry:
        this = _lines.c.id == entry_id
        # Locked, for what is read here decides what is written next.
        changed = change(self._one(select(_lines).where(this).with_for_update()))
        self.connection.execute(update(_lines).where(this).values(**_row(changed)))
        return changed

    def entries(self, series: Series, year: int) -> tuple[RegisterEntry, ...]:
        lines = (
            select(_lines).where(_lines.c.series == series, _lines.c.year == year).order_by(_lines.c.number)
        )
        return tuple(_entry(row) for row in self.connection.execute(lines))

    def years(self, series: Series) -> tuple[int, ...]:
        years = select(_books.c.year).where(_books.c.series == series).distinct().order_by(_books.c.year)
        return tuple(self.connection.execute(years).scalars())

    def books(self) -> tuple[Book, ...]:
        every = select(_books).order_by(_books.c.series, _books.c.year, _books.c.ordinal)
        return tuple(_book(row) for row in self.connection.execute(every))


def _open_book(series: Series, year: int) -> tuple[ColumnElement[bool], ...]:
    return _books.c.series == series, _books.c.year == year, _books.c.open


def _book(row: Row[Any]) -> Book:
    return Book(Series(row.series), row.year, row.ordinal, row.first, row.last, row.open)


def _row(entry: RegisterEntry) -> dict[str, Any]:
    return {field.name: getattr(entry, field.name) for field in fields(RegisterEntry)}


def _entry(row: Row[Any]) -> RegisterEntry:
    return RegisterEntry(
        id=EntryId(row.id),
        series=Series(row.series),
        year=row.year,
        book=row.book,
        number=row.number,
        paper_id=PaperId(row.paper_id),
        state=EntryState(row.state),
        held_at=row.held_at,
        line=row.line,
        closed_at=row.closed_at,
        reason=row.reason,
        document=row.document,
    )
