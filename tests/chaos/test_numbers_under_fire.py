"""Numbers under fire: several processes with several threads take them; every third gives its own back.

None is lost, none doubled, and their times are in order. `make chaos` asks 10,000 times.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.database import SqlDatabase, open_database
from tests.storage.builders import COPIES
from tests.storage.servers import postgres
from verification.audit import first_broken

LONG = os.environ.get("CHUNGTHUC_CHAOS") == "long"


@dataclass(frozen=True, slots=True)
class Storm:
    """How many processes with how many threads ask how often each."""

    processes: int
    threads: int
    each: int

    @property
    def asked(self) -> int:
        return self.processes * self.threads * self.each

    @property
    def kept(self) -> int:
        return self.processes * self.threads * (self.each - self.each // 3)


STORMS = {
    "postgres": Storm(4, 5, 500) if LONG else Storm(2, 4, 30),
    "sqlite": Storm(4, 5, 100) if LONG else Storm(2, 2, 30),
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture(params=sorted(STORMS))
def storm(request: pytest.FixtureRequest) -> Storm:
    return STORMS[request.param]


@pytest.fixture
def url(storm: Storm, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if storm is STORMS["sqlite"]:
        return f"sqlite:///{tmp_path / 'chungthuc.sqlite'}"
    found: str = request.getfixturevalue("server")
    return found


@pytest.fixture
def database(url: str) -> Iterator[SqlDatabase]:
    database = open_database(url)
    database.migrate()
    yield database
    database.close()


def given(url: str, storm: Storm) -> list[int]:
    """The numbers that callers were given and kept."""
    program = [sys.executable, "-m", "tests.chaos.numbers_taken", url]
    started = [
        subprocess.Popen(
            [*program, f"p{n}", str(storm.threads), str(storm.each)], stdout=subprocess.PIPE, text=True
        )
        for n in range(storm.processes)
    ]
    told = [process.communicate(timeout=300)[0] for process in started]
    assert [process.returncode for process in started] == [0] * storm.processes
    return [int(line) for text in told for line in text.split()]


def test_no_number_is_lost_or_doubled_and_their_times_are_in_order(
    url: str, database: SqlDatabase, storm: Storm
) -> None:
    taken = given(url, storm)
    with database.reading() as work:
        (year,) = work.register.years(COPIES)
        lines = work.register.entries(COPIES, year)
        (book,) = work.register.books()
        assert first_broken(work.audit.chain()) is None
    assert sorted(taken) == list(range(1, storm.kept + 1))
    assert [line.number for line in lines] == list(range(1, storm.kept + 1))
    assert book.last == storm.kept
    assert len({line.paper_id for line in lines}) == storm.kept
    times = [line.held_at for line in lines]
    assert times == sorted(times)
