"""Decide: an officer's choice about one paper in, a recorded decision (and perhaps a queued issue) out.

1. The officer has the role, and the paper waits at the version they saw.
2. The choice fits the paper: no receipt the records do not carry, no copy of a copy, no needless copy
   without the name of who insists on it, no copy of a scan coarser than the law has it, and
   nothing that the typeface cannot print.
3. A receipt needs records that answer now, not only when the paper was compared: else the paper gets the
   new proposal and waits on. Where our copy, or a platform's answer, has grown too old meanwhile, nothing
   is decided. What will be signed needs a delegation in force that covers it. What is given again must be
   good, and of the same original and applicant.
4. In one transaction: decision, stage, audit entry, and the job that issues; or, where the officer signs
   in batches, with a PIN or with a key that is elsewhere, no job: the paper waits to be signed.
"""

from dataclasses import replace

from signing.model import Signatory, SigningWay
from verification.assess import VIETNAM
from verification.assessment import Outcome
from verification.audit import AuditEntry
from verification.decision import (
    Approval,
    Decision,
    Delegation,
    IssuingDecision,
    NotNeeded,
    Redelivery,
    Rejection,
    ReturnForCorrection,
    Role,
)
from verification.drift import DriftState, Settled
from verification.errors import (
    CopyOfCopyError,
    DemanderMissingError,
    NoDelegationError,
    NoLongerAnsweredError,
    NotAllowedError,
    NotDecidableError,
    ReceiptNotPossibleError,
    StaleError,
)
from verification.extraction import CERTIFIED_COPY
from verification.ports import PaperCase, Transaction
from verification.register import Series
from verification.services import Services
from verification.submission import OfficerId, PaperId, PaperStage
from verification.workflow.compare_again import answered_now, log_again, rest
from verification.workflow.count_demands import note_demand
from verification.workflow.issuable import require_issuable
from verification.workflow.redeliver import require_same_original

SERVICE = "service"
ISSUE_JOB = "issue"
_DECIDABLE = (PaperStage.WAITING, PaperStage.FAILED)
"""A paper whose issue failed for good is decided anew; its cancelled line stays in the book."""


def decide(services: Services, decision: Decision, *, version: int) -> PaperCase:
    """The paper as decided. Raises the errors named in steps 1 to 3; nothing is decided then."""
    later = isinstance(decision, Approval | NotNeeded) and _signs_later(services, decision)
    with services.database.transaction() as tx:
        # 1
        paper = _decidable(tx, decision, version)
        # 2
        stage = stage_after(paper, decision)
        if isinstance(decision, Approval | NotNeeded):
            require_issuable(services, tx.submissions.get(paper.submission_id), paper, decision)
        # 3
        kept = _still_answered(services, tx, paper, decision)
        if isinstance(decision, Redelivery):
            require_same_original(services, tx, paper, decision)
        if kept and isinstance(decision, Approval | NotNeeded):
            delegation_in_force(tx, decision.officer_id, services, series_of(decision))
            stage = PaperStage.TO_SIGN if later else stage
        # 4
        decided = _keep(tx, paper, decision, stage) if kept else None
    if decided is None:
        raise NoLongerAnsweredError
    return decided


def _signs_later(services: Services, decision: IssuingDecision) -> bool:
    """Asked outside the transaction: it may look for a token. Raises NotFoundError, KeysUnusableError."""
    if services.sign_in_batches:
        return True
    with services.database.reading() as tx:
        officer = tx.officers.get(decision.officer_id)
    way = services.signer.way_of(Signatory(officer.id, officer.full_name))
    return way is not SigningWay.AT_ONCE


def _decidable(tx: Transaction, decision: Decision, version: int) -> PaperCase:
    if Role.OFFICER not in tx.officers.get(decision.officer_id).roles:
        raise NotAllowedError
    paper = tx.submissions.paper(decision.paper_id)
    if paper.version != version:
        raise StaleError
    if paper.stage not in _DECIDABLE:
        raise NotDecidableError
    return paper


def _still_answered(services: Services, tx: Transaction, paper: PaperCase, decision: Decision) -> bool:
    """Whether the decision may stand. A receipt's paper that the records answer for no longer gets the new
    proposal, which is kept, and waits on.

    Whatever is decided, a delivery that ends at this moment waits: one of the two knows of the other.
    """
    if not isinstance(decision, NotNeeded):
        rest(tx, paper.id, paper.assessment.match)
        return True
    now = answered_now(services, tx, paper)
    if now.outcome is Outcome.NO_COPY_NEEDED:
        return True
    log_again(services, tx, paper, now)
    tx.submissions.save_paper(replace(paper, assessment=now))
    detail = (("outcome", now.outcome.value),)
    tx.audit.add(AuditEntry(services.now(), SERVICE, "paper.compared_again", paper.id, detail))
    return False


def _keep(tx: Transaction, paper: PaperCase, decision: Decision, stage: PaperStage) -> PaperCase:
    insisted = isinstance(decision, Approval) and decision.insisted
    decided = tx.submissions.save_paper(
        replace(paper, decision=decision, stage=stage, insisted=insisted, failure=None)
    )
    note_demand(tx, paper, decision)
    _settle_waiting(tx, decision)
    tx.audit.add(_entry(decision))
    if stage is PaperStage.ISSUING:
        tx.jobs.enqueue(ISSUE_JOB, job_key(decided))
    return decided


def _settle_waiting(tx: Transaction, decision: Decision) -> None:
    """A line of the work list about a paper that had not been decided is done with the decision."""
    line = tx.drift.last_of(decision.paper_id)
    if line and line.state is DriftState.OPEN and line.entry_id is None:
        settled = replace(line, state=DriftState.DONE, settled=Settled.DECIDED)
        tx.drift.save(replace(settled, by=decision.officer_id, settled_at=decision.at))


def job_key(paper: PaperCase) -> str:
    """A decision has a job of its own, so that one made after a failure is carried out too."""
    return f"{paper.id}@{paper.version}"


def paper_of(key: str) -> PaperId:
    """The paper a job is about."""
    return PaperId(key.partition("@")[0])


def series_of(decision: IssuingDecision) -> Series:
    """What is issued upon it: a copy or a receipt."""
    return Series.COPIES if isinstance(decision, Approval) else Series.RECEIPTS


def delegation_in_force(
    tx: Transaction, officer_id: OfficerId, services: Services, series: Series
) -> Delegation:
    """The officer's newest delegation that holds today in Vietnam and covers what is issued.

    Raises NoDelegationError.
    """
    today = services.now().astimezone(VIETNAM).date()
    for delegation in tx.officers.delegations(officer_id):
        if delegation.in_force(today) and delegation.covers(series):
            return delegation
    raise NoDelegationError


def stage_after(paper: PaperCase, decision: Decision) -> PaperStage:
    """Step 2: where the paper stands then. Raises ReceiptNotPossibleError, CopyOfCopyError,
    DemanderMissingError."""
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
        case Redelivery():
            return PaperStage.REDELIVERED


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
    if isinstance(decision, Redelivery):
        detail = (("given", decision.entry_id), ("compared", str(decision.compared).lower()))
    if isinstance(decision, Approval):
        detail = (("original_seen_at", decision.original_seen.at.isoformat()),)
    return AuditEntry(decision.at, decision.officer_id, f"paper.decided.{name}", decision.paper_id, detail)
