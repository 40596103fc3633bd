"""The first tables: the database is empty before, and holds what `storage.tables` describes after."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Plain types, not those of `storage.values`: a migration must mean the same when those have moved on.
_moment = sa.DateTime(timezone=True)
_value = sa.Text()
_row_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table. There is no way down: going back is restoring a backup."""
    _dossiers()
    _sources()
    _books()
    _people()
    op.execute("INSERT INTO audit_head (id, sequence) VALUES (1, 0)")


def _dossiers() -> None:
    op.create_table(
        "dossier_number",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("day", sa.String(length=6), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "day", name="pk_dossier_number"),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("received_at", _moment, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("applicant", _value, nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("files", _value, nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint("code", name="uq_submission_code"),
    )
    op.create_index("ix_submission_received_at", "submission", ["received_at"], unique=False)
    op.create_table(
        "kept_file",
        sa.Column("submission_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_kept_file_submission_id_submission"
        ),
        sa.PrimaryKeyConstraint("submission_id", "digest", name="pk_kept_file"),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("submission_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("sides", _value, nullable=False),
        sa.Column("assessment", _value, nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("decision", _value, nullable=True),
        sa.Column("insisted", sa.Boolean(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_paper_submission_id_submission"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_paper"),
    )
    op.create_index("ix_paper_stage", "paper", ["stage"], unique=False)
    op.create_index("ix_paper_submission_id", "paper", ["submission_id"], unique=False)


def _sources() -> None:
    op.create_table(
        "source",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("as_of", _moment, nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_source"),
    )
    op.create_table(
        "source_record",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("values", _value, nullable=False),
        sa.Column("updated_at", _moment, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["source.name"], name="fk_source_record_source_source"),
        sa.PrimaryKeyConstraint("source", "record_id", name="pk_source_record"),
    )
    op.create_table(
        "source_key",
        sa.Column("id", _row_number, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("birth_date", sa.String(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_source_key"),
    )
    op.create_index(
        "ix_source_key_source_birth_date_name_key",
        "source_key",
        ["source", "birth_date", "name_key"],
        unique=False,
    )
    op.create_index("ix_source_key_source_number", "source_key", ["source", "number"], unique=False)
    op.create_index("ix_source_key_source_record_id", "source_key", ["source", "record_id"], unique=False)
    op.create_table(
        "look_up",
        sa.Column("id", _row_number, autoincrement=True, nullable=False),
        sa.Column("at", _moment, nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("record_ids", _value, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_look_up"),
    )
    op.create_table(
        "look_up_record",
        sa.Column("look_up_id", _row_number, nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["look_up_id"], ["look_up.id"], name="fk_look_up_record_look_up_id_look_up"),
        sa.PrimaryKeyConstraint("look_up_id", "record_id", name="pk_look_up_record"),
    )
    op.create_index("ix_look_up_record_record_id", "look_up_record", ["record_id"], unique=False)


def _books() -> None:
    op.create_table(
        "book",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", "ordinal", name="pk_book"),
    )
    op.create_index(
        "uq_book_open",
        "book",
        ["series", "year"],
        unique=True,
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    )
    op.create_table(
        "register_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("book", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held_at", _moment, nullable=False),
        sa.Column("line", _value, nullable=False),
        sa.Column("closed_at", _moment, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("document", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(state = 'ISSUED') = (document IS NOT NULL)", name="ck_register_entry_issued_has_document"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_register_entry"),
        sa.UniqueConstraint("series", "year", "number", name="uq_register_entry_series_year_number"),
    )
    op.create_index(
        "uq_register_entry_live_paper",
        "register_entry",
        ["series", "paper_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'CANCELLED'"),
        postgresql_where=sa.text("state <> 'CANCELLED'"),
    )
    op.create_table(
        "issued",
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("book", sa.String(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("issued_at", _moment, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("standing_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("entry_id", name="pk_issued"),
        sa.UniqueConstraint("code", name="uq_issued_code"),
        sa.UniqueConstraint("digest", name="uq_issued_digest"),
    )
    op.create_index("ix_issued_paper_id", "issued", ["paper_id"], unique=False)


def _people() -> None:
    op.create_table(
        "officer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("roles", _value, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_officer"),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("decision_number", sa.String(), nullable=False),
        sa.Column("capacity", _value, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_delegation_officer_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_delegation"),
    )
    op.create_index("ix_delegation_officer_id", "delegation", ["officer_id"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", _moment, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", _value, nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit_entry"),
        sa.UniqueConstraint("digest", name="uq_audit_entry_digest"),
        sa.UniqueConstraint("previous", name="uq_audit_entry_previous"),
    )
    op.create_index("ix_audit_entry_subject", "audit_entry", ["subject"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
