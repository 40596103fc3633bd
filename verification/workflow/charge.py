"""Charge: a paper and the day in, what its certified copies cost and by which act out.

The fee is fixed when the number is taken; what is shown before is what it would be today.
"""

from dataclasses import dataclass
from datetime import date

from verification.decision import Approval, IssuingDecision
from verification.fees import CopyForm, FeeRule
from verification.ports import PaperCase
from verification.services import Services
from verification.submission import Submission
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


def charge_of(
    services: Services, submission: Submission, paper: PaperCase, decision: IssuingDecision, *, day: date
) -> Charge | None:
    """What is charged upon this decision; nothing for a receipt."""
    if not isinstance(decision, Approval):
        return None
    return charge(services, submission, paper, copies=decision.copies, day=day)
