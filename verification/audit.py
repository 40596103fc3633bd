"""The audit trail: entries chained by their hashes, so that none can be taken out or changed unseen."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which thing, and when. `detail` holds ids and codes, never what a paper says."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: tuple[tuple[str, str], ...] = ()
    sequence: int = 0
    previous: str = GENESIS
    digest: str = ""


def chained(entry: AuditEntry, *, after: AuditEntry | None) -> AuditEntry:
    """`entry` with its place behind `after` (None: the first), and its hash over both."""
    placed = replace(
        entry,
        sequence=after.sequence + 1 if after else 1,
        previous=after.digest if after else GENESIS,
    )
    return replace(placed, digest=_digest(placed))


def first_broken(entries: Iterable[AuditEntry]) -> int | None:
    """The sequence of the first entry that does not follow from the one before it; None if all do."""
    before: AuditEntry | None = None
    for entry in entries:
        if entry != chained(entry, after=before):
            return entry.sequence
        before = entry
    return None


def _digest(entry: AuditEntry) -> str:
    text = json.dumps(
        [
            entry.sequence,
            entry.previous,
            entry.at.isoformat(),
            entry.actor,
            entry.action,
            entry.subject,
            entry.detail,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()
