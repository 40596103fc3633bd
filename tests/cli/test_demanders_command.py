"""`demanders`: a month or some days, as a table, JSON or CSV."""

from pathlib import Path

import pytest

from api.settings import from_environment
from api.wiring import wire
from tests.cli.conftest import Run
from tests.storage.builders import NOW, paper, submission
from verification.demand import Demand, Given
from verification.extraction import Kind
from verification.submission import PaperId


@pytest.fixture
def counted(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """A home in which one copy was demanded, on the 24th of November 2026."""
    environment = {"CHUNGTHUC_HOME": str(tmp_path / "home")}
    monkeypatch.setenv("CHUNGTHUC_HOME", environment["CHUNGTHUC_HOME"])
    wired = wire(from_environment(environment))
    with wired.database.transaction() as tx:
        tx.submissions.add(submission())
        tx.submissions.add_papers([paper("s1.1")])
        demand = Demand(NOW, PaperId("s1.1"), "H26-1", Kind("diploma"), Given.COPY, "Công ty TNHH Mẫu")
        tx.demands.note(demand)
    wired.close()
    return run


@pytest.mark.parametrize(
    "days", [("--month", "2026-11"), ("--from", "2026-11-24", "--to", "2026-11-24")], ids=lambda d: d[0]
)
def test_the_days_asked_for_are_counted(counted: Run, days: tuple[str, ...]) -> None:
    answer = counted("demanders", *days, "--json")
    (row,) = answer.json["demanders"]
    assert (answer.code, row["organisation"], row["kind"], row["copies"]) == (
        0,
        "Công ty TNHH Mẫu",
        "diploma",
        1,
    )
    assert "Công ty TNHH Mẫu,Bằng" in counted("demanders", *days, "--csv").out
    assert "Công ty TNHH Mẫu  Bằng" in counted("demanders", *days).out


def test_other_days_are_not(counted: Run) -> None:
    answer = counted("demanders", "--month", "2026-10", "--json")
    assert answer.json == {"first": "2026-10-01", "last": "2026-10-31", "demanders": []}


@pytest.mark.parametrize(
    "wrong",
    [
        ("--month", "2026-13"),
        ("--month", "2026-11", "--from", "2026-11-01"),
        ("--from", "2026-11-02", "--to", "2026-11-01"),
        ("--json", "--csv"),
    ],
    ids=" ".join,
)
def test_wrong_days_are_wrong_usage(run: Run, wrong: tuple[str, ...]) -> None:
    assert run("demanders", *wrong).code == 64
