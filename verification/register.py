"""The numbered books: a line is HELD, then ISSUED or CANCELLED; never missing, never used twice.

Sources: NĐ 23/2015 Art. 13; TT 01/2020 Art. 4 (numbers run on through the year over several books; one
number a kind of paper, not a visit).
"""

import hashlib
import json
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType

from verification.submission import PaperId

EntryId = NewType("EntryId", str)


class Series(StrEnum):
    """What is numbered: certifications in the book proper, receipts in a list of their own."""

    COPIES = "SCTĐT/BS"
    RECEIPTS = "PXN"


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

    def fingerprint(self) -> str:
        """SHA-256 of what never changes in a line, from its number to its last column. It stands in the audit
        trail, so that a line written over later is found."""
        held_at = self.held_at.astimezone(UTC).isoformat()
        where = (self.id, self.series.value, self.year, self.book, self.number, self.paper_id, held_at)
        text = json.dumps([where, astuple(self.line)], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


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
        last = max((b.last for b in books if (b.series, b.year) == (series, year)), default=0)
        found += _number_faults(series, year, numbers, last)
    return tuple(found)


def _number_faults(series: Series, year: int, numbers: list[int], last: int) -> list[BookFault]:
    seen: set[int] = set()
    found: list[BookFault] = []
    for number in numbers:
        if number in seen:
            found.append(BookFault(series, year, number, "repeated"))
        if number > last or number < 1:
            found.append(BookFault(series, year, number, "outside"))
        seen.add(number)
    found += [BookFault(series, year, n, "missing") for n in range(1, last + 1) if n not in seen]
    return found
