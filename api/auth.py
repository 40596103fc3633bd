"""Signing in: names, passwords, tokens and the time in; accounts, sessions and keys of the database out.

Every secret is 256 random bits shown once; the database holds its SHA-256. Passwords are kept by argon2id.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.attempts import Counter, Tries
from api.errors import (
    KeyInvalidError,
    LinkUsedError,
    PasswordTooLongError,
    PasswordTooShortError,
    SignInFailedError,
    UsernameNotUsableError,
    UsernameTakenError,
)
from storage.accounts import Account, ApiKey, PasswordLink, Scope, Session, SqlAccounts, TokenHash
from storage.database import SqlDatabase, SqlTransaction
from verification.audit import AuditEntry
from verification.decision import Officer, Role
from verification.errors import NotFoundError
from verification.submission import OfficerId

FIRST_ADMIN = OfficerId("quan-tri")
LOCAL = "local"
"""Whoever works on the machine itself, with the command."""
MIN_PASSWORD, MAX_PASSWORD = 12, 256
"""Characters. NIST SP 800-63B asks for 15 alone or 8 with a second factor; here attempts are counted too."""
LINK_LIVES = timedelta(hours=24)
SESSION_IDLE = timedelta(minutes=30)
SESSION_LIVES = timedelta(hours=10)
"""A working day."""
_TOUCH_AFTER = timedelta(minutes=1)
_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{1,30})[a-z0-9]")

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """Somebody without an account waits as long as somebody with one: names cannot be told by the clock."""
    return _hasher.hash(secrets.token_hex(16))


def token_hash(token: str) -> TokenHash:
    """Under what a token is kept. Not salted: 256 random bits need no salt."""
    return TokenHash(hashlib.sha256(token.encode()).hexdigest())


def new_token() -> str:
    """256 random bits for an address or a header."""
    return secrets.token_urlsafe(32)


# -- accounts ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account with the person behind it; `usable` when a password is set and it is not locked."""

    officer: Officer
    disabled: bool
    has_password: bool

    @property
    def usable(self) -> bool:
        """Whether somebody can sign in."""
        return self.has_password and not self.disabled


def create_account(
    database: SqlDatabase,
    username: str,
    full_name: str,
    roles: Iterable[Role],
    *,
    now: datetime,
    by: str = LOCAL,
) -> str:
    """A new officer (id = user name) with an account; the one-time token that sets the password.

    `by` is who did it, for the audit trail. Raises UsernameNotUsableError, UsernameTakenError.
    """
    if not _USERNAME.fullmatch(username):
        raise UsernameNotUsableError
    officer = Officer(OfficerId(username), full_name.strip() or username, frozenset(roles))
    with database.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        if accounts.get(username) is not None:
            raise UsernameTakenError
        tx.officers.add(officer)
        accounts.add(Account(officer.id, None, False, now))
        token = _link(accounts, officer.id, now)
        tx.audit.add(AuditEntry(now, by, "account.created", officer.id))
    return token


def list_accounts(database: SqlDatabase) -> tuple[AccountLine, ...]:
    """Every account, by user name."""
    with database.reading() as tx:
        officers = {o.id: o for o in tx.officers.all()}
        accounts = SqlAccounts(tx.connection).all()
    return tuple(AccountLine(officers[a.username], a.disabled, a.password_hash is not None) for a in accounts)


def first_run_link(database: SqlDatabase, *, now: datetime) -> str | None:
    """The token that sets the first administrator's password; None once anybody can sign in.

    A new token each time; the one before stops working.
    """
    with database.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        if any(a.password_hash for a in accounts.all()):
            return None
        if accounts.get(FIRST_ADMIN) is None:
            tx.officers.add(Officer(FIRST_ADMIN, "Quản trị", frozenset({Role.ADMIN})))
            accounts.add(Account(FIRST_ADMIN, None, False, now))
            tx.audit.add(AuditEntry(now, "service", "account.created", FIRST_ADMIN))
        return _link(accounts, FIRST_ADMIN, now)


def new_link(database: SqlDatabase, username: str, *, now: datetime, by: str = LOCAL) -> str:
    """A one-time token that sets a new password. Raises NotFoundError."""
    with database.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        account = accounts.get(username)
        if account is None:
            raise NotFoundError
        tx.audit.add(AuditEntry(now, by, "account.link", account.username))
        return _link(accounts, account.username, now)


def set_disabled(
    database: SqlDatabase, username: str, *, disabled: bool, now: datetime, by: str = LOCAL
) -> None:
    """Lock an account, which ends its sessions, or unlock it. Raises NotFoundError."""
    with database.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        accounts.set_disabled(OfficerId(username), disabled=disabled)
        accounts.close_sessions(OfficerId(username))
        action = "account.disabled" if disabled else "account.enabled"
        tx.audit.add(AuditEntry(now, by, action, username))


def link_owner(database: SqlDatabase, token: str, *, now: datetime) -> OfficerId:
    """Whose password this link sets. Raises LinkUsedError."""
    with database.reading() as tx:
        return _owner(SqlAccounts(tx.connection), token, now)


def set_password(database: SqlDatabase, token: str, password: str, *, now: datetime) -> OfficerId:
    """Use the link up; open sessions of the account end. Raises LinkUsedError, PasswordTooShortError."""
    if len(password) < MIN_PASSWORD:
        raise PasswordTooShortError
    if len(password) > MAX_PASSWORD:
        raise PasswordTooLongError
    kept = _hasher.hash(password)
    with database.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        username = _owner(accounts, token, now)
        accounts.use_link(token_hash(token))
        accounts.set_password(username, kept)
        accounts.close_sessions(username)
        tx.audit.add(AuditEntry(now, username, "account.password_set", username))
    return username


def _link(accounts: SqlAccounts, username: OfficerId, now: datetime) -> str:
    token = new_token()
    accounts.replace_link(PasswordLink(token_hash(token), username, now + LINK_LIVES))
    return token


def _owner(accounts: SqlAccounts, token: str, now: datetime) -> OfficerId:
    link = accounts.link(token_hash(token))
    if link is None or link.expires_at <= now:
        raise LinkUsedError
    return link.username


# -- sessions ----------------------------------------------------------------------------------


def sign_in(counter: Counter, username: str, password: str, *, address: str) -> str:
    """The token of a new session. Every failure looks alike and is counted by account and by address.

    Raises SignInFailedError, TooManyAttemptsError.
    """
    database, now = counter.database, counter.now()
    name = username.strip().lower()[:64]
    with counter.counted(Tries("sign-in account", name, 10), Tries("sign-in address", address, 50)):
        with database.reading() as tx:
            account = SqlAccounts(tx.connection).get(name)
        known = account.password_hash if account and account.password_hash else _nobody()
        right = _fits(known, password[: MAX_PASSWORD + 1])
        if account is None or account.password_hash is None or account.disabled or not right:
            raise SignInFailedError
        return _open(database, account, password, now)


def _open(database: SqlDatabase, account: Account, password: str, now: datetime) -> str:
    token = new_token()
    renewed = None
    if account.password_hash and _hasher.check_needs_rehash(account.password_hash):
        renewed = _hasher.hash(password)
    with database.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        accounts.forget_sessions(opened_before=now - SESSION_LIVES)
        accounts.open_session(Session(token_hash(token), account.username, now, now))
        if renewed:
            accounts.set_password(account.username, renewed)
        tx.audit.add(AuditEntry(now, account.username, "session.opened", account.username))
    return token


def _fits(known: str, password: str) -> bool:
    try:
        return _hasher.verify(known, password)
    except (VerificationError, InvalidHashError):
        return False


def session_officer(database: SqlDatabase, token: str, *, now: datetime) -> Officer | None:
    """Who is signed in by this token; None when it is unknown, idle or old, or the account is locked."""
    kept = token_hash(token)
    with database.reading() as tx:
        session = SqlAccounts(tx.connection).session(kept)
        officer = _active(tx, session.username) if session else None
    if session is None or officer is None:
        return None
    if now - session.created_at > SESSION_LIVES or now - session.seen_at > SESSION_IDLE:
        return None
    if now - session.seen_at > _TOUCH_AFTER:
        with database.transaction() as tx:
            SqlAccounts(tx.connection).touch(kept, now)
    return officer


def sign_out(database: SqlDatabase, token: str) -> None:
    """End the session; nothing happens when it is over."""
    with database.transaction() as tx:
        SqlAccounts(tx.connection).close_session(token_hash(token))


def _active(tx: SqlTransaction, username: OfficerId) -> Officer | None:
    account = SqlAccounts(tx.connection).get(username)
    return tx.officers.get(username) if account and not account.disabled else None


# -- keys of programs --------------------------------------------------------------------------


def create_api_key(database: SqlDatabase, name: str, username: str, scope: Scope, *, now: datetime) -> str:
    """A new key, shown once; what it does is done in the name of the account. Raises NotFoundError."""
    secret = new_token()
    kept = token_hash(secret)
    with database.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        account = accounts.get(username)
        if account is None:
            raise NotFoundError
        accounts.add_key(ApiKey(kept[:12], name, account.username, scope, kept, now))
        tx.audit.add(AuditEntry(now, LOCAL, "key.created", kept[:12], (("scope", scope.value),)))
    return secret


def list_api_keys(database: SqlDatabase) -> tuple[ApiKey, ...]:
    """All keys, oldest first; their secrets cannot be shown again."""
    with database.reading() as tx:
        return SqlAccounts(tx.connection).keys()


def revoke_api_key(database: SqlDatabase, key_id: str, *, now: datetime) -> None:
    """The key stops working at once. Raises NotFoundError."""
    with database.transaction() as tx:
        SqlAccounts(tx.connection).revoke_key(key_id, now)
        tx.audit.add(AuditEntry(now, LOCAL, "key.revoked", key_id))


def key_officer(database: SqlDatabase, secret: str) -> tuple[ApiKey, Officer]:
    """The key and in whose name it acts. Raises KeyInvalidError."""
    with database.reading() as tx:
        key = SqlAccounts(tx.connection).key(token_hash(secret))
        officer = _active(tx, key.username) if key and key.revoked_at is None else None
    if key is None or officer is None:
        raise KeyInvalidError
    return key, officer
