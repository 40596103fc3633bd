"""Delegations and accounts in, the pages of the office out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.accounts import AccountFacts
from api.routes.showing.words import ROLES
from api.web.language import Bilingual as Both
from api.web.staff_views import (
    AccountRow,
    AccountsPage,
    DelegationInput,
    DelegationRow,
    DelegationsPage,
)
from api.web.views import Choice, Errors, Sign, State
from api.web.writing import day
from verification.capacity import title_missing
from verification.decision import Delegation, DelegationScope, Officer, Role
from verification.workflow.delegate import SOON

_IN_FORCE = State(Sign.GOOD, Both("Đang có hiệu lực", "In force"))
_NOT_IN_FORCE = State(Sign.NONE, Both("Không có hiệu lực hôm nay", "Not in force today"))
_REVOKED = State(Sign.BAD, Both("Đã thu hồi", "Revoked"))
_TITLE_MISSING = Both("Chưa ghi chức danh người ký", "The signer's title is missing")
SCOPES = {
    DelegationScope.BOTH: Both("Bản sao và phiếu", "Copies and receipts"),
    DelegationScope.COPIES: Both("Bản sao chứng thực", "Certified copies"),
    DelegationScope.RECEIPTS: Both("Phiếu xác nhận", "Receipts"),
}
_USABLE = State(Sign.GOOD, Both("Đang dùng", "In use"))
_LOCKED = State(Sign.BAD, Both("Đã khóa", "Locked"))
_NO_PASSWORD = State(Sign.WAIT, Both("Chưa đặt mật khẩu", "No password yet"))


def shown_delegations(
    found: Iterable[tuple[Officer, Delegation]],
    officers: Sequence[Officer],
    typed: DelegationInput,
    *,
    today: date,
    errors: Errors,
) -> DelegationsPage:
    """Every delegation; `officers` are those to whom one may be given, none for readers."""
    return DelegationsPage(
        rows=tuple(_delegation(officer, delegation, today) for officer, delegation in found),
        officers=tuple(Choice(o.id, Both(o.full_name, o.full_name)) for o in officers),
        scopes=tuple(Choice(s.value, SCOPES[s], chosen=s.value == typed.scope) for s in DelegationScope),
        given=typed,
        errors=errors,
    )


def _delegation(officer: Officer, delegation: Delegation, today: date) -> DelegationRow:
    return DelegationRow(
        id=delegation.id,
        officer=officer.full_name,
        decision=delegation.decision_number,
        capacity=" / ".join(delegation.capacity),
        scope=SCOPES[delegation.scope],
        days=f"{day(delegation.valid_from)} – {day(delegation.valid_to)}",
        state=_standing(delegation, today),
        warning=_warning(delegation, today),
        revocable=not delegation.revoked and today <= delegation.valid_to,
    )


def _standing(delegation: Delegation, today: date) -> State:
    if delegation.revoked:
        return _REVOKED
    return _IN_FORCE if delegation.in_force(today) else _NOT_IN_FORCE


def _warning(delegation: Delegation, today: date) -> Both | None:
    if not delegation.in_force(today):
        return None
    left = delegation.valid_to - today
    if left <= SOON:
        return Both(f"Còn {left.days + 1} ngày", f"{left.days + 1} days left")
    return _TITLE_MISSING if title_missing(delegation.capacity) else None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """The form for a new account as it was filled in."""

    username: str = ""
    full_name: str = ""
    roles: frozenset[str] = frozenset()

    def known_roles(self) -> frozenset[Role]:
        """The roles chosen, as far as there are such."""
        return frozenset(role for role in Role if role.value in self.roles)


def shown_accounts(
    accounts: Iterable[AccountFacts], new: NewAccount, *, link: str | None, owner: str, errors: Errors
) -> AccountsPage:
    """Every account; `link` has just been made for `owner`."""
    return AccountsPage(
        rows=tuple(_account(account) for account in accounts),
        roles=tuple(Choice(r.value, ROLES[r], chosen=r.value in new.roles) for r in Role),
        username=new.username,
        full_name=new.full_name,
        link=link,
        link_owner=owner,
        errors=errors,
    )


def _account(account: AccountFacts) -> AccountRow:
    roles = [ROLES[Role(role)] for role in account["roles"]]
    state = _LOCKED if account["disabled"] else _USABLE if account["has_password"] else _NO_PASSWORD
    return AccountRow(
        username=account["username"],
        full_name=account["full_name"],
        roles=Both(", ".join(r.vi for r in roles), ", ".join(r.en for r in roles)),
        state=state,
        locked=account["disabled"],
    )
