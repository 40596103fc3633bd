"""`chungthuc rules`: what holds on a day, whether the scenarios follow, and what a rule would have saved."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.cli.main import main
from api.settings import from_environment
from api.wiring import wire
from tests.builders import NOW, birth_page, birth_row
from tests.desk import Desk, approval
from verification.rule import shipped_rules

Captured = pytest.CaptureFixture[str]
OWN = """
[[rule]]
id = "nd23-business"
title_vi = "Đã hết hiệu lực"
title_en = "Ended"
kinds = ["household_business_certificate"]
source = "household_business"
order = 3
citation_vi = "NĐ 23/2015/NĐ-CP Điều 6 khoản 1"
citation_en = "Decree 23/2015 Art. 6(1)"
until = 2026-06-30

[[scenario]]
name = "none holds any more"
[scenario.given]
kind = "household_business_certificate"
day = 2026-11-24
[scenario.then]
outcome = "CERTIFICATION_NEEDED"
reasons = ["NO_RULE"]
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CHUNGTHUC_RULES", raising=False)
    return tmp_path / "home"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


def told(capsys: Captured, *argv: str, code: int = 0) -> dict[str, object]:
    assert main(["rules", *argv, "--json"]) == code
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def ids(answer: dict[str, object]) -> set[str]:
    rules = answer["rules"]
    assert isinstance(rules, list)
    return {rule["id"] for rule in rules}


def test_the_rules_in_force_on_a_day_are_listed(capsys: Captured, home: Path) -> None:
    assert "nq66-birth" in ids(told(capsys, "list"))
    before = told(capsys, "list", "--day", "2025-12-31")
    assert (before["day"], "nq66-birth" in ids(before), "nd280-civil-status" in ids(before)) == (
        "2025-12-31",
        False,
        True,
    )
    assert ids(told(capsys, "list", "--day", "2014-01-01")) == set()
    assert ids(told(capsys, "list", "--day", "2014-01-01", "--all")) == {r.id for r in shipped_rules()}
    assert not home.exists(), "nothing is opened to list what is shipped"


def test_one_rule_is_shown_with_its_citation(capsys: Captured) -> None:
    shown = told(capsys, "show", "nq66-card")
    assert (shown["from"], shown["until"], shown["state"]) == ("2026-01-01", None, "IN_FORCE")
    assert main(["rules", "show", "nq66-card"]) == 0
    assert "NQ 66.7/2025/NQ-CP" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [["show", "no-such-rule"], ["simulate", "no-such-rule"]])
def test_a_rule_that_does_not_exist_is_told(argv: list[str], capsys: Captured) -> None:
    assert main(["rules", *argv]) == 1
    assert "UNKNOWN_RULE" in capsys.readouterr().err


@pytest.mark.parametrize(
    "argv",
    [
        ["list", "--day", "yesterday"],
        ["simulate", "nq66-card", "--month", "2026-13"],
        ["simulate", "nq66-card", "--month", "10/2026"],
        ["simulate", "nq66-card", "--from", "1/1"],
        ["simulate", "nq66-card", "--month", "2026-10", "--from", "2026-10-01"],
    ],
)
def test_a_day_that_is_none_is_wrong_usage(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["rules", *argv])
    assert ended.value.code == 64


@pytest.mark.parametrize(
    "days", [["2026-10-02", "2026-10-01"], ["2025-01-01", "2026-01-02"]], ids=["turned round", "too long"]
)
def test_days_that_cannot_be_simulated_are_told(days: list[str], capsys: Captured) -> None:
    assert main(["rules", "simulate", "nq66-card", "--from", days[0], "--to", days[1]]) == 1
    assert "PERIOD_NOT_USABLE" in capsys.readouterr().err


# -- check --------------------------------------------------------------------------------------------------


def test_the_shipped_scenarios_follow(capsys: Captured) -> None:
    answer = told(capsys, "check")
    assert (answer["file"], answer["misses"], answer["changes"]) == (None, [], [])
    assert answer["rules"] == len(shipped_rules())


def test_what_ones_own_rules_change_of_the_shipped_scenarios_is_told(own: Path, capsys: Captured) -> None:
    answer = told(capsys, "check", str(own))
    assert (answer["file"], answer["misses"]) == ("own.toml", [])
    changes = answer["changes"]
    assert isinstance(changes, list)
    assert {change["file"] for change in changes} == {"household_business.toml"}


def test_a_scenario_of_ones_own_that_does_not_follow_is_a_fault(own: Path, capsys: Captured) -> None:
    own.write_text(OWN.replace("2026-06-30", "2027-06-30"), encoding="utf-8")
    answer = told(capsys, "check", str(own), code=1)
    misses = answer["misses"]
    assert isinstance(misses, list)
    assert {(m["scenario"], m["what"]) for m in misses} == {
        ("none holds any more", "outcome"),
        ("none holds any more", "reasons"),
    }
    assert main(["rules", "check", str(own)]) == 1
    assert "none holds any more" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"[[rule]", "not TOML"),
        (b"\xff\xfe", "cannot be read as UTF-8"),
        (b"x = " + b"[" * 5000, "not TOML"),
        (OWN.replace("citation_vi", "zitat").encode(), 'no key "zitat"'),
    ],
)
def test_a_file_of_rules_that_cannot_be_used_is_told_in_one_sentence(
    content: bytes, what: str, own: Path, capsys: Captured
) -> None:
    own.write_bytes(content)
    assert main(["rules", "check", str(own)]) == 1
    err = capsys.readouterr().err
    assert what in err
    assert "RULES_UNUSABLE" in err
    assert len(err.splitlines()) == 2


def test_ones_own_file_is_the_one_of_the_setting(
    own: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHUNGTHUC_RULES", str(own))
    assert told(capsys, "check")["file"] == "own.toml"
    assert told(capsys, "show", "nd23-business")["state"] == "ENDED"
    monkeypatch.setenv("CHUNGTHUC_RULES", str(own.with_name("none.toml")))
    assert main(["rules", "list"]) == 64
    assert "Thiết lập CHUNGTHUC_RULES không dùng được" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["rules", "records"])
def test_ones_own_file_that_cannot_be_used_is_a_setting_that_cannot(
    command: str, own: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.write_text("[[rule]]\nid = 'x'\n", encoding="utf-8")
    monkeypatch.setenv("CHUNGTHUC_RULES", str(own))
    assert main([command, "list" if command == "rules" else "status"]) == 64
    err = capsys.readouterr().err
    assert "CHUNGTHUC_RULES" in err
    assert '"title_vi" is missing' in err


# -- simulate -----------------------------------------------------------------------------------------------


@pytest.fixture
def month(home: Path, tmp_path: Path) -> str:
    """A home with a paper of which two copies were made last month, while no rule let the record answer."""
    wired = wire(from_environment({"CHUNGTHUC_HOME": str(home)}))
    now = datetime.now(UTC)
    at = now.replace(day=15) - timedelta(days=31)
    desk = Desk(wired.pki, tmp_path)
    desk.clock.at = at
    row = {**birth_row(), "updated_at": (at - timedelta(days=1)).isoformat()}
    desk.load("civil_status", row, as_of=at)
    desk.replace(rules=())
    paper = desk.hand_in(birth_page())
    decided = desk.decide(replace(approval(paper, copies=2), at=NOW))
    with desk.database.transaction() as tx:
        submission = tx.submissions.get(paper.submission_id)
    with wired.database.transaction() as tx:
        tx.submissions.add(submission)
        tx.submissions.add_papers([decided])
    wired.close()
    return f"{at:%Y-%m}"


def test_a_draft_is_simulated_on_the_dossiers_of_a_month(
    month: str, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = tmp_path / "off.toml"
    off.write_text(_ended("nq66-birth", "nd280-civil-status", "nd23-civil-status"), encoding="utf-8")
    monkeypatch.setenv("CHUNGTHUC_RULES", str(off))
    answer = told(capsys, "simulate", "nq66-birth", "--month", month)
    assert (answer["saved"], answer["copies"], answer["papers"]) == (2, 2, 1)
    draft = tmp_path / "draft.toml"
    draft.write_text(_ended("mine").replace("until = 2020-01-01\n", ""), encoding="utf-8")
    assert told(capsys, "simulate", str(draft), "--month", month)["saved"] == 2
    assert main(["rules", "simulate", str(draft), "--month", month]) == 0
    assert "2 / 2" in capsys.readouterr().out


def _ended(*names: str) -> str:
    table = """
[[rule]]
id = "{}"
title_vi = "Giấy khai sinh"
title_en = "Birth certificate"
kinds = ["birth_certificate"]
source = "civil_status"
order = 1
citation_vi = "NQ 1"
citation_en = "Resolution 1"
until = 2020-01-01
"""
    return "".join(table.format(name) for name in names)


def test_a_draft_that_is_not_there_is_told(capsys: Captured) -> None:
    assert main(["rules", "simulate", "no-such-draft.toml"]) == 1
    assert capsys.readouterr().err
