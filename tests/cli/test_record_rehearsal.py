"""`records import --dry-run`, and what a killed load leaves."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

KILLED = """
import os, signal, sys
from api import record_files
from api.cli import main

def dying(stream, name, rows_of=record_files.rows_of):
    for number, row in rows_of(stream, name):
        if number > 2_500:
            os.kill(os.getpid(), signal.SIGKILL)
        yield number, row

record_files.rows_of = dying
main(["records", "import", sys.argv[1], "--source", "population"])
"""
CHANGES = ["new", "changed", "gone", "unchanged", "older", "conflicting"]


def person(place: int = 1, **values: object) -> dict[str, object]:
    return {
        "personal_number": f"001199{place:06}",
        "full_name": "Nguyễn Thị Mẫu",
        "date_of_birth": "1999-01-01",
        "updated_at": "2026-11-01T00:00:00Z",
        **values,
    }


def written(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, run: Run) -> Run:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))
    return run


def records(run: Run) -> dict[str, int]:
    return {s["source"]: s["records"] for s in run("records", "status", "--json").json["sources"]}


def test_a_dry_run_counts_and_changes_nothing(own_home: Run, tmp_path: Path) -> None:
    load = ("--source", "population", "--json")
    own_home("records", "import", written(tmp_path / "a.ndjson", person(1), person(2)), *load)
    path = written(
        tmp_path / "b.ndjson",
        person(1),
        person(2, deleted=True),
        person(3),
        person(3, full_name="Nguyễn Thị Mậu"),
        {},
    )
    told = own_home("records", "import", path, *load, "--dry-run")
    assert told.code == 1
    assert [told.json["counts"][change] for change in CHANGES] == [1, 0, 1, 1, 0, 1]
    assert [row["line"] for row in told.json["conflicts"]] == [4]
    assert records(own_home)["population"] == 2


def test_a_dry_run_foretells_the_load(own_home: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "a.ndjson", person(1), person(2), {})
    load = ("records", "import", path, "--source", "population", "--json")
    told, done = own_home(*load, "--dry-run").json, own_home(*load).json
    assert {**told, "dry_run": False, "as_of": done["as_of"]} == done


def test_a_killed_load_leaves_what_was_there(own_home: Run, tmp_path: Path) -> None:
    own_home("records", "import", written(tmp_path / "a.ndjson", person(1)), "--source", "population")
    path = written(tmp_path / "b.ndjson", *(person(place) for place in range(2, 3_000)))
    # Two batches are written when it dies.
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert records(own_home)["population"] == 1
    assert own_home("records", "import", path, "--source", "population").code == 0
    assert records(own_home)["population"] == 2_999
