"""The books in memory: `verification.ports.Register`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from ocr.model import Digest
from storage.lines import cancelled, issued, line_id
from storage.memory.state import State
from storage.moments import utc, vietnam_year
from verification.errors import NotFoundError, StaleError
from verification.register import Book, EntryId, EntryState, Line, RegisterEntry, Series
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

    def hold(self, paper_id: PaperId, series: Series, line: Line, *, at: datetime) -> RegisterEntry:
        if self.held_for(paper_id, series):
            raise StaleError
        book = self._next_number(series, vietnam_year(at))
        entry = RegisterEntry(
            id=line_id(series, book.year, book.last),
            series=series,
            year=book.year,
            book=book.sign,
            number=book.last,
            paper_id=paper_id,
            state=EntryState.HELD,
            held_at=utc(at),
            line=line,
        )
        self.state.lines[entry.id] = entry
        return entry

    def _next_number(self, series: Series, year: int) -> Book:
        book = self._open(series, year) or Book(series, year, ordinal=1, first=1, last=0, open=True)
        return self._keep(replace(book, last=book.last + 1))

    def next_book(self, series: Series, year: int) -> Book:
        """Close the full book and open the next, whose numbers run on. Raises NotFoundError if none is."""
        full = self._open(series, year)
        if full is None:
            raise NotFoundError
        self._keep(replace(full, open=False))
        return self._keep(replace(full, ordinal=full.ordinal + 1, first=full.last + 1))

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

    def years(self, series: Series) -> tuple[int, ...]:
        return tuple(sorted({year for of, year, _ in self.state.books if of is series}))

    def books(self) -> tuple[Book, ...]:
        return tuple(self.state.books[key] for key in sorted(self.state.books))
