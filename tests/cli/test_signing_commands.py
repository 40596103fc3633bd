"""`sign` and `delegations`: as an administrator or an officer at a terminal would."""

from collections.abc import Callable
from pathlib import Path

import pytest

from api.settings import from_environment
from api.wiring import wire
from tests.cli.conftest import Run
from tests.waiting import approved_diploma
from verification.submission import OfficerId, PaperId

DAYS = ("--from", "2026-01-01", "--to", "2030-12-31")
WORDS = ("--decision", "12/QĐ-UBND", "--capacity", "TUQ. CHỦ TỊCH", "--capacity", "Công chức", *DAYS)
Approve = Callable[[str], PaperId]


@pytest.fixture
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, run: Run) -> Run:
    monkeypatch.setenv("CHUNGTHUC_HOME", str(tmp_path / "home"))
    return run


@pytest.fixture
def office(own_home: Run) -> Run:
    """A home with one officer who has a delegation."""
    own_home("users", "add", "lan", "--name", "Phạm Thị Lan Mẫu", "--role", "officer")
    assert own_home("delegations", "add", "lan", *WORDS).code == 0
    return own_home


@pytest.fixture
def approve(office: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Approve:
    """Papers that the officer approved, to be signed in a batch."""
    monkeypatch.setenv("CHUNGTHUC_SIGN", "batch")

    def approved(name: str) -> PaperId:
        settings = {"CHUNGTHUC_HOME": str(tmp_path / "home"), "CHUNGTHUC_SIGN": "batch"}
        wired = wire(from_environment(settings))
        paper = approved_diploma(wired.services, name, OfficerId("lan"))
        wired.close()
        return paper

    return approved


def test_what_was_approved_is_signed_in_one_batch(office: Run, approve: Approve) -> None:
    papers = [approve("s1"), approve("s2")]
    listed = office("sign", "--officer", "lan", "--list", "--json").json["papers"]
    assert [paper["id"] for paper in listed] == papers
    batch = office("sign", "--officer", "lan", "--json")
    assert (batch.code, batch.json["state"]) == (0, "DONE")
    assert [paper["number"].partition("/")[0] for paper in batch.json["papers"]] == ["1", "2"]
    nothing = office("sign", "--officer", "lan")
    assert (nothing.code, "[NOTHING_TO_SIGN]" in nothing.err) == (1, True)
    assert office("register", "verify").code == 0


def test_papers_may_be_chosen(office: Run, approve: Approve) -> None:
    first, second = approve("s1"), approve("s2")
    assert office("sign", second, "--officer", "lan").out.split()[-3:] == [second, "ISSUED", "1/2026"]
    assert office("sign", "--officer", "lan", "--list").out.startswith(first)


def test_an_unknown_officer_is_told(own_home: Run) -> None:
    for only in ((), ("--list",)):
        answer = own_home("sign", "--officer", "nobody", *only, "--json")
        assert (answer.code, answer.json["error"]["code"]) == (1, "NOT_FOUND")


def test_a_delegation_is_added_listed_and_revoked(office: Run) -> None:
    (made,) = office("delegations", "list", "lan", "--json").json["delegations"]
    assert (made["capacity"], made["scope"]) == (["TUQ. CHỦ TỊCH", "CÔNG CHỨC"], "BOTH")
    again = office("delegations", "add", "lan", *WORDS, "--json")
    assert (again.code, again.json["error"]["code"]) == (1, "DELEGATION_EXISTS")
    revoked = office("delegations", "revoke", made["id"], "--reason", "Nghỉ việc", "--json")
    assert revoked.json["delegations"][0]["revoked"]
    assert "đã thu hồi" in office("delegations", "list").out
    assert office("delegations", "revoke", "nothing").code == 1


def test_a_capacity_that_the_law_does_not_know_is_explained(office: Run) -> None:
    wrong = ("--decision", "13/QĐ-UBND", "--capacity", "TM. ỦY BAN NHÂN DÂN", *DAYS)
    answer = office("delegations", "add", "lan", *wrong, "--scope", "receipts")
    assert (answer.code, "NĐ 280/2025" in answer.err) == (1, True)
    bare = ("--decision", "14/QĐ-UBND", "--capacity", "TUQ. CHỦ TỊCH", *DAYS)
    assert "chức danh" in office("delegations", "add", "lan", *bare).err


def test_how_to_sign_is_one_of_two(own_home: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNGTHUC_SIGN", "later")
    answer = own_home("sign", "--officer", "lan")
    assert (answer.code, "CHUNGTHUC_SIGN" in answer.err) == (64, True)


def test_a_day_that_is_none_is_wrong_usage_and_told_how_to_write_it(office: Run) -> None:
    answer = office("delegations", "add", "lan", *WORDS[:-1], "31/12/2030")
    assert (answer.code, "YYYY-MM-DD" in answer.err) == (64, True)
