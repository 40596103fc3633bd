"""The tables of the book's close, and how its open ends are found: beside `storage.tables`, same metadata."""

from sqlalchemy import Column, Index, Integer, String, Table, text

from storage.tables import metadata, register_entry
from storage.values import Moment, Value
from verification.register import Totals

year_close = Table(
    "year_close",
    metadata,
    Column("series", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("closed_at", Moment, nullable=False),
    Column("by", String, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("totals", Value(Totals), nullable=False),
    Column("digest", String(64), nullable=False),
)

Index(
    "ix_register_entry_held",
    register_entry.c.held_at,
    sqlite_where=text("state = 'HELD'"),
    postgresql_where=text("state = 'HELD'"),
)
