"""The tables: one metadata for SQLite and PostgreSQL, from which the first migration was made."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.values import DecisionValue, Moment, Value
from verification.assessment import Assessment
from verification.data_error import WrongField
from verification.decision import Role
from verification.ports import Side
from verification.register import Line
from verification.source import Change
from verification.submission import Applicant, SubmittedFile

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in a column that is exactly INTEGER.
_row_number = BigInteger().with_variant(Integer(), "sqlite")

dossier_number = Table(
    "dossier_number",
    metadata,
    Column("unit", String, primary_key=True),
    Column("day", String(6), primary_key=True),
    Column("last", Integer, nullable=False),
)

submission = Table(
    "submission",
    metadata,
    Column("id", String, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("received_at", Moment, nullable=False, index=True),
    Column("channel", String, nullable=False),
    Column("applicant", Value(Applicant), nullable=False),
    Column("procedure", String, nullable=False),
    Column("audience", String, nullable=False),
    Column("files", Value(tuple[SubmittedFile, ...]), nullable=False),
    Column("stage", String, nullable=False),
    Column("version", Integer, nullable=False),
)

kept_file = Table(
    "kept_file",
    metadata,
    Column("submission_id", ForeignKey("submission.id"), primary_key=True),
    Column("digest", String(64), primary_key=True),
)

paper = Table(
    "paper",
    metadata,
    Column("id", String, primary_key=True),
    Column("submission_id", ForeignKey("submission.id"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("sides", Value(tuple[Side, ...]), nullable=False),
    Column("assessment", Value(Assessment), nullable=False),
    Column("stage", String, nullable=False, index=True),
    Column("decision", DecisionValue),
    Column("insisted", Boolean, nullable=False),
    Column("failure", Text),
    Column("version", Integer, nullable=False),
    Column("replaces", String),
)
Index(None, paper.c.replaces)

source = Table(
    "source",
    metadata,
    Column("name", String, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("records", BigInteger, nullable=False),
)

# What a source's records are kept in is made by its first delivery: `storage.source_tables`.

look_up = Table(
    "look_up",
    metadata,
    Column("id", _row_number, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("officer", String, nullable=False),
    Column("dossier", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("record_ids", Value(tuple[str, ...]), nullable=False),
    Column("fields", Value(tuple[str, ...]), nullable=False, server_default="[]"),
    Column("request_code", String, nullable=False, server_default=""),
    Column("answer", String, nullable=False, server_default=""),
    Index(None, "at"),
    Index(None, "dossier"),
    Index(None, "officer", "at"),
)

look_up_record = Table(
    "look_up_record",
    metadata,
    Column("look_up_id", ForeignKey("look_up.id"), primary_key=True),
    Column("record_id", String, primary_key=True),
    Index(None, "record_id"),
)

# No foreign key to the paper: what a paper rests on is written before the paper itself, in one transaction.
rests_on = Table(
    "rests_on",
    metadata,
    Column("paper_id", String, primary_key=True),
    Column("source", String, primary_key=True),
    Column("record_id", String, primary_key=True),
    Column("said", String(64), nullable=False),
    Index(None, "source", "record_id"),
)

drift = Table(
    "drift",
    metadata,
    Column("id", _row_number, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("source", String, nullable=False),
    Column("record_id", String, nullable=False),
    Column("paper_id", String, nullable=False, index=True),
    Column("entry_id", String),
    Column("what", String, nullable=False),
    Column("fields", Value(tuple[str, ...]), nullable=False),
    Column("answers_again", Boolean, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("settled", String),
    Column("by", String),
    Column("settled_at", Moment),
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
)
Index(
    "uq_drift_open_paper",
    drift.c.paper_id,
    unique=True,
    sqlite_where=text("state = 'OPEN'"),
    postgresql_where=text("state = 'OPEN'"),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", _row_number, primary_key=True, autoincrement=True),
    Column("source", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", String, nullable=False),
    Column("sequence", Integer),
    Column("kind", String, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("snapshot", Integer, nullable=False),
    Column("accepted", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    Column("unknown", BigInteger, nullable=False),
    Column("counts", Value(dict[Change, int]), nullable=False),
    Column("conflicts", Value(tuple[int, ...]), nullable=False),
    Index(None, "source", "id"),
)

book = Table(
    "book",
    metadata,
    Column("series", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
)
Index(
    "uq_book_open",
    book.c.series,
    book.c.year,
    unique=True,
    sqlite_where=text("open"),
    postgresql_where=text("open"),
)

register_entry = Table(
    "register_entry",
    metadata,
    Column("id", String, primary_key=True),
    Column("series", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("book", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("paper_id", String, nullable=False),
    Column("state", String, nullable=False),
    Column("held_at", Moment, nullable=False),
    Column("line", Value(Line), nullable=False),
    Column("closed_at", Moment),
    Column("reason", Text),
    Column("document", String(64)),
    UniqueConstraint("series", "year", "number"),
    CheckConstraint("(state = 'ISSUED') = (document IS NOT NULL)", name="issued_has_document"),
)
Index(
    "uq_register_entry_live_paper",
    register_entry.c.series,
    register_entry.c.paper_id,
    unique=True,
    sqlite_where=text("state <> 'CANCELLED'"),
    postgresql_where=text("state <> 'CANCELLED'"),
)

issued = Table(
    "issued",
    metadata,
    Column("entry_id", String, primary_key=True),
    Column("series", String, nullable=False),
    Column("number", String, nullable=False),
    Column("book", String, nullable=False),
    Column("paper_id", String, nullable=False, index=True),
    Column("title", String, nullable=False),
    Column("code", String, nullable=False, unique=True),
    Column("issued_at", Moment, nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),
    Column("level", String, nullable=False),
    Column("standing", String, nullable=False),
    Column("standing_reason", Text),
    Column("standing_at", Moment),
    Column("decision_number", String, nullable=False, server_default=""),
    Column("replaced_by", String),
    Index(None, "issued_at", "entry_id"),
)

officer = Table(
    "officer",
    metadata,
    Column("id", String, primary_key=True),
    Column("full_name", String, nullable=False),
    Column("roles", Value(frozenset[Role]), nullable=False),
)

delegation = Table(
    "delegation",
    metadata,
    Column("id", String, primary_key=True),
    Column("officer_id", ForeignKey("officer.id"), nullable=False, index=True),
    Column("decision_number", String, nullable=False),
    Column("capacity", Value(tuple[str, ...]), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Column("scope", String, nullable=False, server_default="BOTH"),
)

data_error = Table(
    "data_error",
    metadata,
    Column("id", _row_number, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("officer_id", String, nullable=False),
    Column("paper_id", ForeignKey("paper.id"), nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("record_id", String, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("fields", Value(tuple[WrongField, ...]), nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("answered_by", String),
    Column("answered_at", Moment),
    Column("answer", Text, nullable=False),
    Column("version", Integer, nullable=False),
)
Index(
    "uq_data_error_open_paper",
    data_error.c.paper_id,
    unique=True,
    sqlite_where=text("state = 'SENT'"),
    postgresql_where=text("state = 'SENT'"),
)

demand = Table(
    "demand",
    metadata,
    Column("paper_id", ForeignKey("paper.id"), primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("dossier", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("given", String, nullable=False),
    Column("organisation", String, nullable=False),
)

demander_name = Table(
    "demander_name",
    metadata,
    Column("key", String, primary_key=True),
    Column("name", String, nullable=False),
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False, index=True),
    Column("detail", Value(tuple[tuple[str, str], ...]), nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("digest", String(64), nullable=False, unique=True),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("username", ForeignKey("officer.id"), primary_key=True),
    Column("password_hash", String),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("username", ForeignKey("account.username"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

password_link = Table(
    "password_link",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("username", ForeignKey("account.username"), nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("username", ForeignKey("account.username"), nullable=False),
    Column("scope", String, nullable=False),
    Column("token", String(64), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

attempt = Table(
    "attempt",
    metadata,
    Column("what", String, primary_key=True),
    Column("who", String(64), primary_key=True),
    Column("window", Moment, primary_key=True),
    Column("count", Integer, nullable=False),
)
