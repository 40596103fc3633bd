"""What is signed: who signs what, papers that wait for their signature."""

import json

import sqlalchemy as sa
from alembic import op

from verification.normalise import name_key

revision = "0004"
down_revision = "0003"

_moment = sa.DateTime(timezone=True)
_row_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables. There is no way down: going back is restoring a backup."""
    _delegation_scope()
    _signing()
    _closed_years()
    _standings()
    _preservation()
    _names_carried_over()


def _delegation_scope() -> None:
    """What was kept before signs everything."""
    op.add_column("delegation", sa.Column("scope", sa.String(), nullable=False, server_default="BOTH"))


def _signing() -> None:
    op.create_table(
        "signing_batch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", _moment, nullable=False),
        sa.Column("seen_at", _moment, nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("stopping", sa.Boolean(), nullable=False),
        sa.Column("ended_at", _moment, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_signing_batch"),
    )
    op.create_index(
        "ix_signing_batch_officer_id_started_at", "signing_batch", ["officer_id", "started_at"], unique=False
    )
    op.create_index(
        "uq_signing_batch_running",
        "signing_batch",
        ["officer_id"],
        unique=True,
        sqlite_where=sa.text("state = 'RUNNING'"),
        postgresql_where=sa.text("state = 'RUNNING'"),
    )
    op.create_table(
        "pending_signature",
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("signed_attributes", sa.LargeBinary(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begun_at", _moment, nullable=False),
        sa.Column("expires_at", _moment, nullable=False),
        sa.PrimaryKeyConstraint("paper_id", name="pk_pending_signature"),
    )


def _closed_years() -> None:
    op.create_table(
        "year_close",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("closed_at", _moment, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("totals", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name="pk_year_close"),
    )
    op.create_index(
        "ix_register_entry_held",
        "register_entry",
        ["held_at"],
        unique=False,
        sqlite_where=sa.text("state = 'HELD'"),
        postgresql_where=sa.text("state = 'HELD'"),
    )


def _standings() -> None:
    """How what was issued came to stand as it does; of changes before this, nothing more is known."""
    op.add_column("paper", sa.Column("replaces", sa.String(), nullable=True))
    op.create_index("ix_paper_replaces", "paper", ["replaces"], unique=False)
    op.add_column("issued", sa.Column("standing_at", _moment, nullable=True))
    op.add_column("issued", sa.Column("decision_number", sa.String(), nullable=False, server_default=""))
    op.add_column("issued", sa.Column("replaced_by", sa.String(), nullable=True))
    op.create_index("ix_issued_issued_at_entry_id", "issued", ["issued_at", "entry_id"], unique=False)
    op.create_table(
        "standing_change",
        sa.Column("id", _row_number, autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", _moment, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("decision_number", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_standing_change"),
    )
    op.create_index("ix_standing_change_entry_id", "standing_change", ["entry_id"], unique=False)
    op.create_table(
        "issued_key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", "entry_id", name="pk_issued_key"),
    )
    op.create_index("ix_issued_key_entry_id", "issued_key", ["entry_id"], unique=False)


def _preservation() -> None:
    """What was issued before is given its long-term data as soon as somebody sees to it."""
    op.create_table(
        "issued_version",
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("at", _moment, nullable=False),
        sa.Column("good_until", _moment, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "number", name="pk_issued_version"),
        sa.UniqueConstraint("digest", name="uq_issued_version_digest"),
    )
    op.create_table(
        "preservation",
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("due_at", _moment, nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("entry_id", name="pk_preservation"),
    )
    op.create_index("ix_preservation_due_at", "preservation", ["due_at"], unique=False)
    for name, column, condition in (
        ("unfinished", "due_at", "level <> 'B-LTA'"),
        ("failing", "entry_id", "failure IS NOT NULL"),
    ):
        where = sa.text(condition)
        op.create_index(
            f"ix_preservation_{name}",
            "preservation",
            [column],
            unique=False,
            sqlite_where=where,
            postgresql_where=where,
        )
    op.execute(
        "INSERT INTO preservation (entry_id, due_at, level, turn, tries) "
        "SELECT entry_id, issued_at, level, 1, 0 FROM issued"
    )


def _names_carried_over() -> None:
    """What was issued before is found by its requester's name; by its original only what is issued from now
    on."""
    lines = op.get_bind().execute(sa.text("SELECT id, line FROM register_entry WHERE state = 'ISSUED'"))
    rows = [
        {"key": f"name:{name_key(json.loads(line.line)['requester'])}", "entry_id": line.id} for line in lines
    ]
    if rows:
        op.get_bind().execute(
            sa.text("INSERT INTO issued_key (key, entry_id) VALUES (:key, :entry_id)"), rows
        )
