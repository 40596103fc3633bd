"""The life of a line of the book and of what was issued under it: what is kept comes in, its next state
goes out, or a refusal."""

from dataclasses import replace
from datetime import datetime

from ocr.model import Digest
from storage.moments import utc
from verification.certification import Issued, Standing
from verification.errors import StaleError
from verification.register import EntryId, EntryState, RegisterEntry, Series


def line_id(series: Series, year: int, number: int) -> EntryId:
    """The id of a line: it says which line it is, so that two can never share one."""
    return EntryId(f"{series.name}-{year}-{number}")


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
    return replace(issued, standing=Standing.GOOD, standing_reason=None)
