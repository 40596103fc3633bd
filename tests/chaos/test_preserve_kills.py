"""A worker is killed at each point of adding long-term data: afterwards every document has one version, the
book is whole, and what the sweep finds is what that page allows.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.worker import Housekeeping, worker
from signing.model import Verdict
from tests.builders import NOW
from tests.chaos.issuing_home import IssuingHome
from tests.chaos.preserving_worker import MOMENTS, a_day_later
from tests.desk import approval
from verification.preservation import PreservationCounts
from verification.register import EntryId
from verification.workflow.decide import decide
from verification.workflow.issue import hold, sign_and_keep
from verification.workflow.preserve import counts
from verification.workflow.validate import validate
from verification.workflow.verify_register import verify_register

LATER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Over:
    """The home when all is over, and how many versions lay there after each kill. The last document was not
    touched yet."""

    home: IssuingHome
    folder: Path
    left: dict[str, int]


def entry_of(moment: str) -> EntryId:
    return EntryId(f"COPIES-2026-{list(MOMENTS).index(moment) + 1}")


def issue_one(home: IssuingHome, name: str) -> None:
    paper = home.waiting_paper(name)
    decide(home.services, approval(paper), version=paper.version)
    hold(home.services, paper.id)
    sign_and_keep(home.services, paper.id)


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Over]:
    """One worker after the other, each killed at its moment and followed by the next, which is the test's own
    at the end."""
    folder = tmp_path_factory.mktemp("preserved")
    home, left = IssuingHome.open(folder), {}
    for number in range(1, len(MOMENTS) + 2):
        issue_one(home, str(number))
    for moment in MOMENTS:
        program = [sys.executable, "-m", "tests.chaos.preserving_worker", str(folder)]
        ended = subprocess.run([*program, entry_of(moment), moment], timeout=60, check=False).returncode
        assert ended == -signal.SIGKILL
        with home.database.reading() as tx:
            left[moment] = len(tx.preservations.versions(entry_of(moment)))
    engine = worker(a_day_later(home.services, folder), url=home.url, executor_id="worker-1", poll_s=0.05)
    engine.launch()
    assert engine.wait_idle(30)
    engine.stop(grace_s=0)
    yield Over(home, folder, left)
    home.close()


def test_the_version_is_there_only_after_its_transaction(over: Over) -> None:
    assert over.left == dict.fromkeys(MOMENTS, 0)


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_document_has_one_version_that_is_valid(over: Over, moment: str) -> None:
    services = a_day_later(over.home.services, over.folder)
    with over.home.database.reading() as tx:
        (version,) = tx.preservations.versions(entry_of(moment))
    found = validate(services, over.home.objects.get(version.digest))
    assert (found.report.verdict, version.level) == (Verdict.VALID, "B-LTA")
    assert found.issued is not None
    assert found.issued.entry_id == entry_of(moment)


def test_the_book_is_whole_and_only_what_was_put_in_vain_is_left_over(over: Over) -> None:
    assert verify_register(over.home.services).faults == ()
    with over.home.database.reading() as tx:
        known = tx.certifications.digests()
    left_over = set(over.home.objects.stored_before(LATER)) - known
    assert len(left_over) == len(MOMENTS), "killed after the put, and done again with other bytes"


def test_housekeeping_hands_the_worker_what_is_due(over: Over) -> None:
    services = a_day_later(over.home.services, over.folder)
    assert counts(services) == PreservationCounts(waiting=1, failing=0, due=1)
    early = replace(services, now=lambda: NOW + timedelta(hours=23))
    engine = worker(services, url=over.home.url, executor_id="worker-1", poll_s=0.05)
    engine.launch()
    Housekeeping(early, engine, look_ups_kept_days=1096).round()
    assert engine.wait_idle(30)
    assert counts(services).waiting == 1
    Housekeeping(services, engine, look_ups_kept_days=1096).round()
    assert engine.wait_idle(30)
    engine.stop(grace_s=0)
    assert counts(services) == PreservationCounts(waiting=0, failing=0, due=0)
