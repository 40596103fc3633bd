"""Synchronise: rows of a delivery in, a new snapshot and the rejected rows out.

1. A delivery with a number waits for its turn: the last one again is told so, any other but the next is
   refused (decision 0016).
2. Parse row by row; a bad row is listed and left out, the good ones are kept.
3. Load them in one transaction and number a new snapshot: a load that fails changes nothing.
4. A delivery with other than the rows it says, of which no row tells anything, or a full load that would
   remove too much, is taken back.
5. A record whose row was rejected is doubted: it may have been annulled, and we would not know. What rested
   on records that changed is followed in the same transaction (`follow`).
6. A rehearsal does all that and takes it back, so its counts are those of the true load.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, islice

from verification.audit import AuditEntry
from verification.delivery import DeliveryKind, Header, PastDelivery, is_taken
from verification.errors import (
    DeliveryAheadError,
    DeliveryCutError,
    DeliveryEmptyError,
    DeliveryOtherSourceError,
    DeliveryUnreadableError,
    RemovalsRefusedError,
    UnknownSourceError,
)
from verification.ports import Transaction
from verification.record_rows import Parsed, Row
from verification.services import Services
from verification.source import (
    CLOCKS_DIFFER,
    Change,
    IncomingRecord,
    RejectedRow,
    Snapshot,
    Source,
    Taken,
    Tally,
)
from verification.source_profile import source_of
from verification.workflow.follow import follow

_MOST_REMOVED = 0.1
"""Of the live records: a full load that removes more is more likely cut or another office's than true."""
_MOST_REJECTED = 500_000
"""Rows that are listed, some 200 MB. A delivery of which more are bad is in another format."""
_MOST_LINES, _MOST_NAMES, _NAME_LENGTH = 1000, 100, 80
"""What is kept of the lines in conflict, and told of names that no schema knows."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where rows go and how old they are: `as_of` is the moment the owner says they show.

    `header` is what the delivery says of itself, `digest` the SHA-256 of its text, which tells one that comes
    again from another one with its number. `allow_removals`: somebody has seen what a full load removes.
    """

    source: str
    as_of: datetime
    actor: str
    header: Header = field(default_factory=Header)
    digest: str = ""
    allow_removals: bool = False

    @property
    def kind(self) -> DeliveryKind:
        """An increment, unless it says that it is a full load."""
        return self.header.kind or DeliveryKind.INCREMENT


@dataclass(frozen=True, slots=True)
class Loaded:
    """The snapshot a delivery made, what its good rows did, and what of it was rejected.

    `already`: it was taken before and nothing was done. `removed`: of a full load, how many records it did
    not name or took away. `unknown`: names that the source's schema does not know, with how often.
    """

    snapshot: Snapshot
    accepted: int
    rejected: tuple[RejectedRow, ...]
    tally: Tally
    delivery: Delivery
    drift: int = 0
    """Lines of the work list that it opened or changed."""
    doubted: int = 0
    """Records whose newer row was rejected: they answer nothing until they are delivered well."""
    removed: int = 0
    needs_allowing: bool = False
    """Such removals are refused unless somebody has allowed them."""
    unknown: Mapping[str, int] = field(default_factory=dict)
    already: bool = False
    empty: bool = False
    """A file without a row and a word, over records that are there: nothing was done, nothing is fresher."""


def synchronise(services: Services, rows: Iterable[Row], delivery: Delivery) -> Loaded:
    """Raises UnknownSourceError, DeliveryAheadError, DeliveryOtherSourceError, DeliveryOutOfTurnError,
    DeliveryContradictsError, DeliveryCutError, DeliveryEmptyError, DeliveryUnreadableError,
    RemovalsRefusedError.
    """
    with services.database.transaction() as tx:
        loaded = _load(services, tx, rows, delivery)
        if loaded.already or loaded.empty:
            return loaded
        tx.deliveries.add(_past(loaded, at=services.now()))
        tx.audit.add(_entry(loaded, at=services.now()))
    return loaded


def rehearse(services: Services, rows: Iterable[Row], delivery: Delivery) -> Loaded:
    """What `synchronise` would do; nothing is changed. Other writers wait meanwhile, look-ups do not.

    What a full load would remove is counted and not refused. Raises the others of `synchronise`.
    """
    found: list[Loaded] = []
    with suppress(_TakenBackError), services.database.transaction() as tx:
        found.append(_load(services, tx, rows, replace(delivery, allow_removals=True)))
        raise _TakenBackError
    return found[0]


class _TakenBackError(Exception):
    """Ends a transaction without keeping it."""


def _load(services: Services, tx: Transaction, rows: Iterable[Row], delivery: Delivery) -> Loaded:
    source = _source(services, delivery)
    # 1
    taken_before = _is_taken(tx, source, delivery)
    before = tx.sources.snapshot(source.name)
    if taken_before and before:
        return Loaded(before, 0, (), Tally(dict.fromkeys(Change, 0), ()), delivery, already=True)
    # 2, 3
    rows = iter(rows)
    first = list(islice(rows, 1))
    if not first and before and before.records and delivery.header == Header():
        return Loaded(before, 0, (), Tally(dict.fromkeys(Change, 0), ()), delivery, empty=True)
    counted = _Counted(services.parse(chain(first, rows), source, delivery.as_of))
    full = delivery.kind is DeliveryKind.FULL
    taken = tx.sources.load(source.name, counted.records(), as_of=delivery.as_of, full=full)
    # 4
    if delivery.header.rows not in (None, counted.seen):
        raise DeliveryCutError
    _refuse_untold(before, delivery, counted)
    removed = _removed(before, taken) if full else 0
    doubt = _why_doubted(removed, before, counted)
    if doubt and not delivery.allow_removals:
        raise RemovalsRefusedError(doubt)
    # 5
    doubted = tx.sources.doubt(source.name, counted.news())
    lost = follow(services, tx, source.name, (*taken.touched, *doubted))
    return Loaded(
        snapshot=taken.snapshot,
        accepted=counted.accepted,
        rejected=tuple(counted.rejected),
        tally=taken.tally,
        delivery=delivery,
        drift=len(lost),
        doubted=len(doubted),
        removed=removed,
        needs_allowing=bool(doubt),
        unknown=dict(counted.unknown),
    )


def _source(services: Services, delivery: Delivery) -> Source:
    source = source_of(delivery.source, services.sources)
    if source is None:
        raise UnknownSourceError
    if delivery.header.source not in (None, source.name):
        raise DeliveryOtherSourceError
    if delivery.as_of > services.now() + CLOCKS_DIFFER:
        # Our copy would count as fresh for longer than its source allows.
        raise DeliveryAheadError
    return source


def _is_taken(tx: Transaction, source: Source, delivery: Delivery) -> bool:
    full = delivery.kind is DeliveryKind.FULL
    if delivery.header.sequence is None and not full:
        return False
    tx.deliveries.wait_for_turn(source.name, delivery.as_of)
    header = replace(delivery.header, kind=delivery.kind, as_of=delivery.as_of)
    return is_taken(tx.deliveries.last_numbered(source.name), header, delivery.digest)


def _refuse_untold(before: Snapshot | None, delivery: Delivery, counted: "_Counted") -> None:
    """Nothing of it tells what the source holds: our copy would count as fresh and be as old as before.

    A bad row that names its record tells that one is in doubt. Raises DeliveryEmptyError,
    DeliveryUnreadableError.
    """
    if before is None or not before.records:
        return
    if not counted.seen and delivery.header.rows is None and delivery.kind is not DeliveryKind.FULL:
        raise DeliveryEmptyError
    if counted.rejected and not counted.accepted and not any(counted.news()):
        first = counted.rejected[0]
        raise DeliveryUnreadableError(
            f"all {counted.seen}; the first, line {first.line}: {first.detail}",
            tuple((row.line, row.detail) for row in counted.rejected),
        )


def _removed(before: Snapshot | None, taken: Taken) -> int:
    """How many records that lived no longer do."""
    lived = before.records if before else 0
    return lived + taken.tally.counts[Change.NEW] - taken.snapshot.records


def _why_doubted(removed: int, before: Snapshot | None, counted: "_Counted") -> str:
    """Why nobody should remove these records unasked; empty where nothing speaks against it."""
    if before is None or not removed:
        return ""
    if counted.rejected:
        return f"{removed}, while {len(counted.rejected)} rows were rejected"
    return f"{removed} of {before.records}" if removed > before.records * _MOST_REMOVED else ""


def _past(loaded: Loaded, *, at: datetime) -> PastDelivery:
    delivery, snapshot = loaded.delivery, loaded.snapshot
    return PastDelivery(
        source=snapshot.source,
        at=at,
        actor=delivery.actor,
        sequence=delivery.header.sequence,
        kind=delivery.kind,
        as_of=delivery.as_of,
        digest=delivery.digest,
        snapshot=snapshot.sequence,
        accepted=loaded.accepted,
        rejected=len(loaded.rejected),
        unknown=sum(loaded.unknown.values()),
        counts=loaded.tally.counts,
        conflicts=loaded.tally.conflicts[:_MOST_LINES],
    )


def _entry(loaded: Loaded, *, at: datetime) -> AuditEntry:
    delivery = loaded.delivery
    detail = (
        ("snapshot", str(loaded.snapshot.sequence)),
        ("accepted", str(loaded.accepted)),
        ("rejected", str(len(loaded.rejected))),
        ("kind", delivery.kind.value),
        ("removed", str(loaded.removed)),
    )
    number = delivery.header.sequence
    numbered = () if number is None else (("sequence", str(number)),)
    return AuditEntry(at, delivery.actor, "source.loaded", loaded.snapshot.source, (*detail, *numbered))


class _Counted:
    """The good rows as a stream; counts and rejections are complete when it ends."""

    def __init__(self, rows: Iterator[Parsed]) -> None:
        self._rows = rows
        self.seen = self.accepted = 0
        self.rejected: list[RejectedRow] = []
        self.unknown: Counter[str] = Counter()

    def records(self) -> Iterator[IncomingRecord]:
        for row in self._rows:
            self.seen += 1
            if isinstance(row, RejectedRow):
                self._reject(row)
                continue
            self.accepted += 1
            if row.unknown:
                self._note(row.unknown)
            yield row

    def _reject(self, row: RejectedRow) -> None:
        self.rejected.append(row)
        if len(self.rejected) > _MOST_REJECTED:
            raise DeliveryUnreadableError(f"{_MOST_REJECTED} rows")

    def news(self) -> Iterator[tuple[str, datetime]]:
        """Of which records the rejected rows would have told something, and of when."""
        return (row.speaks_of for row in self.rejected if row.speaks_of)

    def _note(self, unknown: tuple[str, ...]) -> None:
        for name in unknown:
            # A feed may have any number of names: those that come late are counted together.
            told = name[:_NAME_LENGTH]
            known = told in self.unknown or len(self.unknown) < _MOST_NAMES
            self.unknown[told if known else "…"] += 1
