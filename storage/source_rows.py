"""The rows of one source: what comes in goes into its tables where it counts; what is kept comes out."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    String,
    column,
    delete,
    exists,
    func,
    select,
    table,
    update,
)

from storage.deliveries import Kept, Winners, again, growth
from storage.dialects import among
from storage.row_writing import KeyRow, RecordRow, RowWriter, key_rows, record_row, writer
from storage.source_tables import SourceTables
from verification.source import IncomingRecord, SourceName, SourceRecord

_named = table("named", column("record_id", String))
"""The records that a full load named, while it runs."""


@dataclass(slots=True)
class SourceRows:
    """The tables of a source that is locked for a delivery; `numbered` is the last record's number."""

    connection: Connection
    source: SourceName
    tables: SourceTables
    numbered: int = 0

    @classmethod
    def of(cls, connection: Connection, source: SourceName, tables: SourceTables) -> "SourceRows":
        """Whose tables are there."""
        last = connection.execute(select(func.max(tables.records.c.id))).scalar_one()
        return cls(connection, source, tables, last or 0)

    def put(self, batch: Sequence[IncomingRecord], winners: Winners) -> int:
        """Write what counts of a batch; by how many live records the copy grew."""
        numbers, kept = self._kept([row.record.record_id for row in batch])
        kept |= self._said(again(batch, kept))
        won = winners.of(batch, kept)
        new = {record_id: row for record_id, row in won.items() if record_id not in numbers}
        write = writer(self.connection, self.tables)
        self.add(new.values(), write)
        same = {numbers[i] for i, row in won.items() if i in kept and row.record == kept[i].record}
        self._change({numbers[i]: row for i, row in won.items() if i in numbers}, same, write)
        return growth(won, kept)

    def add(self, rows: Iterable[IncomingRecord], write: RowWriter) -> None:
        """Rows of records that are not there, each of another one."""
        records: list[RecordRow] = []
        keys: list[KeyRow] = []
        for number, row in enumerate(rows, self.numbered + 1):
            records.append(record_row(number, row))
            if not row.deleted:
                keys += key_rows(number, row.keys)
        self.numbered += len(records)
        write.add(records, keys)

    def _change(self, won: Mapping[int, IncomingRecord], same: Container[int], write: RowWriter) -> None:
        """Rows of records that are there; those of `same` say what is kept, and only how they are found may
        have changed: names are folded by newer rules."""
        if not won:
            return
        write.change([record_row(number, row) for number, row in won.items() if number not in same])
        before = self._keys_of(list(won))
        after = {
            number: () if row.deleted else tuple(key_rows(number, row.keys)) for number, row in won.items()
        }
        # Most rows change what a record says and not how it is found: its keys then stay as they are.
        other = [number for number, keys in after.items() if keys != before.get(number, ())]
        if other:
            write.drop_keys([number for number in other if number in before])
            write.add((), list(chain.from_iterable(after[number] for number in other)))

    def _keys_of(self, numbers: list[int]) -> dict[int, tuple[KeyRow, ...]]:
        keys = self.tables.keys
        found: dict[int, list[KeyRow]] = {}
        mine = select(keys).where(among(self.connection, keys.c.record, numbers))
        for row in self.connection.execute(mine.order_by(keys.c.record, keys.c.place)):
            found.setdefault(row.record, []).append(
                (row.record, row.place, row.number, row.birth_date, row.name_key)
            )
        return {number: tuple(rows) for number, rows in found.items()}

    def _kept(self, ids: list[str]) -> tuple[dict[str, int], dict[str, Kept]]:
        records = self.tables.records
        asked = select(records.c.id, records.c.record_id, records.c.updated_at, records.c.deleted)
        found = self.connection.execute(asked.where(among(self.connection, records.c.record_id, ids))).all()
        numbers = {row.record_id: row.id for row in found}
        return numbers, {row.record_id: Kept(row.updated_at, row.deleted) for row in found}

    def _said(self, ids: list[str]) -> dict[str, Kept]:
        """With what they say: read only of what is delivered again, for it is most of what is kept."""
        if not ids:
            return {}
        records = self.tables.records
        asked = select(records).where(among(self.connection, records.c.record_id, ids))
        rows = self.connection.execute(asked)
        return {row.record_id: Kept(row.updated_at, row.deleted, record_of(self.source, row)) for row in rows}

    # -- full loads ----------------------------------------------------------------------------

    def begin_naming(self) -> None:
        """A full load begins."""
        # Temporary: only this connection sees it, and a delivery of any length is not held in memory.
        self.connection.exec_driver_sql("CREATE TEMPORARY TABLE IF NOT EXISTS named (record_id VARCHAR)")
        self.connection.exec_driver_sql("DELETE FROM named")

    def name(self, batch: Sequence[IncomingRecord]) -> None:
        """A full load named these."""
        ids = [row.record.record_id for row in batch]
        if self.connection.dialect.name == "postgresql":
            self.connection.exec_driver_sql("INSERT INTO named SELECT unnest(%s::text[])", (ids,))
        else:
            self.connection.execute(_named.insert(), [{"record_id": record_id} for record_id in ids])

    def remove_unnamed(self, as_of: datetime) -> int:
        """Keep of them only that they were removed; how many they were."""
        records, keys = self.tables.records, self.tables.keys
        self.connection.exec_driver_sql("CREATE INDEX named_by_id ON named (record_id)")
        if self.connection.dialect.name == "postgresql":
            self.connection.exec_driver_sql("ANALYZE named")
        unnamed: tuple[ColumnElement[bool], ...] = (
            records.c.deleted.is_(False),
            records.c.updated_at <= as_of,
            ~exists().where(_named.c.record_id == records.c.record_id),
        )
        numbers = select(records.c.id).where(*unnamed)
        self.connection.execute(delete(keys).where(keys.c.record.in_(numbers)))
        gone = update(records).where(*unnamed).values(values={}, updated_at=as_of, deleted=True)
        count = self.connection.execute(gone).rowcount
        self.connection.exec_driver_sql("DROP TABLE named")
        return count


def record_of(source: SourceName, row: Row[Any]) -> SourceRecord:
    """A row of a source's records as a value."""
    # By mapping: a row has a method of its own that is called `values`.
    return SourceRecord(source, row.record_id, row.status, row._mapping["values"])
