"""Delegate: who may sign what, from when to when, by which paper, in; the delegation kept, or revoked, out.

1. The lines above the name follow the formulas of the law (`verification.capacity`); the decision is named,
   the days are in order, the officer is one.
2. A delegation that was kept is never changed: lines of the book name it. It is revoked, and another is made.
3. What is revoked signs nothing from that moment: issuing asks again just before it signs.
4. Both stand in the audit trail, with who did it.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from verification.assess import VIETNAM
from verification.audit import AuditEntry
from verification.capacity import capacity_of
from verification.decision import Delegation, DelegationScope, Officer, Role
from verification.errors import NotAllowedError, NotFoundError
from verification.ports import Transaction
from verification.services import Services
from verification.signing_errors import DelegationExistsError, DelegationInvalidError
from verification.submission import OfficerId

SOON = timedelta(days=30)
"""How long before its last day a delegation is shown as ending."""


@dataclass(frozen=True, slots=True)
class NewDelegation:
    """A delegation as it was typed; `capacity` are the lines above the name."""

    officer_id: OfficerId
    decision_number: str
    capacity: tuple[str, ...]
    valid_from: date
    valid_to: date
    scope: DelegationScope = DelegationScope.BOTH


def add_delegation(services: Services, new: NewDelegation, *, by: str) -> Delegation:
    """Steps 1 and 4. Raises NotFoundError, NotAllowedError for somebody who is no officer,
    CapacityInvalidError, DelegationInvalidError, DelegationExistsError."""
    capacity = capacity_of(new.capacity)
    number = " ".join(new.decision_number.split())
    if not number or new.valid_to < new.valid_from:
        raise DelegationInvalidError
    with services.database.transaction() as tx:
        if Role.OFFICER not in tx.officers.get(new.officer_id).roles:
            raise NotAllowedError
        delegation = Delegation(
            id=_free_id(tx, new, number),
            officer_id=new.officer_id,
            decision_number=number,
            capacity=capacity,
            valid_from=new.valid_from,
            valid_to=new.valid_to,
            scope=new.scope,
        )
        tx.officers.add_delegation(delegation)
        tx.audit.add(AuditEntry(services.now(), by, "delegation.added", delegation.id, _detail(delegation)))
    return delegation


def revoke_delegation(services: Services, delegation_id: str, *, by: str, reason: str = "") -> Delegation:
    """Steps 3 and 4; again changes nothing. Raises NotFoundError."""
    with services.database.transaction() as tx:
        delegation = _delegation(tx, delegation_id)
        if delegation.revoked:
            return delegation
        revoked = replace(delegation, revoked=True)
        tx.officers.add_delegation(revoked)
        why = (("reason", reason),) if reason else ()
        tx.audit.add(AuditEntry(services.now(), by, "delegation.revoked", delegation_id, why))
    return revoked


def delegations(services: Services) -> tuple[tuple[Officer, Delegation], ...]:
    """Everybody's, by officer, newest first."""
    with services.database.reading() as tx:
        return tuple((o, d) for o in tx.officers.all() for d in tx.officers.delegations(o.id))


def ending_soon(services: Services, delegation: Delegation) -> bool:
    """It is in force, and not for long any more."""
    today = services.now().astimezone(VIETNAM).date()
    return delegation.in_force(today) and delegation.valid_to - today <= SOON


def _delegation(tx: Transaction, delegation_id: str) -> Delegation:
    for officer in tx.officers.all():
        for delegation in tx.officers.delegations(officer.id):
            if delegation.id == delegation_id:
                return delegation
    raise NotFoundError


def _free_id(tx: Transaction, new: NewDelegation, number: str) -> str:
    """`officer:decision`, and behind it which one it is where a revoked one bears the name."""
    mine = tx.officers.delegations(new.officer_id)
    for known in mine:
        overlaps = known.valid_from <= new.valid_to and new.valid_from <= known.valid_to
        if known.decision_number == number and overlaps and not known.revoked:
            raise DelegationExistsError
    first, taken = f"{new.officer_id}:{number}", {known.id for known in mine}
    names = (first, *(f"{first}:{n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _detail(delegation: Delegation) -> tuple[tuple[str, str], ...]:
    return (
        ("officer", delegation.officer_id),
        ("scope", delegation.scope.value),
        ("from", delegation.valid_from.isoformat()),
        ("to", delegation.valid_to.isoformat()),
    )
