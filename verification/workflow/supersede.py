"""Supersede: something issued in; a paper that is to replace it out and, once that is issued, what did.

1. Only an officer begins it. What is to be replaced is good, or has lost its record; nothing else is on its
   way to replace it.
2. The new paper is of the same dossier, with what was read of the old one, compared anew. It waits like any
   other: the original must be seen again, it needs a delegation in force and gets a number of its own. Where
   the original is scanned anew, the paper of the new dossier is marked instead, for the same applicant alone.
3. In step 4 of its issuing, in that very transaction, the old one is SUPERSEDED and says by what. A crash
   before that leaves the old one as it stands; what was annulled meanwhile stays annulled. A receipt never
   takes the place of a copy.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from verification.audit import AuditEntry
from verification.certification import Issued, ShortCode, Standing, StandingChange
from verification.decision import Role
from verification.drift import DriftState, Settled
from verification.errors import NotAllowedError, NotFoundError, StaleError
from verification.ports import PaperCase, Transaction
from verification.register import Series
from verification.same_original import same_applicant
from verification.services import Services
from verification.standing_errors import NotReplaceableError
from verification.submission import OfficerId, PaperId, PaperStage
from verification.workflow.compare_again import log_again, proposal_now
from verification.workflow.trail import STANDING_CHANGED

REPLACED = "REPLACED"
"""Why something is SUPERSEDED when something new took its place."""
BEGUN = "replacement.begun"
_ON_ITS_WAY = (PaperStage.WAITING, PaperStage.ISSUING, PaperStage.TO_SIGN, PaperStage.FAILED)


def begin_replacement(services: Services, code: ShortCode, officer_id: OfficerId) -> PaperCase:
    """Step 1 and the first way of step 2: the new paper, waiting; the one already begun by the same officer.

    Raises NotAllowedError, NotFoundError, NotReplaceableError, StaleError.
    """
    with services.database.transaction() as tx:
        # 1
        _require_officer(tx, officer_id)
        new = _compared(services, tx, code)
        _require_replaceable(tx, tx.certifications.to_change(code))
        # 2
        _wait(services, tx, new)
        _begun(tx, services, new, officer_id)
    return new


def mark_replacing(
    services: Services, paper_id: PaperId, code: ShortCode, officer_id: OfficerId, *, version: int
) -> PaperCase:
    """The second way of step 2: the waiting paper as marked. Raises as `begin_replacement`."""
    with services.database.transaction() as tx:
        _require_officer(tx, officer_id)
        paper = tx.submissions.paper(paper_id)
        if paper.version != version or paper.stage is not PaperStage.WAITING or paper.replaces:
            raise StaleError
        # The paper first, as a delivery takes them: else each could wait for the other.
        marked = tx.submissions.save_paper(replace(paper, replaces=code))
        old = tx.certifications.to_change(code)
        _require_replaceable(tx, old, but=marked)
        _require_same_applicant(tx, paper, old)
        _begun(tx, services, marked, officer_id)
    return marked


def supersede(
    tx: Transaction, paper: PaperCase, new: Issued, *, by: OfficerId, at: datetime
) -> tuple[AuditEntry, ...]:
    """Step 3, within the transaction that issues `new`; never in its way. What comes back is to be written
    into the audit trail when all else is done: whoever writes it bars the rest."""
    old = tx.certifications.by_code(paper.replaces) if paper.replaces else None
    if old is None or _receipt_for_copy(old, new):
        return ()
    _settle_line(tx, old, by, at)
    if not is_replaceable(tx.certifications.to_change(old.code)):
        return ()
    change = StandingChange(old.code, Standing.SUPERSEDED, REPLACED, at, by, replaced_by=new.code)
    tx.certifications.stand(change)
    said = (
        ("standing", Standing.SUPERSEDED.value),
        ("reason", REPLACED),
        ("by", new.entry_id),
    )
    return (AuditEntry(at, by, STANDING_CHANGED, old.entry_id, said),)


def is_replaceable(issued: Issued) -> bool:
    """Whether something may take its place: it is good, or has only lost its record."""
    lost_its_record = issued.standing is Standing.SUPERSEDED and issued.replaced_by is None
    return issued.standing is Standing.GOOD or lost_its_record


def _receipt_for_copy(old: Issued, new: Issued) -> bool:
    """The officer found meanwhile that no copy is needed: that makes the copy that is there no worse."""
    return new.series is Series.RECEIPTS and old.series is not Series.RECEIPTS


def _require_officer(tx: Transaction, officer_id: OfficerId) -> None:
    if Role.OFFICER not in tx.officers.get(officer_id).roles:
        raise NotAllowedError


def _require_replaceable(tx: Transaction, old: Issued, *, but: PaperCase | None = None) -> None:
    others = (p for p in tx.submissions.replacing(old.code) if but is None or p.id != but.id)
    on_its_way = [p for p in others if p.stage in _ON_ITS_WAY]
    if on_its_way or not is_replaceable(old):
        raise NotReplaceableError


def _require_same_applicant(tx: Transaction, paper: PaperCase, old: Issued) -> None:
    """And of the same sort: a receipt never takes the place of a copy by this way."""
    theirs = tx.submissions.get(tx.submissions.paper(old.paper_id).submission_id)
    mine = tx.submissions.get(paper.submission_id)
    if not same_applicant(mine.applicant, theirs.applicant) or old.series is Series.RECEIPTS:
        raise NotReplaceableError


def _compared(services: Services, tx: Transaction, code: ShortCode) -> PaperCase:
    """The new paper, compared before what was issued is locked: the end of a delivery takes the two in this
    order. Raises NotFoundError."""
    old = tx.certifications.by_code(code)
    if old is None:
        raise NotFoundError
    before = tx.submissions.paper(old.paper_id)
    ordinals = [int(p.id.rpartition(".")[2]) for p in tx.submissions.papers(before.submission_id)]
    new = PaperCase(
        id=PaperId(f"{before.submission_id}.{max(ordinals) + 1}"),
        submission_id=before.submission_id,
        sides=before.sides,
        assessment=before.assessment,
        stage=PaperStage.WAITING,
        replaces=old.code,
    )
    return replace(new, assessment=proposal_now(services, tx, new))


def _wait(services: Services, tx: Transaction, new: PaperCase) -> None:
    """Raises StaleError where another paper of this dossier was added at this moment."""
    log_again(services, tx, new, new.assessment)
    tx.submissions.add_papers([new])
    if tx.submissions.paper(new.id) != new:
        raise StaleError


def _begun(tx: Transaction, services: Services, paper: PaperCase, officer_id: OfficerId) -> None:
    detail = (("replaces", paper.replaces or ""), ("outcome", paper.assessment.outcome.value))
    tx.audit.add(AuditEntry(services.now(), officer_id, BEGUN, paper.id, detail))


def _settle_line(tx: Transaction, old: Issued, by: OfficerId, at: datetime) -> None:
    """What lost its record and is replaced needs no officer any more. One who is settling it at this moment
    may do so: issuing does not fail for it."""
    line = tx.drift.last_of(old.paper_id)
    if line and line.state is DriftState.OPEN and line.entry_id == old.entry_id:
        done = replace(line, state=DriftState.DONE, settled=Settled.DECIDED)
        with suppress(StaleError):
            tx.drift.save(replace(done, by=by, settled_at=at))
