"""Decide: an officer's choice about one paper in, a recorded decision (and perhaps a queued issue) out.

1. The officer has the role, and the paper waits at the version they saw.
2. The choice fits the paper: no receipt the records do not carry, no copy of a copy, no needless copy
   without the name of who insists on it.
3. What will be signed needs a delegation in force.
4. In one transaction: decision, stage, audit entry, and the job that issues.
"""

from dataclasses import replace

from verification.assess import VIETNAM
from verification.assessment import Outcome
from verification.audit import AuditEntry
from verification.decision import (
    Approval,
    Decision,
    Delegation,
    NotNeeded,
    Rejection,
    ReturnForCorrection,
    Role,
)
from verification.errors import (
    CopyOfCopyError,
    DemanderMissingError,
    NoDelegationError,
    NotAllowedError,
    NotDecidableError,
    ReceiptNotPossibleError,
    StaleError,
)
from verification.extraction import CERTIFIED_COPY
from verification.ports import PaperCase, Transaction
from verification.services import Services
from verification.submission import OfficerId, PaperStage

ISSUE_JOB = "issue"


def decide(services: Services, decision: Decision, *, version: int) -> PaperCase:
    """The paper as decided. Raises the errors named in steps 1 to 3; nothing is changed then."""
    with services.database.transaction() as tx:
        # 1
        officer = tx.officers.get(decision.officer_id)
        if Role.OFFICER not in officer.roles:
            raise NotAllowedError
        paper = tx.submissions.paper(decision.paper_id)
        if paper.version != version:
            raise StaleError
        if paper.stage is not PaperStage.WAITING:
            raise NotDecidableError
        # 2
        stage = _stage_after(paper, decision)
        # 3
        if stage is PaperStage.ISSUING:
            delegation_in_force(tx, decision.officer_id, services)
        # 4
        insisted = isinstance(decision, Approval) and decision.insisted
        decided = tx.submissions.save_paper(replace(paper, decision=decision, stage=stage, insisted=insisted))
        tx.audit.add(_entry(decision))
        if stage is PaperStage.ISSUING:
            tx.jobs.enqueue(ISSUE_JOB, paper.id)
    return decided


def delegation_in_force(tx: Transaction, officer_id: OfficerId, services: Services) -> Delegation:
    """The officer's delegation that holds today in Vietnam. Raises NoDelegationError."""
    today = services.now().astimezone(VIETNAM).date()
    for delegation in tx.officers.delegations(officer_id):
        if delegation.in_force(today):
            return delegation
    raise NoDelegationError


def _stage_after(paper: PaperCase, decision: Decision) -> PaperStage:
    match decision:
        case Approval():
            _approvable(paper, decision)
            return PaperStage.ISSUING
        case NotNeeded():
            if paper.assessment.outcome is not Outcome.NO_COPY_NEEDED:
                raise ReceiptNotPossibleError
            return PaperStage.ISSUING
        case Rejection():
            return PaperStage.REJECTED
        case ReturnForCorrection():
            return PaperStage.RETURNED


def _approvable(paper: PaperCase, approval: Approval) -> None:
    if any(side.extraction.kind == CERTIFIED_COPY for side in paper.sides):
        raise CopyOfCopyError
    needless = paper.assessment.outcome is Outcome.NO_COPY_NEEDED
    if needless and not approval.insisted:
        raise DemanderMissingError


def _entry(decision: Decision) -> AuditEntry:
    name = type(decision).__name__
    detail: tuple[tuple[str, str], ...] = ()
    if isinstance(decision, Rejection):
        detail = (("ground", decision.ground.value),)
    if isinstance(decision, Approval):
        detail = (("original_seen_at", decision.original_seen.at.isoformat()),)
    return AuditEntry(decision.at, decision.officer_id, f"paper.decided.{name}", decision.paper_id, detail)
