"""The contract of `ports.Register`, on memory, SQLite and PostgreSQL."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.storage.builders import COPIES, LINE, NOW, digest, issued, later
from verification.errors import NotFoundError, StaleError
from verification.ports import Database, Transaction
from verification.register import (
    Book,
    Count,
    EntryId,
    EntryState,
    LinesWanted,
    RegisterEntry,
    Series,
    YearClose,
    faults,
)
from verification.register_errors import BookClosedError, BookInUseError
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


def test_numbers_run_on_into_the_next_book(database: Database) -> None:
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


def test_there_is_no_next_book_before_the_first(database: Database) -> None:
    with database.transaction() as work, pytest.raises(NotFoundError):
        work.register.next_book(COPIES, 2026)


# -- books that begin mid-year, and end -------------------------------------------------------------


def test_a_book_goes_on_where_the_one_on_paper_ended(database: Database) -> None:
    with database.transaction() as work:
        assert work.register.open_book(COPIES, 2026, ordinal=3, first=871) == Book(
            COPIES, 2026, 3, first=871, last=870, open=True
        )
        entry = hold(work, "s1.1")
        assert (entry.label, entry.book) == ("871/2026", "03/2026-SCTĐT/BS")
        assert faults(work.register.entries(COPIES, 2026), work.register.books()) == ()


def test_a_book_begins_anew_while_it_has_no_line(database: Database) -> None:
    with database.transaction() as work:
        work.register.open_book(COPIES, 2026, ordinal=1, first=5)
        work.register.open_book(COPIES, 2026, ordinal=2, first=9)
        assert [(b.ordinal, b.first) for b in work.register.books()] == [(2, 9)]
        assert hold(work, "s1.1").number == 9
    with pytest.raises(BookInUseError), database.transaction() as work:
        work.register.open_book(COPIES, 2026, ordinal=2, first=20)
    with database.transaction() as work:
        assert hold(work, "s1.2").number == 10


def test_a_full_book_is_followed_by_the_next(database: Database) -> None:
    with database.transaction() as work:
        taken = [
            work.register.hold(PaperId(f"s1.{n}"), COPIES, LINE, at=NOW, lines_per_book=2) for n in range(5)
        ]
        assert [entry.number for entry in taken] == [1, 2, 3, 4, 5]
        assert [entry.book[:2] for entry in taken] == ["01", "01", "02", "02", "03"]
        assert [book.open for book in work.register.books()] == [False, False, True]
        assert faults(work.register.entries(COPIES, 2026), work.register.books()) == ()


def test_copies_on_paper_are_numbered_by_themselves(database: Database) -> None:
    with database.transaction() as work:
        electronic, paper = hold(work, "s1.1"), hold(work, "s1.2", Series.PAPER_COPIES)
        assert (electronic.label, paper.label) == ("1/2026", "1/2026")
        assert (electronic.book, paper.book) == ("01/2026-SCTĐT/BS", "01/2026-SCT/BS")


@pytest.mark.parametrize(("back_s", "held_s"), [(20, 0), (3600, -3600)], ids=["overtaken", "clock set back"])
def test_the_times_of_a_book_do_not_run_backwards(database: Database, back_s: int, held_s: int) -> None:
    """Who looked at the clock first may get the later number; a clock set back is not hidden."""
    with database.transaction() as work:
        hold(work, "s1.1", at=NOW)
        second = hold(work, "s1.2", at=later(seconds=-back_s))
        assert second.held_at == later(seconds=held_s)
        assert work.register.entry(second.id) == second


# -- the end of a year ------------------------------------------------------------------------------


def closed(work: Transaction, year: int = 2026) -> YearClose:
    count = Count()
    for entry in work.register.lines(COPIES, year):
        count.add(entry)
    return YearClose(COPIES, year, NOW, "admin", 1, count.lines, count.totals, count.digest)


def test_a_closed_year_gives_no_number_and_is_closed_once(database: Database) -> None:
    with database.transaction() as work:
        hold(work, "s1.1")
        assert [book.open for book in work.register.end_books(COPIES, 2026)] == [False]
        close = closed(work)
        work.register.close_year(close)
    with database.transaction() as work:
        assert work.register.year_closes() == (close,)
    for refused in (
        lambda work: hold(work, "s1.2"),
        lambda work: work.register.end_books(COPIES, 2026),
        lambda work: work.register.close_year(close),
        lambda work: work.register.open_book(COPIES, 2026, ordinal=2, first=2),
    ):
        with pytest.raises(BookClosedError), database.transaction() as work:
            refused(work)
    with database.transaction() as work:
        assert hold(work, "s1.2", Series.RECEIPTS).number == 1
        assert hold(work, "s1.2", at=datetime(2026, 12, 31, 17, 0, tzinfo=UTC)).label == "1/2027"


def test_a_year_closed_with_a_book_of_another_ordinal_stays_closed(database: Database) -> None:
    with database.transaction() as work:
        work.register.open_book(COPIES, 2026, ordinal=3, first=871)
        hold(work, "s1.1")
        work.register.end_books(COPIES, 2026)
        work.register.close_year(closed(work))
    with pytest.raises(BookClosedError), database.transaction() as work:
        hold(work, "s1.2")


# -- looking at lines -------------------------------------------------------------------------------


def test_lines_are_found_by_book_month_and_state(database: Database) -> None:
    with database.transaction() as work:
        first = hold(work, "s1.1", at=datetime(2026, 10, 31, 16, 59, tzinfo=UTC))
        second = hold(work, "s1.2", at=datetime(2026, 10, 31, 17, 0, tzinfo=UTC))
        work.register.next_book(COPIES, 2026)
        third = work.register.cancel(hold(work, "s1.3", at=NOW).id, at=NOW, reason="X")

        def found(**wanted: Any) -> list[RegisterEntry]:
            return list(work.register.lines(COPIES, 2026, LinesWanted(**wanted)))

        assert found() == [first, second, third]
        assert found(month=10) == [first]
        assert found(month=11) == [second, third]
        assert found(book=third.book) == [third]
        assert found(state=EntryState.HELD) == [first, second]
        assert found(month=11, state=EntryState.HELD, book=second.book) == [second]
        november = LinesWanted(month=11)
        assert work.register.count(COPIES, 2026, november) == 2
        assert work.register.newest(COPIES, 2026, november, skip=0, limit=1) == (third,)
        assert work.register.newest(COPIES, 2026, november, skip=1, limit=9) == (second,)
        assert work.register.numbers(COPIES, 2026) == (1, 2, 3)


def test_lines_held_too_long_are_listed_oldest_first(database: Database) -> None:
    with database.transaction() as work:
        late = hold(work, "s1.1", Series.RECEIPTS, at=later(hours=1))
        early = hold(work, "s1.2", at=NOW)
        work.register.cancel(hold(work, "s1.3").id, at=NOW, reason="X")
        assert work.register.held(later(hours=2)) == (early, late)
        assert work.register.held(later(minutes=30)) == (early,)
        assert work.register.held(NOW) == ()


def test_every_certification_says_its_line(database: Database) -> None:
    with database.transaction() as work:
        one = issued()
        work.certifications.add(one)
        (said,) = work.register.certified()
        assert (said.entry_id, said.number, said.book) == (one.entry_id, one.number, one.book)
        assert (said.paper_id, said.document) == (one.paper_id, one.digest)


# -- jobs that may still use a number -----------------------------------------------------------------


def test_a_job_waits_once_it_was_committed(database: Database) -> None:
    with suppress(ZeroDivisionError), database.transaction() as work:
        work.jobs.enqueue("issue", "s1.2@2")
        raise ZeroDivisionError
    with database.transaction() as work:
        work.jobs.enqueue("issue", "s1.1@2")
    with database.transaction() as work:
        assert work.jobs.waits("issue", "s1.1@")
        assert not work.jobs.waits("issue", "s1.2@")
        assert not work.jobs.waits("issue", "s1.10@")
        assert not work.jobs.waits("process", "s1.1@")
