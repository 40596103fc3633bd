"""A home of the released version comes to this one: what it issued is found, stands, and is decoded."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import storage
from storage.database import SqlDatabase, open_database
from storage.dialects import engine_for
from storage.values import DecisionValue, encoded
from tests.storage.builders import LINE, NOW, issued, standing_change
from verification.certification import Search, Standing
from verification.decision import Approval, OriginalSeen
from verification.submission import OfficerId, PaperId

RELEASED = "0003"
_LINE = """INSERT INTO register_entry
    (id, series, year, book, number, paper_id, state, held_at, line, document)
    VALUES (:entry_id, :series, 2026, :book, 1, :paper_id, 'ISSUED', '2026-11-24 02:30:00', :line, :digest)"""
_ISSUED = """INSERT INTO issued
    (entry_id, series, number, book, paper_id, title, code, issued_at, digest, size, level, standing)
    VALUES (:entry_id, :series, :number, :book, :paper_id, :title, :code, '2026-11-24 02:30:00', :digest,
    :size, :level, 'GOOD')"""


def released(path: Path) -> SqlDatabase:
    """A database as the released version left it, with one copy issued."""
    url = f"sqlite:///{path}"
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    one = issued()
    row = {
        "entry_id": one.entry_id,
        "series": one.series,
        "number": one.number,
        "book": one.book,
        "paper_id": one.paper_id,
        "title": one.title,
        "code": one.code,
        "digest": one.digest,
        "size": one.size,
        "level": one.level,
    }
    with engine_for(url).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, RELEASED)
        connection.execute(sa.text(_LINE), {**row, "line": encoded(LINE)})
        connection.execute(sa.text(_ISSUED), row)
    return open_database(url)


def test_what_was_issued_before_is_found_by_name_and_stands(tmp_path: Path) -> None:
    database = released(tmp_path / "old.sqlite")
    database.migrate()
    with database.transaction() as tx:
        (found,) = tx.certifications.find(Search("thi mau"))
        assert (found.standing, found.standing_at, found.replaced_by) == (Standing.GOOD, None, None)
        assert found.entry_id == issued().entry_id
        assert tx.certifications.changes(found.entry_id) == ()
        assert tx.certifications.stand(standing_change(Standing.REVOKED)).decision_number == "12/QĐ-UBND"
    database.close()


def test_a_decision_kept_before_notes_existed_is_still_read() -> None:
    officer = OfficerId("thu")
    approval = Approval(PaperId("s1.1"), officer, NOW, OriginalSeen(officer, NOW, "Quầy 1"))
    column, dialect = DecisionValue(), sa.create_engine("sqlite://").dialect
    kept = column.process_bind_param(approval, dialect)
    assert kept is not None
    old = kept.replace(',"note":""', "")
    assert old != kept
    assert column.process_result_value(old, dialect) == approval
