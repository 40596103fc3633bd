"""A worker is killed at each point of issuing (design.md 8): afterwards every paper has one line, one number
and one document, and nothing is left but what that page allows.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ocr.model import Digest
from signing.model import Verdict
from tests.chaos.issuing_home import IssuingHome
from tests.chaos.issuing_worker import MOMENTS
from verification.register import EntryState, Series
from verification.submission import PaperId, PaperStage
from verification.workflow.validate import validate
from verification.workflow.verify_register import verify_register

ORPHANS_FROM = ("put, before the last transaction", "before the last commit")
"""Only where the object was put and nothing points at it yet: signing again gives other bytes."""
NUMBERED_FROM = "after the number is committed"
TOLD_FROM = "after the last commit"
LATER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Left:
    """What lay there between the kill and the next start."""

    state: EntryState | None
    number: int | None
    told: int


def paper_of(moment: str) -> PaperId:
    return PaperId(f"{list(MOMENTS).index(moment) + 1}.1")


def run_until_killed(folder: Path, moment: str) -> int:
    name = paper_of(moment).partition(".")[0]
    program = [sys.executable, "-m", "tests.chaos.issuing_worker", str(folder), name, moment]
    return subprocess.run(program, timeout=60, check=False).returncode


def left_at(folder: Path, moment: str) -> Left:
    home = IssuingHome.open(folder)
    with home.database.transaction() as tx:
        entry = tx.register.held_for(paper_of(moment), Series.COPIES)
        told = len(tx.certifications.by_paper(paper_of(moment)))
    home.close()
    return Left(entry.state, entry.number, told) if entry else Left(None, None, told)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("issued")


@pytest.fixture(scope="module")
def left(folder: Path) -> dict[str, Left]:
    """One worker after the other, each killed at its moment and followed by the next; what each left."""
    found = {}
    for moment in MOMENTS:
        ended = run_until_killed(folder, moment)
        assert ended == (0 if moment == "never" else -signal.SIGKILL)
        found[moment] = left_at(folder, moment)
    return found


@pytest.fixture(scope="module")
def home(folder: Path, left: dict[str, Left]) -> Iterator[IssuingHome]:
    """The home when all is over."""
    home = IssuingHome.open(folder)
    yield home
    home.close()


def since(moment: str) -> list[str]:
    return list(MOMENTS)[list(MOMENTS).index(moment) :]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_number_is_taken_once_it_is_committed(left: dict[str, Left], moment: str) -> None:
    taken = moment in since(NUMBERED_FROM)
    assert left[moment].number == (list(MOMENTS).index(moment) + 1 if taken else None)


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_is_told_before_the_last_commit(left: dict[str, Left], moment: str) -> None:
    told = moment in since(TOLD_FROM)
    assert left[moment].told == (1 if told else 0)
    assert (left[moment].state is EntryState.ISSUED) is told


def test_every_paper_has_one_issued_line_and_its_own_number(home: IssuingHome) -> None:
    with home.database.transaction() as tx:
        entries = tx.register.entries(Series.COPIES, 2026)
    assert [entry.paper_id for entry in entries] == [paper_of(moment) for moment in MOMENTS]
    assert [entry.number for entry in entries] == list(range(1, len(MOMENTS) + 1))
    assert {entry.state for entry in entries} == {EntryState.ISSUED}


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_paper_has_one_document_that_holds(home: IssuingHome, moment: str) -> None:
    with home.database.transaction() as tx:
        (issued,) = tx.certifications.by_paper(paper_of(moment))
        paper = tx.submissions.paper(paper_of(moment))
    found = validate(home.services, home.objects.get(issued.digest))
    assert (found.report.verdict, found.issued) == (Verdict.VALID, issued)
    assert (paper.stage, paper.failure) == (PaperStage.ISSUED, None)


def test_the_book_and_the_trail_are_whole(home: IssuingHome) -> None:
    assert verify_register(home.services).faults == ()


def test_every_line_was_held_and_issued_once(home: IssuingHome) -> None:
    with home.database.transaction() as tx:
        actions = [(e.subject, e.action) for e in tx.audit.all() if e.subject.startswith("COPIES")]
    assert len(actions) == len(set(actions)) == 2 * len(MOMENTS)


def test_only_documents_put_and_not_yet_pointed_at_are_left_over(home: IssuingHome) -> None:
    with home.database.transaction() as tx:
        pointed_at = tx.certifications.digests()
    orphans: set[Digest] = set(home.objects.stored_before(LATER)) - pointed_at
    assert len(orphans) == len(ORPHANS_FROM)
    assert all(home.objects.get(digest).startswith(b"%PDF-") for digest in orphans)
