"""Signing from two sides at once, on both databases: one batch an officer, one document a paper."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from api.signing_desk import Ordered, sign_now
from signing.model import Signatory
from signing.trial_pki import TestPki
from storage.database import SqlDatabase
from tests.builders import NOW
from tests.desk import OFFICER, OFFICER_NAME, Desk, appoint
from tests.signing_ways import PIN, OutsideSigner, PlugIn, TokenSigner
from tests.waiting import approved_diploma
from verification.errors import VerificationError
from verification.register import EntryState, Series
from verification.services import Services
from verification.submission import PaperStage
from verification.workflow.sign_outside import Returned, begin, finish
from verification.workflow.take_back import take_back
from verification.workflow.verify_register import verify_register

PERSON = Signatory(OFFICER, OFFICER_NAME)


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def services(pki: TestPki, tmp_path: Path, sql: SqlDatabase) -> Services:
    """A desk's services over a real database."""
    desk = Desk(pki, tmp_path)
    made = replace(desk.services, database=sql)
    appoint(made)
    return made


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What came of each: `done`, or the code it was refused with."""
    start = Barrier(len(acts))

    def outcome(act: Callable[[], object]) -> str:
        start.wait(20)
        try:
            act()
        except VerificationError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(outcome, acts))


def test_of_two_batches_at_once_one_runs_and_one_is_told(services: Services) -> None:
    able = replace(services, signer=TokenSigner(services.signer))
    papers = tuple(approved_diploma(able, f"s{n}", OFFICER) for n in range(3))
    ordered = Ordered(PERSON, papers, PIN)
    told = at_once(*[lambda: sign_now(able, ordered, "desk", begun=lambda _: None)] * 2)
    assert sorted(told) in (["BATCH_RUNNING", "done"], ["NOTHING_TO_SIGN", "done"])
    with services.database.reading() as tx:
        entries = tx.register.entries(Series.COPIES, 2026)
    assert [(e.number, e.state) for e in entries] == [(n, EntryState.ISSUED) for n in (1, 2, 3)]
    assert verify_register(services).faults == ()


def test_what_is_taken_back_at_this_moment_is_issued_or_waits_and_never_both(services: Services) -> None:
    able = replace(services, signer=TokenSigner(services.signer))
    for name in ("s1", "s2", "s3"):
        paper = approved_diploma(able, name, OFFICER)
        ordered = Ordered(PERSON, (paper,), PIN)
        _, taken = at_once(
            lambda ordered=ordered: sign_now(able, ordered, "desk", begun=lambda _: None),  # type: ignore[misc]
            lambda paper=paper: take_back(able, paper, OFFICER),  # type: ignore[misc]
        )
        with services.database.reading() as tx:
            stage, issued = tx.submissions.paper(paper).stage, tx.certifications.by_paper(paper)
        expected = (PaperStage.WAITING, 0) if taken == "done" else (PaperStage.ISSUED, 1)
        assert (stage, len(issued)) == expected
    assert verify_register(services).faults == ()


def test_a_signature_that_comes_twice_at_once_is_issued_once(services: Services, pki: TestPki) -> None:
    able = replace(services, signer=OutsideSigner(services.signer))
    paper = approved_diploma(able, "s1", OFFICER)
    pending = begin(able, paper, OFFICER).pending
    value = PlugIn(pki, PERSON).signature(pending.signed_attributes)
    returned = Returned(OFFICER, pending.token, value)
    assert at_once(*[lambda: finish(able, paper, returned)] * 2) == ["done", "done"]
    with services.database.reading() as tx:
        assert len(tx.certifications.by_paper(paper)) == 1
    assert verify_register(services).faults == ()
