"""A number that is being taken while somebody else does something about its paper, on both databases: it is
issued, or cancelled, and never left behind for another decision.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Barrier, Event

import pytest

from signing.trial_pki import TestPki
from storage.database import SqlDatabase
from tests.builders import NOW
from tests.desk import OFFICER, Desk, appoint
from tests.waiting import approved_diploma
from verification.errors import NotDecidableError, StaleError
from verification.register import EntryState, RegisterEntry, Series
from verification.services import Services
from verification.submission import PaperStage
from verification.workflow.issue import abandon, hold, sign_and_keep
from verification.workflow.take_back import take_back
from verification.workflow.verify_register import verify_register


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def services(pki: TestPki, tmp_path: Path, sql: SqlDatabase) -> Services:
    """A desk's services over a real database; papers wait for their officer's signature."""
    made = replace(Desk(pki, tmp_path).services, database=sql, sign_in_batches=True)
    appoint(made)
    return made


@dataclass
class SlowClock:
    """A clock that says when it is looked at for the `slow`-th time, and takes a while then."""

    slow: int
    looked_at: Event
    looks: int = 0

    def __call__(self) -> datetime:
        self.looks += 1
        if self.looks == self.slow:
            self.looked_at.set()
            time.sleep(0.3)
        return NOW


def lines(services: Services) -> tuple[RegisterEntry, ...]:
    with services.database.reading() as tx:
        return tx.register.entries(Series.COPIES, NOW.year)


@pytest.mark.parametrize("look", [1, 2])
def test_a_paper_taken_back_while_its_number_is_taken_leaves_no_line_held(
    services: Services, look: int
) -> None:
    paper = approved_diploma(services, "s1", OFFICER)
    clock = SlowClock(look, Event())
    with ThreadPoolExecutor(1) as other:
        holding = other.submit(hold, replace(services, now=clock), paper)
        clock.looked_at.wait(2)
        take_back(services, paper, OFFICER)
        assert holding.exception() is None or isinstance(holding.exception(), NotDecidableError)
    with services.database.reading() as tx:
        assert tx.submissions.paper(paper).stage is PaperStage.WAITING
    assert EntryState.HELD not in {line.state for line in lines(services)}
    assert verify_register(services).faults == ()


def at_once(act: Callable[[], None], times: int) -> None:
    start = Barrier(times)

    def begin() -> None:
        start.wait(20)
        act()

    with ThreadPoolExecutor(times) as threads:
        for done in [threads.submit(begin) for _ in range(times)]:
            done.result()


def test_workers_that_carry_out_one_decision_at_once_issue_it_once(services: Services) -> None:
    at_the_desk = replace(services, sign_in_batches=False)
    paper = approved_diploma(at_the_desk, "s1", OFFICER)

    def work() -> None:
        try:
            hold(at_the_desk, paper)
            sign_and_keep(at_the_desk, paper)
        except StaleError as error:
            abandon(at_the_desk, paper, error)

    at_once(work, 3)
    with services.database.reading() as tx:
        assert tx.submissions.paper(paper).stage is PaperStage.ISSUED
        assert len(tx.certifications.by_paper(paper)) == 1
    assert [line.state for line in lines(services)] == [EntryState.ISSUED]
    assert verify_register(services).faults == ()
