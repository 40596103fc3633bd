"""Copies of the synchronised databases as rows: `verification.ports.Sources` over a connection."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update

from storage import tables
from storage.deliveries import Winners, batches
from storage.dialects import among, insert
from storage.drift import watched, watched_since
from storage.first_load import fill
from storage.moments import utc
from storage.source_rows import SourceRows, record_of
from storage.source_tables import tables_of
from verification.source import (
    CONFLICTING,
    DOUBTFUL,
    IncomingRecord,
    Snapshot,
    SourceName,
    SourceRecord,
    Taken,
)

_BATCH = 1000
"""Rows a statement: large enough to be quick, small enough to be held."""
_COUNT_AGAIN = frozenset({9, 99, 999})
"""After which batches of a delivery the tables have become other than PostgreSQL knew them."""

_rests = tables.rests_on
_sources = tables.source


@dataclass(frozen=True, slots=True)
class SqlSources:
    """`verification.ports.Sources` in the transaction of this connection."""

    connection: Connection

    def snapshot(self, source: SourceName) -> Snapshot | None:
        row = self.connection.execute(select(_sources).where(_sources.c.name == source)).one_or_none()
        return None if row is None or row.sequence == 0 else _snapshot(row)

    def record(self, source: SourceName, record_id: str) -> SourceRecord | None:
        records = tables_of(self.connection, source).records
        found = self._records(source, records.c.record_id == record_id, records.c.deleted.is_(False))
        return found[0] if found else None

    def by_number(self, source: SourceName, number: str) -> tuple[SourceRecord, ...]:
        keys = tables_of(self.connection, source).keys
        return self._with_key(source, keys.c.number == number)

    def by_name_and_birth(
        self, source: SourceName, name_key: str, birth_date: str
    ) -> tuple[SourceRecord, ...]:
        keys = tables_of(self.connection, source).keys
        return self._with_key(source, keys.c.birth_date == birth_date, keys.c.name_key == name_key)

    def born_on(self, source: SourceName, birth_date: str, *, limit: int) -> tuple[SourceRecord, ...]:
        keys = tables_of(self.connection, source).keys
        return self._with_key(source, keys.c.birth_date == birth_date, limit=limit)

    def named_and_born_within(
        self, source: SourceName, name_key: str, days: tuple[str, str], *, limit: int
    ) -> tuple[SourceRecord, ...]:
        keys = tables_of(self.connection, source).keys
        within = keys.c.birth_date.between(*days)
        return self._with_key(source, within, keys.c.name_key == name_key, limit=limit)

    def _with_key(
        self, source: SourceName, *asked: ColumnElement[bool], limit: int | None = None
    ) -> tuple[SourceRecord, ...]:
        kept = tables_of(self.connection, source)
        mine = kept.records.c.id.in_(select(kept.keys.c.record).where(*asked))
        return self._records(source, mine, limit=limit)

    def _records(
        self, source: SourceName, *asked: ColumnElement[bool], limit: int | None = None
    ) -> tuple[SourceRecord, ...]:
        if self.snapshot(source) is None:
            return ()  # its tables are made by its first delivery
        records = tables_of(self.connection, source).records
        by_id = select(records).where(*asked).order_by(records.c.record_id).limit(limit)
        found = self.connection.execute(by_id)
        return tuple(record_of(source, row) for row in found)

    def load(
        self, source: SourceName, rows: Iterable[IncomingRecord], *, as_of: datetime, full: bool = False
    ) -> Taken:
        """Put a delivery in.

        1. Lock the source: two deliveries of one source follow one another.
        2. The first delivery makes the tables and fills them as far as it can without looking into them.
        3. Batch by batch: see what is kept, choose what counts, write it with its keys.
        4. After a full load, remove what it did not name.
        5. Number the new snapshot.
        6. Say which records were touched that something rests on, also what came to rest meanwhile.
        """
        before, watching = self._locked(source, as_of), watched(self.connection, source)
        winners = Winners(watching, utc(as_of) if full else None, latest=utc(as_of) >= before.as_of)
        live, remaining = before.records, iter(rows)
        if before.sequence == 0:
            kept, grown, remaining = self._made(source, remaining, winners)
            live += grown
        else:
            kept = SourceRows.of(self.connection, source, tables_of(self.connection, source))
        live += self._put(kept, remaining, winners, as_of=as_of if full and before.sequence else None)
        # A late delivery of older rows does not make our copy older than it already was.
        after = Snapshot(source, before.sequence + 1, max(before.as_of, utc(as_of)), live)
        self.connection.execute(
            update(_sources)
            .where(_sources.c.name == source)
            .values(sequence=after.sequence, as_of=after.as_of, records=after.records)
        )
        unnoted = watched_since(self.connection, source, watching)
        return Taken(after, winners.tally, winners.touched(unnoted))

    def doubt(self, source: SourceName, news: Iterable[tuple[str, datetime]]) -> tuple[str, ...]:
        doubted: list[str] = []
        for batch in batches(news, _BATCH):
            doubted += self._doubt(source, dict(sorted(batch, key=lambda item: item[1])))
        return tuple(sorted(set(doubted)))

    def _doubt(self, source: SourceName, latest: dict[str, datetime]) -> list[str]:
        if self.snapshot(source) is None:
            return []
        records = tables_of(self.connection, source).records
        named = among(self.connection, records.c.record_id, list(latest))
        lives = records.c.deleted.is_(False), records.c.status != CONFLICTING
        asked = select(records.c.record_id, records.c.updated_at).where(named, *lives)
        found = self.connection.execute(asked).all()
        overtaken = [row.record_id for row in found if row.updated_at <= utc(latest[row.record_id])]
        if overtaken:
            mine = among(self.connection, records.c.record_id, overtaken)
            self.connection.execute(update(records).where(mine).values(status=DOUBTFUL))
        return overtaken

    def _made(
        self, source: SourceName, rows: Iterator[IncomingRecord], winners: Winners
    ) -> tuple[SourceRows, int, Iterator[IncomingRecord]]:
        kept = SourceRows(self.connection, source, tables_of(self.connection, source))
        kept.tables.make(self.connection)
        grown, remaining = fill(kept, rows, winners)
        kept.tables.index(self.connection)
        return kept, grown, remaining

    def _put(
        self, kept: SourceRows, rows: Iterator[IncomingRecord], winners: Winners, *, as_of: datetime | None
    ) -> int:
        """By how many live records the copy grew. With `as_of` the load is a full one of this moment."""
        grown = 0
        if as_of:
            kept.begin_naming()
        for place, batch in enumerate(batches(rows, _BATCH)):
            grown += kept.put(batch, winners)
            if as_of:
                kept.name(batch)
            if place in _COUNT_AGAIN:
                kept.tables.count(self.connection)
        if as_of:
            gone = kept.remove_unnamed(as_of)
            winners.removed(gone, self._removed_watched(kept, as_of))
            grown -= gone
        return grown

    def _removed_watched(self, kept: SourceRows, as_of: datetime) -> list[str]:
        """Of what something rests on, what was removed as of this moment."""
        records = kept.tables.records
        mine = select(_rests.c.record_id).where(_rests.c.source == kept.source)
        removed = select(records.c.record_id).where(
            records.c.record_id.in_(mine), records.c.deleted, records.c.updated_at == as_of
        )
        return list(self.connection.execute(removed).scalars())

    def _locked(self, source: SourceName, as_of: datetime) -> Snapshot:
        unknown = insert(self.connection, _sources).values(name=source, sequence=0, as_of=as_of, records=0)
        self.connection.execute(unknown.on_conflict_do_nothing())
        mine = select(_sources).where(_sources.c.name == source).with_for_update()
        return _snapshot(self.connection.execute(mine).one())


def _snapshot(row: Row[Any]) -> Snapshot:
    return Snapshot(SourceName(row.name), row.sequence, row.as_of, row.records)
