"""Review: a paper's id or a dossier's code in, everything its officer or its citizen looks at out.

Changes nothing but the audit trail: who was handed an issued file is noted.
"""

from dataclasses import dataclass, replace

from verification.audit import AuditEntry
from verification.certification import Issued, ShortCode
from verification.decision import Role
from verification.errors import NoDelegationError, NotFoundError, StaleError
from verification.ports import PaperCase, QueueItem, Transaction
from verification.register import Series
from verification.services import Services
from verification.submission import OfficerId, PageImage, PaperId, PaperStage, Submission
from verification.workflow.decide import delegation_in_force
from verification.workflow.look_up import Status
from verification.workflow.originals import pages_of
from verification.workflow.preserve import newest_file
from verification.workflow.redeliver import issued_for

_MOST_WAITING = 500
DECIDABLE = (PaperStage.WAITING, PaperStage.FAILED)
"""What an officer may open and decide: what failed to be issued is decided again."""


@dataclass(frozen=True, slots=True)
class Case:
    """One paper with its dossier, the other papers of it, and what was issued for it."""

    submission: Submission
    paper: PaperCase
    papers: tuple[PaperCase, ...]
    issued: tuple[Issued, ...]

    def pages(self) -> tuple[PageImage, ...]:
        """The pictures of its pages, side by side."""
        return tuple(pages_of(self.submission, self.paper))


def waiting(services: Services) -> tuple[QueueItem, ...]:
    """Papers that wait for a decision, oldest first; among them those whose issuing failed."""
    with services.database.transaction() as tx:
        return tx.submissions.queue(DECIDABLE, limit=_MOST_WAITING)


def case(services: Services, paper_id: PaperId) -> Case:
    """Raises NotFoundError."""
    with services.database.transaction() as tx:
        paper = tx.submissions.paper(paper_id)
        return Case(
            tx.submissions.get(paper.submission_id),
            paper,
            tx.submissions.papers(paper.submission_id),
            issued_for(tx, paper),
        )


def may_sign(services: Services, officer_id: OfficerId) -> frozenset[Series]:
    """What the officer has the role and a delegation in force for today; nothing: may sign nothing."""
    with services.database.transaction() as tx:
        if Role.OFFICER not in tx.officers.get(officer_id).roles:
            return frozenset()
        return frozenset(each for each in Series if _covered(services, tx, officer_id, each))


def _covered(services: Services, tx: Transaction, officer_id: OfficerId, series: Series) -> bool:
    try:
        delegation_in_force(tx, officer_id, services, series)
    except NoDelegationError:
        return False
    return True


def dossier(services: Services, code: str) -> Status:
    """A dossier for whoever has proved that they may see it. Raises NotFoundError."""
    with services.database.transaction() as tx:
        submission = tx.submissions.by_code(code)
        if submission is None:
            raise NotFoundError
        papers = tx.submissions.papers(submission.id)
        issued = tuple(i for p in papers for i in issued_for(tx, p))
    return Status(submission, papers, issued)


def hand_over(services: Services, code: ShortCode, actor: str) -> tuple[Issued, bytes]:
    """An issued file, for whoever has proved that they may have it. Raises NotFoundError."""
    with services.database.transaction() as tx:
        issued = tx.certifications.by_code(code)
        if issued is None:
            raise NotFoundError
        tx.audit.add(AuditEntry(services.now(), actor, "document.downloaded", issued.entry_id))
    return issued, newest_file(services, issued)


@dataclass(frozen=True, slots=True)
class Stated:
    """For which procedure and for whom a receipt will be, as an officer heard it at the counter."""

    procedure: str
    audience: str
    officer_id: OfficerId


def state_purpose(services: Services, paper_id: PaperId, stated: Stated, *, version: int) -> None:
    """Keep what was stated, while the paper waits at this version: never under a receipt being signed.

    Raises StaleError.
    """
    with services.database.transaction() as tx:
        paper = tx.submissions.paper(paper_id)
        if paper.version != version or paper.stage not in DECIDABLE:
            raise StaleError
        submission = tx.submissions.get(paper.submission_id)
        changed = _with_purpose(submission, stated)
        if changed == submission:
            return
        tx.submissions.save(changed)
        tx.audit.add(
            AuditEntry(services.now(), stated.officer_id, "submission.purpose_stated", submission.id)
        )


def _with_purpose(submission: Submission, stated: Stated) -> Submission:
    return replace(
        submission,
        procedure=stated.procedure or submission.procedure,
        audience=stated.audience or submission.audience,
    )
