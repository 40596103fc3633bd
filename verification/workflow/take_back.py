"""Take back: a paper approved and not yet signed in, the same waiting for a decision again, out.

1. The paper waits for its signature, and it is the officer's own decision.
2. One transaction, in which nobody else has the paper: the number, if a batch that broke off had taken one,
   is cancelled and stays in the book; what was handed out to be signed elsewhere is void; the decision is
   withdrawn, the stage is WAITING again, the audit trail says so. A signature being made at this moment finds
   the decision gone, and is not kept.
"""

from dataclasses import replace

from verification.audit import AuditEntry
from verification.decision import Approval, NotNeeded
from verification.errors import NotAllowedError, NotDecidableError
from verification.ports import PaperCase
from verification.register import EntryState
from verification.services import Services
from verification.submission import OfficerId, PaperId, PaperStage
from verification.workflow.issue import ISSUE_FAILED, line_of

TAKEN_BACK = "TAKEN_BACK"
"""Why the line is cancelled."""


def take_back(services: Services, paper_id: PaperId, officer_id: OfficerId) -> PaperCase:
    """Raises NotFoundError, NotDecidableError, NotAllowedError."""
    at = services.now()
    with services.database.transaction() as tx:
        # 1
        paper = tx.submissions.to_change(paper_id)
        decision = paper.decision
        if paper.stage is not PaperStage.TO_SIGN or not isinstance(decision, Approval | NotNeeded):
            raise NotDecidableError
        if decision.officer_id != officer_id:
            raise NotAllowedError
        # 2
        entry = line_of(tx, paper_id, decision)
        if entry and entry.state is EntryState.HELD:
            tx.register.cancel(entry.id, at=at, reason=TAKEN_BACK)
            why = (("code", TAKEN_BACK),)
            tx.audit.add(AuditEntry(at, officer_id, ISSUE_FAILED, paper_id, why))
        tx.pending.drop(paper_id)
        tx.demands.withdraw(paper_id)
        waiting = replace(paper, stage=PaperStage.WAITING, decision=None, insisted=False)
        kept = tx.submissions.save_paper(waiting)
        tx.audit.add(AuditEntry(at, officer_id, "paper.taken_back", paper_id))
    return kept
