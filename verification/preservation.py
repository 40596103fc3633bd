"""How what was issued is kept provable: its versions, each longer than the last, and what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ocr.model import Digest
from verification.register import EntryId

RENEWED_BEFORE = timedelta(days=90)
"""So long before its newest time-stamp runs out a document gets the next one."""
_WAITS = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=9), *map(timedelta, (1, 2, 4)))
_LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class IssuedVersion:
    """The issued file with long-term data behind it. `number` counts from 1; the issued file itself, of which
    every version has the bytes first, is none. `good_until` is when its time-stamp runs out."""

    entry_id: EntryId
    number: int
    digest: Digest
    size: int
    level: str
    at: datetime
    good_until: datetime

    @property
    def renew_before(self) -> datetime:
        """When the next one is due."""
        return self.good_until - RENEWED_BEFORE


@dataclass(frozen=True, slots=True)
class Preservation:
    """What comes next for one document: when, and how often it was tried in vain since it last worked.

    `turn` grows with every change; `level` is that of the newest version; `failure` is a code.
    """

    entry_id: EntryId
    due_at: datetime
    level: str
    turn: int = 1
    tries: int = 0
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class PreservationCounts:
    """How many documents lack long-term data, of how many the last try failed, and how many are due now."""

    waiting: int
    failing: int
    due: int


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries in vain: hours, then days, never more than a week."""
    return _WAITS[tries - 1] if tries <= len(_WAITS) else _LONGEST
