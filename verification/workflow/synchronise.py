"""Synchronise: rows of a delivery in, a new snapshot and the rejected rows out.

1. Parse row by row; a bad row is listed and left out, the good ones are kept.
2. Load them in one transaction and number a new snapshot: a load that fails changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from verification.audit import AuditEntry
from verification.errors import RecordRowError, UnknownSourceError
from verification.profile import source_of
from verification.records import parse_row
from verification.services import Services
from verification.source import IncomingRecord, RejectedRow, Snapshot, Source

Row = tuple[int, Mapping[str, object] | RecordRowError]
"""A line number with its parsed object, or why it is none."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The snapshot a delivery made, and what of it was rejected."""

    snapshot: Snapshot
    accepted: int
    rejected: tuple[RejectedRow, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where rows go and how old they are: `as_of` is the moment the owner says they show."""

    source: str
    as_of: datetime
    actor: str


def synchronise(services: Services, rows: Iterable[Row], delivery: Delivery) -> Loaded:
    """Raises UnknownSourceError."""
    source = source_of(delivery.source, services.sources)
    if source is None:
        raise UnknownSourceError
    counted = _Counted(source, rows, delivery.as_of)
    with services.database.transaction() as tx:
        snapshot = tx.sources.load(source.name, counted.records(), as_of=delivery.as_of)
        detail = (("snapshot", str(snapshot.sequence)), ("accepted", str(counted.accepted)))
        tx.audit.add(AuditEntry(services.now(), delivery.actor, "source.loaded", source.name, detail))
    return Loaded(snapshot, counted.accepted, tuple(counted.rejected))


class _Counted:
    """The good rows as a stream; counts and rejections are complete when it ends."""

    def __init__(self, source: Source, rows: Iterable[Row], as_of: datetime) -> None:
        self._source, self._rows, self._as_of = source, rows, as_of
        self.accepted = 0
        self.rejected: list[RejectedRow] = []

    def records(self) -> Iterator[IncomingRecord]:
        for line, row in self._rows:
            try:
                if isinstance(row, RecordRowError):
                    raise row
                record = parse_row(row, self._source, as_of=self._as_of)
            except RecordRowError as error:
                self.rejected.append(RejectedRow(line, error.code, error.detail))
                continue
            self.accepted += 1
            yield record
