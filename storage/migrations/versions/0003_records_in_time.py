"""Records in time: deliveries by number, who looked, what rests on a record, who demands copies."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_moment = sa.DateTime(timezone=True)
_row_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables. There is no way down: going back is restoring a backup."""
    _look_ups()
    _drift()
    _rests_on_carried_over()


def _look_ups() -> None:
    """On SQLite these stay empty: the log has a file of its own (decision 0019)."""
    op.add_column("look_up", sa.Column("fields", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("look_up", sa.Column("request_code", sa.String(), nullable=False, server_default=""))
    op.add_column("look_up", sa.Column("answer", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_look_up_at", "look_up", ["at"], unique=False)
    op.create_index("ix_look_up_dossier", "look_up", ["dossier"], unique=False)
    op.create_index("ix_look_up_officer_at", "look_up", ["officer", "at"], unique=False)


def _drift() -> None:
    op.create_table(
        "rests_on",
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("said", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("paper_id", "source", "record_id", name="pk_rests_on"),
    )
    op.create_index("ix_rests_on_source_record_id", "rests_on", ["source", "record_id"], unique=False)
    op.create_table(
        "drift",
        sa.Column("id", _row_number, autoincrement=True, nullable=False),
        sa.Column("at", _moment, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("answers_again", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("settled", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("settled_at", _moment, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drift"),
    )
    op.create_index("ix_drift_paper_id", "drift", ["paper_id"], unique=False)
    op.create_index("ix_drift_state", "drift", ["state"], unique=False)
    op.create_index(
        "uq_drift_open_paper",
        "drift",
        ["paper_id"],
        unique=True,
        sqlite_where=sa.text("state = 'OPEN'"),
        postgresql_where=sa.text("state = 'OPEN'"),
    )


def _rests_on_carried_over() -> None:
    """Papers kept before: what each was compared with stands in its assessment. What that record said then
    is left blank, so that the next delivery that touches it has the paper compared again."""
    connection = op.get_bind()
    found = connection.execute(sa.text("SELECT id, assessment FROM paper"))
    papers = [(row.id, json.loads(row.assessment)) for row in found]
    matches = [(paper_id, (assessment.get("match") or {}).get("record")) for paper_id, assessment in papers]
    rows = [
        {"paper_id": paper_id, "source": record["source"], "record_id": record["record_id"]}
        for paper_id, record in matches
        if record
    ]
    if rows:
        statement = "INSERT INTO rests_on VALUES (:paper_id, :source, :record_id, '')"
        connection.execute(sa.text(statement), rows)
