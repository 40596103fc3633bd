"""Charge: a paper and the day in, what its certified copies cost and by which act out.

The fee is fixed when the number is taken; what is shown before is what it would be today.
"""

from dataclasses import dataclass
from datetime import date

from verification.decision import Approval, IssuingDecision
from verification.fees import CopyForm, FeeRule
from verification.ports import PaperCase
from verification.register import BOOKS_OF_COPIES
from verification.services import Services
from verification.submission import PaperId, Submission
from verification.workflow.originals import pages_of


@dataclass(frozen=True, slots=True)
class Charge:
    """Đồng for so many copies of an original of so many pages."""

    amount: int
    pages: int
    copies: int
    rule: FeeRule


def charge(services: Services, submission: Submission, paper: PaperCase, *, copies: int, day: date) -> Charge:
    """What electronic copies of this paper cost. Raises ValueError for a paper without a page."""
    pages = len(pages_of(submission, paper))
    rule = services.terms.fees.rule(CopyForm.ELECTRONIC, day)
    return Charge(rule.rates.fee(pages, copies=copies), pages, copies, rule)


@dataclass(frozen=True, slots=True)
class Charged:
    """What stands in the book: đồng for so many copies."""

    amount: int
    copies: int


def charged(services: Services, paper_id: PaperId) -> Charged | None:
    """What was fixed when the number was taken; None while none is."""
    with services.database.reading() as tx:
        found = (tx.register.held_for(paper_id, series) for series in BOOKS_OF_COPIES)
        entry = next((entry for entry in found if entry), None)
    return Charged(entry.line.fee, entry.line.copies) if entry else None


def charge_of(
    services: Services, submission: Submission, paper: PaperCase, decision: IssuingDecision, *, day: date
) -> Charge | None:
    """What is charged upon this decision; nothing for a receipt."""
    if not isinstance(decision, Approval):
        return None
    return charge(services, submission, paper, copies=decision.copies, day=day)
