"""The proof of a book in a database: every fault that somebody with the file in hand can plant is found, by
its own code.
"""

import inspect
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from storage.database import SqlDatabase, open_database
from storage.memory import MemoryObjects
from tests.desk import Desk
from tests.storage.books import Office
from tests.storage.builders import COPIES, NOW
from verification.errors import ObjectDamagedError, ObjectMissingError
from verification.register import EntryId, Series
from verification.register_faults import FAULTS
from verification.workflow import verify_register as verify_register_module
from verification.workflow import verify_versions
from verification.workflow.cancel_held import cancel_held
from verification.workflow.close_year import close_year
from verification.workflow.open_book import FirstBook, next_book, open_first_book
from verification.workflow.verify_register import verify_register

BOOK = "SCTĐT/BS"


@dataclass
class Home:
    """Twelve lines of copies (two of them cancelled) and three receipts, in a file."""

    desk: Desk
    file: Path
    database: SqlDatabase
    office: Office

    def found(self) -> set[tuple[str, str]]:
        return set(verify_register(self.desk.services).faults)

    def tamper(self, *statements: str) -> None:
        with sqlite3.connect(self.file) as rows:
            for statement in statements:
                assert rows.execute(statement).rowcount > 0
        rows.close()


@pytest.fixture
def home(desk: Desk, tmp_path: Path) -> Iterator[Home]:
    file = tmp_path / "book.sqlite"
    database = open_database(f"sqlite:///{file}")
    database.migrate()
    objects = MemoryObjects(lambda: NOW)
    desk.replace(database=database, objects=objects)
    office = Office(database, objects)
    open_first_book(desk.services, FirstBook(Series.PAPER_COPIES, 2026, ordinal=3, first=871), by="admin")
    office.write(range(1, 13))
    office.write(range(1, 4), series=Series.RECEIPTS)
    yield Home(desk, file, database, office)
    database.close()


def test_a_book_that_nobody_touched_has_no_fault(home: Home) -> None:
    home.office.write(range(1, 3), series=Series.PAPER_COPIES)
    assert verify_register(home.desk.services).faults == ()
    assert verify_register(home.desk.services).lines == 17


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "UPDATE register_entry SET held_at = '2026-11-23 00:00:00.000000' WHERE id = 'COPIES-2026-5'",
            ("NUMBER_OUT_OF_TIME", f"5/2026-{BOOK}"),
        ),
        (
            "DELETE FROM issued WHERE entry_id = 'COPIES-2026-5'",
            ("LINE_WITHOUT_CERTIFICATION", f"5/2026-{BOOK}"),
        ),
        (
            "UPDATE issued SET number = '6/2026' WHERE entry_id = 'COPIES-2026-5'",
            ("CERTIFICATION_DIFFERS", f"5/2026-{BOOK}"),
        ),
        (
            "UPDATE issued SET code = '1111-1111-1111-2' WHERE entry_id = 'COPIES-2026-5'",
            ("CERTIFICATION_DIFFERS", f"5/2026-{BOOK}"),
        ),
        (
            "UPDATE issued SET title = 'Giấy tờ khác' WHERE entry_id = 'COPIES-2026-5'",
            ("CERTIFICATION_DIFFERS", f"5/2026-{BOOK}"),
        ),
        (
            "UPDATE issued SET series = 'nonsense' WHERE entry_id = 'COPIES-2026-5'",
            ("CERTIFICATION_DIFFERS", f"5/2026-{BOOK}"),
        ),
        (
            "UPDATE register_entry SET closed_at = NULL WHERE id = 'COPIES-2026-5'",
            ("LINE_CHANGED", f"5/2026-{BOOK}"),
        ),
        (
            "UPDATE register_entry SET closed_at = '2026-12-01 00:00:00.000000' WHERE id = 'COPIES-2026-10'",
            ("LINE_CHANGED", f"10/2026-{BOOK}"),
        ),
        (
            "UPDATE register_entry SET reason = 'REVOKED' WHERE id = 'COPIES-2026-5'",
            ("LINE_CHANGED", f"5/2026-{BOOK}"),
        ),
        (
            "UPDATE issued SET digest = 'f' WHERE entry_id = 'COPIES-2026-5'",
            ("CERTIFICATION_DIFFERS", f"5/2026-{BOOK}"),
        ),
        (
            "UPDATE issued SET entry_id = 'COPIES-2026-10' WHERE entry_id = 'COPIES-2026-5'",
            ("CERTIFICATION_WITHOUT_LINE", f"5/2026, 01/2026-{BOOK}"),
        ),
        (
            "UPDATE register_entry SET series = 'SCT/BS', number = 900, paper_id = 'copies-4.1'"
            " WHERE id = 'COPIES-2026-5'",
            ("PAPER_TWICE", "copies-4.1"),
        ),
        ("UPDATE book SET first = 2 WHERE series = 'SCTĐT/BS'", ("BOOK_BEGINS_LATE", f"01/2026-{BOOK}")),
        ("UPDATE book SET first = 870 WHERE series = 'SCT/BS'", ("BOOK_BEGINS_LATE", "03/2026-SCT/BS")),
        ("UPDATE book SET last = 13 WHERE series = 'SCTĐT/BS'", ("NUMBER_MISSING", f"13/2026-{BOOK}")),
        ("UPDATE book SET last = 11 WHERE series = 'SCTĐT/BS'", ("NUMBER_OUTSIDE", f"12/2026-{BOOK}")),
        ("DELETE FROM register_entry WHERE id = 'COPIES-2026-5'", ("LINE_LOST", "COPIES-2026-5")),
        ("DELETE FROM book WHERE series = 'SCTĐT/BS'", ("LINE_LOST", "COPIES-2026-5")),
        (
            "UPDATE register_entry SET book = '02/2026-SCTĐT/BS' WHERE id = 'COPIES-2026-5'",
            ("LINE_CHANGED", f"5/2026-{BOOK}"),
        ),
        (
            "UPDATE audit_entry SET detail = '[]' WHERE action = 'number.held' AND subject = 'COPIES-2026-5'",
            ("LINE_CHANGED", f"5/2026-{BOOK}"),
        ),
        (
            "UPDATE register_entry SET reason = 'TAKEN_BACK' WHERE id = 'COPIES-2026-10'",
            ("LINE_CHANGED", f"10/2026-{BOOK}"),
        ),
        ("DELETE FROM audit_entry WHERE sequence = 5", ("AUDIT_BROKEN", "6")),
    ],
)
def test_a_planted_fault_is_found(home: Home, statement: str, fault: tuple[str, str]) -> None:
    home.tamper(statement)
    assert fault in home.found()


def test_a_closed_year_that_was_changed_with_its_trail_is_found(home: Home) -> None:
    """Who writes line and trail over alike still has the digest of the close against them."""
    close_year(home.desk.services, COPIES, 2026, by="admin", ended=True)
    assert home.found() == set()
    home.tamper("UPDATE register_entry SET line = replace(line, '2000', '9000') WHERE id = 'COPIES-2026-5'")
    assert ("YEAR_CHANGED", f"2026-{BOOK}") in home.found()


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE year_close SET digest = 'f'", "YEAR_CHANGED"),
        ("UPDATE year_close SET totals = replace(totals, '12', '13')", "YEAR_CHANGED"),
        ("DELETE FROM year_close", "YEAR_REOPENED"),
        ("UPDATE book SET open = 1 WHERE series = 'SCTĐT/BS'", "YEAR_REOPENED"),
    ],
)
def test_a_close_that_was_touched_is_found(home: Home, statement: str, fault: str) -> None:
    close_year(home.desk.services, COPIES, 2026, by="admin", ended=True)
    home.tamper(statement)
    assert home.found() == {(fault, f"2026-{BOOK}")}


@pytest.mark.parametrize("column", ["reason", "closed_at"])
def test_what_became_of_a_line_is_part_of_the_close(home: Home, column: str) -> None:
    close_year(home.desk.services, COPIES, 2026, by="admin", ended=True)
    value = {"reason": "'Khác'", "closed_at": "'2026-11-25 00:00:00.000000'"}[column]
    home.tamper(f"UPDATE register_entry SET {column} = {value} WHERE id = 'COPIES-2026-10'")
    assert ("YEAR_CHANGED", f"2026-{BOOK}") in home.found()


def test_a_lost_and_a_spoilt_document_are_found(home: Home) -> None:
    with home.database.reading() as tx:
        lost, spoilt = (tx.register.entry(EntryId(f"COPIES-2026-{n}")).document for n in (1, 2))
    objects = home.desk.services.objects
    assert isinstance(objects, MemoryObjects)
    objects.delete(lost)  # type: ignore[arg-type]
    objects.damage(spoilt)  # type: ignore[arg-type]
    assert home.found() == {("OBJECT_MISSING", f"1/2026-{BOOK}"), ("OBJECT_DAMAGED", f"2/2026-{BOOK}")}


def test_numbers_cancelled_by_hand_and_next_books_are_no_faults(home: Home) -> None:
    with home.database.transaction() as tx:
        held = tx.register.hold(
            tx.register.entry(EntryId("COPIES-2026-10")).paper_id,
            COPIES,
            tx.register.entry(EntryId("COPIES-2026-1")).line,
            at=datetime(2026, 11, 24, 3, tzinfo=NOW.tzinfo),
        )
    assert [fault for fault, _ in home.found()] == ["LINE_CHANGED"], "nobody says that it was held"
    home.desk.clock.move(days=1)
    cancel_held(home.desk.services, held.id, reason="Mất điện", by="admin")
    next_book(home.desk.services, COPIES, 2026, by="admin")
    assert [fault for fault, _ in home.found()] == ["LINE_CHANGED"]


def test_every_fault_that_may_be_found_has_its_words() -> None:
    """Codes of errors of the object store, and of the numbers, are among them."""
    named = set(re.findall(r'add\("([A-Z_]+)"', inspect.getsource(verify_register_module)))
    named |= set(re.findall(r'yield "([A-Z_]+)"', inspect.getsource(verify_versions)))
    numbers = {f"NUMBER_{what.upper()}" for what in ("missing", "repeated", "outside")}
    assert named | numbers | {ObjectMissingError.code, ObjectDamagedError.code} == FAULTS.keys()


def test_who_waits_is_told_how_far_it_is(home: Home) -> None:
    told: list[tuple[str, int]] = []
    verify_register(home.desk.services, progress=lambda what, count: told.append((what, count)))
    assert dict(told)["lines"] == 15
    assert dict(told)["documents"] == 14
    assert [what for what, _ in told] == sorted(
        (what for what, _ in told), key=["trail", "lines", "documents"].index
    )
