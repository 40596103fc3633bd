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
from verification.submission import OfficerId, PaperId, PaperStage

ISSUE_JOB = "issue"
_DECIDABLE = (PaperStage.WAITING, PaperStage.FAILED)
"""A paper whose issue failed for good is decided anew; its cancelled line stays in the book."""


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
        if paper.stage not in _DECIDABLE:
            raise NotDecidableError
        # 2
        stage = _stage_after(paper, decision)
        # 3
        if stage is PaperStage.ISSUING:
            delegation_in_force(tx, decision.officer_id, services)
        # 4
        insisted = isinstance(decision, Approval) and decision.insisted
        decided = tx.submissions.save_paper(
            replace(paper, decision=decision, stage=stage, insisted=insisted, failure=None)
        )
        tx.audit.add(_entry(decision))
        if stage is PaperStage.ISSUING:
            tx.jobs.enqueue(ISSUE_JOB, job_key(decided))
    return decided


def job_key(paper: PaperCase) -> str:
    """A decision has a job of its own, so that one made after a failure is carried out too."""
    return f"{paper.id}@{paper.version}"


def paper_of(key: str) -> PaperId:
    """The paper a job is about."""
    return PaperId(key.partition("@")[0])


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
