"""The gates that stand in the types: mypy itself says that the wrong thing cannot be handed in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BEGINNING = """
from datetime import UTC, datetime
from signing.model import PreparedPdf, Signatory, SignedPdf, Signer, UnsignedPdf
from verification.decision import Approval, IssuingDecision, NotNeeded, OriginalSeen, RefusalGround, Rejection
from verification.decision import ReturnForCorrection
from verification.matching import Found, RecordMatch
from verification.source import SourceName
from verification.submission import OfficerId, PaperId

PAPER, OFFICER, NOW = PaperId("s1.1"), OfficerId("thu"), datetime(2026, 11, 24, tzinfo=UTC)
SEEN = OriginalSeen(OFFICER, NOW, "Quầy số 1")

def issue(decision: IssuingDecision) -> None: ...
def sign(signer: Signer, pdf: PreparedPdf) -> SignedPdf:
    return signer.sign(pdf, person=Signatory("", ""), reason="", at=NOW)
"""
WRONG = {
    "a_rejection_is_issued": 'issue(Rejection(PAPER, OFFICER, NOW, RefusalGround.ERASED, ""))',
    "a_returned_paper_is_issued": 'issue(ReturnForCorrection(PAPER, OFFICER, NOW, ""))',
    "an_approval_without_the_original_seen": "Approval(PAPER, OFFICER, NOW)",
    "an_approval_that_saw_nothing": "Approval(PAPER, OFFICER, NOW, None)",
    "an_unprepared_pdf_is_signed": 'lambda signer: sign(signer, UnsignedPdf(b""))',
    "a_match_without_its_snapshot": 'RecordMatch(SourceName("population"), found=Found.ONE)',
}
RIGHT = """
issue(Approval(PAPER, OFFICER, NOW, SEEN))
issue(NotNeeded(PAPER, OFFICER, NOW))
"""


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What mypy says of each snippet, by its name; one run for all."""
    folder = tmp_path_factory.mktemp("snippets")
    for name, snippet in {**WRONG, "right": RIGHT}.items():
        (folder / f"{name}.py").write_text(f"{BEGINNING}\n{snippet}\n", "utf-8")
    said = mypy_says([str(path) for path in sorted(folder.glob("*.py"))], folder)
    return {name: "\n".join(line for line in said if f"{name}.py" in line) for name in (*WRONG, "right")}


def mypy_says(files: list[str], folder: Path) -> list[str]:
    options = ["--strict", "--follow-imports=silent", "--ignore-missing-imports", "--cache-dir=cache"]
    ended = subprocess.run(
        [sys.executable, "-m", "mypy", *options, *files],
        env={**os.environ, "MYPYPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.stderr == ""
    return ended.stdout.splitlines()


@pytest.mark.parametrize("name", WRONG)
def test_the_type_checker_refuses(complaints: dict[str, str], name: str) -> None:
    assert "error:" in complaints[name]


def test_the_type_checker_lets_pass_what_may_be_issued(complaints: dict[str, str]) -> None:
    assert complaints["right"] == ""
