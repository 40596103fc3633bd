"""The contract of `ports.Deliveries`, on memory, SQLite and PostgreSQL."""

import threading
from dataclasses import replace

from tests.storage.builders import NOW, POPULATION, later
from verification.delivery import DeliveryKind, PastDelivery
from verification.ports import Database
from verification.source import Change, SourceName

CIVIL_STATUS = SourceName("civil_status")
FIRST = PastDelivery(
    source=POPULATION,
    at=NOW,
    actor="folder",
    sequence=7,
    kind=DeliveryKind.FULL,
    as_of=later(hours=-1),
    digest="0" * 64,
    snapshot=1,
    accepted=3,
    rejected=1,
    unknown=2,
    counts={Change.NEW: 3, Change.OLDER: 1},
    conflicts=(4, 9),
)


def test_nothing_is_known_of_a_source_without_deliveries(database: Database) -> None:
    with database.transaction() as work:
        assert work.deliveries.last_numbered(POPULATION) is None
        assert work.deliveries.newest() == ()


def test_a_delivery_comes_back_as_it_was(database: Database) -> None:
    with database.transaction() as work:
        work.deliveries.add(FIRST)
    with database.transaction() as work:
        assert work.deliveries.newest(POPULATION) == (FIRST,)
        assert work.deliveries.last_numbered(POPULATION) == FIRST


def test_the_newest_come_first_of_one_source_or_of_all(database: Database) -> None:
    second = replace(FIRST, sequence=8, at=later(hours=1), kind=DeliveryKind.INCREMENT)
    other = replace(FIRST, source=CIVIL_STATUS)
    with database.transaction() as work:
        for delivery in (FIRST, second, other):
            work.deliveries.add(delivery)
        assert work.deliveries.newest() == (other, second, FIRST)
        assert work.deliveries.newest(POPULATION) == (second, FIRST)
        assert work.deliveries.newest(limit=1) == (other,)


def test_the_last_number_outlives_deliveries_without_one(database: Database) -> None:
    with database.transaction() as work:
        work.deliveries.add(FIRST)
        work.deliveries.add(replace(FIRST, sequence=None))
        work.deliveries.add(replace(FIRST, source=CIVIL_STATUS, sequence=99))
        assert work.deliveries.last_numbered(POPULATION) == FIRST


def test_two_deliveries_of_one_source_take_turns(database: Database) -> None:
    taken: list[int] = []

    def take() -> None:
        with database.transaction() as work:
            work.deliveries.wait_for_turn(POPULATION, NOW)
            last = work.deliveries.last_numbered(POPULATION)
            number = (last.sequence or 0) + 1 if last else 1
            work.deliveries.add(replace(FIRST, sequence=number))
            taken.append(number)

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [1, 2, 3, 4, 5, 6]


def test_waiting_for_ones_turn_is_no_load(database: Database) -> None:
    with database.transaction() as work:
        work.deliveries.wait_for_turn(POPULATION, NOW)
    with database.transaction() as work:
        assert work.sources.snapshot(POPULATION) is None
