"""The pages of the office: delegations, accounts."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual
from api.web.views import Choice, Errors, State


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """One delegation: who, by which decision, printed how, for what, from when to when."""

    id: str
    officer: str
    decision: str
    capacity: str
    scope: Bilingual
    days: str
    state: State
    warning: Bilingual | None = None
    revocable: bool = False


@dataclass(frozen=True, slots=True)
class DelegationInput:
    """What was typed, kept when the form comes back with errors. Days are yyyy-mm-dd."""

    decision: str = ""
    capacity: str = ""
    valid_from: str = ""
    valid_to: str = ""
    scope: str = "BOTH"


@dataclass(frozen=True, slots=True)
class DelegationsPage:
    """Ủy quyền, phân công. Administrators' form: `officer`, `decision`, `capacity`, `scope`, `valid_from`,
    `valid_to`; and in each row one that revokes: `delegation`.

    `officers` are the choices; none: the reader may look and not add.
    """

    template: ClassVar[str] = "delegations.html"
    title: ClassVar[Bilingual] = Bilingual("Ủy quyền, phân công ký", "Delegations to sign")
    rows: tuple[DelegationRow, ...]
    officers: tuple[Choice, ...] = ()
    scopes: tuple[Choice, ...] = ()
    given: DelegationInput = DelegationInput()
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account: who, what for, and whether somebody can sign in."""

    username: str
    full_name: str
    roles: Bilingual
    state: State
    locked: bool


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """Tài khoản. Form: `username`, `full_name`, `roles` (several); each row has forms of its own.

    `link` is the one-time address just made for `link_owner`: shown once, to be handed over.
    """

    template: ClassVar[str] = "accounts.html"
    title: ClassVar[Bilingual] = Bilingual("Tài khoản", "Accounts")
    rows: tuple[AccountRow, ...]
    roles: tuple[Choice, ...]
    username: str = ""
    full_name: str = ""
    link: str | None = None
    link_owner: str = ""
    errors: Errors = ()
