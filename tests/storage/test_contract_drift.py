"""The contract of `ports.Drift`, and of what a delivery says it touched: memory, SQLite and PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from storage.database import SqlDatabase, open_database
from tests.storage.builders import NOW, POPULATION, later, record
from tests.storage.test_contract_people_data import old_database
from verification.drift import Drifted, DriftLine, DriftState, Loss, RestsOn, Settled, fingerprint
from verification.errors import NotFoundError, StaleError
from verification.ports import Database, Transaction
from verification.register import EntryId
from verification.source import IncomingRecord, SourceName
from verification.submission import OfficerId, PaperId

CIVIL_STATUS = SourceName("civil_status")


def rests(paper: str = "s1.1", record_id: str = "a") -> RestsOn:
    return RestsOn(PaperId(paper), POPULATION, record_id, "0" * 64)


def line(paper: str = "s1.1") -> DriftLine:
    loss = Loss(Drifted.CHANGED, ("full_name", "date_of_birth"))
    return DriftLine(NOW, POPULATION, "a", PaperId(paper), EntryId("RECEIPTS-2026-1"), loss)


def touched(work: Transaction, *rows: IncomingRecord, full: bool = False) -> tuple[str, ...]:
    return work.sources.load(POPULATION, rows, as_of=later(hours=1), full=full).touched


@pytest.fixture
def resting(database: Database) -> Database:
    """Two records, of which something rests on `a`."""
    with database.transaction() as work:
        work.sources.load(POPULATION, [record("a"), record("b")], as_of=NOW)
        work.drift.rest(rests())
    return database


# -- the work list -------------------------------------------------------------------------------------------


def test_a_line_is_numbered_and_comes_back_whole(database: Database) -> None:
    with database.transaction() as work:
        kept = work.drift.add(line())
    assert kept == replace(line(), id=kept.id)
    with database.transaction() as work:
        assert work.drift.line(kept.id) == kept
        assert work.drift.last_of(PaperId("s1.1")) == kept


def test_a_line_that_is_not_there_is_not_found(database: Database) -> None:
    with database.transaction() as work:
        assert work.drift.last_of(PaperId("s1.1")) is None
        with pytest.raises(NotFoundError):
            work.drift.line(7)


def test_a_paper_has_one_open_line_and_may_have_done_ones(database: Database) -> None:
    with database.transaction() as work:
        first = work.drift.add(line())
    with pytest.raises(StaleError), database.transaction() as work:
        work.drift.add(line())
    with database.transaction() as work:
        work.drift.save(replace(first, state=DriftState.DONE, settled=Settled.NOTED))
        assert work.drift.add(line()).id > first.id


def test_a_line_is_settled_once(database: Database) -> None:
    with database.transaction() as work:
        kept = work.drift.add(line())
    done = replace(
        kept,
        state=DriftState.DONE,
        settled=Settled.RESTORED,
        by=OfficerId("mau.officer"),
        settled_at=later(minutes=5),
        note="Đã xem lại bản chính",
        answers_again=True,
    )
    with database.transaction() as work:
        assert work.drift.save(done) == replace(done, version=2)
    with pytest.raises(StaleError), database.transaction() as work:
        work.drift.save(done)
    with database.transaction() as work:
        assert work.drift.line(kept.id) == replace(done, version=2)


def test_a_line_nobody_added_cannot_be_saved(database: Database) -> None:
    with database.transaction() as work, pytest.raises(NotFoundError):
        work.drift.save(replace(line(), id=7))


def test_lines_come_newest_first_and_by_their_state(database: Database) -> None:
    with database.transaction() as work:
        first, second = work.drift.add(line("s1.1")), work.drift.add(replace(line("s1.2"), at=later(hours=1)))
        third = work.drift.add(line("s1.3"))
        done = work.drift.save(replace(first, state=DriftState.DONE))
    with database.transaction() as work:
        assert work.drift.lines((DriftState.OPEN,), limit=9) == (second, third)
        assert work.drift.lines((DriftState.OPEN, DriftState.DONE), limit=9) == (second, third, done)
        assert work.drift.lines((DriftState.OPEN,), limit=1) == (second,)
        assert work.drift.open_lines() == 2


# -- what rests on what --------------------------------------------------------------------------------------


def test_what_rests_on_a_record_is_found_by_it(database: Database) -> None:
    with database.transaction() as work:
        for rest in (rests("s1.2", "b"), rests("s1.1"), rests("s2.1"), rests("s1.1")):
            work.drift.rest(rest)
        work.drift.rest(replace(rests(), source=CIVIL_STATUS))
    with database.transaction() as work:
        assert work.drift.resting(POPULATION, ["a", "z"]) == (rests("s1.1"), rests("s2.1"))
        assert work.drift.resting(POPULATION, []) == ()


def test_resting_again_changes_what_the_record_said(database: Database) -> None:
    with database.transaction() as work:
        work.drift.rest(rests())
        work.drift.rest(replace(rests(), said="1" * 64))
    with database.transaction() as work:
        assert [r.said for r in work.drift.resting(POPULATION, ["a"])] == ["1" * 64]


def test_what_rests_on_many_records_is_found(database: Database) -> None:
    many = [f"r{number}" for number in range(2500)]
    with database.transaction() as work:
        work.drift.rest(rests(record_id="r2400"))
        assert [r.record_id for r in work.drift.resting(POPULATION, many)] == ["r2400"]


def test_a_record_is_read_by_its_id_until_it_is_removed(resting: Database) -> None:
    with resting.transaction() as work:
        assert work.sources.record(POPULATION, "a") == record("a").record
        assert work.sources.record(CIVIL_STATUS, "a") is None
        work.sources.load(POPULATION, [record("a", updated_at=later(days=1), deleted=True)], as_of=NOW)
        assert work.sources.record(POPULATION, "a") is None


# -- what a delivery touched ---------------------------------------------------------------------------------


def test_a_delivery_names_what_it_touched_that_something_rests_on(resting: Database) -> None:
    with resting.transaction() as work:
        newer = [record(name, updated_at=later(days=1)) for name in ("a", "b", "c")]
        assert touched(work, *newer) == ("a",)


def test_a_record_delivered_again_or_older_is_not_touched(resting: Database) -> None:
    with resting.transaction() as work:
        assert touched(work, record("a")) == ()
        assert touched(work, record("a", updated_at=later(days=-1))) == ()


def test_a_tombstone_and_a_conflict_touch(resting: Database) -> None:
    with resting.transaction() as work:
        other = replace(record("a").record, status="deceased")
        assert touched(work, replace(record("a"), record=other)) == ("a",)
        assert touched(work, record("a", updated_at=later(days=1), deleted=True)) == ("a",)


def test_a_full_load_touches_what_it_removes(resting: Database) -> None:
    with resting.transaction() as work:
        assert touched(work, record("b"), full=True) == ("a",)
        assert work.sources.record(POPULATION, "a") is None


def test_a_full_load_that_names_everything_touches_nothing(resting: Database) -> None:
    with resting.transaction() as work:
        assert touched(work, record("a"), record("b"), full=True) == ()


def test_a_record_says_the_same_whatever_its_time_and_the_order_of_its_values() -> None:
    said = record("a").record
    turned = replace(said, values=dict(reversed(list(said.values.items()))))
    assert fingerprint(turned) == fingerprint(said)
    assert fingerprint(replace(said, status="deceased")) != fingerprint(said)


# -- at the same time, on PostgreSQL; on SQLite writers take turns -----------------------------------------


@pytest.fixture
def server(postgres_url: str) -> Iterator[SqlDatabase]:
    database = open_database(postgres_url)
    yield database
    database.close()


def test_what_comes_to_rest_while_a_delivery_is_put_in_is_named_by_it(server: SqlDatabase) -> None:
    def rows() -> Iterator[IncomingRecord]:
        yield record("a", updated_at=later(days=1))
        with ThreadPoolExecutor(1) as other:
            other.submit(_rest, server).result(timeout=10)

    with server.transaction() as work:
        assert touched(work, record("a")) == ()
    with server.transaction() as work:
        assert work.sources.load(POPULATION, rows(), as_of=NOW).touched == ("a",)


def test_what_comes_to_rest_at_the_end_of_a_delivery_waits_and_sees_it(server: SqlDatabase) -> None:
    with ThreadPoolExecutor(1) as other:
        with server.transaction() as work:
            assert touched(work, record("a")) == ()
            waiting = other.submit(_rest, server)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        assert waiting.result(timeout=10) == 1


def _rest(database: SqlDatabase) -> int:
    """Rests on `a`; the snapshot that is there then."""
    with database.transaction() as work:
        work.drift.rest(rests())
        snapshot = work.sources.snapshot(POPULATION)
        return snapshot.sequence if snapshot else 0


# -- what an older version kept ----------------------------------------------------------------------------


def test_what_papers_of_an_older_version_rest_on_is_carried_over(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    old_database(url)
    database = open_database(url)
    database.migrate()
    with database.reading() as work:
        found = work.drift.resting(POPULATION, ["r1"])
    database.close()
    assert [(r.paper_id, r.said) for r in found] == [(f"s1.{number}", "") for number in range(1, 6)]
