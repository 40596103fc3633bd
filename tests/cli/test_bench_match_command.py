"""`bench match`: a small run on both databases, and what its report says."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from api.cli.bench_match import MARKERS
from api.cli.bench_matching.asking import Times, WhileLoading
from api.cli.bench_matching.measured import Measured
from api.cli.bench_matching.report import markdown, rows
from tests.cli.conftest import Run
from verification.specimens.population import InventedPopulation

TIMES = Times(0.2, 0.9)
SQLITE = Measured(
    database="SQLite",
    rows=5_000_000,
    seconds=100,
    raw_seconds=50,
    by_number=TIMES,
    by_name_and_birth_date=Times(0.2, 2.5),
    log_commit=TIMES,
    assessment=TIMES,
    paper=TIMES,
    update=WhileLoading(100_000, 10, TIMES, TIMES, 0.25),
    most_mb=300,
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """Sixty people on both databases; its JSON, and a home that was there before."""
    home = tmp_path_factory.mktemp("bench") / "home"
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as out:
        patch.setenv("CHUNGTHUC_HOME", str(home))
        assert main(["bench", "match", "--people", "60", "--json"]) == 0
    return json.loads(out.getvalue()), home


def test_both_databases_are_measured(small: tuple[Any, Path]) -> None:
    told, _ = small
    assert [m["database"] for m in told["databases"]] == ["SQLite", "PostgreSQL"]
    for measured in told["databases"]:
        assert measured["rows"] == measured["update"]["rows"] == 60
        assert measured["rate"] > 0
        assert measured["raw_seconds"] > 0
        assert 0 < measured["by_number"]["median_ms"] <= measured["by_number"]["p99_ms"]
        assert measured["most_mb"] > 50


def test_nothing_is_left_in_the_home_that_was_there(small: tuple[Any, Path]) -> None:
    _, home = small
    assert not home.exists()


def test_a_goal_that_is_missed_is_marked() -> None:
    told = {line[0]: line[1:] for line in rows([SQLITE, replace(SQLITE, database="PostgreSQL")])}
    assert told["load, rows a second"] == ["50,000", "50,000", "≥ 30,000 / ≥ 45,000"]
    assert told["look-up by name and birth date, p99"] == ["2.5 ms ✗", "2.5 ms", "≤ 2 ms / ≤ 6 ms"]
    assert told["look-ups a second lost to the update"][:2] == ["25 %", "25 %"]


def test_the_table_is_for_the_readme() -> None:
    table = markdown([SQLITE], "Five million.")
    assert table.startswith("Five million.\n\n|  | SQLite | goal |\n| --- | ---: | --- |\n")


def test_a_page_without_its_marks_is_told_before_long_work(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("no marks")
    answer = run("bench", "match", "--people", "5", "--databases", "sqlite", "--into", page)
    assert (answer.code, page.read_text()) == (1, "no marks")
    assert MARKERS[0] in answer.err


def test_a_database_that_nobody_knows_is_wrong_usage(run: Run) -> None:
    assert run("bench", "match", "--databases", "oracle").code == 64


# -- the people ----------------------------------------------------------------------------------


def test_no_two_invented_people_share_a_number() -> None:
    people = InventedPopulation()
    places = [*range(3000), *range(1_000_000, 1_003_000), *range(2_000_000, 2_003_000)]
    assert len({people.personal_number(place) for place in places}) == len(places)


def test_the_same_place_is_always_the_same_person() -> None:
    (once,), (again,) = (list(InventedPopulation(3).lines([17])) for _ in range(2))
    (moved,) = InventedPopulation(3).lines([17], moved=1)
    assert once == again
    assert json.loads(once)["personal_number"] == InventedPopulation(3).personal_number(17)
    changed = {name for name, value in json.loads(moved).items() if value != json.loads(once)[name]}
    assert changed == {"residence"}
