"""`preserve`: what was issued is given long-term data at once, and how it stands is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from api.settings import SettingError, from_environment
from api.wiring import Wired, now, wire
from ocr.model import Digest
from signing.certificate import render_receipt
from signing.pades import prepare
from tests.cli.conftest import Run
from tests.signing.contents import RECEIPT, SIGNATORY
from tests.storage.builders import issued
from verification.certification import Issued
from verification.preservation import Preservation


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wired]:
    """A home, that of `run` from now on."""
    environment = {"CHUNGTHUC_HOME": str(tmp_path / "home")}
    monkeypatch.setenv("CHUNGTHUC_HOME", environment["CHUNGTHUC_HOME"])
    wired = wire(from_environment(environment))
    yield wired
    wired.close()


def issue(wired: Wired, number: int, *, lost: bool = False) -> Issued:
    """A receipt signed just now, with its rows; `lost`: its file is not there."""
    prepared = prepare(render_receipt(RECEIPT))
    signed = wired.services.signer.sign(prepared, person=SIGNATORY, reason="Thử", at=now())
    made = replace(issued(number), digest=Digest(signed.digest), level=signed.level.value)
    if not lost:
        wired.services.objects.put_once(signed.content)
    with wired.database.transaction() as tx:
        tx.certifications.add(made)
        due = now() + timedelta(hours=24)
        tx.preservations.expect(Preservation(made.entry_id, due, made.level))
    return made


def test_what_is_not_due_waits_unless_all_is_asked_for(run: Run, kept: Wired) -> None:
    made = issue(kept, 1)
    waiting = {"waiting": 1, "failing": 0, "due": 0, "failed_now": {}}
    assert run("preserve", "--json").json == waiting
    assert run("preserve", "--all", "--state", "--json").json == waiting
    answer = run("preserve", "--all", "--json")
    assert (answer.code, answer.json["waiting"]) == (0, 0)
    with kept.database.reading() as tx:
        (version,) = tx.preservations.versions(made.entry_id)
    assert version.level == "B-LTA"


def test_what_fails_is_told_and_put_off(run: Run, kept: Wired) -> None:
    issue(kept, 1, lost=True)
    issue(kept, 2)
    answer = run("preserve", "--all", "--json")
    assert answer.code == 1
    assert answer.json == {"waiting": 1, "failing": 1, "due": 0, "failed_now": {"OBJECT_MISSING": 1}}
    told = run("preserve", "--state")
    assert (told.code, "1" in told.out) == (0, True)


@pytest.mark.parametrize("hours", ["0", "x"])
def test_the_authorities_cannot_be_asked_before_signing(hours: str) -> None:
    with pytest.raises(SettingError):
        from_environment({"CHUNGTHUC_LONG_TERM_AFTER_HOURS": hours})
