"""Thousands of papers that differ from their record by one thing, of every kind that a source answers: none
is NO_COPY_NEEDED, though every field is read surely.
"""

from collections import Counter
from dataclasses import replace

import pytest

from signing.trial_pki import TestPki
from storage.database import open_database
from storage.memory import MemoryDatabase
from tests.alterations import altered, altered_records
from tests.desk import Desk
from tests.pairs import PAPERS, Pair, assessed, load, pair_of
from verification.assessment import Outcome
from verification.errors import RecordRowError
from verification.services import Services
from verification.specimens.chance import Chance

_SEEDS = 4
_LEAST = 2000
_ROW_REFUSED = "ROW_REFUSED"
_EVERY_PAPER_HAS = {"tone", "letter", "digit", "swapped date parts", "year", "record annulled"}
_SOME_HAVE = {
    "other person",
    "other's number",
    "other's old number",
    "people exchanged",
    "other commune",
    "other sex",
    "record conflicting",
    "record deceased",
    "record's tone",
    "record's year",
}

Counts = dict[str, Counter[str]]


@pytest.fixture(scope="module")
def services(pki: TestPki, tmp_path_factory: pytest.TempPathFactory) -> Services:
    return Desk(pki, tmp_path_factory.mktemp("desk")).services


@pytest.fixture(scope="module")
def agreeing(services: Services) -> tuple[Pair, ...]:
    """Papers of every kind that need no copy as they are; what differs is then what was altered."""
    pairs = [pair_of(kinds, 100 * n + seed) for n, kinds in enumerate(PAPERS) for seed in range(_SEEDS)]
    return tuple(p for p in pairs if _with_records(services, p) == Outcome.NO_COPY_NEEDED)


@pytest.fixture(scope="module")
def in_sqlite(
    services: Services, agreeing: tuple[Pair, ...], tmp_path_factory: pytest.TempPathFactory
) -> Services:
    """The records of all these papers in one real database."""
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}")
    database.migrate()
    load(database, agreeing)
    return replace(services, database=database)


@pytest.fixture(scope="module")
def counts(services: Services, in_sqlite: Services, agreeing: tuple[Pair, ...]) -> Counts:
    """How often each outcome came, by kind and alteration."""
    found: Counts = {}
    for pair in agreeing:
        alike = tuple(other for other in agreeing if other.name == pair.name and other is not pair)
        for name, changed in altered(pair, alike, Chance("papers", str(pair.values))):
            _count(found, pair, name, assessed(in_sqlite, changed).outcome)
        for name, changed in altered_records(pair, alike, Chance("records", str(pair.values))):
            _count(found, pair, name, _with_records(services, changed))
    return found


def _with_records(services: Services, pair: Pair) -> str:
    """The outcome; ROW_REFUSED where the source's delivery is refused for what the record says."""
    database = MemoryDatabase()
    try:
        load(database, [pair])
    except RecordRowError:
        return _ROW_REFUSED
    return assessed(replace(services, database=database), pair).outcome


def _count(counts: Counts, pair: Pair, name: str, outcome: str) -> None:
    counts.setdefault(f"{pair.name}: {name}", Counter())[outcome] += 1


def _by_alteration(counts: Counts) -> str:
    """One line a kind and alteration, and one for the alterations of all kinds together."""
    together: Counts = {}
    for name, found in counts.items():
        together.setdefault(name.partition(": ")[2], Counter()).update(found)
    lines = [f"{name}: {_plain(found)}" for name, found in {**together, **counts}.items()]
    return "\n".join([f"{sum(found.total() for found in counts.values())} pairs", *lines])


def _plain(found: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome!s}" for outcome, count in found.items())


def test_of_thousands_of_altered_pairs_none_needs_no_copy(counts: Counts) -> None:
    said = _by_alteration(counts)
    assert sum(found.total() for found in counts.values()) >= _LEAST, said
    assert not [name for name, found in counts.items() if found[Outcome.NO_COPY_NEEDED]], said


def test_every_kind_is_altered_in_every_way_it_can_be(counts: Counts) -> None:
    for kind, *_ in PAPERS:
        name = kind.removesuffix("_front")
        done = {key.removeprefix(f"{name}: ") for key in counts if key.startswith(f"{name}: ")}
        assert done >= _EVERY_PAPER_HAS, (name, done)
    assert {key.partition(": ")[2] for key in counts} >= _SOME_HAVE
