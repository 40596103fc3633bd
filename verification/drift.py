"""Drift: two matches of one paper in, what no longer holds out; and the lines of the officer's work list.

A record that was corrected, annulled or removed takes with it what was issued from it. What only the record
writes otherwise (an address, another place of a tone mark) still holds, and nobody is troubled.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verification.matching import Found, RecordMatch
from verification.register import EntryId
from verification.source import SourceName, SourceRecord
from verification.submission import OfficerId, PaperId


class Drifted(StrEnum):
    """What became of the record that a paper rested on."""

    CHANGED = "CHANGED"
    """Fields that agreed agree no longer."""
    NOT_VALID = "NOT_VALID"
    """It is annulled, cancelled, in conflict, or its person is dead."""
    GONE = "GONE"
    """The paper finds no record any more."""
    SEVERAL = "SEVERAL"
    """The paper finds more than one."""


class DriftState(StrEnum):
    """Whether a line waits for an officer."""

    OPEN = "OPEN"
    DONE = "DONE"


class Settled(StrEnum):
    """What was done about a line."""

    REVOKED = "REVOKED"
    RESTORED = "RESTORED"
    NOTED = "NOTED"
    DECIDED = "DECIDED"
    """Nothing had been issued yet, and the paper was decided on what the record says now."""


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A paper was compared with this record, so what is proposed or issued for it rests on it.

    `said` is the `fingerprint` of the record as it was then: the same record delivered again under a later
    time is no reason to compare anything again.
    """

    paper_id: PaperId
    source: SourceName
    record_id: str
    said: str


@dataclass(frozen=True, slots=True)
class Loss:
    """What no longer holds: why, and the names of the fields that fail now and did not before."""

    what: Drifted
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DriftLine:
    """One line of the work list: names of fields, never their values. At most one line a paper is open.

    `entry_id` is the line of the register that bears what was issued; None while the paper was waiting.
    """

    at: datetime
    source: SourceName
    record_id: str
    paper_id: PaperId
    entry_id: EntryId | None
    loss: Loss
    answers_again: bool = False
    """Since then the record has come to say again what it said."""
    state: DriftState = DriftState.OPEN
    settled: Settled | None = None
    by: OfficerId | None = None
    settled_at: datetime | None = None
    note: str = ""
    id: int = 0
    version: int = 1


def fingerprint(record: SourceRecord) -> str:
    """SHA-256 of all that the record says, its status and its values."""
    values = [
        (name, value.text, value.commune_code, value.province_code)
        for name, value in sorted(record.values.items())
    ]
    text = json.dumps([record.status, values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def loss(before: RecordMatch, after: RecordMatch | None) -> Loss | None:
    """What held in `before` and does not in `after`; None when everything that held still does.

    Fields that were no agreement before cannot be lost; a field that only now stands in the record and does
    not agree is.
    """
    if after is None or after.found is not Found.ONE:
        several = after is not None and after.found is Found.SEVERAL
        return Loss(Drifted.SEVERAL if several else Drifted.GONE)
    failed_before = {c.field for c in before.comparisons if not c.passes}
    fields = tuple(c.field for c in after.comparisons if not c.passes and c.field not in failed_before)
    if before.status_good and not after.status_good:
        return Loss(Drifted.NOT_VALID, fields)
    if fields or (before.key_sure and not after.key_sure):
        return Loss(Drifted.CHANGED, fields)
    return None
