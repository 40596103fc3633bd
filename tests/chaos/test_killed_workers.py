"""A worker is killed at every boundary of a job's steps; what was acknowledged ends exactly once.

The short form, on SQLite; on the pattern of `three_steps.py` longer ones are hung.
"""

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from storage.database import SqlDatabase, open_database
from tests.chaos.three_steps import STEPS
from tests.storage.builders import COPIES
from verification.audit import first_broken
from verification.register import EntryState, faults

INSIDE = [f"{when} {step}" for step in STEPS for when in ("before", "after")]
MOMENTS = ["before commit", "after commit", *INSIDE, "never"]


def key_of(moment: str) -> str:
    return f"s{MOMENTS.index(moment)}.1"


def run_until_killed(url: str, journal: Path, moment: str) -> int:
    program = [sys.executable, "-m", "tests.chaos.three_steps", url, str(journal), key_of(moment), moment]
    return subprocess.run(program, timeout=60, check=False).returncode


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where one worker after the other, killed at one moment after the other, has done its work."""
    folder = tmp_path_factory.mktemp("killed")
    url = f"sqlite:///{folder / 'chungthuc.sqlite'}"
    database = open_database(url)
    database.migrate()
    database.close()
    ended = {moment: run_until_killed(url, folder / "journal", moment) for moment in MOMENTS}
    assert ended == {moment: 0 if moment == "never" else -signal.SIGKILL for moment in MOMENTS}
    return folder


@pytest.fixture
def database(folder: Path) -> SqlDatabase:
    return open_database(f"sqlite:///{folder / 'chungthuc.sqlite'}")


@pytest.fixture
def lines(folder: Path) -> Counter[str]:
    return Counter((folder / "journal").read_text().splitlines())


def test_every_committed_job_has_one_line_of_the_book_and_no_number_is_missing(
    database: SqlDatabase,
) -> None:
    with database.transaction() as work:
        entries, books = work.register.entries(COPIES, 2026), work.register.books()
        issued = Counter(entry.subject for entry in work.audit.all())
        assert first_broken(work.audit.all()) is None
    database.close()
    committed = [key_of(moment) for moment in MOMENTS if moment != "before commit"]
    assert [entry.paper_id for entry in entries] == committed
    assert {entry.state for entry in entries} == {EntryState.ISSUED}
    assert issued == Counter(committed)
    assert faults(entries, books) == ()


def test_a_job_that_was_not_committed_never_ran(lines: Counter[str]) -> None:
    assert [line for line in lines if line.endswith(f" {key_of('before commit')}")] == []


@pytest.mark.parametrize("moment", MOMENTS[1:])
def test_a_step_is_repeated_only_where_its_end_was_cut_off(lines: Counter[str], moment: str) -> None:
    ran = {step: lines[f"{step} {key_of(moment)}"] for step in STEPS}
    assert ran == {step: 2 if moment == f"after {step}" else 1 for step in STEPS}


def test_no_failure_was_recorded(lines: Counter[str]) -> None:
    assert [line for line in lines if line.startswith("failed")] == []
