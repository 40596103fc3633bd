"""The tables of signing by batches and signing elsewhere, in the metadata of `storage.tables`."""

from sqlalchemy import Boolean, Column, Index, LargeBinary, String, Table, Text, text

from storage.tables import metadata
from storage.values import Moment, Value
from verification.batch import BatchPaper

signing_batch = Table(
    "signing_batch",
    metadata,
    Column("id", String, primary_key=True),
    Column("officer_id", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("state", String, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("papers", Value(tuple[BatchPaper, ...]), nullable=False),
    Column("stopping", Boolean, nullable=False),
    Column("ended_at", Moment),
    Column("reason", Text),
    Index(None, "officer_id", "started_at"),
)
Index(
    "uq_signing_batch_running",
    signing_batch.c.officer_id,
    unique=True,
    sqlite_where=text("state = 'RUNNING'"),
    postgresql_where=text("state = 'RUNNING'"),
)

pending_signature = Table(
    "pending_signature",
    metadata,
    Column("paper_id", String, primary_key=True),
    Column("token", String, nullable=False),
    Column("officer_id", String, nullable=False),
    Column("entry_id", String, nullable=False),
    Column("document", String(64), nullable=False),
    Column("signed_attributes", LargeBinary, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("chain", Value(tuple[bytes, ...]), nullable=False),
    Column("reason", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
