"""Accounts as an administrator sees them: names and roles in, one-time links and lists out."""

from collections.abc import Iterable
from typing import TypedDict

from api import auth
from api.web import paths
from api.wiring import Wired
from verification.decision import Role


class AccountFacts(TypedDict):
    """One account; nobody can sign in without a password or while it is disabled."""

    username: str
    full_name: str
    roles: list[str]
    disabled: bool
    has_password: bool


def create_account(
    wired: Wired, username: str, full_name: str, roles: Iterable[Role], *, by: str = auth.LOCAL
) -> str:
    """The link that sets the password, once, within a day. `by` is who did it, for the audit trail.

    Raises UsernameNotUsableError, UsernameTakenError.
    """
    now = wired.services.now()
    return _address(wired, auth.create_account(wired.database, username, full_name, roles, now=now, by=by))


def set_password_link(wired: Wired, username: str, *, by: str = auth.LOCAL) -> str:
    """A new link for this account; the one before stops working. Raises NotFoundError."""
    return _address(wired, auth.new_link(wired.database, username, now=wired.services.now(), by=by))


def first_run_link(wired: Wired) -> str | None:
    """The link that sets the first administrator's password; None once anybody can sign in."""
    token = auth.first_run_link(wired.database, now=wired.services.now())
    return _address(wired, token) if token else None


def list_accounts(wired: Wired) -> tuple[AccountFacts, ...]:
    """All accounts, by user name."""
    return tuple(
        AccountFacts(
            username=line.officer.id,
            full_name=line.officer.full_name,
            roles=sorted(role.value for role in line.officer.roles),
            disabled=line.disabled,
            has_password=line.has_password,
        )
        for line in auth.list_accounts(wired.database)
    )


def _address(wired: Wired, token: str) -> str:
    return f"{wired.settings.public_url}{paths.set_password(token)}"
