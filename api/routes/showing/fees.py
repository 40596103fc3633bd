"""What copies of a paper cost: a case in, the fact to show before and after its decision out."""

from api.book_export import dotted
from api.web.language import Bilingual as Both
from api.web.views import Fact
from verification.deadlines import VIETNAM
from verification.decision import Approval
from verification.services import Services
from verification.workflow.charge import charge, charged
from verification.workflow.review import Case

_LABEL = Both("Lệ phí chứng thực", "Fee")


def fee_before(services: Services, case: Case) -> tuple[Fact, ...]:
    """Of one copy, if it were certified today, and by which act; nothing of a paper without a picture."""
    if not case.pages():
        return ()
    day = services.now().astimezone(VIETNAM).date()
    found = charge(services, case.submission, case.paper, copies=1, day=day)
    amount, basis = dotted(found.amount), found.rule.basis
    said = Both(
        f"{amount} đồng một bản ({found.pages} trang bản chính, {basis})",
        f"{amount} đồng a copy ({found.pages} pages of the original, {basis})",
    )
    return (Fact(_LABEL, said),)


def fee_after(services: Services, case: Case) -> tuple[Fact, ...]:
    """Of an approval: what stands in the book, once its number is taken."""
    if not isinstance(case.paper.decision, Approval):
        return ()
    found = charged(services, case.paper.id)
    if found is None:
        return ()
    amount = dotted(found.amount)
    said = Both(f"{amount} đồng ({found.copies} bản)", f"{amount} đồng ({found.copies} copies)")
    return (Fact(_LABEL, said),)
