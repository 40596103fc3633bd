"""Enter a line: copies that an officer certifies on paper by hand in, their number in the book out; no file.

1. The officer has the role, and a delegation in force that covers copies.
2. Everything that the columns need is there.
3. One transaction: the next number of the book of copies on paper or, when the same form comes again, the
   one it was given; the line is ISSUED at once, its fingerprint in the place of a document; audit entries.
"""

from dataclasses import dataclass
from datetime import datetime

from ocr.model import Digest
from verification.audit import AuditEntry
from verification.decision import Officer, Role
from verification.errors import NotAllowedError
from verification.fees import CopyForm
from verification.ports import Transaction
from verification.register import BY_HAND, VIETNAM, Line, RegisterEntry, Series
from verification.register_errors import LineIncompleteError
from verification.services import Services
from verification.submission import OfficerId, PaperId
from verification.workflow.decide import delegation_in_force
from verification.workflow.issue import NUMBER_HELD

LINE_ENTERED = "line.entered"
"""What the audit trail calls it; its subject is the line, `document` its fingerprint."""
MOST_PAGES, MOST_COPIES = 2_000, 500
_ON_PAPER = "Bản giấy"


@dataclass(frozen=True, slots=True)
class PaperCopies:
    """What an officer states of copies on paper. `once` names the form: sent twice it is entered once."""

    once: str
    requester: str
    title: str
    pages: int
    copies: int
    note: str = ""

    def complete(self) -> bool:
        """Whether a line can be written of it."""
        counted = 1 <= self.pages <= MOST_PAGES and 1 <= self.copies <= MOST_COPIES
        return bool(self.once and self.requester and self.title) and counted


def enter_line(services: Services, stated: PaperCopies, officer_id: OfficerId) -> RegisterEntry:
    """Raises NotAllowedError, NoDelegationError, LineIncompleteError, BookClosedError."""
    at = services.now()
    with services.database.transaction() as tx:
        # 1
        officer = tx.officers.get(officer_id)
        if Role.OFFICER not in officer.roles:
            raise NotAllowedError
        line = _line(services, tx, stated, officer, at=at)
        # 2
        if line is None:
            raise LineIncompleteError
        # 3
        paper = PaperId(f"{BY_HAND}{officer_id}-{stated.once}.1")
        before = tx.register.held_for(paper, Series.PAPER_COPIES)
        return before or _entered(services, tx, paper, line, by=officer_id)


def _line(
    services: Services, tx: Transaction, stated: PaperCopies, officer: Officer, *, at: datetime
) -> Line | None:
    delegation = delegation_in_force(tx, officer.id, services, Series.PAPER_COPIES)
    if not stated.complete():
        return None
    rule = services.terms.fees.rule(CopyForm.PAPER, at.astimezone(VIETNAM).date())
    return Line(
        requester=stated.requester,
        title=stated.title,
        signer=officer.full_name,
        capacity=delegation.capacity,
        copies=stated.copies,
        fee=rule.rates.fee(stated.pages, copies=stated.copies),
        note="; ".join(part for part in (_ON_PAPER, stated.note, rule.note) if part),
        delegation=delegation.id,
    )


def _entered(
    services: Services, tx: Transaction, paper: PaperId, line: Line, *, by: OfficerId
) -> RegisterEntry:
    at, per_book = services.now(), services.terms.lines_per_book
    held = tx.register.hold(paper, Series.PAPER_COPIES, line, at=at, lines_per_book=per_book)
    fingerprint = held.fingerprint()
    entry = tx.register.issue(held.id, at=at, document=Digest(fingerprint))
    detail = (("paper", str(paper)), ("line", fingerprint))
    tx.audit.add(AuditEntry(at, by, NUMBER_HELD, entry.id, detail))
    tx.audit.add(AuditEntry(at, by, LINE_ENTERED, entry.id, (("document", fingerprint),)))
    return entry
