"""Copies of the synchronised databases in memory: `verification.ports.Sources`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from storage.deliveries import Kept, Winners, batches, growth
from storage.memory.state import State, StoredRecord
from storage.moments import utc
from verification.source import (
    CONFLICTING,
    DOUBTFUL,
    IncomingRecord,
    Snapshot,
    SourceName,
    SourceRecord,
    SubjectKey,
    Taken,
)

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class MemorySources:
    """`verification.ports.Sources` over a `State`."""

    state: State

    def snapshot(self, source: SourceName) -> Snapshot | None:
        return self.state.snapshots.get(source)

    def record(self, source: SourceName, record_id: str) -> SourceRecord | None:
        stored = self.state.records.get((source, record_id))
        return None if stored is None or stored.kept.deleted else stored.record

    def by_number(self, source: SourceName, number: str) -> tuple[SourceRecord, ...]:
        return self._with_key(source, lambda key: key.number == number)

    def by_name_and_birth(
        self, source: SourceName, name_key: str, birth_date: str
    ) -> tuple[SourceRecord, ...]:
        return self._with_key(source, lambda key: (key.name_key, key.birth_date) == (name_key, birth_date))

    def born_on(self, source: SourceName, birth_date: str, *, limit: int) -> tuple[SourceRecord, ...]:
        return self._with_key(source, lambda key: key.birth_date == birth_date)[:limit]

    def named_and_born_within(
        self, source: SourceName, name_key: str, days: tuple[str, str], *, limit: int
    ) -> tuple[SourceRecord, ...]:
        first, last = days

        def asked(key: SubjectKey) -> bool:
            return key.name_key == name_key and first <= (key.birth_date or "") <= last

        return self._with_key(source, asked)[:limit]

    def _with_key(self, source: SourceName, asked: Callable[[SubjectKey], bool]) -> tuple[SourceRecord, ...]:
        found = (
            stored.record
            for (of, _), stored in self.state.records.items()
            if of == source and any(asked(key) for key in stored.keys)
        )
        return tuple(sorted(found, key=lambda record: record.record_id))

    def load(
        self, source: SourceName, rows: Iterable[IncomingRecord], *, as_of: datetime, full: bool = False
    ) -> Taken:
        before = self.snapshot(source) or Snapshot(source, 0, utc(as_of), 0)
        latest = utc(as_of) >= before.as_of
        winners = Winners(self._watched(source), utc(as_of) if full else None, latest=latest)
        live, named = before.records, set[str]()
        for batch in batches(rows, _BATCH):
            live += self._put(source, batch, winners)
            named.update(row.record.record_id for row in batch)
        if full:
            gone = self._remove_unnamed(source, named, utc(as_of))
            winners.removed(len(gone), self._watched(source).intersection(gone))
            live -= len(gone)
        # A late delivery of older rows does not make our copy older than it already was.
        after = Snapshot(source, before.sequence + 1, max(before.as_of, utc(as_of)), live)
        self.state.snapshots[source] = after
        return Taken(after, winners.tally, winners.touched())

    def doubt(self, source: SourceName, news: Iterable[tuple[str, datetime]]) -> tuple[str, ...]:
        doubted = {record_id for record_id, at in news if self._overtaken(source, record_id, utc(at))}
        for record_id in doubted:
            stored = self.state.records[source, record_id]
            record = replace(stored.record, status=DOUBTFUL)
            kept = stored.kept._replace(record=record)
            self.state.records[source, record_id] = replace(stored, record=record, kept=kept)
        return tuple(sorted(doubted))

    def _overtaken(self, source: SourceName, record_id: str, at: datetime) -> bool:
        stored = self.state.records.get((source, record_id))
        if stored is None or stored.kept.deleted or stored.record.status == CONFLICTING:
            return False
        return stored.kept.updated_at <= at

    def _watched(self, source: SourceName) -> frozenset[str]:
        return frozenset(record_id for _, of, record_id in self.state.rests_on if of == source)

    def _put(self, source: SourceName, batch: list[IncomingRecord], winners: Winners) -> int:
        kept = self._kept(source, batch)
        won = winners.of(batch, kept)
        for record_id, row in won.items():
            keys = () if row.deleted else row.keys
            stored = StoredRecord(row.record, keys, Kept(utc(row.updated_at), row.deleted, row.record))
            self.state.records[source, record_id] = stored
        return growth(won, kept)

    def _remove_unnamed(self, source: SourceName, named: set[str], as_of: datetime) -> list[str]:
        unnamed = [
            (key, replace(stored.record, values={}))
            for key, stored in self.state.records.items()
            if key[0] == source and key[1] not in named and _removable(stored.kept, as_of)
        ]
        for key, record in unnamed:
            self.state.records[key] = StoredRecord(record, (), Kept(as_of, deleted=True, record=record))
        return [record_id for (_, record_id), _ in unnamed]

    def _kept(self, source: SourceName, batch: list[IncomingRecord]) -> dict[str, Kept]:
        ids = {row.record.record_id for row in batch}
        return {i: self.state.records[source, i].kept for i in ids if (source, i) in self.state.records}


def _removable(kept: Kept, as_of: datetime) -> bool:
    """Whether it lives, and nothing newer than the full load is known of it."""
    return not kept.deleted and kept.updated_at <= as_of
