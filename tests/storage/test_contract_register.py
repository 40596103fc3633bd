"""The contract of `ports.Register`, on memory, SQLite and PostgreSQL."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from storage.database import SqlDatabase
from storage.memory import MemoryDatabase
from tests.storage.builders import COPIES, LINE, NOW, digest, later
from verification.errors import NotFoundError, StaleError
from verification.ports import Database, Transaction
from verification.register import Book, EntryId, EntryState, RegisterEntry, Series, faults
from verification.submission import PaperId


def hold(work: Transaction, paper: str, series: Series = COPIES, at: datetime = NOW) -> RegisterEntry:
    return work.register.hold(PaperId(paper), series, LINE, at=at)


def test_numbers_begin_at_one_and_go_on_without_a_gap(database: Database) -> None:
    for number in (1, 2, 3):
        with database.transaction() as work:
            entry = hold(work, f"s1.{number}")
        assert (entry.number, entry.label, entry.book) == (number, f"{number}/2026", "01/2026-SCTĐT/BS")
    with database.transaction() as work:
        assert work.register.entries(COPIES, 2026)[-1] == entry
        assert work.register.entry(entry.id) == entry
        assert faults(work.register.entries(COPIES, 2026), work.register.books()) == ()


def test_a_number_that_is_rolled_back_was_never_taken(database: Database) -> None:
    with suppress(ZeroDivisionError), database.transaction() as work:
        hold(work, "s1.1")
        raise ZeroDivisionError
    with database.transaction() as work:
        assert hold(work, "s1.2").number == 1


def test_receipts_have_a_list_of_their_own(database: Database) -> None:
    with database.transaction() as work:
        assert hold(work, "s1.1").number == 1
        assert hold(work, "s1.1", Series.RECEIPTS).book == "01/2026-PXN"
        assert work.register.years(Series.RECEIPTS) == (2026,)


def test_the_year_is_the_one_at_the_counter(database: Database) -> None:
    with database.transaction() as work:
        old = hold(work, "s1.1", at=datetime(2026, 12, 31, 16, 59, tzinfo=UTC))
        new = hold(work, "s1.2", at=datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
        assert [(e.year, e.number) for e in (old, new)] == [(2026, 1), (2027, 1)]
        assert work.register.years(COPIES) == (2026, 2027)


def test_a_retry_takes_up_the_line_already_held(database: Database) -> None:
    with database.transaction() as work:
        entry = hold(work, "s1.1")
    with database.transaction() as work:
        assert work.register.held_for(PaperId("s1.1"), COPIES) == entry
        assert work.register.held_for(PaperId("s1.1"), Series.RECEIPTS) is None
        assert work.register.held_for(PaperId("s1.2"), COPIES) is None


def test_a_paper_never_holds_two_lines(database: Database) -> None:
    with database.transaction() as work:
        hold(work, "s1.1")
    with pytest.raises(StaleError), database.transaction() as work:
        hold(work, "s1.1")
    with database.transaction() as work:
        assert hold(work, "s1.2").number == 2


def test_a_cancelled_line_stays_and_the_paper_gets_a_new_number(database: Database) -> None:
    with database.transaction() as work:
        first = hold(work, "s1.1")
        gone = work.register.cancel(first.id, at=later(minutes=1), reason="SIGNING_REFUSED")
        second = hold(work, "s1.1")
        assert (gone.state, gone.reason, gone.closed_at) == (
            EntryState.CANCELLED,
            "SIGNING_REFUSED",
            later(minutes=1),
        )
        assert work.register.entries(COPIES, 2026) == (gone, second)
        assert work.register.held_for(PaperId("s1.1"), COPIES) == second


def test_a_line_is_issued_once_with_one_document(database: Database) -> None:
    with database.transaction() as work:
        entry = hold(work, "s1.1")
        done = work.register.issue(entry.id, at=later(minutes=1), document=digest(1))
        assert (done.state, done.document) == (EntryState.ISSUED, digest(1))
        assert work.register.issue(entry.id, at=later(minutes=2), document=digest(1)) == done
        with pytest.raises(StaleError):
            work.register.issue(entry.id, at=later(minutes=2), document=digest(2))
        assert work.register.held_for(PaperId("s1.1"), COPIES) == done


def test_what_is_issued_cannot_be_cancelled_nor_the_other_way_round(database: Database) -> None:
    with database.transaction() as work:
        issued, cancelled = hold(work, "s1.1"), hold(work, "s1.2")
        work.register.issue(issued.id, at=NOW, document=digest(1))
        gone = work.register.cancel(cancelled.id, at=NOW, reason="FIRST")
        with pytest.raises(StaleError):
            work.register.cancel(issued.id, at=NOW, reason="LATE")
        with pytest.raises(StaleError):
            work.register.issue(cancelled.id, at=NOW, document=digest(2))
        assert work.register.cancel(cancelled.id, at=later(hours=1), reason="AGAIN") == gone


def test_an_unknown_line_is_not_found(database: Database) -> None:
    nobody = EntryId("COPIES-2026-1")
    with database.transaction() as work:
        with pytest.raises(NotFoundError):
            work.register.entry(nobody)
        with pytest.raises(NotFoundError):
            work.register.issue(nobody, at=NOW, document=digest(1))
        with pytest.raises(NotFoundError):
            work.register.cancel(nobody, at=NOW, reason="X")


def test_numbers_run_on_into_the_next_book(database: MemoryDatabase | SqlDatabase) -> None:
    with database.transaction() as work:
        hold(work, "s1.1")
        assert work.register.next_book(COPIES, 2026) == Book(COPIES, 2026, 2, first=2, last=1, open=True)
        entry = hold(work, "s1.2")
        assert (entry.number, entry.book) == (2, "02/2026-SCTĐT/BS")
        assert [(b.ordinal, b.first, b.last, b.open) for b in work.register.books()] == [
            (1, 1, 1, False),
            (2, 2, 2, True),
        ]
        assert faults(work.register.entries(COPIES, 2026), work.register.books()) == ()


def test_there_is_no_next_book_before_the_first(database: MemoryDatabase | SqlDatabase) -> None:
    with database.transaction() as work, pytest.raises(NotFoundError):
        work.register.next_book(COPIES, 2026)
