"""The contracts of `signing_ports.Batches` and `PendingSignatures`, on every database."""

from dataclasses import replace

import pytest

from tests.storage.builders import NOW, digest, later
from verification.batch import Batch, BatchId, BatchPaper, BatchState, PaperState
from verification.errors import NotFoundError, StaleError
from verification.pending import Pending, PendingToken
from verification.ports import Database
from verification.register import EntryId
from verification.signing_errors import BatchRunningError
from verification.submission import OfficerId, PaperId

PAPERS = (BatchPaper(PaperId("s1.1")), BatchPaper(PaperId("s2.1")))


def batch(name: str = "b1", officer: str = "thu") -> Batch:
    return Batch(BatchId(name), OfficerId(officer), "local", BatchState.RUNNING, NOW, NOW, PAPERS)


def pending(token: str = "t1", document: int = 7) -> Pending:
    return Pending(
        paper_id=PaperId("s1.1"),
        token=PendingToken(token),
        officer_id=OfficerId("thu"),
        entry_id=EntryId("COPIES-2026-1"),
        document=digest(document),
        signed_attributes=b"1\x00\xff",
        certificate=b"\x30\x82",
        chain=(b"\x30\x00", b"\x30\x01"),
        reason="Chứng thực bản sao số 1/2026",
        begun_at=NOW,
        expires_at=later(minutes=30),
    )


def test_a_batch_is_kept_with_what_became_of_its_papers(database: Database) -> None:
    done = batch().with_paper(BatchPaper(PaperId("s1.1"), PaperState.ISSUED, number="1/2026"))
    with database.transaction() as work:
        work.batches.begin(batch())
        assert work.batches.report(replace(done, seen_at=later(seconds=1))) == replace(
            done, seen_at=later(seconds=1)
        )
    with database.transaction() as work:
        assert work.batches.get(BatchId("b1")) == replace(done, seen_at=later(seconds=1))
        with pytest.raises(NotFoundError):
            work.batches.get(BatchId("nothing"))


def test_an_officer_has_one_running_batch(database: Database) -> None:
    with database.transaction() as work:
        work.batches.begin(batch())
        work.batches.begin(batch("b2", officer="an"))
    with database.transaction() as work:
        with pytest.raises(BatchRunningError):
            work.batches.begin(batch("b3"))
        assert [b.id for b in work.batches.running()] == ["b1", "b2"]
        work.batches.report(replace(batch(), state=BatchState.DONE, ended_at=NOW))
        work.batches.begin(replace(batch("b3"), started_at=later(minutes=1)))
        assert [b.id for b in work.batches.last_of(OfficerId("thu"), limit=9)] == ["b3", "b1"]
        assert [b.id for b in work.batches.last_of(OfficerId("thu"), limit=1)] == ["b3"]


def test_an_end_that_was_asked_for_is_not_written_over(database: Database) -> None:
    with database.transaction() as work:
        work.batches.begin(batch())
        work.batches.stop(BatchId("b1"))
        assert work.batches.report(batch()).stopping
        assert work.batches.get(BatchId("b1")).stopping


def test_a_batch_that_has_ended_is_neither_reported_nor_stopped(database: Database) -> None:
    with database.transaction() as work:
        work.batches.begin(batch())
        ended = work.batches.report(replace(batch(), state=BatchState.LOST, ended_at=NOW))
        with pytest.raises(StaleError):
            work.batches.report(batch())
        work.batches.stop(BatchId("b1"))
        assert work.batches.get(BatchId("b1")) == ended


def test_of_what_was_handed_out_for_a_paper_the_last_counts(database: Database) -> None:
    with database.transaction() as work:
        work.pending.keep(pending())
        work.pending.keep(pending("t2", document=8))
    with database.transaction() as work:
        assert work.pending.of(PaperId("s1.1")) == pending("t2", document=8)
        assert work.pending.documents() == {digest(8)}
        work.pending.drop(PaperId("s1.1"))
        work.pending.drop(PaperId("s1.1"))
        assert work.pending.of(PaperId("s1.1")) is None
