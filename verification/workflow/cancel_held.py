"""Cancel a number that nothing will issue any more: a line held too long in, the same CANCELLED out.

1. A reason is given, and the line is HELD for longer than any job, batch or signature elsewhere takes.
2. No job for its paper waits or runs, no batch that runs holds it, nothing is handed out to be signed.
3. One transaction: the line CANCELLED with the reason, its paper FAILED so that it can be decided anew, the
   audit trail says who did it. Whatever should sign at this moment all the same finds the line CANCELLED, and
   what it signed is not kept.
"""

import hashlib
from dataclasses import replace
from datetime import timedelta

from verification.audit import AuditEntry
from verification.batch import PaperState
from verification.errors import NotFoundError, StaleError
from verification.ports import Transaction
from verification.register import EntryId, EntryState, RegisterEntry
from verification.register_errors import LineInUseError, ReasonMissingError
from verification.services import Services
from verification.submission import PaperId, PaperStage
from verification.workflow.decide import ISSUE_JOB

LINE_CANCELLED = "line.cancelled"
"""What the audit trail calls it; its subject is the line."""
BY_HAND = "CANCELLED_BY_HAND"
HELD_TOO_LONG = timedelta(hours=1)
"""Longer than the retries of a job take, and than a batch is without a word."""
_MOST_WORDS = 500
_UNDER_WAY = (PaperStage.ISSUING, PaperStage.TO_SIGN)


def held_too_long(services: Services) -> tuple[RegisterEntry, ...]:
    """Lines that are HELD for more than HELD_TOO_LONG, oldest first."""
    with services.database.reading() as tx:
        return tx.register.held(services.now() - HELD_TOO_LONG)


def cancel_held(services: Services, entry_id: EntryId, *, reason: str, by: str) -> RegisterEntry:
    """Raises ReasonMissingError, NotFoundError, LineInUseError, StaleError (the line is HELD no more)."""
    at, words = services.now(), " ".join(reason.split())[:_MOST_WORDS]
    # 1
    if not words:
        raise ReasonMissingError
    with services.database.transaction() as tx:
        entry = tx.register.entry(entry_id)
        if entry.state is not EntryState.HELD:
            raise StaleError
        # 2
        if entry.held_at > at - HELD_TOO_LONG or _in_use(services, tx, entry.paper_id):
            raise LineInUseError
        # 3
        _fail(tx, entry.paper_id)  # the paper first, as whoever issues takes them
        cancelled = tx.register.cancel(entry_id, at=at, reason=words)
        detail = (("paper", entry.paper_id), ("line", entry_id), ("reason", reason_digest(words)))
        tx.audit.add(AuditEntry(at, by, LINE_CANCELLED, entry_id, detail))
    return cancelled


def reason_digest(reason: str) -> str:
    """What the trail keeps of a reason: words may name somebody, and its entries never do."""
    return hashlib.sha256(reason.encode()).hexdigest()


def _in_use(services: Services, tx: Transaction, paper_id: PaperId) -> bool:
    pending = tx.pending.of(paper_id)
    if pending and pending.expires_at > services.now():
        return True
    if tx.jobs.waits(ISSUE_JOB, f"{paper_id}@"):
        return True
    return any(
        paper.paper_id == paper_id and paper.state is PaperState.WAITING
        for batch in tx.batches.running()
        if batch.seen_at > services.now() - HELD_TOO_LONG
        for paper in batch.papers
    )


def _fail(tx: Transaction, paper_id: PaperId) -> None:
    """A paper that is still on its way can be decided anew; one that went on otherwise stays as it is."""
    try:
        paper = tx.submissions.paper(paper_id)
    except NotFoundError:
        return
    if paper.stage in _UNDER_WAY:
        tx.submissions.save_paper(replace(paper, stage=PaperStage.FAILED, failure=BY_HAND))
        tx.pending.drop(paper_id)
