"""The books as rows: `verification.ports.Register` over a connection."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from ocr.model import Digest
from storage import tables
from storage.book_tables import year_close
from storage.dialects import insert
from storage.lines import cancelled, full, in_turn, issued, line_id
from storage.moments import vietnam_month, vietnam_year
from verification.certification import Issued
from verification.errors import NotFoundError
from verification.register import (
    EVERY_LINE,
    Book,
    Certified,
    EntryId,
    EntryState,
    Line,
    LinesWanted,
    RegisterEntry,
    Series,
    YearClose,
)
from verification.register_errors import BookClosedError, BookInUseError
from verification.submission import PaperId

_books = tables.book
_lines = tables.register_entry
_AT_ONCE = 1000
"""Lines fetched at a time."""
_TRIES = 5
"""A book may be ended between two looks; that it happens five times in a row needs books of a few lines."""


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

    def hold(
        self,
        paper_id: PaperId,
        series: Series,
        line: Line,
        *,
        at: datetime,
        lines_per_book: int | None = None,
    ) -> RegisterEntry:
        taken = self._next_number(series, vietnam_year(at))
        entry = RegisterEntry(
            id=line_id(series, taken.year, taken.last),
            series=series,
            year=taken.year,
            book=taken.sign,
            number=taken.last,
            paper_id=paper_id,
            state=EntryState.HELD,
            held_at=in_turn(at, self._last_held_at(taken)),
            line=line,
        )
        self.connection.execute(_lines.insert().values(**_row(entry)))
        if full(taken, lines_per_book):
            self.next_book(series, taken.year)
        return entry

    def _last_held_at(self, taken: Book) -> datetime | None:
        """When the line before was held: whoever took it has committed, for the book's row is ours."""
        before = taken.series, taken.year, taken.last - 1
        found = select(_lines.c.held_at).where(
            _lines.c.series == before[0], _lines.c.year == before[1], _lines.c.number == before[2]
        )
        return self.connection.execute(found).scalar_one_or_none()

    def _next_number(self, series: Series, year: int) -> Book:
        """One more line in the open book.

        1. The UPDATE locks the book's row until the caller's transaction ends: the next one waits, and a
           number that is rolled back was never taken. A sequence would leave a gap.
        2. No open book: the year is closed, or has none yet: open book 1; whoever else does so at the same
           moment changes nothing.
        3. Take the number from whichever book is there now.
        """
        for _ in range(_TRIES):
            taken = self._write_on(series, year)
            if taken is not None:
                return taken
            self._refuse_closed(series, year)
            self._open(Book(series, year, ordinal=1, first=1, last=0, open=True))
        raise NotFoundError

    def _refuse_closed(self, series: Series, year: int) -> None:
        this = select(year_close.c.year).where(year_close.c.series == series, year_close.c.year == year)
        if self.connection.execute(this).one_or_none():
            raise BookClosedError

    def _write_on(self, series: Series, year: int) -> Book | None:
        row = self.connection.execute(
            update(_books).where(*_open_book(series, year)).values(last=_books.c.last + 1).returning(_books)
        ).one_or_none()
        return None if row is None else _book(row)

    def _open(self, new: Book) -> None:
        values = {field.name: getattr(new, field.name) for field in fields(Book)}
        self.connection.execute(insert(self.connection, _books).values(**values).on_conflict_do_nothing())

    def open_book(self, series: Series, year: int, *, ordinal: int, first: int) -> Book:
        self._refuse_closed(series, year)
        new = Book(series, year, ordinal, first=first, last=first - 1, open=True)
        other = _books.alias()
        alone = ~exists().where(
            other.c.series == series, other.c.year == year, other.c.ordinal != _books.c.ordinal
        )
        values = {"ordinal": ordinal, "first": first, "last": first - 1}
        empty = (*_open_book(series, year), _books.c.last == _books.c.first - 1, alone)
        self.connection.execute(update(_books).where(*empty).values(**values))
        self._open(new)
        if self._of_year(series, year) != (new,):
            raise BookInUseError
        return new

    def next_book(self, series: Series, year: int) -> Book:
        row = self.connection.execute(self._ending(series, year)).one_or_none()
        if row is None:
            raise NotFoundError
        ended = _book(row)
        new = Book(series, year, ended.ordinal + 1, first=ended.last + 1, last=ended.last, open=True)
        self._open(new)
        return new

    def _ending(self, series: Series, year: int) -> ReturningUpdate[Any]:
        return update(_books).where(*_open_book(series, year)).values(open=False).returning(_books)

    def end_books(self, series: Series, year: int) -> tuple[Book, ...]:
        self._refuse_closed(series, year)
        # Whoever filled a book while we waited for its row has opened the next one: only a new look sees it.
        while any(book.open for book in self._of_year(series, year)):
            self.connection.execute(self._ending(series, year)).all()
        return self._of_year(series, year)

    def _of_year(self, series: Series, year: int) -> tuple[Book, ...]:
        return tuple(book for book in self.books() if (book.series, book.year) == (series, year))

    def close_year(self, close: YearClose) -> None:
        self._refuse_closed(close.series, close.year)
        values = {field.name: getattr(close, field.name) for field in fields(YearClose)}
        self.connection.execute(year_close.insert().values(**values))

    def year_closes(self) -> tuple[YearClose, ...]:
        every = select(year_close).order_by(year_close.c.series, year_close.c.year)
        return tuple(_close(row) for row in self.connection.execute(every))

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
        return tuple(self.lines(series, year))

    def lines(self, series: Series, year: int, wanted: LinesWanted = EVERY_LINE) -> Iterator[RegisterEntry]:
        found = select(_lines).where(*_wanted(series, year, wanted)).order_by(_lines.c.number)
        for row in self.connection.execute(found.execution_options(yield_per=_AT_ONCE)):
            yield _entry(row)

    def newest(
        self, series: Series, year: int, wanted: LinesWanted, *, skip: int, limit: int
    ) -> tuple[RegisterEntry, ...]:
        found = select(_lines).where(*_wanted(series, year, wanted)).order_by(_lines.c.number.desc())
        return tuple(_entry(row) for row in self.connection.execute(found.offset(skip).limit(limit)))

    def count(self, series: Series, year: int, wanted: LinesWanted) -> int:
        found = select(func.count()).select_from(_lines).where(*_wanted(series, year, wanted))
        return int(self.connection.execute(found).scalar_one())

    def numbers(self, series: Series, year: int) -> tuple[int, ...]:
        found = select(_lines.c.number).where(*_wanted(series, year, EVERY_LINE)).order_by(_lines.c.number)
        return tuple(self.connection.execute(found).scalars())

    def held(self, before: datetime) -> tuple[RegisterEntry, ...]:
        waiting = _lines.c.state == EntryState.HELD, _lines.c.held_at < before
        found = select(_lines).where(*waiting).order_by(_lines.c.held_at, _lines.c.number)
        return tuple(_entry(row) for row in self.connection.execute(found))

    def certified(self) -> Iterator[Certified]:
        for row in self.connection.execute(select(tables.issued).execution_options(yield_per=_AT_ONCE)):
            one = Issued(**row._mapping)  # as it stands there, be it nonsense
            said = (one.entry_id, one.number, one.book, one.paper_id, one.digest)
            yield Certified(*said, standing=str(one.standing), fingerprint=one.fingerprint())

    def years(self, series: Series) -> tuple[int, ...]:
        years = select(_books.c.year).where(_books.c.series == series).distinct().order_by(_books.c.year)
        return tuple(self.connection.execute(years).scalars())

    def books(self) -> tuple[Book, ...]:
        every = select(_books).order_by(_books.c.series, _books.c.year, _books.c.ordinal)
        return tuple(_book(row) for row in self.connection.execute(every))


def _open_book(series: Series, year: int) -> tuple[ColumnElement[bool], ...]:
    return _books.c.series == series, _books.c.year == year, _books.c.open


def _wanted(series: Series, year: int, wanted: LinesWanted) -> Iterator[ColumnElement[bool]]:
    yield _lines.c.series == series
    yield _lines.c.year == year
    if wanted.book is not None:
        yield _lines.c.book == wanted.book
    if wanted.state is not None:
        yield _lines.c.state == wanted.state
    if wanted.month is not None:
        first, after = vietnam_month(year, wanted.month)
        yield _lines.c.held_at >= first
        yield _lines.c.held_at < after


def _close(row: Row[Any]) -> YearClose:
    return YearClose(
        series=Series(row.series),
        year=row.year,
        closed_at=row.closed_at,
        by=row.by,
        first=row.first,
        last=row.last,
        totals=row.totals,
        digest=row.digest,
    )


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
