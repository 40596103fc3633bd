"""How something stands when several change it at once, on both databases: annulled always wins, and stays."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from signing.trial_pki import TestPki
from storage.database import SqlDatabase
from tests.builders import NOW, birth_page, birth_row, diploma_page
from tests.desk import OFFICER, REQUEST, Desk, appoint, approval, not_needed
from tests.workflow.following import SOURCE, later
from tests.workflow.lives import again, revocation
from verification.assessment import Outcome
from verification.certification import Issued, Standing, StandingChange
from verification.decision import IssuingDecision
from verification.errors import StaleError, VerificationError
from verification.ports import PaperCase
from verification.standing_errors import AlreadyRevokedError, NotReplaceableError, NotSameOriginalError
from verification.submission import OfficerId
from verification.workflow.decide import decide
from verification.workflow.issue import hold, sign_and_keep
from verification.workflow.process import process
from verification.workflow.receive import receive
from verification.workflow.revoke import revoke
from verification.workflow.settle_drift import Choice, Settlement, settle, work_list
from verification.workflow.supersede import begin_replacement
from verification.workflow.synchronise import Delivery, synchronise
from verification.workflow.verify_register import verify_register

OTHER = OfficerId("khac.officer")


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def desk(pki: TestPki, tmp_path: Path, sql: SqlDatabase) -> Desk:
    """A desk on a real database, with two officers."""
    desk = Desk(pki, tmp_path)
    desk.replace(database=sql)
    for officer in (OFFICER, OTHER):
        appoint(desk.services, officer)
    return desk


def brought(desk: Desk, *, birth: bool = False) -> PaperCase:
    upload = desk.upload(birth_page() if birth else diploma_page())
    submission = receive(desk.services, [upload], REQUEST).submission
    assert submission is not None
    process(desk.services, submission.id)
    with desk.services.database.reading() as tx:
        (paper,) = tx.submissions.papers(submission.id)
    return paper


def held(desk: Desk, paper: PaperCase, decision: IssuingDecision) -> None:
    decide(desk.services, decision, version=paper.version)
    hold(desk.services, paper.id)


def issued(desk: Desk, paper: PaperCase, decision: IssuingDecision) -> Issued:
    held(desk, paper, decision)
    sign_and_keep(desk.services, paper.id)
    with desk.services.database.reading() as tx:
        (found,) = tx.certifications.by_paper(paper.id)
    return found


@pytest.fixture
def copy(desk: Desk) -> Issued:
    paper = brought(desk)
    return issued(desk, paper, approval(paper))


@pytest.fixture
def receipt(desk: Desk) -> Issued:
    desk.load(SOURCE, birth_row())
    paper = brought(desk, birth=True)
    return issued(desk, paper, not_needed(paper))


def stands(desk: Desk, what: Issued) -> Issued:
    with desk.services.database.reading() as tx:
        found = tx.certifications.by_entry(what.entry_id)
    assert found is not None
    return found


def delivered(desk: Desk, hour: int, **changes: str) -> None:
    row = birth_row({"updated_at": later(hour)}, without=(), **changes)
    synchronise(desk.services, [(1, row)], Delivery(SOURCE, NOW, OFFICER))


def at_once(*tasks: Callable[[], object]) -> list[str]:
    """All begun together; what became of each: a refusal's code, or `done`."""
    together = Barrier(len(tasks))

    def one(task: Callable[[], object]) -> str:
        together.wait(timeout=10)
        try:
            task()
        except VerificationError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(one, tasks))


def whole(desk: Desk) -> bool:
    return verify_register(desk.services).faults == ()


def test_of_officers_who_annul_at_once_one_wins_and_the_others_are_told(desk: Desk, copy: Issued) -> None:
    words = [replace(revocation(copy), officer_id=officer) for officer in (OFFICER, OTHER)]
    became = at_once(*(lambda word=word: revoke(desk.services, word) for word in words))
    assert sorted(became) == sorted(["done", AlreadyRevokedError.code])
    with desk.services.database.reading() as tx:
        assert len(tx.certifications.changes(copy.entry_id)) == 1
    assert whole(desk)


def test_what_is_annulled_while_it_is_replaced_ends_annulled(desk: Desk, copy: Issued) -> None:
    new = begin_replacement(desk.services, copy.code, OFFICER)
    held(desk, new, approval(new))
    became = at_once(
        lambda: sign_and_keep(desk.services, new.id), lambda: revoke(desk.services, revocation(copy))
    )
    assert became == ["done", "done"]
    assert stands(desk, copy).standing is Standing.REVOKED
    with desk.services.database.reading() as tx:
        assert [i.standing for i in tx.certifications.by_paper(new.id)] == [Standing.GOOD]
    assert whole(desk)


def test_of_two_who_replace_one_thing_at_once_one_is_told(desk: Desk, copy: Issued) -> None:
    became = at_once(
        *(lambda by=by: begin_replacement(desk.services, copy.code, by) for by in (OFFICER, OTHER))
    )
    assert sorted(became) == sorted(["done", NotReplaceableError.code])


def test_what_is_annulled_is_not_given_again_at_the_same_moment(desk: Desk, copy: Issued) -> None:
    paper = brought(desk)
    became = at_once(
        lambda: decide(desk.services, again(paper, copy), version=paper.version),
        lambda: revoke(desk.services, revocation(copy)),
    )
    assert became in (["done", "done"], [NotSameOriginalError.code, "done"])
    assert stands(desk, copy).standing is Standing.REVOKED


def test_a_delivery_that_comes_while_it_is_annulled_changes_nothing(desk: Desk, receipt: Issued) -> None:
    became = at_once(
        lambda: delivered(desk, 1, child__full_name="Nguyễn Thị Khác"),
        lambda: revoke(desk.services, revocation(receipt)),
    )
    assert became[0] == "done"
    if (
        became[1] == StaleError.code
    ):  # the delivery opened a line at this very moment; asked again, it is done
        revoke(desk.services, revocation(receipt))
    delivered(desk, 2)
    assert stands(desk, receipt).standing is Standing.REVOKED
    assert whole(desk)


def test_what_is_restored_while_it_is_annulled_ends_annulled(desk: Desk, receipt: Issued) -> None:
    delivered(desk, 1, child__full_name="Nguyễn Thị Khác")
    delivered(desk, 2)
    (item,) = work_list(desk.services)
    restoring = Settlement(item.line.id, Choice.RESTORE, OTHER, item.line.version)
    became = at_once(
        lambda: settle(desk.services, restoring), lambda: revoke(desk.services, revocation(receipt))
    )
    assert "done" in became
    if became[1] != "done":
        revoke(desk.services, revocation(receipt))
    assert stands(desk, receipt).standing is Standing.REVOKED
    assert whole(desk)


def test_a_delivery_and_a_replacement_of_what_it_touches_do_not_wait_for_each_other(
    desk: Desk, receipt: Issued
) -> None:
    became = at_once(
        lambda: delivered(desk, 1, child__full_name="Nguyễn Thị Khác"),
        lambda: begin_replacement(desk.services, receipt.code, OFFICER),
    )
    assert became == ["done", "done"]
    with desk.services.database.reading() as tx:
        (new,) = tx.submissions.replacing(receipt.code)
    assert new.assessment.outcome is not Outcome.NO_COPY_NEEDED
    assert stands(desk, receipt).standing_reason == "RECORD_CHANGED"


# -- what a fault leaves ------------------------------------------------------------------------

_FAULT = """CREATE TRIGGER fault BEFORE INSERT ON audit_entry WHEN NEW.action = 'document.issued'
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"""


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_fault_at_the_end_of_issuing_leaves_the_old_one_good_and_the_retry_replaces_it(
    desk: Desk, copy: Issued, url: str
) -> None:
    new = begin_replacement(desk.services, copy.code, OFFICER)
    held(desk, new, approval(new))
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as beside:
        beside.execute(_FAULT)
        beside.commit()
        with pytest.raises(StaleError):
            sign_and_keep(desk.services, new.id)
        assert stands(desk, copy) == copy
        with desk.services.database.reading() as tx:
            assert tx.certifications.by_paper(new.id) == ()
        beside.execute("DROP TRIGGER fault")
        beside.commit()
    sign_and_keep(desk.services, new.id)
    assert stands(desk, copy).standing is Standing.SUPERSEDED
    assert whole(desk)


# -- where writers do not take turns ------------------------------------------------------------


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_a_delivery_waits_for_who_annuls_and_then_knows(
    desk: Desk, receipt: Issued, sql: SqlDatabase
) -> None:
    """The row is written and not yet committed: the delivery must see what becomes of it."""
    with ThreadPoolExecutor(1) as other:
        with sql.transaction() as tx:
            tx.certifications.stand(
                StandingChange(receipt.code, Standing.REVOKED, "WRONG_CONTENT", NOW, OFFICER)
            )
            coming = other.submit(delivered, desk, 1, child__full_name="Nguyễn Thị Khác")
            with pytest.raises(TimeoutError):
                coming.result(timeout=0.3)
        coming.result(timeout=10)
    assert stands(desk, receipt).standing is Standing.REVOKED
