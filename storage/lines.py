"""The life of a line of the book and of what was issued under it: what is kept comes in, its next state
goes out, or a refusal."""

from dataclasses import replace
from datetime import datetime, timedelta

from ocr.model import Digest
from storage.moments import utc
from verification.certification import Issued, Standing
from verification.errors import StaleError
from verification.register import OVERTAKEN, Book, EntryId, EntryState, RegisterEntry, Series


def line_id(series: Series, year: int, number: int) -> EntryId:
    """The id of a line: it says which line it is, so that two can never share one."""
    return EntryId(f"{series.name}-{year}-{number}")


def in_turn(at: datetime, before: datetime | None) -> datetime:
    """When a line is held: callers that look at the clock and then wait for the book may overtake each other
    by less than `OVERTAKEN`, and yet its times do not run backwards."""
    at = utc(at)
    return before if before and timedelta(0) < before - at <= OVERTAKEN else at


def full(book: Book, lines_per_book: int | None) -> bool:
    """Whether the line that was just taken is the last that goes into the book."""
    return lines_per_book is not None and book.last - book.first + 1 >= lines_per_book


def issued(entry: RegisterEntry, *, at: datetime, document: Digest) -> RegisterEntry:
    """The line ISSUED. Raises StaleError for a cancelled line or another document under it."""
    if entry.state is EntryState.ISSUED and entry.document == document:
        return entry
    if entry.state is not EntryState.HELD:
        raise StaleError
    return replace(entry, state=EntryState.ISSUED, closed_at=utc(at), document=document)


def cancelled(entry: RegisterEntry, *, at: datetime, reason: str) -> RegisterEntry:
    """The line CANCELLED; one that already is keeps its first reason. Raises StaleError once ISSUED."""
    if entry.state is EntryState.CANCELLED:
        return entry
    if entry.state is not EntryState.HELD:
        raise StaleError
    return replace(entry, state=EntryState.CANCELLED, closed_at=utc(at), reason=reason)


def as_first_issued(issued: Issued) -> Issued:
    """Without what may change later: two that agree in this are the same certification."""
    return replace(
        issued,
        standing=Standing.GOOD,
        standing_reason=None,
        standing_at=None,
        decision_number="",
        replaced_by=None,
    )
