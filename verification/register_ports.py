"""The books as they are kept: `verification.ports.Register`. `storage` implements it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from ocr.model import Digest
from verification.register import (
    EVERY_LINE,
    Book,
    Certified,
    EntryId,
    Line,
    LinesWanted,
    RegisterEntry,
    Series,
    YearClose,
)
from verification.submission import PaperId


class Register(Protocol):
    """The books. Numbers of a series run on through the year; two callers never get the same."""

    def held_for(self, paper_id: PaperId, series: Series) -> RegisterEntry | None:
        """The line already taken for this paper (HELD or ISSUED), to be taken up again by a retry."""

    def hold(
        self,
        paper_id: PaperId,
        series: Series,
        line: Line,
        *,
        at: datetime,
        lines_per_book: int | None = None,
    ) -> RegisterEntry:
        """Take the next number of the open book of the year of `at` (Vietnam time); opens book 1 if none.

        A book that has `lines_per_book` lines with this one is ended, and the next is opened. The line says
        `at`, or, where callers overtook each other, the time of the line before it: a book's times do not
        run backwards. Raises BookClosedError once the year is closed.
        """

    def open_book(self, series: Series, year: int, *, ordinal: int, first: int) -> Book:
        """Open the year's first book so that its first line bears `first`; one without a line begins anew.

        Raises BookInUseError once it has a line, BookClosedError once the year is closed.
        """

    def next_book(self, series: Series, year: int) -> Book:
        """End the open book and open the next, whose numbers run on. Raises NotFoundError if none is open."""

    def end_books(self, series: Series, year: int) -> tuple[Book, ...]:
        """End the open book, if one is; all books of the year. From here to the end of the transaction no
        number of the year is taken. Raises BookClosedError once the year is closed."""

    def close_year(self, close: YearClose) -> None:
        """Keep the close: for good. Raises BookClosedError when there is one."""

    def year_closes(self) -> tuple[YearClose, ...]:
        """Every year that was closed, by series and year."""

    def entry(self, entry_id: EntryId) -> RegisterEntry:
        """Raises NotFoundError."""

    def issue(self, entry_id: EntryId, *, at: datetime, document: Digest) -> RegisterEntry:
        """HELD to ISSUED. Again with the same document: nothing changes. Else raises StaleError."""

    def cancel(self, entry_id: EntryId, *, at: datetime, reason: str) -> RegisterEntry:
        """HELD to CANCELLED with its reason; the line stays."""

    def entries(self, series: Series, year: int) -> tuple[RegisterEntry, ...]:
        """Every line of the year, by number."""

    def lines(self, series: Series, year: int, wanted: LinesWanted = EVERY_LINE) -> Iterator[RegisterEntry]:
        """The wanted lines of the year by number, a few at a time: a book may be more than fits in memory."""

    def newest(
        self, series: Series, year: int, wanted: LinesWanted, *, skip: int, limit: int
    ) -> tuple[RegisterEntry, ...]:
        """Some of the wanted lines, newest first."""

    def count(self, series: Series, year: int, wanted: LinesWanted) -> int:
        """How many lines are wanted."""

    def numbers(self, series: Series, year: int) -> tuple[int, ...]:
        """The number of every line, in order."""

    def held(self, before: datetime) -> tuple[RegisterEntry, ...]:
        """Lines of all books that are HELD since before this moment, oldest first."""

    def certified(self) -> Iterator[Certified]:
        """Every certification with the line it says it has, in no order."""

    def years(self, series: Series) -> tuple[int, ...]:
        """The years that have a book."""

    def books(self) -> tuple[Book, ...]:
        """All books."""
