"""Whoever signs a batch, or takes signatures made elsewhere, is killed at each point: afterwards every
paper has one line, one number and one document that holds, in order, and the proof of the book is clean.
"""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from signing.model import Verdict
from tests.chaos.issuing_home import IssuingHome
from tests.chaos.signing_runs import run
from tests.desk import OFFICER
from verification.batch import BatchState
from verification.register import EntryState, Series
from verification.submission import PaperId, PaperStage
from verification.workflow.validate import validate
from verification.workflow.verify_register import verify_register

LONG = os.environ.get("CHUNGTHUC_CHAOS") == "long"
SIGNING = ("before sign", "after sign", "after put")
COMMITS = {"batch": 8 if not LONG else 20, "outside": 4 if not LONG else 12}
"""Transactions: beginning a batch and signing its first paper; with a key elsewhere, one paper."""


def moments(way: str) -> list[str]:
    """Where the processes die, one after the other; in the long form also just before each commit, and in the
    second and third paper."""
    commits = range(1, COMMITS[way] + 1)
    when = ("before", "after") if LONG else ("after",)
    inside = [f"{at}*{nth}" for nth in ((1, 2, 3) if LONG else (1,)) for at in SIGNING]
    return [*(f"{each} commit {n}" for n in commits for each in when), *inside, "never"]


def names(number: int) -> tuple[str, ...]:
    """Of the papers that process adds; in the long form enough for every moment to come."""
    each = 3 if LONG else 1
    return tuple(f"{each * number + n:03}" for n in range(1, each + 1))


@dataclass(frozen=True, slots=True)
class Ended:
    """The home when all is over, and how each process ended."""

    home: IssuingHome
    way: str
    codes: tuple[int, ...]

    @property
    def papers(self) -> list[PaperId]:
        return [PaperId(f"{name}.1") for number in range(len(self.codes)) for name in names(number)]


@pytest.fixture(scope="module", params=["batch", "outside"])
def ended(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    planned = enumerate(moments(request.param))
    codes = tuple(run(request.param, folder, names(number), moment) for number, moment in planned)
    home = IssuingHome.open(folder)
    yield Ended(home, request.param, codes)
    home.close()


def test_every_process_died_at_its_moment_but_the_last(ended: Ended) -> None:
    expected = [-signal.SIGKILL] * (len(ended.codes) - 1) + [0]
    assert dict(zip(moments(ended.way), ended.codes, strict=True)) == dict(
        zip(moments(ended.way), expected, strict=True)
    )


def test_every_paper_has_one_issued_line_and_numbers_run_in_order(ended: Ended) -> None:
    with ended.home.database.reading() as tx:
        entries = tx.register.entries(Series.COPIES, 2026)
        stages = {tx.submissions.paper(paper).stage for paper in ended.papers}
    assert [entry.number for entry in entries] == list(range(1, len(ended.papers) + 1))
    assert [entry.paper_id for entry in entries] == ended.papers
    assert {entry.state for entry in entries} == {EntryState.ISSUED}
    assert stages == {PaperStage.ISSUED}


def test_every_paper_has_one_document_that_holds(ended: Ended) -> None:
    for paper in ended.papers:
        with ended.home.database.reading() as tx:
            (issued,) = tx.certifications.by_paper(paper)
        found = validate(ended.home.services, ended.home.objects.get(issued.digest))
        assert (found.report.verdict, found.issued) == (Verdict.VALID, issued)


def test_the_proof_of_the_book_is_clean(ended: Ended) -> None:
    assert verify_register(ended.home.services).faults == ()


def test_every_line_was_held_and_issued_once(ended: Ended) -> None:
    with ended.home.database.reading() as tx:
        actions = [(e.subject, e.action) for e in tx.audit.all() if e.subject.startswith("COPIES")]
        running, waited_for = tx.batches.running(), tx.pending.documents()
    assert len(actions) == len(set(actions)) == 2 * len(ended.papers)
    assert (running, waited_for) == ((), frozenset())


def test_what_was_killed_counts_as_lost(ended: Ended) -> None:
    with ended.home.database.reading() as tx:
        batches = tx.batches.last_of(OFFICER, limit=100)
    states = {batch.state for batch in batches}
    assert states == ({BatchState.LOST, BatchState.DONE} if ended.way == "batch" else set())
