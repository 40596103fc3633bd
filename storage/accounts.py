"""Accounts, sessions, one-time links, keys of programs and counted attempts as rows, over a connection.

Secrets never come here: passwords as their argon2 hash, tokens as their SHA-256, addresses as a keyed hash.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from sqlalchemy import Connection, Row, delete, select, update

from storage import tables
from storage.dialects import insert
from verification.errors import NotFoundError
from verification.submission import OfficerId

TokenHash = NewType("TokenHash", str)
"""SHA-256 of a random token, 64 lower-case hexadecimal digits: whoever reads the table holds no token."""

_accounts = tables.account
_sessions = tables.session
_links = tables.password_link
_keys = tables.api_key
_attempts = tables.attempt


class Scope(StrEnum):
    """What a program's key opens; OFFICER is whatever its account may do."""

    SUBMIT = "submit"
    VALIDATE = "validate"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Account:
    """How an officer signs in. `username` is the officer's id; no hash: the password was never set."""

    username: OfficerId
    password_hash: str | None
    disabled: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser."""

    token: TokenHash
    username: OfficerId
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """The right to set the password of an account, once."""

    token: TokenHash
    username: OfficerId
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A program's key; what it does is done in the name of its account."""

    id: str
    name: str
    username: OfficerId
    scope: Scope
    token: TokenHash
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is counted, by whom (a keyed hash), in the window that began then."""

    what: str
    who: str
    window: datetime


@dataclass(frozen=True, slots=True)
class SqlAccounts:
    """Everything about signing in, in the transaction of this connection."""

    connection: Connection

    def add(self, account: Account) -> None:
        """Keep a new account. Raises StaleError when the name is taken, NotFoundError without an officer."""
        self.connection.execute(_accounts.insert().values(**_row(account)))

    def get(self, username: str) -> Account | None:
        """The account of this name."""
        row = self.connection.execute(select(_accounts).where(_accounts.c.username == username)).one_or_none()
        return None if row is None else _account(row)

    def all(self) -> tuple[Account, ...]:
        """Everybody, by name."""
        rows = self.connection.execute(select(_accounts).order_by(_accounts.c.username))
        return tuple(_account(row) for row in rows)

    def set_password(self, username: OfficerId, password_hash: str) -> None:
        """Change the hash. Raises NotFoundError."""
        self._change(username, password_hash=password_hash)

    def set_disabled(self, username: OfficerId, *, disabled: bool) -> None:
        """Lock or unlock. Raises NotFoundError."""
        self._change(username, disabled=disabled)

    def _change(self, username: OfficerId, **values: Any) -> None:
        changed = self.connection.execute(
            update(_accounts).where(_accounts.c.username == username).values(**values)
        )
        if changed.rowcount == 0:
            raise NotFoundError

    # -- sessions ------------------------------------------------------------------------------

    def open_session(self, session: Session) -> None:
        """Keep a new session."""
        self.connection.execute(_sessions.insert().values(**_row(session)))

    def session(self, token: TokenHash) -> Session | None:
        """The session of this token."""
        row = self.connection.execute(select(_sessions).where(_sessions.c.token == token)).one_or_none()
        return None if row is None else _session(row)

    def touch(self, token: TokenHash, at: datetime) -> None:
        """The session was used."""
        self.connection.execute(update(_sessions).where(_sessions.c.token == token).values(seen_at=at))

    def close_session(self, token: TokenHash) -> None:
        """Forget a session; nothing happens when it is gone."""
        self.connection.execute(delete(_sessions).where(_sessions.c.token == token))

    def close_sessions(self, username: OfficerId) -> None:
        """Forget every session of an account."""
        self.connection.execute(delete(_sessions).where(_sessions.c.username == username))

    def forget_sessions(self, *, opened_before: datetime) -> None:
        """Clear away what has expired."""
        self.connection.execute(delete(_sessions).where(_sessions.c.created_at < opened_before))

    # -- one-time links ------------------------------------------------------------------------

    def replace_link(self, link: PasswordLink) -> None:
        """Keep a new link; earlier ones of the account stop working."""
        self.connection.execute(delete(_links).where(_links.c.username == link.username))
        self.connection.execute(_links.insert().values(**_row(link)))

    def link(self, token: TokenHash) -> PasswordLink | None:
        """The unused link of this token."""
        row = self.connection.execute(select(_links).where(_links.c.token == token)).one_or_none()
        return None if row is None else PasswordLink(row.token, OfficerId(row.username), row.expires_at)

    def use_link(self, token: TokenHash) -> bool:
        """Take the link away; False when somebody was quicker."""
        return self.connection.execute(delete(_links).where(_links.c.token == token)).rowcount == 1

    # -- keys of programs ----------------------------------------------------------------------

    def add_key(self, key: ApiKey) -> None:
        """Keep a new key."""
        self.connection.execute(_keys.insert().values(**_row(key)))

    def key(self, token: TokenHash) -> ApiKey | None:
        """The key of this token, revoked or not."""
        row = self.connection.execute(select(_keys).where(_keys.c.token == token)).one_or_none()
        return None if row is None else _key(row)

    def keys(self) -> tuple[ApiKey, ...]:
        """All keys, oldest first."""
        rows = self.connection.execute(select(_keys).order_by(_keys.c.created_at, _keys.c.id))
        return tuple(_key(row) for row in rows)

    def revoke_key(self, key_id: str, at: datetime) -> None:
        """Raises NotFoundError."""
        changed = self.connection.execute(update(_keys).where(_keys.c.id == key_id).values(revoked_at=at))
        if changed.rowcount == 0:
            raise NotFoundError

    # -- attempts ------------------------------------------------------------------------------

    def count(self, attempt: Attempt) -> int:
        """Count one more; how many there are now. Two callers at once never get the same."""
        first = insert(self.connection, _attempts).values(**_row(attempt), count=1)
        return int(
            self.connection.execute(
                first.on_conflict_do_update(
                    index_elements=["what", "who", "window"], set_={"count": _attempts.c.count + 1}
                ).returning(_attempts.c.count)
            ).scalar_one()
        )

    def take_back(self, attempt: Attempt) -> None:
        """The attempt was a good one: it does not count."""
        mine = (_attempts.c.what == attempt.what, _attempts.c.who == attempt.who)
        self.connection.execute(
            update(_attempts)
            .where(*mine, _attempts.c.window == attempt.window, _attempts.c.count > 0)
            .values(count=_attempts.c.count - 1)
        )

    def forget_attempts(self, *, before: datetime) -> None:
        """Clear away windows that are over."""
        self.connection.execute(delete(_attempts).where(_attempts.c.window < before))


def _row(value: Account | Session | PasswordLink | ApiKey | Attempt) -> dict[str, Any]:
    return {name: getattr(value, name) for name in type(value).__slots__}


def _account(row: Row[Any]) -> Account:
    return Account(OfficerId(row.username), row.password_hash, row.disabled, row.created_at)


def _session(row: Row[Any]) -> Session:
    return Session(TokenHash(row.token), OfficerId(row.username), row.created_at, row.seen_at)


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        username=OfficerId(row.username),
        scope=Scope(row.scope),
        token=TokenHash(row.token),
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )
