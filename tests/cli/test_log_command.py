"""`log look-ups`: an auditor's questions to the access log, and housekeeping that makes it forget."""

from pathlib import Path

import pytest

from api.settings import from_environment
from api.wiring import wire
from api.worker import Housekeeping, worker
from tests.cli.conftest import Run
from tests.storage.builders import POPULATION
from verification.source import LookUp


@pytest.fixture
def home_with_log(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """A home, that of `run` from now on, in whose log one look-up stands, of two years ago."""
    environment = {"CHUNGTHUC_HOME": str(tmp_path / "home")}
    monkeypatch.setenv("CHUNGTHUC_HOME", environment["CHUNGTHUC_HOME"])
    wired = wire(from_environment(environment))
    at = wired.services.now().replace(year=wired.services.now().year - 2, day=1)
    line = LookUp(at, "lan", "H26-1", "2.000815", POPULATION, "number", ("001199012345",), ("full_name",))
    wired.database.access_log.add((line,))
    wired.close()
    return environment


@pytest.mark.parametrize(
    "asked", [("--record", "001199012345"), ("--dossier", "H26-1"), ("--officer", "lan")], ids=lambda a: a[0]
)
@pytest.mark.usefixtures("home_with_log")
def test_the_log_answers_a_question(run: Run, asked: tuple[str, str]) -> None:
    answer = run("log", "look-ups", *asked, "--json")
    (line,) = answer.json["look_ups"]
    assert (answer.code, line["officer"], line["records"]) == (0, "lan", ["001199012345"])
    assert "full_name" in run("log", "look-ups", *asked).out


@pytest.mark.usefixtures("home_with_log")
def test_nothing_known_is_an_empty_answer_and_no_question_is_wrong_usage(run: Run) -> None:
    assert run("log", "look-ups", "--record", "other", "--json").json == {"look_ups": []}
    assert run("log", "look-ups").code == 64
    assert run("log", "look-ups", "--record", "a", "--officer", "b").code == 64


@pytest.mark.parametrize(("kept", "left"), [("700", 0), ("", 1)])
def test_housekeeping_keeps_look_ups_as_long_as_the_setting_says(
    home_with_log: dict[str, str], kept: str, left: int
) -> None:
    settings = from_environment({**home_with_log, "CHUNGTHUC_LOOK_UPS_KEPT_DAYS": kept})
    wired = wire(settings)
    engine = worker(wired.services, url=settings.database_url, executor_id="test")
    Housekeeping(wired.services, engine, look_ups_kept_days=settings.look_ups_kept_days).round()
    assert len(wired.database.access_log.of_officer("lan")) == left
    wired.close()


def test_look_ups_cannot_be_kept_for_no_time_at_all(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNGTHUC_LOOK_UPS_KEPT_DAYS", "0")
    answer = run("records", "status")
    assert answer.code == 64
    assert "CHUNGTHUC_LOOK_UPS_KEPT_DAYS" in answer.err
