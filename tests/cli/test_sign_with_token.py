"""`sign` with a real token: the PIN on standard input, one session, a wrong one that locks nothing."""

import io
import logging
import os
from datetime import timedelta
from pathlib import Path

import pytest

from api.cli.signing import tell_batch
from api.settings import from_environment
from api.wiring import now, wire
from signing.errors import TokenLostError
from signing.trial_pki import TestPki
from tests.cli.conftest import Answer, Run
from tests.signing.identities import Purpose, identity
from tests.signing.key_files import SEAL, KeyFolder, token_entry
from tests.signing.tokens import PIN, WRONG, SoftTokens
from tests.waiting import approved_diploma
from verification.batch import Batch, BatchId, BatchPaper, BatchState, PaperState
from verification.submission import OfficerId, PaperId

LAN = OfficerId("lan.mau")
WORDS = ("--decision", "12/QĐ-UBND", "--capacity", "CHỦ TỊCH", "--from", "2026-01-01", "--to", "2030-12-31")


@pytest.fixture
def papers(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> list[PaperId]:
    """The seal in a container, Lan's key on a token; two papers that she approved."""
    home, folder = tmp_path / "home", tmp_path / "secrets"
    folder.mkdir()
    monkeypatch.setenv("CHUNGTHUC_HOME", str(home))
    run("users", "add", LAN, "--name", "Nguyễn Thị Lan", "--role", "officer")
    run("delegations", "add", LAN, *WORDS)
    pki, keys, tokens = TestPki.open(home / "keys" / "test", now=now()), KeyFolder(folder), SoftTokens(folder)
    lasts = Purpose(begins=now() - timedelta(days=1), ends=now() + timedelta(days=300))
    tokens.make("lan", identity(pki, "P-256", lasts, name="Nguyễn Thị Lan"))
    keys.container("seal", identity(pki, "P-256", lasts, name="Ủy ban nhân dân xã Sông Mẫu"))
    text = SEAL + token_entry(f'officers."{LAN}"', "lan", tokens.environment)
    monkeypatch.setenv("CHUNGTHUC_KEYS", str(keys.write(text)))
    wired = wire(from_environment(os.environ))
    approved = [approved_diploma(wired.services, name, LAN) for name in ("s1", "s2")]
    wired.close()
    return approved


def signed(run: Run, monkeypatch: pytest.MonkeyPatch, pin: str) -> Answer:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{pin}\n"))
    return run("sign", "--officer", LAN, "--json")


def test_one_pin_signs_all_and_a_wrong_one_nothing(
    run: Run, papers: list[PaperId], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = signed(run, monkeypatch, WRONG)
    assert (wrong.code, wrong.json["error"]["code"]) == (1, "WRONG_PIN")
    assert "batch halted" not in [r.getMessage() for r in caplog.records if r.levelno > logging.INFO]
    batch = signed(run, monkeypatch, PIN)
    assert (batch.code, batch.json["state"], batch.json["reached"]) == (0, "DONE", 2), batch.err
    assert [paper["paper"] for paper in batch.json["papers"]] == papers
    assert [paper["number"].partition("/")[0] for paper in batch.json["papers"]] == ["1", "2"]
    assert run("register", "verify").code == 0
    assert PIN not in batch.out + batch.err


def test_why_a_batch_broke_off_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    at, one = now(), BatchPaper(PaperId("s1"), PaperState.WAITING)
    batch = Batch(BatchId("b"), LAN, "local", BatchState.HALTED, at, at, (one,), reason="TOKEN_LOST")
    tell_batch(batch, as_json=False)
    assert f"{TokenLostError.message_vi}\n" in capsys.readouterr().err
