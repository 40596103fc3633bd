"""Passwords, links, sessions and keys over time, on a database and a clock of their own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api import auth
from api.attempts import Counter, Tries
from api.errors import (
    KeyInvalidError,
    LinkUsedError,
    PasswordTooShortError,
    SignInFailedError,
    TooManyAttemptsError,
    UsernameNotUsableError,
    UsernameTakenError,
)
from storage.accounts import Scope
from storage.database import SqlDatabase, open_database
from verification.decision import Role

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
PASSWORD = "một câu thật dài dễ nhớ"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqlDatabase]:
    database = open_database(f"sqlite:///{tmp_path / 'people.db'}")
    database.migrate()
    yield database
    database.close()


def at(database: SqlDatabase, **later: float) -> Counter:
    """The counter when NOW and some time have passed."""
    return Counter(database, b"secret", lambda: NOW + timedelta(**later))


def account(database: SqlDatabase, name: str = "lan.mau") -> str:
    token = auth.create_account(database, name, "Lan Mẫu", {Role.OFFICER}, now=NOW)
    auth.set_password(database, token, PASSWORD, now=NOW)
    return token


def test_a_link_sets_a_password_once(database: SqlDatabase) -> None:
    token = account(database)
    with pytest.raises(LinkUsedError):
        auth.set_password(database, token, PASSWORD, now=NOW)


def test_a_link_is_over_after_a_day(database: SqlDatabase) -> None:
    token = auth.create_account(database, "lan.mau", "Lan Mẫu", {Role.OFFICER}, now=NOW)
    with pytest.raises(LinkUsedError):
        auth.set_password(database, token, PASSWORD, now=NOW + timedelta(hours=24))


def test_a_new_link_ends_the_one_before_and_the_open_sessions(database: SqlDatabase) -> None:
    account(database)
    session = auth.sign_in(at(database), "lan.mau", PASSWORD, address="a")
    first, second = (auth.new_link(database, "lan.mau", now=NOW) for _ in range(2))
    with pytest.raises(LinkUsedError):
        auth.link_owner(database, first, now=NOW)
    auth.set_password(database, second, "một câu khác hẳn", now=NOW)
    assert auth.session_officer(database, session, now=NOW) is None


def test_the_first_run_makes_a_link_until_somebody_can_sign_in(database: SqlDatabase) -> None:
    first, second = (auth.first_run_link(database, now=NOW) for _ in range(2))
    assert first
    assert second
    assert first != second
    auth.set_password(database, second, PASSWORD, now=NOW)
    assert auth.first_run_link(database, now=NOW) is None


def test_a_short_password_leaves_the_link_as_it_was(database: SqlDatabase) -> None:
    token = auth.create_account(database, "lan.mau", "Lan Mẫu", {Role.OFFICER}, now=NOW)
    with pytest.raises(PasswordTooShortError):
        auth.set_password(database, token, "mười một ký"[:11], now=NOW)
    assert auth.link_owner(database, token, now=NOW) == "lan.mau"


@pytest.mark.parametrize("name", ["", "ab", "Lan", "lan mau", "lận", "-lan", "a" * 33, "a/b", "x'--"])
def test_a_name_that_is_hard_to_type_is_refused(name: str, database: SqlDatabase) -> None:
    with pytest.raises(UsernameNotUsableError):
        auth.create_account(database, name, "Lan Mẫu", {Role.OFFICER}, now=NOW)


def test_a_name_is_given_once(database: SqlDatabase) -> None:
    account(database)
    with pytest.raises(UsernameTakenError):
        account(database)


@pytest.mark.parametrize(
    ("later", "who"),
    [({"minutes": 29}, "lan.mau"), ({"minutes": 31}, None), ({"hours": 11}, None)],
    ids=["used", "idle", "old"],
)
def test_a_session_ends_by_itself(later: dict[str, float], who: str | None, database: SqlDatabase) -> None:
    account(database)
    session = auth.sign_in(at(database), "lan.mau", PASSWORD, address="a")
    found = auth.session_officer(database, session, now=NOW + timedelta(**later))
    assert (found.id if found else None) == who


def test_a_session_in_use_stays_open_for_a_working_day(database: SqlDatabase) -> None:
    account(database)
    session = auth.sign_in(at(database), "lan.mau", PASSWORD, address="a")
    seen = [
        auth.session_officer(database, session, now=NOW + timedelta(minutes=20 * n)) is not None
        for n in range(1, 32)
    ]
    assert seen == [True] * 30 + [False]


def test_a_locked_account_cannot_be_used_in_any_way(database: SqlDatabase) -> None:
    account(database)
    session = auth.sign_in(at(database), "lan.mau", PASSWORD, address="a")
    key = auth.create_api_key(database, "k", "lan.mau", Scope.OFFICER, now=NOW)
    auth.set_disabled(database, "lan.mau", disabled=True, now=NOW)
    assert auth.session_officer(database, session, now=NOW) is None
    with pytest.raises(SignInFailedError):
        auth.sign_in(at(database), "lan.mau", PASSWORD, address="a")
    with pytest.raises(KeyInvalidError):
        auth.key_officer(database, key)


def test_a_revoked_key_stops_at_once(database: SqlDatabase) -> None:
    account(database)
    secret = auth.create_api_key(database, "k", "lan.mau", Scope.SUBMIT, now=NOW)
    key, officer = auth.key_officer(database, secret)
    assert (key.scope, officer.id) == (Scope.SUBMIT, "lan.mau")
    auth.revoke_api_key(database, key.id, now=NOW)
    with pytest.raises(KeyInvalidError):
        auth.key_officer(database, secret)


def test_no_secret_is_kept_as_it_is(database: SqlDatabase, tmp_path: Path) -> None:
    token = account(database)
    session = auth.sign_in(at(database), "lan.mau", PASSWORD, address="10.1.2.3")
    secret = auth.create_api_key(database, "k", "lan.mau", Scope.SUBMIT, now=NOW)
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("people.db*"))
    for text in (PASSWORD, token, session, secret, "10.1.2.3"):
        assert text.encode() not in kept


def test_attempts_are_forgiven_after_a_quarter_of_an_hour(database: SqlDatabase) -> None:
    tries = Tries("door", "somebody", 2)
    for _ in range(2):
        at(database).spend(tries)
    with pytest.raises(TooManyAttemptsError):
        at(database).spend(tries)
    assert at(database, minutes=15).spend(tries)


def test_a_good_attempt_is_not_counted(database: SqlDatabase) -> None:
    account(database)
    for _ in range(12):
        assert auth.sign_in(at(database), "lan.mau", PASSWORD, address="a")
