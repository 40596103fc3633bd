"""Count demands: decisions in, the register of organisations that still ask for papers out.

What is noted when a paper is decided, in the decision's own transaction, is all that is counted.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from verification.assess import VIETNAM
from verification.assessment import Outcome
from verification.audit import AuditEntry
from verification.decision import Approval, Decision, NotNeeded, Role
from verification.demand import Demand, DemanderCount, Given, counted, organisation_key
from verification.errors import DemanderUnknownError, NotAllowedError
from verification.ports import PaperCase, Transaction
from verification.services import Services
from verification.submission import OfficerId, Submission


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of Vietnam, both included."""

    first: date
    last: date

    def bounds(self) -> tuple[datetime, datetime]:
        """From the first moment of the first day to the first moment after the last."""
        after = self.last + timedelta(days=1)
        return (
            datetime.combine(self.first, time(), VIETNAM),
            datetime.combine(after, time(), VIETNAM),
        )


def month_of(day: date) -> Period:
    """The whole month of a day."""
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    return Period(first, after - timedelta(days=1))


def note_demand(tx: Transaction, paper: PaperCase, decision: Decision) -> None:
    """Keep who asked for a paper that nobody needs, as this decision says; forget what one before it said."""
    submission = tx.submissions.get(paper.submission_id)
    organisation = _asked(paper, submission, decision).strip()
    if not organisation_key(organisation):
        tx.demands.withdraw(paper.id)
        return
    tx.demands.note(
        Demand(
            at=decision.at,
            paper_id=paper.id,
            dossier=submission.code,
            kind=paper.sides[0].extraction.kind,
            given=Given.COPY if isinstance(decision, Approval) else Given.RECEIPT,
            organisation=organisation,
        )
    )


def _asked(paper: PaperCase, submission: Submission, decision: Decision) -> str:
    if paper.assessment.outcome is not Outcome.NO_COPY_NEEDED:
        return ""
    if isinstance(decision, Approval):
        return decision.demander or ""
    return submission.audience if isinstance(decision, NotNeeded) else ""


def count_demands(services: Services, period: Period) -> tuple[DemanderCount, ...]:
    """By organisation and kind of paper, the most demanding first."""
    with services.database.reading() as tx:
        return counted(tx.demands.between(*period.bounds()), tx.demands.names())


def organisations(services: Services) -> tuple[str, ...]:
    """Names to suggest while somebody types, those asking last first, each organisation once."""
    with services.database.reading() as tx:
        written, names = tx.demands.organisations(), tx.demands.names()
    proper = {organisation_key(name): name for name in names.values()}
    called = [names.get(organisation_key(name), name) for name in written]
    first = {organisation_key(name): name for name in reversed(called)} | proper
    return tuple(first[key] for key in dict.fromkeys(organisation_key(name) for name in called))


@dataclass(frozen=True, slots=True)
class Merge:
    """`written` is another writing of the organisation that is properly called `name`."""

    written: str
    name: str


def merge(services: Services, wanted: Merge, *, by: OfficerId) -> None:
    """Count both as one from now on, whatever was merged into the first before as well.

    Raises NotAllowedError, DemanderUnknownError.
    """
    old, new = organisation_key(wanted.written), organisation_key(wanted.name)
    with services.database.transaction() as tx:
        if Role.ADMIN not in tx.officers.get(by).roles:
            raise NotAllowedError
        if not old or not new:
            raise DemanderUnknownError
        names = tx.demands.names()
        followers = {key for key, name in names.items() if organisation_key(name) == old}
        # A name that others are called by is no longer another's writing itself, or two would wait for each
        # other.
        for key in sorted({old, new, *followers}):
            tx.demands.call(key, wanted.name.strip())
        tx.audit.add(AuditEntry(services.now(), by, "demander.merged", "demanders"))
