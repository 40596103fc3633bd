"""One test authority for all tests of the workflow; a desk of its own for each."""

from pathlib import Path

import pytest

from signing.trial_pki import TestPki
from tests.builders import NOW, birth_page, birth_row, diploma_page
from tests.desk import Desk, approval
from verification.ports import PaperCase
from verification.workflow.compose import Held
from verification.workflow.issue import hold


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def desk(pki: TestPki, tmp_path: Path) -> Desk:
    return Desk(pki, tmp_path)


@pytest.fixture
def needed(desk: Desk) -> PaperCase:
    """A paper that no source knows, waiting for an officer."""
    return desk.hand_in(diploma_page())


@pytest.fixture
def needless(desk: Desk) -> PaperCase:
    """A paper that the records answer for, waiting for an officer."""
    desk.load("civil_status", birth_row())
    return desk.hand_in(birth_page())


@pytest.fixture
def held(desk: Desk, needed: PaperCase) -> Held:
    """The same with its line held, the next thing being to sign."""
    desk.decide(approval(needed))
    hold(desk.services, needed.id)
    (entry,) = desk.lines()
    with desk.database.transaction() as tx:
        submission = tx.submissions.get(needed.submission_id)
    return Held(submission, desk.case(needed.id), approval(needed), entry)
