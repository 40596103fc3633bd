"""Sign a batch: papers approved during the day and an unlocked signer in, each issued in turn, out.

1. `start_batch`: the officer has the role, no other batch of theirs runs, and the papers wait for their
   signature. One row says which, in which order, and that it runs.
2. `run_batch`, paper by paper, in that order: the steps of `issue`, with the same line and the same checks.
   Before each paper and after it the row is written: who looks sees how far it is.
3. What concerns one paper (its picture, its record, its delegation) cancels its line and is told there; the
   rest goes on. What concerns every paper (the token, the store) ends the batch: the line that was held stays
   held, and the next batch takes it up; papers not reached wait on.
4. The row says how it ended. Where the process died nothing says so: after LEASE, or at the next start of
   the same process, the batch counts as LOST, and the next one begins where it ended.

The PIN is in none of this: whoever calls has unlocked the signer, and locks it again.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from signing.errors import FontMissingError
from signing.model import Signatory, Signer, SigningWay
from verification.audit import AuditEntry
from verification.batch import Batch, BatchId, BatchPaper, BatchState, PaperState
from verification.decision import Officer, Role
from verification.errors import (
    NoDelegationError,
    NotAllowedError,
    NotDecidableError,
    NotFoundError,
    StaleError,
)
from verification.ports import PaperCase, QueueItem, Transaction
from verification.register import Series
from verification.services import Services
from verification.signing_errors import NothingToSignError
from verification.submission import OfficerId, PaperId, PaperStage
from verification.workflow.decide import delegation_in_force
from verification.workflow.give_up_one import OF_ONE_PAPER, given_up_if_its_own
from verification.workflow.issue import SERVICE, held_line, hold, sign_and_keep

LEASE = timedelta(minutes=3)
"""A batch that was not heard of for so long is lost; longer than one signature with all its waiting takes."""
MOST = 500
"""Papers of one batch."""
_PASSED_BY = (NotDecidableError, NotFoundError, StaleError, NoDelegationError)
"""Somebody took it back or signed it meanwhile, or its officer may not sign such papers today."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers an officer means to sign, in order, and which process will do it."""

    officer_id: OfficerId
    papers: tuple[PaperId, ...]
    owner: str


def to_sign(services: Services, officer_id: OfficerId) -> tuple[QueueItem, ...]:
    """Papers that wait for this officer's signature, oldest first."""
    with services.database.reading() as tx:
        waiting = tx.submissions.queue((PaperStage.TO_SIGN,), limit=20 * MOST)
    mine = (item for item in waiting if _decided_by(item.paper, officer_id))
    return tuple(mine)[:MOST]


def way_of(services: Services, officer: Officer) -> SigningWay:
    """What it takes to sign as this officer. Raises KeysUnusableError."""
    return services.signer.way_of(Signatory(officer.id, officer.full_name))


def start_batch(services: Services, wanted: Wanted) -> Batch:
    """Step 1. Papers that wait no more are left out.

    Raises NotAllowedError, NothingToSignError, NoDelegationError, BatchRunningError; nothing has begun then.
    """
    at, officer_id = services.now(), wanted.officer_id
    with services.database.transaction() as tx:
        if Role.OFFICER not in tx.officers.get(officer_id).roles:
            raise NotAllowedError
        papers = tuple(id_ for id_ in dict.fromkeys(wanted.papers) if _still_waits(tx, id_, officer_id))
        if not papers:
            raise NothingToSignError
        _require_some_delegation(services, tx, officer_id)
        _end_lost(services, tx, lambda running: at - running.seen_at > LEASE)
        new = BatchId(services.new_id())
        batch = Batch(
            new, officer_id, wanted.owner, BatchState.RUNNING, at, at, tuple(map(BatchPaper, papers[:MOST]))
        )
        tx.batches.begin(batch)
        detail = (("papers", str(len(batch.papers))),)
        tx.audit.add(AuditEntry(at, officer_id, "batch.started", batch.id, detail))
    return batch


def run_batch(
    services: Services, batch: Batch, signer: Signer, *, stop: Callable[[], bool] = lambda: False
) -> Batch:
    """Steps 2 to 4; `signer` is unlocked for the officer. `stop` says that the process is going down.

    Raises whatever concerns every paper, for the caller to `halt`, and StaleError when the batch was taken
    for lost.
    """
    able = replace(services, signer=signer)
    for paper in batch.papers:
        # 2
        batch = _report(services, batch)
        if batch.stopping or stop():
            return _end(services, batch, BatchState.STOPPED)
        batch = _report(services, batch.with_paper(_sign_one(able, paper.paper_id)))
    # 4
    return _end(services, batch, BatchState.DONE)


def halt(services: Services, batch_id: BatchId, error: Exception) -> Batch:
    """Step 4 for a batch that something put an end to. Raises StaleError when it has ended already."""
    with services.database.reading() as tx:
        batch = tx.batches.get(batch_id)
    reason = str(getattr(error, "code", type(error).__name__))
    return _end(services, replace(batch, reason=reason), BatchState.HALTED)


def end_lost_of(services: Services, owner: str) -> None:
    """Step 4 for what a process of this name left running: it has just started anew."""
    with services.database.transaction() as tx:
        _end_lost(services, tx, lambda running: running.owner == owner)


def _sign_one(services: Services, paper_id: PaperId) -> BatchPaper:
    try:
        with given_up_if_its_own(services, paper_id):
            hold(services, paper_id)
            sign_and_keep(services, paper_id)
    except FontMissingError:
        raise
    except OF_ONE_PAPER as error:
        # 3
        return BatchPaper(paper_id, PaperState.FAILED, code=error.code)
    except _PASSED_BY as error:
        return BatchPaper(paper_id, PaperState.PASSED, code=error.code)
    number = held_line(services, paper_id).entry.label
    return BatchPaper(paper_id, PaperState.ISSUED, number=number)


def _report(services: Services, batch: Batch) -> Batch:
    with services.database.transaction() as tx:
        return tx.batches.report(replace(batch, seen_at=services.now()))


def _end(services: Services, batch: Batch, state: BatchState) -> Batch:
    with services.database.transaction() as tx:
        return _ended(services, tx, batch, state)


def _ended(services: Services, tx: Transaction, batch: Batch, state: BatchState) -> Batch:
    at = services.now()
    ended = tx.batches.report(replace(batch, state=state, ended_at=at))
    counts = ((each.value.lower(), str(ended.count(each))) for each in PaperState)
    detail = (("state", state.value), *counts, *((("reason", ended.reason),) if ended.reason else ()))
    tx.audit.add(AuditEntry(at, SERVICE, "batch.ended", ended.id, detail))
    return ended


def _end_lost(services: Services, tx: Transaction, lost: Callable[[Batch], bool]) -> None:
    for running in tx.batches.running():
        if lost(running):
            _ended(services, tx, running, BatchState.LOST)


def _still_waits(tx: Transaction, paper_id: PaperId, officer_id: OfficerId) -> bool:
    try:
        paper = tx.submissions.paper(paper_id)
    except NotFoundError:
        return False
    return paper.stage is PaperStage.TO_SIGN and _decided_by(paper, officer_id)


def _decided_by(paper: PaperCase, officer_id: OfficerId) -> bool:
    return paper.decision is not None and paper.decision.officer_id == officer_id


def _require_some_delegation(services: Services, tx: Transaction, officer_id: OfficerId) -> None:
    """Each paper is asked about when its turn comes; without any there is no need for a PIN."""
    for series in Series:
        with suppress(NoDelegationError):
            delegation_in_force(tx, officer_id, services, series)
            return
    raise NoDelegationError
