"""The numbered books: a line is HELD, then ISSUED or CANCELLED; never missing, never used twice.

Sources: NĐ 23/2015 Art. 13; TT 01/2020 Art. 4 (numbers run on through the year over several books; one
number a kind of paper, not a visit).
"""

import hashlib
import json
from collections import Counter
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import NewType

from verification.submission import PaperId

EntryId = NewType("EntryId", str)


VIETNAM = timezone(timedelta(hours=7))
"""The days and months of a book are those at the counter."""
OVERTAKEN = timedelta(minutes=1)
"""Longer than anybody waits for a number; a time that lies further back is no overtaking but a clock set
back, or a line written over."""
BY_HAND = "hand-"
"""What the papers of lines begin with that were certified on paper by hand: there is no paper to look at."""
_NOTHING_BEFORE = "0" * 64


class Series(StrEnum):
    """What is numbered: electronic copies, copies on paper, and receipts in a list of their own.

    Where the office keeps one book for both kinds of copies, all of them stand in PAPER_COPIES
    (domain.md 4.7: whether the law wants two books was not found).
    """

    COPIES = "SCTĐT/BS"
    PAPER_COPIES = "SCT/BS"
    RECEIPTS = "PXN"


BOOKS_OF_COPIES = (Series.COPIES, Series.PAPER_COPIES)
"""Where the line of a copy may stand: the setting may have changed since its number was taken."""


class EntryState(StrEnum):
    """A line's life. A cancelled line stays visible with its reason."""

    HELD = "HELD"
    ISSUED = "ISSUED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Book:
    """One book of one series in one year; `first` is the number its first line bears."""

    series: Series
    year: int
    ordinal: int
    first: int
    last: int
    open: bool

    @property
    def sign(self) -> str:
        """As printed in the statement: `01/2026-SCTĐT/BS`."""
        return f"{self.ordinal:02d}/{self.year}-{self.series.value}"


@dataclass(frozen=True, slots=True)
class Line:
    """What the book's columns say of a certification (TT 01/2020; domain.md 1.2, columns 2-8)."""

    requester: str
    title: str
    signer: str
    capacity: tuple[str, ...]
    copies: int
    fee: int
    note: str = ""
    delegation: str = ""
    """By which delegation it is signed; lines of the first versions do not say."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line: its number was taken at `held_at`, and `signing_at` is the time that will be signed."""

    id: EntryId
    series: Series
    year: int
    book: str
    number: int
    paper_id: PaperId
    state: EntryState
    held_at: datetime
    line: Line
    closed_at: datetime | None = None
    reason: str | None = None
    document: str | None = None
    """Digest of what was issued under this line."""

    @property
    def label(self) -> str:
        """The number as printed: `15/2026`."""
        return f"{self.number}/{self.year}"

    @property
    def by_hand(self) -> bool:
        """Whether it is of copies on paper: issued without a file, `document` being its fingerprint."""
        return self.paper_id.startswith(BY_HAND)

    def fingerprint(self) -> str:
        """SHA-256 of what never changes in a line, from its number to its last column. It stands in the audit
        trail, so that a line written over later is found."""
        held_at = self.held_at.astimezone(UTC).isoformat()
        where = (self.id, self.series.value, self.year, self.book, self.number, self.paper_id, held_at)
        # What the first versions did not know is left out while it says nothing: their lines keep theirs.
        said = astuple(self.line)[: None if self.line.delegation else -1]
        text = json.dumps([where, said], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certification says of its line."""

    entry_id: EntryId
    number: str
    book: str
    paper_id: PaperId
    document: str
    standing: str
    fingerprint: str
    """Of all that never changes in it."""


@dataclass(frozen=True, slots=True)
class LinesWanted:
    """Which lines of a year: of one book, of one month in Viet Nam, in one state."""

    book: str | None = None
    month: int | None = None
    state: EntryState | None = None

    def fits(self, entry: RegisterEntry) -> bool:
        """Whether a line is wanted."""
        return (
            self.book in (None, entry.book)
            and self.month in (None, entry.held_at.astimezone(VIETNAM).month)
            and self.state in (None, entry.state)
        )


EVERY_LINE = LinesWanted()


@dataclass(frozen=True, slots=True)
class Totals:
    """What a book comes to. Copies, fees (in đồng) and kinds of paper are of the issued lines alone."""

    lines: int
    issued: int
    cancelled: int
    copies: int
    fees: int
    kinds: tuple[tuple[str, int], ...] = ()
    """Titles of papers with how many lines, by title."""


@dataclass(slots=True)
class Count:
    """Lines in, in the order of their numbers; what they come to and a digest of all of them out.

    The digest chains over each line with all that became of it, so that a line of a closed year that is
    changed, lost or moved is found without the audit trail.
    """

    digest: str = _NOTHING_BEFORE
    lines: int = 0
    _states: Counter[EntryState] = field(default_factory=Counter)
    _kinds: Counter[str] = field(default_factory=Counter)
    _copies: int = 0
    _fees: int = 0

    def add(self, entry: RegisterEntry) -> None:
        """One more line."""
        self.lines += 1
        self._states[entry.state] += 1
        if entry.state is EntryState.ISSUED:
            self._kinds[entry.line.title] += 1
            self._copies += entry.line.copies
            self._fees += entry.line.fee
        closed_at = entry.closed_at.astimezone(UTC).isoformat() if entry.closed_at else ""
        became = (entry.state.value, entry.document or "", entry.reason or "", closed_at)
        text = "\n".join((self.digest, entry.fingerprint(), *became))
        self.digest = hashlib.sha256(text.encode()).hexdigest()

    @property
    def totals(self) -> Totals:
        """What they come to."""
        return Totals(
            lines=self.lines,
            issued=self._states[EntryState.ISSUED],
            cancelled=self._states[EntryState.CANCELLED],
            copies=self._copies,
            fees=self._fees,
            kinds=tuple(sorted(self._kinds.items())),
        )


@dataclass(frozen=True, slots=True)
class YearClose:
    """The end of a year of a series: its books are locked and added up (NĐ 23/2015 Art. 13: khóa sổ)."""

    series: Series
    year: int
    closed_at: datetime
    by: str
    first: int
    last: int
    totals: Totals
    digest: str
    """Of `Count`, over every line from `first` to `last`."""


@dataclass(frozen=True, slots=True)
class BookFault:
    """Something the proof of the book found wrong."""

    series: Series
    year: int
    number: int
    what: str


def faults(entries: tuple[RegisterEntry, ...], books: tuple[Book, ...]) -> tuple[BookFault, ...]:
    """Every gap, repetition and number outside its book; empty when the books hold."""
    found: list[BookFault] = []
    for series, year in sorted({(b.series, b.year) for b in books}):
        numbers = [e.number for e in entries if (e.series, e.year) == (series, year)]
        found += number_faults([b for b in books if (b.series, b.year) == (series, year)], numbers)
    return tuple(found)


def number_faults(books: list[Book], numbers: list[int]) -> list[BookFault]:
    """The same for the books of one series in one year, of which there is at least one. The first may begin
    where a book on paper ended."""
    series, year = books[0].series, books[0].year
    first, last = min(b.first for b in books), max(b.last for b in books)
    seen: set[int] = set()
    found: list[BookFault] = []
    for number in numbers:
        if number in seen:
            found.append(BookFault(series, year, number, "repeated"))
        if not first <= number <= last:
            found.append(BookFault(series, year, number, "outside"))
        seen.add(number)
    found += [BookFault(series, year, n, "missing") for n in range(first, last + 1) if n not in seen]
    return found
