"""`certifications`: listed, shown, annulled; bad input is told in one sentence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.settings import from_environment
from api.wiring import wire
from tests.cli.conftest import Run
from tests.storage.builders import COPIES, LINE, NOW, digest, issued, later, paper, submission
from verification.certification import short_code
from verification.decision import Delegation, Officer, Role
from verification.submission import OfficerId, PaperId

CODE = short_code(b"m" * 16)
LAN = OfficerId("lan.mau")
AFTER_MIDNIGHT = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
"""The next day in Viet Nam."""
SAID = ("--officer", LAN, "--reason", "WRONG_CONTENT", "--note", "Thiếu trang hai")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which one copy was issued; an officer holds a delegation."""
    home = tmp_path_factory.mktemp("issued")
    wired = wire(from_environment({"CHUNGTHUC_HOME": str(home)}))
    today = wired.services.now().date()
    with wired.database.transaction() as tx:
        tx.submissions.add(submission())
        tx.submissions.add_papers([paper("s1.1")])
        entry = tx.register.hold(PaperId("s1.1"), COPIES, LINE, at=NOW)
        tx.register.issue(entry.id, at=later(minutes=1), document=digest(101))
        tx.certifications.add(replace(issued(), entry_id=entry.id, code=CODE, issued_at=AFTER_MIDNIGHT))
        tx.certifications.know(entry.id, requester=LINE.requester, keys=())
        tx.officers.add(Officer(LAN, "Phạm Thị Lan Mẫu", frozenset({Role.OFFICER})))
        days = (today - timedelta(days=1), today + timedelta(days=1))
        tx.officers.add_delegation(Delegation("d", LAN, "1/QĐ-UBND", ("TUQ. CHỦ TỊCH",), *days))
    wired.close()
    return home


@pytest.fixture
def kept(run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Run:
    """Commands in that home."""
    monkeypatch.setenv("CHUNGTHUC_HOME", str(folder))
    return run


def test_what_was_issued_is_listed_and_found_by_name(kept: Run) -> None:
    (one,) = kept("certifications", "list", "mau", "--json").json["certifications"]
    assert (one["number"], one["code"], one["standing"]) == ("1/2026", CODE, "GOOD")
    assert kept("certifications", "list", "ai đó", "--json").json == {"certifications": []}
    assert "1/2026  01/2026-SCTĐT/BS  2026-11-25" in kept("certifications", "list").out
    assert kept("certifications", "show", CODE.lower(), "--json").json == one


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ((CODE, *SAID, "--number", "2/2026", "--decision", "12/QĐ"), 1, "NUMBER_NOT_CONFIRMED"),
        ((CODE, *SAID, "--number", "1/2026"), 1, "DECISION_NUMBER_NEEDED"),
        (("1111-1111-1111-1", *SAID, "--number", "1/2026"), 1, "NOT_FOUND"),
        ((CODE, *SAID), 64, "--number"),
    ],
)
def test_a_wrong_word_annuls_nothing(kept: Run, given: tuple[str, ...], code: int, said: str) -> None:
    answer = kept("certifications", "revoke", *given)
    assert (answer.code, said in answer.err) == (code, True)
    assert kept("certifications", "show", CODE, "--json").json["standing"] == "GOOD"


def test_it_is_annulled_and_says_so_with_its_history(kept: Run) -> None:
    answer = kept("certifications", "revoke", CODE, *SAID, "--number", "1/2026", "--decision", "12/QĐ-UBND")
    assert (answer.code, answer.out) == (0, "1/2026, 01/2026-SCTĐT/BS: đã hủy bỏ giá trị / annulled\n")
    history = kept("certifications", "history", CODE, "--json").json
    assert history["certification"]["standing"] == "REVOKED"
    assert [change["note"] for change in history["changes"]] == ["Thiếu trang hai"]
    assert "Thiếu trang hai" in kept("certifications", "history", CODE).out
    assert "12/QĐ-UBND" in kept("certifications", "show", CODE).out
