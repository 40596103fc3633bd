"""The books in memory: `verification.ports.Register`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ocr.model import Digest
from storage.lines import cancelled, full, in_turn, issued, line_id
from storage.memory.state import State
from storage.moments import vietnam_year
from verification.errors import NotFoundError, StaleError
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


@dataclass(frozen=True, slots=True)
class MemoryRegister:
    """`verification.ports.Register` over a `State`."""

    state: State

    def held_for(self, paper_id: PaperId, series: Series) -> RegisterEntry | None:
        return next(
            (
                line
                for line in self.state.lines.values()
                if (line.paper_id, line.series) == (paper_id, series)
                and line.state is not EntryState.CANCELLED
            ),
            None,
        )

    def hold(
        self,
        paper_id: PaperId,
        series: Series,
        line: Line,
        *,
        at: datetime,
        lines_per_book: int | None = None,
    ) -> RegisterEntry:
        if self.held_for(paper_id, series):
            raise StaleError
        book = self._next_number(series, vietnam_year(at))
        before = self.state.lines.get(line_id(series, book.year, book.last - 1))
        entry = RegisterEntry(
            id=line_id(series, book.year, book.last),
            series=series,
            year=book.year,
            book=book.sign,
            number=book.last,
            paper_id=paper_id,
            state=EntryState.HELD,
            held_at=in_turn(at, before.held_at if before else None),
            line=line,
        )
        self.state.lines[entry.id] = entry
        if full(book, lines_per_book):
            self.next_book(series, book.year)
        return entry

    def _next_number(self, series: Series, year: int) -> Book:
        self._refuse_closed(series, year)
        book = self._open(series, year) or Book(series, year, ordinal=1, first=1, last=0, open=True)
        return self._keep(replace(book, last=book.last + 1))

    def _refuse_closed(self, series: Series, year: int) -> None:
        if (series, year) in self.state.year_closes:
            raise BookClosedError

    def open_book(self, series: Series, year: int, *, ordinal: int, first: int) -> Book:
        self._refuse_closed(series, year)
        there = self._of_year(series, year)
        if len(there) > 1 or any(book.last >= book.first or not book.open for book in there):
            raise BookInUseError
        for book in there:
            del self.state.books[series, year, book.ordinal]
        return self._keep(Book(series, year, ordinal, first=first, last=first - 1, open=True))

    def next_book(self, series: Series, year: int) -> Book:
        ended = self._open(series, year)
        if ended is None:
            raise NotFoundError
        self._keep(replace(ended, open=False))
        return self._keep(replace(ended, ordinal=ended.ordinal + 1, first=ended.last + 1))

    def end_books(self, series: Series, year: int) -> tuple[Book, ...]:
        self._refuse_closed(series, year)
        for book in self._of_year(series, year):
            self._keep(replace(book, open=False))
        return self._of_year(series, year)

    def _of_year(self, series: Series, year: int) -> tuple[Book, ...]:
        return tuple(book for book in self.books() if (book.series, book.year) == (series, year))

    def close_year(self, close: YearClose) -> None:
        self._refuse_closed(close.series, close.year)
        self.state.year_closes[close.series, close.year] = close

    def year_closes(self) -> tuple[YearClose, ...]:
        return tuple(self.state.year_closes[key] for key in sorted(self.state.year_closes))

    def _open(self, series: Series, year: int) -> Book | None:
        books = (b for b in self.state.books.values() if (b.series, b.year) == (series, year))
        return next((book for book in books if book.open), None)

    def _keep(self, book: Book) -> Book:
        self.state.books[book.series, book.year, book.ordinal] = book
        return book

    def entry(self, entry_id: EntryId) -> RegisterEntry:
        if entry_id not in self.state.lines:
            raise NotFoundError
        return self.state.lines[entry_id]

    def issue(self, entry_id: EntryId, *, at: datetime, document: Digest) -> RegisterEntry:
        return self._change(entry_id, lambda entry: issued(entry, at=at, document=document))

    def cancel(self, entry_id: EntryId, *, at: datetime, reason: str) -> RegisterEntry:
        return self._change(entry_id, lambda entry: cancelled(entry, at=at, reason=reason))

    def _change(self, entry_id: EntryId, change: Callable[[RegisterEntry], RegisterEntry]) -> RegisterEntry:
        self.state.lines[entry_id] = change(self.entry(entry_id))
        return self.state.lines[entry_id]

    def entries(self, series: Series, year: int) -> tuple[RegisterEntry, ...]:
        mine = (line for line in self.state.lines.values() if (line.series, line.year) == (series, year))
        return tuple(sorted(mine, key=lambda line: line.number))

    def lines(self, series: Series, year: int, wanted: LinesWanted = EVERY_LINE) -> Iterator[RegisterEntry]:
        yield from (entry for entry in self.entries(series, year) if wanted.fits(entry))

    def newest(
        self, series: Series, year: int, wanted: LinesWanted, *, skip: int, limit: int
    ) -> tuple[RegisterEntry, ...]:
        return tuple(reversed(tuple(self.lines(series, year, wanted))))[skip : skip + limit]

    def count(self, series: Series, year: int, wanted: LinesWanted) -> int:
        return len(tuple(self.lines(series, year, wanted)))

    def numbers(self, series: Series, year: int) -> tuple[int, ...]:
        return tuple(entry.number for entry in self.entries(series, year))

    def held(self, before: datetime) -> tuple[RegisterEntry, ...]:
        waiting = (
            line
            for line in self.state.lines.values()
            if line.state is EntryState.HELD and line.held_at < before
        )
        return tuple(sorted(waiting, key=lambda line: (line.held_at, line.number)))

    def certified(self) -> Iterator[Certified]:
        for one in self.state.issued.values():
            said = (one.entry_id, one.number, one.book, one.paper_id, one.digest)
            yield Certified(*said, standing=one.standing.value, fingerprint=one.fingerprint())

    def years(self, series: Series) -> tuple[int, ...]:
        return tuple(sorted({year for of, year, _ in self.state.books if of is series}))

    def books(self) -> tuple[Book, ...]:
        return tuple(self.state.books[key] for key in sorted(self.state.books))
