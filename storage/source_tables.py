"""The tables of one source: its name comes in, where its records and their keys are kept goes out.

Each source has two of its own, made by its first delivery (decision 0015): they are filled before anybody
sees them, with no index in the way, while the look-ups of other sources go on.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
)
from sqlalchemy.schema import CreateIndex, CreateTable, DropTable

from storage.values import Moment, RecordValues
from verification.source import SourceName


@dataclass(frozen=True, slots=True)
class SourceTables:
    """`records` are numbered by `id`; `keys` say under which numbers and names a record is found."""

    records: Table
    keys: Table

    def make(self, connection: Connection) -> None:
        """Both, without their indexes; in place of what a source that is known no more may have left."""
        for table in (self.records, self.keys):
            connection.execute(DropTable(table, if_exists=True))
            connection.execute(CreateTable(table))

    def index(self, connection: Connection) -> None:
        """All indexes, and let PostgreSQL count what it has."""
        for index in sorted((*self.records.indexes, *self.keys.indexes), key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
        self.count(connection)

    def count(self, connection: Connection) -> None:
        """Let PostgreSQL count: it plans for tables as it knew them, and reads empty ones end to end."""
        if connection.dialect.name == "postgresql":
            quoted = connection.dialect.identifier_preparer.format_table
            connection.exec_driver_sql(f"ANALYZE {quoted(self.records)}, {quoted(self.keys)}")


def tables_of(connection: Connection, source: SourceName) -> SourceTables:
    """Those of this source; whether they are there already, its row in `source` says."""
    return _tables(source, connection.dialect.name)


@lru_cache(maxsize=64)
def _tables(source: SourceName, dialect: str) -> SourceTables:
    metadata = MetaData()
    sqlite = dialect == "sqlite"
    # SQLite keeps a table in the order of its primary key: rows are added at its end, and the keys of a
    # record are found without an index. On PostgreSQL a primary key is an index, made after the rows.
    records = Table(
        f"source_record_{source}",
        metadata,
        Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=sqlite, autoincrement=False),
        Column("record_id", String, nullable=False),
        Column("status", String, nullable=False),
        Column("values", RecordValues, nullable=False),
        Column("updated_at", Moment, nullable=False),
        Column("deleted", Boolean, nullable=False),
        Index(f"uq_source_record_{source}_record_id", "record_id", unique=True),
    )
    keys = Table(
        f"source_key_{source}",
        metadata,
        Column("record", BigInteger, primary_key=sqlite, nullable=False, autoincrement=False),
        Column("place", SmallInteger, primary_key=sqlite, nullable=False, autoincrement=False),
        Column("number", String),
        Column("birth_date", String),
        Column("name_key", String),
        sqlite_with_rowid=False,
    )
    Index(f"ix_source_key_{source}_number", keys.c.number, **_where(keys.c.number.is_not(None)))
    both = keys.c.birth_date, keys.c.name_key
    Index(f"ix_source_key_{source}_birth_date_name_key", *both, **_where(keys.c.birth_date.is_not(None)))
    if not sqlite:
        Index(f"uq_source_record_{source}_id", records.c.id, unique=True)
        Index(f"ix_source_key_{source}_record", keys.c.record)
    return SourceTables(records, keys)


def _where(condition: Any) -> dict[str, Any]:
    """A key without this part takes no place in the index."""
    return {"sqlite_where": condition, "postgresql_where": condition}
