"""The contract of `ports.Sources`, on memory, SQLite and PostgreSQL."""

from contextlib import suppress
from dataclasses import replace
from itertools import permutations

import pytest

from tests.storage.builders import NOW, POPULATION, later, record
from verification.ports import Database, Transaction
from verification.source import CONFLICTING, DOUBTFUL, Change, IncomingRecord, Snapshot, SourceName

ORDERS = list(permutations((0, 1, 2)))
NUMBER, OLD_NUMBER = "001157012345", "012345678"


def load(work: Transaction, *rows: IncomingRecord) -> Snapshot:
    return work.sources.load(POPULATION, rows, as_of=NOW).snapshot


def found(work: Transaction, number: str = NUMBER) -> list[str]:
    return [r.record_id for r in work.sources.by_number(POPULATION, number)]


def test_a_source_never_loaded_has_no_snapshot(database: Database) -> None:
    with database.transaction() as work:
        assert work.sources.snapshot(POPULATION) is None
        assert found(work) == []


def test_every_load_numbers_a_new_snapshot(database: Database) -> None:
    with database.transaction() as work:
        assert load(work, record("a"), record("b")) == Snapshot(POPULATION, 1, NOW, 2)
    with database.transaction() as work:
        assert work.sources.load(POPULATION, [], as_of=later(days=1)).snapshot.sequence == 2
        assert work.sources.snapshot(POPULATION) == Snapshot(POPULATION, 2, later(days=1), 2)


def test_an_older_delivery_does_not_make_the_copy_older(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"))
        assert work.sources.load(POPULATION, [], as_of=later(days=-1)).snapshot.as_of == NOW


def test_a_record_is_found_by_each_of_its_numbers(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"))
        assert work.sources.by_number(POPULATION, NUMBER) == (record("a").record,)
        assert work.sources.by_number(POPULATION, OLD_NUMBER) == (record("a").record,)
        assert work.sources.by_number(SourceName("civil_status"), NUMBER) == ()


def test_a_record_is_found_by_name_and_birth_date_together(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"))
        ask = work.sources.by_name_and_birth
        assert ask(POPULATION, "nguyen thi mau", "1957-03-02") == (record("a").record,)
        assert ask(POPULATION, "nguyen thi mau", "1957-03-03") == ()
        assert ask(POPULATION, "tran van thu", "1957-03-02") == ()


def test_those_born_on_a_day_are_told_by_id_and_no_more_than_asked_for(database: Database) -> None:
    with database.transaction() as work:
        assert work.sources.born_on(POPULATION, "1957-03-02", limit=9) == ()
        load(work, record("b"), record("a"), record("c"))
        assert [r.record_id for r in work.sources.born_on(POPULATION, "1957-03-02", limit=2)] == ["a", "b"]
        assert work.sources.born_on(POPULATION, "1957-03-03", limit=9) == ()


@pytest.mark.parametrize(
    ("name", "days", "ids"),
    [
        ("nguyen thi mau", ("1957-01-01", "1957-12-31"), ["a", "b"]),
        ("nguyen thi mau", ("1957-03-02", "1957-03-02"), ["a", "b"]),
        ("nguyen thi mau", ("1957-03-03", "1958-12-31"), []),
        ("tran van thu", ("1957-01-01", "1957-12-31"), []),
    ],
)
def test_those_of_a_name_are_found_between_two_days(
    database: Database, name: str, days: tuple[str, str], ids: list[str]
) -> None:
    with database.transaction() as work:
        load(work, record("b"), record("a"))
        found = work.sources.named_and_born_within(POPULATION, name, days, limit=5)
        assert [r.record_id for r in found] == ids
        assert len(work.sources.named_and_born_within(POPULATION, name, days, limit=1)) == min(1, len(ids))


def test_the_same_delivery_again_changes_nothing_but_the_snapshot(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"), record("b"))
        assert load(work, record("a"), record("b")).records == 2
        assert found(work) == ["a", "b"]


@pytest.mark.parametrize("order", ORDERS)
def test_the_newest_row_wins_in_whatever_order_rows_come(database: Database, order: tuple[int, ...]) -> None:
    rows = [record("a", updated_at=later(hours=h), name=f"Mẫu {h}") for h in range(3)]
    with database.transaction() as work:
        load(work, *(rows[place] for place in order[:2]))
        load(work, rows[order[2]])
        assert work.sources.by_number(POPULATION, NUMBER)[0].values["full_name"].text == "Mẫu 2"


@pytest.mark.parametrize("order", ORDERS)
def test_a_removed_record_is_not_brought_back_by_an_older_row(
    database: Database, order: tuple[int, ...]
) -> None:
    newer = record("a", updated_at=later(hours=1))
    rows = [record("a"), newer, replace(newer, deleted=True)]
    with database.transaction() as work:
        for place in order:
            load(work, rows[place])
        assert found(work) == []
        snapshot = work.sources.snapshot(POPULATION)
        assert snapshot is not None
        assert snapshot.records == 0


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("at_once", [True, False])
def test_two_tales_of_one_moment_leave_a_conflict(
    database: Database, order: tuple[int, ...], at_once: bool
) -> None:
    rows = [record("a"), record("a"), record("a", name="Nguyễn Thị Mậu")]
    loads = [[rows[p] for p in order]] if at_once else [[rows[p]] for p in order]
    with database.transaction() as work:
        for each in loads:
            load(work, *each)
        assert work.sources.by_number(POPULATION, NUMBER)[0].status == CONFLICTING


def test_a_newer_row_ends_a_conflict(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"), record("a", name="Nguyễn Thị Mậu"), record("a", updated_at=later(hours=1)))
        assert work.sources.by_number(POPULATION, NUMBER)[0].status != CONFLICTING


def test_a_delivery_says_what_its_rows_did(database: Database) -> None:
    with database.transaction() as work:
        load(work, *(record(name) for name in "abcde"))
        newer, other = later(hours=1), replace(record("d", name="Mậu"), line=4)
        rows = [record("a"), record("b", updated_at=newer), record("c", deleted=True), other]
        rows += [record("f"), record("e", updated_at=later(hours=-1))]
        tally = work.sources.load(POPULATION, rows, as_of=NOW).tally
    assert tally.counts == dict.fromkeys(Change, 1)
    assert tally.conflicts == (4,)


def test_a_newer_row_brings_a_removed_record_back(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"), record("a", updated_at=later(hours=1), deleted=True))
        assert load(work, record("a", updated_at=later(hours=2))).records == 1
        assert found(work) == ["a"]


def test_a_changed_key_is_found_and_the_old_one_no_more(database: Database) -> None:
    changed = record("a", updated_at=later(hours=1))
    with database.transaction() as work:
        load(work, record("a"))
        load(work, replace(changed, keys=(replace(changed.keys[0], number="001157099999"),)))
        assert found(work, "001157099999") == ["a"]
        assert found(work) == found(work, OLD_NUMBER) == []


def test_a_full_load_removes_what_it_does_not_name(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"), record("b"), record("gone", deleted=True))
        taken = work.sources.load(POPULATION, [record("a")], as_of=later(days=1), full=True)
        assert found(work) == ["a"]
        assert taken.snapshot == Snapshot(POPULATION, 2, later(days=1), 1)
        assert (taken.tally.counts[Change.GONE], taken.tally.counts[Change.UNCHANGED]) == (1, 1)


def test_what_a_full_load_removed_stays_so_until_a_newer_row(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"))
        work.sources.load(POPULATION, [], as_of=later(days=1), full=True)
        load(work, record("a", updated_at=later(days=1)))
        assert found(work) == []
        load(work, record("a", updated_at=later(days=2)))
        assert found(work) == ["a"]


def test_a_full_load_removes_nothing_newer_than_itself(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"), record("newer", updated_at=later(hours=1)))
        taken = work.sources.load(POPULATION, [], as_of=NOW, full=True)
        assert (found(work), taken.snapshot.records) == (["newer"], 1)
        assert taken.tally.counts[Change.GONE] == 1


def test_a_full_load_names_a_record_also_by_an_older_row(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"))
        old = record("a", updated_at=later(days=-1))
        assert work.sources.load(POPULATION, [old], as_of=NOW, full=True).snapshot.records == 1
        assert found(work) == ["a"]


def test_a_full_load_leaves_other_sources_alone(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"))
        work.sources.load(SourceName("civil_status"), [], as_of=later(days=1), full=True)
        assert found(work) == ["a"]


def test_a_first_load_that_is_full_does_not_bring_back_what_it_removes(database: Database) -> None:
    gone = record("a", updated_at=later(hours=1), deleted=True)
    with database.transaction() as work:
        taken = work.sources.load(POPULATION, [gone, record("a")], as_of=later(days=1), full=True)
        assert (found(work), taken.snapshot.records) == ([], 0)
        assert taken.tally.counts[Change.OLDER] == 1


def test_full_loads_follow_one_another(database: Database) -> None:
    for day, named in enumerate(("ab", "bc", "ac")):
        with database.transaction() as work:
            rows = [record(name, updated_at=later(days=day)) for name in named]
            work.sources.load(POPULATION, rows, as_of=later(days=day), full=True)
    with database.transaction() as work:
        assert found(work) == ["a", "c"]


def test_what_a_later_full_load_names_lives_again(database: Database) -> None:
    rows = [record("a"), record("b")]
    for day, named in enumerate((rows, rows[:1], rows), 1):
        with database.transaction() as work:
            taken = work.sources.load(POPULATION, named, as_of=later(days=day), full=True)
    assert (taken.tally.counts[Change.NEW], taken.snapshot.records) == (1, 2)
    with database.transaction() as work:
        assert found(work) == ["a", "b"]


@pytest.mark.parametrize(("tombstone", "lives"), [(1, True), (3, False)])
@pytest.mark.parametrize("first", [True, False])
def test_a_full_load_that_says_both_believes_the_newer_row(
    database: Database, tombstone: int, first: bool, lives: bool
) -> None:
    with database.transaction() as work:
        load(work, record("a", deleted=True))
    rows = [
        record("a", updated_at=later(hours=2)),
        record("a", updated_at=later(hours=tombstone), deleted=True),
    ]
    with database.transaction() as work:
        work.sources.load(POPULATION, rows[::-1] if first else rows, as_of=later(days=1), full=True)
        assert found(work) == (["a"] if lives else [])


# -- records in doubt ----------------------------------------------------------------------------


def statuses(work: Transaction) -> dict[str, str]:
    return {r.record_id: r.status for r in work.sources.by_number(POPULATION, NUMBER)}


def test_a_record_is_doubted_by_news_and_by_nothing_older(database: Database) -> None:
    """News of the same moment may say otherwise, as a row that can be read would: CONFLICTING."""
    news = [("a", later(hours=1)), ("b", NOW), ("c", later(hours=-1)), ("nobody", later(hours=1))]
    with database.transaction() as work:
        load(work, record("a"), record("b"), record("c"))
        assert work.sources.doubt(POPULATION, news) == ("a", "b")
    with database.transaction() as work:
        kept = statuses(work)
        assert (kept.pop("a"), kept.pop("b")) == (DOUBTFUL, DOUBTFUL)
        assert DOUBTFUL not in kept.values()
        assert work.sources.by_number(POPULATION, NUMBER)[0].values["full_name"].text == "Nguyễn Thị Mẫu"


def test_of_several_news_the_latest_counts(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a"))
        news = [("a", later(hours=1)), ("a", later(hours=-1))]
        assert work.sources.doubt(POPULATION, news) == ("a",)


@pytest.mark.parametrize(("row", "as_of", "full"), [(1, 0, False), (0, 0, True), (1, 0, True), (0, 2, True)])
def test_a_doubted_record_is_cured_by_a_newer_row_and_by_a_full_load_that_names_it(
    database: Database, row: int, as_of: int, full: bool
) -> None:
    with database.transaction() as work:
        load(work, record("a"))
        work.sources.doubt(POPULATION, [("a", later(hours=1))])
    with database.transaction() as work:
        rows = [record("a", updated_at=later(hours=row))]
        taken = work.sources.load(POPULATION, rows, as_of=later(hours=as_of), full=full)
        assert taken.tally.counts[Change.CHANGED] == 1
    with database.transaction() as work:
        assert statuses(work) == {"a": "Đang cư trú"}


@pytest.mark.parametrize(("as_of", "full"), [(0, False), (2, False), (-1, True)])
def test_the_old_row_that_comes_again_cures_no_doubt(database: Database, as_of: int, full: bool) -> None:
    """It says nothing of the newer one, which may have annulled the record; nor does an older full load."""
    with database.transaction() as work:
        load(work, record("a"))
        work.sources.doubt(POPULATION, [("a", later(hours=1))])
    with database.transaction() as work:
        taken = work.sources.load(POPULATION, [record("a")], as_of=later(hours=as_of), full=full)
        assert taken.tally.counts[Change.OLDER] == 1
    with database.transaction() as work:
        assert statuses(work) == {"a": DOUBTFUL}


@pytest.mark.parametrize("full", [False, True])
def test_doubt_ends_no_conflict(database: Database, full: bool) -> None:
    with database.transaction() as work:
        load(work, record("a", name="Nguyễn Thị Mậu"))
        load(work, record("a"))
        assert work.sources.doubt(POPULATION, [("a", later(hours=1))]) == ()
    with database.transaction() as work:
        work.sources.load(POPULATION, [record("a")], as_of=later(hours=2), full=full)
        assert statuses(work) == {"a": CONFLICTING}


def test_a_removed_record_is_not_doubted(database: Database) -> None:
    with database.transaction() as work:
        load(work, record("a", deleted=True))
        assert work.sources.doubt(POPULATION, [("a", later(hours=1))]) == ()


def test_of_a_source_never_loaded_nothing_is_doubted(database: Database) -> None:
    with database.transaction() as work:
        assert work.sources.doubt(POPULATION, [("a", NOW)]) == ()


def test_a_delivery_that_breaks_off_leaves_nothing(database: Database) -> None:
    with suppress(ZeroDivisionError), database.transaction() as work:
        load(work, *(record(f"r{n}") for n in range(1500)))
        raise ZeroDivisionError
    with database.transaction() as work:
        assert work.sources.snapshot(POPULATION) is None
        assert found(work) == []
