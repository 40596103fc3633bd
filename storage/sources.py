"""Copies of the synchronised databases as rows: `verification.ports.Sources` over a connection."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, String, column, delete, select, table, update

from storage import tables
from storage.deliveries import Kept, Winners, again, batches, growth
from storage.dialects import insert
from storage.drift import watched, watched_since
from storage.moments import utc
from verification.source import IncomingRecord, RecordValue, Snapshot, SourceName, SourceRecord, Taken

_BATCH = 1000
"""Rows a statement: large enough to be quick, small enough for the 32,766 parameters SQLite allows."""
_LOOK_AGAIN = frozenset({0, 9, 99, 999})
"""After which batches of a delivery the tables have become other than PostgreSQL knew them."""

_keys = tables.source_key
_records = tables.source_record
_rests = tables.rests_on
_sources = tables.source
_named = table("named", column("record_id", String))
"""The records that a full load named, while it runs."""


@dataclass(frozen=True, slots=True)
class SqlSources:
    """`verification.ports.Sources` in the transaction of this connection."""

    connection: Connection

    def snapshot(self, source: SourceName) -> Snapshot | None:
        row = self.connection.execute(select(_sources).where(_sources.c.name == source)).one_or_none()
        return None if row is None or row.sequence == 0 else _snapshot(row)

    def record(self, source: SourceName, record_id: str) -> SourceRecord | None:
        live = _records.c.source == source, _records.c.record_id == record_id, _records.c.deleted.is_(False)
        row = self.connection.execute(select(_records).where(*live)).one_or_none()
        return None if row is None else _record(row)

    def by_number(self, source: SourceName, number: str) -> tuple[SourceRecord, ...]:
        return self._with_key(source, _keys.c.number == number)

    def by_name_and_birth(
        self, source: SourceName, name_key: str, birth_date: str
    ) -> tuple[SourceRecord, ...]:
        return self._with_key(source, _keys.c.birth_date == birth_date, _keys.c.name_key == name_key)

    def _with_key(self, source: SourceName, *asked: ColumnElement[bool]) -> tuple[SourceRecord, ...]:
        ids = select(_keys.c.record_id).where(_keys.c.source == source, *asked)
        found = (
            select(_records)
            .where(_records.c.source == source, _records.c.record_id.in_(ids))
            .order_by(_records.c.record_id)
        )
        return tuple(_record(row) for row in self.connection.execute(found))

    def load(
        self, source: SourceName, rows: Iterable[IncomingRecord], *, as_of: datetime, full: bool = False
    ) -> Taken:
        """Put a delivery in.

        1. Lock the source: two deliveries of one source follow one another.
        2. Batch by batch: see what is kept, choose what counts, write it with its keys.
        3. After a full load, remove what it did not name.
        4. Number the new snapshot.
        5. Say which records were touched that something rests on, also what came to rest meanwhile.
        """
        before, watching = self._locked(source, as_of), watched(self.connection, source)
        live, winners = before.records, Winners(watching)
        if full:
            self._begin_naming()
        for place, batch in enumerate(batches(rows, _BATCH)):
            live += self._put(source, batch, winners)
            if full:
                self._name(batch)
            if place in _LOOK_AGAIN:
                self._look_again()
        if full:
            gone = self._remove_unnamed(source, as_of)
            winners.removed(gone, self._removed_watched(source, as_of))
            live -= gone
        # A late delivery of older rows does not make our copy older than it already was.
        after = Snapshot(source, before.sequence + 1, max(before.as_of, utc(as_of)), live)
        self.connection.execute(
            update(_sources)
            .where(_sources.c.name == source)
            .values(sequence=after.sequence, as_of=after.as_of, records=after.records)
        )
        unnoted = watched_since(self.connection, source, watching)
        return Taken(after, winners.tally, winners.touched(unnoted))

    def _begin_naming(self) -> None:
        # Temporary: only this connection sees it, and a delivery of any length is not held in memory.
        self.connection.exec_driver_sql("CREATE TEMPORARY TABLE IF NOT EXISTS named (record_id VARCHAR)")
        self.connection.exec_driver_sql("DELETE FROM named")

    def _name(self, batch: list[IncomingRecord]) -> None:
        self.connection.execute(_named.insert(), [{"record_id": row.record.record_id} for row in batch])

    def _remove_unnamed(self, source: SourceName, as_of: datetime) -> int:
        """Keep of them only that they were removed; how many they were."""
        unnamed = (
            _records.c.source == source,
            _records.c.deleted.is_(False),
            _records.c.updated_at <= as_of,
            _records.c.record_id.not_in(select(_named.c.record_id)),
        )
        ids = select(_records.c.record_id).where(*unnamed)
        self.connection.execute(delete(_keys).where(_keys.c.source == source, _keys.c.record_id.in_(ids)))
        gone = update(_records).where(*unnamed).values(values={}, updated_at=as_of, deleted=True)
        count = self.connection.execute(gone).rowcount
        self.connection.exec_driver_sql("DROP TABLE named")
        return count

    def _removed_watched(self, source: SourceName, as_of: datetime) -> list[str]:
        """Of what something rests on, what was removed as of this moment."""
        mine = select(_rests.c.record_id).where(_rests.c.source == source)
        removed = select(_records.c.record_id).where(
            _records.c.source == source,
            _records.c.record_id.in_(mine),
            _records.c.deleted,
            _records.c.updated_at == as_of,
        )
        return list(self.connection.execute(removed).scalars())

    def _look_again(self) -> None:
        """Let PostgreSQL count: it plans for the tables as it knew them, and reads empty ones end to end."""
        if self.connection.dialect.name == "postgresql":
            self.connection.exec_driver_sql("ANALYZE source_record, source_key")

    def _locked(self, source: SourceName, as_of: datetime) -> Snapshot:
        unknown = insert(self.connection, _sources).values(name=source, sequence=0, as_of=as_of, records=0)
        self.connection.execute(unknown.on_conflict_do_nothing())
        mine = select(_sources).where(_sources.c.name == source).with_for_update()
        return _snapshot(self.connection.execute(mine).one())

    def _put(self, source: SourceName, batch: list[IncomingRecord], winners: Winners) -> int:
        kept = self._kept(source, [row.record.record_id for row in batch])
        kept |= self._said(source, again(batch, kept))
        won = winners.of(batch, kept)
        if won:
            self._write(source, won)
        return growth(won, kept)

    def _kept(self, source: SourceName, ids: list[str]) -> dict[str, Kept]:
        rows = self.connection.execute(
            select(
                _records.c.record_id,
                _records.c.updated_at,
                _records.c.deleted,
            ).where(_records.c.source == source, _records.c.record_id.in_(ids))
        )
        return {row.record_id: Kept(row.updated_at, row.deleted) for row in rows}

    def _said(self, source: SourceName, ids: list[str]) -> dict[str, Kept]:
        """With what they say: read only of what is delivered again, for it is most of what is kept."""
        if not ids:
            return {}
        asked = select(_records).where(_records.c.source == source, _records.c.record_id.in_(ids))
        rows = self.connection.execute(asked)
        return {row.record_id: Kept(row.updated_at, row.deleted, _record(row)) for row in rows}

    def _write(self, source: SourceName, won: dict[str, IncomingRecord]) -> None:
        mine = _keys.c.source == source, _keys.c.record_id.in_(list(won))
        self.connection.execute(delete(_keys).where(*mine))
        new = insert(self.connection, _records)
        changing = {c: new.excluded[c] for c in ("status", "values", "updated_at", "deleted")}
        self.connection.execute(
            new.on_conflict_do_update(index_elements=["source", "record_id"], set_=changing),
            [_record_row(source, row) for row in won.values()],
        )
        keys = [key for row in won.values() for key in _key_rows(source, row)]
        if keys:
            self.connection.execute(_keys.insert(), keys)


def _snapshot(row: Row[Any]) -> Snapshot:
    return Snapshot(SourceName(row.name), row.sequence, row.as_of, row.records)


def _record(row: Row[Any]) -> SourceRecord:
    # By mapping: a row has a method of its own that is called `values`.
    values: dict[str, RecordValue] = row._mapping["values"]
    return SourceRecord(SourceName(row.source), row.record_id, row.status, values)


def _record_row(source: SourceName, row: IncomingRecord) -> dict[str, Any]:
    """What is written; of a removed record nothing stays but the fact, so no person's data are kept."""
    return {
        "source": source,
        "record_id": row.record.record_id,
        "status": row.record.status,
        "values": {} if row.deleted else dict(row.record.values),
        "updated_at": row.updated_at,
        "deleted": row.deleted,
    }


def _key_rows(source: SourceName, row: IncomingRecord) -> list[dict[str, Any]]:
    if row.deleted:
        return []
    return [
        {
            "source": source,
            "record_id": row.record.record_id,
            "number": key.number,
            "birth_date": key.birth_date,
            "name_key": key.name_key,
        }
        for key in row.keys
    ]
