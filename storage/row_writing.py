"""Rows of one source into its tables, the quickest way that the database of the connection knows.

PostgreSQL takes them by COPY; SQLite by one statement run for many rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol, cast

import psycopg
from psycopg import sql
from sqlalchemy import ClauseElement, Column, Connection, Dialect, Table, bindparam, delete, update

from storage.dialects import among
from storage.errors import DatabaseUnavailableError, ValueNotStorableError
from storage.moments import utc
from storage.source_tables import SourceTables
from verification.record_values import packed
from verification.source import IncomingRecord, SubjectKey

RecordRow = tuple[int, str, str, str, datetime, bool]
"""As the columns of a source's records: id, record_id, status, values, updated_at, deleted."""
KeyRow = tuple[int, int, str | None, str | None, str | None]
"""As the columns of its keys: record, place, number, birth_date, name_key."""


def record_row(number: int, row: IncomingRecord) -> RecordRow:
    """What is written; of a removed record nothing stays but the fact, so no person's data are kept."""
    record = row.record
    values = "{}" if row.deleted else packed(record.values)
    return number, record.record_id, record.status, values, row.updated_at, row.deleted


def key_rows(number: int, keys: Iterable[SubjectKey]) -> list[KeyRow]:
    """One for each key. A name and birth date that stood in a key before are not written again."""
    rows: list[KeyRow] = []
    before: tuple[str | None, str | None] = (None, None)
    for place, key in enumerate(keys):
        who = (key.birth_date, key.name_key)
        rows.append((number, place, key.number, *((None, None) if who == before else who)))
        before = who
    return rows


class RowWriter(Protocol):
    """Writes into the tables of one source."""

    def add(self, records: Sequence[RecordRow], keys: Sequence[KeyRow]) -> None:
        """New rows. Raises ValueNotStorableError, DatabaseUnavailableError."""

    def change(self, records: Sequence[RecordRow]) -> None:
        """Rows whose `id` is there already. Raises as `add`."""

    def drop_keys(self, records: Sequence[int]) -> None:
        """All keys of these records."""


def writer(connection: Connection, tables: SourceTables, *, unseen: bool = False) -> RowWriter:
    """`unseen`: the tables were made in this very transaction, so that nobody else can read them yet."""
    if connection.dialect.name == "sqlite":
        return SqliteWriter(connection, tables)
    return PostgresWriter(connection, tables, "FREEZE TRUE" if unseen else "FREEZE FALSE")


@dataclass(frozen=True, slots=True)
class SqliteWriter:
    """`RowWriter` on SQLite."""

    connection: Connection
    tables: SourceTables

    def add(self, records: Sequence[RecordRow], keys: Sequence[KeyRow]) -> None:
        rows = [(*row[:4], _as_sqlite_keeps(row[4]), row[5]) for row in records]
        self._run(self.tables.records.insert(), rows)
        self._run(self.tables.keys.insert(), keys)

    def change(self, records: Sequence[RecordRow]) -> None:
        columns = self.tables.records.c
        changed = update(self.tables.records).where(columns.id == bindparam("number"))
        names = ("status", "values", "updated_at", "deleted")
        rows = [(r[2], r[3], _as_sqlite_keeps(r[4]), r[5], r[0]) for r in records]
        self._run(changed.values({name: bindparam(f"new_{name}") for name in names}), rows)

    def drop_keys(self, records: Sequence[int]) -> None:
        keys = self.tables.keys
        self._run(delete(keys).where(keys.c.record == bindparam("number")), [(number,) for number in records])

    def _run(self, statement: ClauseElement, rows: Sequence[tuple[object, ...]]) -> None:
        # The values are as SQLite keeps them: SQLAlchemy would look at each of them once more.
        if rows:
            self.connection.exec_driver_sql(_text(statement, self.connection.dialect), list(rows))


@dataclass(frozen=True, slots=True)
class PostgresWriter:
    """`RowWriter` on PostgreSQL."""

    connection: Connection
    tables: SourceTables
    freeze: str

    def add(self, records: Sequence[RecordRow], keys: Sequence[KeyRow]) -> None:
        self._copy(self.tables.records, records)
        self._copy(self.tables.keys, keys)

    def change(self, records: Sequence[RecordRow]) -> None:
        self._drop(self.tables.records.c.id, [row[0] for row in records])
        self._copy(self.tables.records, records)

    def drop_keys(self, records: Sequence[int]) -> None:
        self._drop(self.tables.keys.c.record, list(records))

    def _drop(self, column: Column[int], numbers: list[int]) -> None:
        if numbers:
            self.connection.execute(delete(column.table).where(among(self.connection, column, numbers)))

    def _copy(self, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        # Not exec_driver_sql, which knows no COPY: what is refused must be made our error here.
        driver = cast("psycopg.Connection[Any]", self.connection.connection.driver_connection)
        with _as_our_errors(), driver.cursor() as cursor:
            statement = sql.SQL("COPY {} FROM STDIN ({})").format(
                sql.Identifier(table.name), sql.SQL(self.freeze)
            )
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)


@contextmanager
def _as_our_errors() -> Iterator[None]:
    try:
        yield
    except psycopg.DataError as error:
        raise ValueNotStorableError from error
    except psycopg.Error as error:
        raise DatabaseUnavailableError from error


def _text(statement: ClauseElement, dialect: Dialect) -> str:
    return str(statement.compile(dialect=dialect))


@lru_cache(maxsize=1024)
def _as_sqlite_keeps(moment: datetime) -> str:
    """As SQLAlchemy writes and reads a moment there."""
    return utc(moment).replace(tzinfo=None).isoformat(" ", "microseconds")
