"""Revoke: an officer's word that something issued has no value any more in, its new standing, for good, out.

1. The officer has the role and a delegation in force for what they annul (decision 0027: the chairman annuls
   what the commune certified, and whoever signs for the chairman enters it; administrators have no part).
2. The number was typed again, there is a note, and a certification has the number of its decision.
3. Revoked already: the same word again changes nothing; anybody else is told.
4. In one transaction: a line of the work list about it is done, standing, audit entry. Everything that is
   asked afterwards (the public page, the API, validation) answers REVOKED.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from verification.audit import AuditEntry
from verification.certification import Issued, ShortCode, Standing, StandingChange
from verification.decision import Role
from verification.drift import DriftState, Settled
from verification.errors import NotAllowedError, NotFoundError
from verification.ports import Transaction
from verification.register import Series
from verification.services import Services
from verification.standing import RevocationReason, is_decision_number
from verification.standing_errors import (
    AlreadyRevokedError,
    DecisionNumberNeededError,
    NumberNotConfirmedError,
    RevocationNoteMissingError,
)
from verification.submission import OfficerId
from verification.workflow.decide import delegation_in_force
from verification.workflow.trail import STANDING_CHANGED


@dataclass(frozen=True, slots=True)
class Revocation:
    """What an officer says: what, why, by which decision; `number` is the document's, typed again."""

    code: ShortCode
    officer_id: OfficerId
    reason: RevocationReason
    number: str
    note: str
    decision_number: str = ""


def revoke(services: Services, revocation: Revocation) -> Issued:
    """As it stands then. Raises NotAllowedError, NoDelegationError, NotFoundError, NumberNotConfirmedError,
    RevocationNoteMissingError, DecisionNumberNeededError, AlreadyRevokedError, StaleError."""
    at = services.now()
    with services.database.transaction() as tx:
        # 1
        issued = _allowed(services, tx, revocation)
        # 2
        _require_complete(revocation, issued)
        # 3
        if issued.standing is Standing.REVOKED:
            return _same_again(tx, issued, revocation)
        # 4
        _settle_line(tx, issued, revocation.officer_id, at)
        replaced_by = tx.certifications.to_change(issued.code).replaced_by
        revoked = tx.certifications.stand(_change(revocation, at, replaced_by))
        tx.audit.add(AuditEntry(at, revocation.officer_id, STANDING_CHANGED, issued.entry_id, _said(revoked)))
    return revoked


def _allowed(services: Services, tx: Transaction, revocation: Revocation) -> Issued:
    if Role.OFFICER not in tx.officers.get(revocation.officer_id).roles:
        raise NotAllowedError
    issued = tx.certifications.by_code(revocation.code)
    if issued is None:
        raise NotFoundError
    delegation_in_force(tx, revocation.officer_id, services, issued.series)
    return issued


def _require_complete(revocation: Revocation, issued: Issued) -> None:
    """A receipt is the service's own word, and is taken back without a decision of the chairman."""
    if revocation.number.strip() != issued.number:
        raise NumberNotConfirmedError
    if not revocation.note.strip():
        raise RevocationNoteMissingError
    needed = issued.series is not Series.RECEIPTS
    given = revocation.decision_number.strip()
    if (needed or given) and not is_decision_number(given):
        raise DecisionNumberNeededError


def _same_again(tx: Transaction, issued: Issued, revocation: Revocation) -> Issued:
    last = tx.certifications.changes(issued.entry_id)[-1:]
    said = (revocation.officer_id, revocation.reason.value, revocation.decision_number.strip())
    if any((change.by, change.reason, change.decision_number) == said for change in last):
        return issued
    raise AlreadyRevokedError


def _change(revocation: Revocation, at: datetime, replaced_by: ShortCode | None) -> StandingChange:
    return StandingChange(
        code=revocation.code,
        standing=Standing.REVOKED,
        reason=revocation.reason.value,
        at=at,
        by=revocation.officer_id,
        decision_number=revocation.decision_number.strip(),
        note=revocation.note.strip(),
        replaced_by=replaced_by,
    )


def _settle_line(tx: Transaction, issued: Issued, officer_id: OfficerId, at: datetime) -> None:
    """Before the standing, in the order in which a delivery takes the two: else each could wait for the
    other."""
    line = tx.drift.last_of(issued.paper_id)
    if line and line.state is DriftState.OPEN and line.entry_id == issued.entry_id:
        done = replace(line, state=DriftState.DONE, settled=Settled.REVOKED)
        tx.drift.save(replace(done, by=officer_id, settled_at=at))


def _said(revoked: Issued) -> tuple[tuple[str, str], ...]:
    """The note stays out of the trail: it may name people, and the trail is never forgotten."""
    said = (("standing", revoked.standing.value), ("reason", revoked.standing_reason or ""))
    return (*said, ("decision", revoked.decision_number)) if revoked.decision_number else said
