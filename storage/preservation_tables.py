"""The tables of long-term data, in the metadata of `storage.tables`."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, text

from storage.tables import metadata
from storage.values import Moment

issued_version = Table(
    "issued_version",
    metadata,
    Column("entry_id", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),
    Column("level", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("good_until", Moment, nullable=False),
)

preservation = Table(
    "preservation",
    metadata,
    Column("entry_id", String, primary_key=True),
    Column("due_at", Moment, nullable=False, index=True),
    Column("level", String, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("failure", String),
)
# Almost all are done and wait for years: what is not is found without going through them.
Index(
    "ix_preservation_unfinished",
    preservation.c.due_at,
    sqlite_where=text("level <> 'B-LTA'"),
    postgresql_where=text("level <> 'B-LTA'"),
)
Index(
    "ix_preservation_failing",
    preservation.c.entry_id,
    sqlite_where=text("failure IS NOT NULL"),
    postgresql_where=text("failure IS NOT NULL"),
)
