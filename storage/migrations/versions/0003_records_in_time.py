"""Records in time: deliveries by number, who looked, what rests on a record, who demands copies."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_moment = sa.DateTime(timezone=True)
_row_number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables. There is no way down: going back is restoring a backup."""
    _records_by_source()
    _deliveries()
    _look_ups()
    _drift()
    _rests_on_carried_over()
    _data_errors()
    _demands()
    _demands_carried_over()


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
    batch = _papers_after("")
    while batch:
        records = [(row.id, (json.loads(row.assessment)["match"] or {}).get("record")) for row in batch]
        rows = [
            {"paper_id": paper_id, "source": record["source"], "record_id": record["record_id"]}
            for paper_id, record in records
            if record
        ]
        if rows:
            statement = "INSERT INTO rests_on VALUES (:paper_id, :source, :record_id, '')"
            op.get_bind().execute(sa.text(statement), rows)
        batch = _papers_after(batch[-1].id)


def _papers_after(paper_id: str) -> list[sa.Row[Any]]:
    """The next thousand: an assessment is large, and a home may hold a year of them."""
    asked = sa.text("SELECT id, assessment FROM paper WHERE id > :last ORDER BY id LIMIT 1000")
    return list(op.get_bind().execute(asked, {"last": paper_id}))


def _data_errors() -> None:
    op.create_table(
        "data_error",
        sa.Column("id", _row_number, autoincrement=True, nullable=False),
        sa.Column("at", _moment, nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("as_of", _moment, nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_at", _moment, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_data_error_paper_id_paper"),
        sa.PrimaryKeyConstraint("id", name="pk_data_error"),
    )
    op.create_index("ix_data_error_paper_id", "data_error", ["paper_id"], unique=False)
    op.create_index("ix_data_error_state", "data_error", ["state"], unique=False)
    op.create_index(
        "uq_data_error_open_paper",
        "data_error",
        ["paper_id"],
        unique=True,
        sqlite_where=sa.text("state = 'SENT'"),
        postgresql_where=sa.text("state = 'SENT'"),
    )


def _demands() -> None:
    op.create_table(
        "demand",
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("at", _moment, nullable=False),
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_demand_paper_id_paper"),
        sa.PrimaryKeyConstraint("paper_id", name="pk_demand"),
    )
    op.create_index("ix_demand_at", "demand", ["at"], unique=False)
    op.create_table(
        "demander_name",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_demander_name"),
    )


def _demands_carried_over() -> None:
    """Of papers decided before: who insisted on a needless copy, and for whom a receipt was."""
    demand = sa.table(
        "demand", *(sa.column(n) for n in ("paper_id", "dossier", "kind", "given", "organisation"))
    )
    demand.append_column(sa.column("at", _moment))
    found = op.get_bind().execute(
        sa.text(
            "SELECT paper.id, sides, assessment, decision, code, audience FROM paper "
            "JOIN submission ON submission.id = paper.submission_id WHERE decision IS NOT NULL"
        )
    )
    rows = [row for row in (_demand_in(paper) for paper in found) if row]
    if rows:
        op.get_bind().execute(sa.insert(demand), rows)


def _demand_in(paper: sa.Row[Any]) -> dict[str, Any] | None:
    ((what, decision),) = json.loads(paper.decision).items()
    needless = json.loads(paper.assessment)["outcome"] == "NO_COPY_NEEDED"
    asked = {"Approval": decision.get("demander") or "", "NotNeeded": paper.audience}.get(what, "").strip()
    if not asked or not needless:
        return None
    return {
        "paper_id": paper.id,
        "at": datetime.fromisoformat(decision["at"]).astimezone(UTC),
        "dossier": paper.code,
        "kind": json.loads(paper.sides)[0]["extraction"]["kind"],
        "given": "COPY" if what == "Approval" else "RECEIPT",
        "organisation": asked,
    }


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", _row_number, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", _moment, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("as_of", _moment, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("snapshot", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.Column("rejected", sa.BigInteger(), nullable=False),
        sa.Column("unknown", sa.BigInteger(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("conflicts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
    )
    op.create_index("ix_delivery_source_id", "delivery", ["source", "id"], unique=False)


def _records_by_source() -> None:
    """Every source gets two tables of its own (decision 0015); what was kept of it moves there."""
    connection = op.get_bind()
    for name in connection.execute(sa.text("SELECT name FROM source WHERE sequence > 0")).scalars().all():
        _records_moved(connection, name)
    op.drop_table("source_key")
    op.drop_table("source_record")


def _records_moved(connection: sa.Connection, name: str) -> None:
    sqlite = connection.dialect.name == "sqlite"
    records, keys = f"source_record_{name}", f"source_key_{name}"
    op.create_table(
        records,
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=sqlite),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("updated_at", _moment, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
    )
    op.create_table(
        keys,
        sa.Column("record", sa.BigInteger(), primary_key=sqlite, nullable=False, autoincrement=False),
        sa.Column("place", sa.SmallInteger(), primary_key=sqlite, nullable=False, autoincrement=False),
        sa.Column("number", sa.String()),
        sa.Column("birth_date", sa.String()),
        sa.Column("name_key", sa.String()),
        sqlite_with_rowid=False,
    )
    quoted = connection.dialect.identifier_preparer.quote
    moved = (
        f"INSERT INTO {quoted(records)} SELECT row_number() OVER (ORDER BY record_id), record_id, status, "  # noqa: S608 quoted
        '"values", updated_at, deleted FROM source_record WHERE source = :name',
        f"INSERT INTO {quoted(keys)} SELECT r.id, row_number() OVER (PARTITION BY r.id ORDER BY k.id) - 1, "  # noqa: S608 quoted
        f"k.number, k.birth_date, k.name_key FROM source_key k JOIN {quoted(records)} r "
        "ON r.record_id = k.record_id WHERE k.source = :name",
    )
    for statement in moved:
        connection.execute(sa.text(statement), {"name": name})
    _records_indexed(records, keys, sqlite=sqlite)


def _records_indexed(records: str, keys: str, *, sqlite: bool) -> None:
    op.create_index(f"uq_{records}_record_id", records, ["record_id"], unique=True)
    known = {name: sa.text(f"{name} IS NOT NULL") for name in ("number", "birth_date")}
    for columns in (["number"], ["birth_date", "name_key"]):
        where = known[columns[0]]
        name = f"ix_{keys}_{'_'.join(columns)}"
        op.create_index(name, keys, columns, sqlite_where=where, postgresql_where=where)
    if not sqlite:
        op.create_index(f"uq_{records}_id", records, ["id"], unique=True)
        op.create_index(f"ix_{keys}_record", keys, ["record"])
