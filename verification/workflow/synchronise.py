"""Synchronise: rows of a delivery in, a new snapshot and the rejected rows out.

1. Parse row by row; a bad row is listed and left out, the good ones are kept.
2. Load them in one transaction and number a new snapshot: a load that fails changes nothing.
3. What rested on records that changed is followed in the same transaction (`follow`).
4. A rehearsal does all that and takes it back, so its counts are those of the true load.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from verification.audit import AuditEntry
from verification.errors import DeliveryAheadError, RecordRowError, UnknownSourceError
from verification.ports import Transaction
from verification.profile import source_of
from verification.records import parse_row
from verification.services import Services
from verification.source import IncomingRecord, RejectedRow, Snapshot, Source, Tally
from verification.workflow.follow import follow

_CLOCKS_DIFFER = timedelta(minutes=5)
"""A later delivery is refused: our copy would count as fresh for longer than its source allows."""

Row = tuple[int, Mapping[str, object] | RecordRowError]
"""A line number with its parsed object, or why it is none."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The snapshot a delivery made, what its good rows did, and what of it was rejected."""

    snapshot: Snapshot
    accepted: int
    rejected: tuple[RejectedRow, ...]
    tally: Tally
    drift: int = 0
    """Lines of the work list that it opened or changed."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where rows go and how old they are: `as_of` is the moment the owner says they show."""

    source: str
    as_of: datetime
    actor: str


def synchronise(services: Services, rows: Iterable[Row], delivery: Delivery) -> Loaded:
    """Raises UnknownSourceError, DeliveryAheadError."""
    with services.database.transaction() as tx:
        loaded = _load(services, tx, rows, delivery)
        detail = (("snapshot", str(loaded.snapshot.sequence)), ("accepted", str(loaded.accepted)))
        entry = AuditEntry(services.now(), delivery.actor, "source.loaded", loaded.snapshot.source, detail)
        tx.audit.add(entry)
    return loaded


def rehearse(services: Services, rows: Iterable[Row], delivery: Delivery) -> Loaded:
    """What `synchronise` would do; nothing is changed. Other writers wait meanwhile, look-ups do not.

    Raises UnknownSourceError, DeliveryAheadError.
    """
    found: list[Loaded] = []
    with suppress(_TakenBackError), services.database.transaction() as tx:
        found.append(_load(services, tx, rows, delivery))
        raise _TakenBackError
    return found[0]


class _TakenBackError(Exception):
    """Ends a transaction without keeping it."""


def _load(services: Services, tx: Transaction, rows: Iterable[Row], delivery: Delivery) -> Loaded:
    source = source_of(delivery.source, services.sources)
    if source is None:
        raise UnknownSourceError
    if delivery.as_of > services.now() + _CLOCKS_DIFFER:
        raise DeliveryAheadError
    counted = _Counted(source, rows, delivery.as_of)
    taken = tx.sources.load(source.name, counted.records(), as_of=delivery.as_of)
    lost = follow(services, tx, source.name, taken.touched)
    return Loaded(taken.snapshot, counted.accepted, tuple(counted.rejected), taken.tally, drift=len(lost))


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
            yield replace(record, line=line)
