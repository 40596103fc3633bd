"""How what was issued came to stand as it does, and by what its original is found again, as tables."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from storage.tables import metadata
from storage.values import Moment

standing_change = Table(
    "standing_change",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True),
    Column("entry_id", String, nullable=False, index=True),
    Column("standing", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String, nullable=False),
    Column("decision_number", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("replaced_by", String),
)

# Of an original's numbers only digests are kept; of whose paper it is the name without marks and spaces.
issued_key = Table(
    "issued_key",
    metadata,
    Column("key", String, primary_key=True),
    Column("entry_id", String, primary_key=True),
    Index(None, "entry_id"),
)
