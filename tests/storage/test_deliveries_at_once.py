"""Numbered deliveries that come at the same time, on both databases: each number is taken once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from signing.trial_pki import TestPki
from storage.database import SqlDatabase
from tests.builders import NOW, card_row
from tests.desk import OFFICER, Desk
from verification.delivery import DeliveryKind, Header
from verification.errors import DeliveryRefusedError, RemovalsRefusedError
from verification.source import SourceName
from verification.workflow.synchronise import Delivery, Loaded, rehearse, synchronise

POPULATION = SourceName("population")


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def desk(pki: TestPki, tmp_path: Path, sql: SqlDatabase) -> Desk:
    desk = Desk(pki, tmp_path)
    desk.replace(database=sql)
    return desk


def person(place: int) -> dict[str, object]:
    return card_row(personal_number=f"001199{place:06}", old_id_numbers="")


def delivery(number: int, digest: str) -> Delivery:
    return Delivery("population", NOW, OFFICER, Header(sequence=number), digest)


def at_once(*works: Callable[[], Loaded]) -> list[Loaded | DeliveryRefusedError]:
    """What each gave, or why it was refused."""
    together, came = threading.Barrier(len(works)), list[Loaded | DeliveryRefusedError]()

    def run(work: Callable[[], Loaded]) -> None:
        together.wait()
        try:
            came.append(work())
        except DeliveryRefusedError as error:
            came.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_the_same_delivery_twice_at_once_is_loaded_once(desk: Desk) -> None:
    def load() -> Loaded:
        return synchronise(desk.services, [(1, person(1))], delivery(7, "a"))

    came = at_once(load, load, load)
    assert sorted(isinstance(c, Loaded) and c.already for c in came) == [False, True, True]
    with desk.services.database.transaction() as tx:
        assert len(tx.deliveries.newest(POPULATION)) == 1


def test_two_that_claim_one_number_are_not_both_believed(desk: Desk) -> None:
    def load(place: int) -> Callable[[], Loaded]:
        return lambda: synchronise(desk.services, [(1, person(place))], delivery(7, str(place)))

    came = at_once(load(1), load(2))
    assert sorted(isinstance(c, Loaded) for c in came) == [False, True]
    with desk.services.database.transaction() as tx:
        snapshot = tx.sources.snapshot(POPULATION)
    assert snapshot is not None
    assert snapshot.records == 1


def test_a_refused_full_load_leaves_everything_as_it_was(desk: Desk) -> None:
    rows = [(n, person(n)) for n in range(1, 21)]
    synchronise(desk.services, rows, delivery(1, "a"))
    full = replace(delivery(2, "b"), header=Header(sequence=2, kind=DeliveryKind.FULL))
    assert rehearse(desk.services, rows[:2], full).removed == 18
    with pytest.raises(RemovalsRefusedError):
        synchronise(desk.services, rows[:2], full)
    with desk.services.database.transaction() as tx:
        assert len(tx.sources.by_number(POPULATION, "001199000020")) == 1
        assert [d.sequence for d in tx.deliveries.newest(POPULATION)] == [1]
    assert synchronise(desk.services, rows[:2], replace(full, allow_removals=True)).snapshot.records == 2
