"""Accounts, sessions, links, keys and attempts on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.accounts import Account, ApiKey, Attempt, PasswordLink, Scope, Session, SqlAccounts, TokenHash
from storage.database import SqlDatabase
from tests.storage.builders import NOW, later
from verification.decision import Officer, Role
from verification.errors import NotFoundError, StaleError
from verification.submission import OfficerId

LAN = OfficerId("lan.mau")
ACCOUNT = Account(LAN, None, False, NOW)
ATTEMPT = Attempt("door", "w" * 64, NOW)


def token(letter: str) -> TokenHash:
    return TokenHash(letter * 64)


@pytest.fixture
def people(sql: SqlDatabase) -> SqlDatabase:
    """A database with one officer who has an account."""
    with sql.transaction() as tx:
        tx.officers.add(Officer(LAN, "Phạm Thị Lan Mẫu", frozenset({Role.OFFICER})))
        SqlAccounts(tx.connection).add(ACCOUNT)
    return sql


def test_an_account_comes_back_as_it_was_kept(people: SqlDatabase) -> None:
    with people.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        accounts.set_password(LAN, "hash")
        accounts.set_disabled(LAN, disabled=True)
        assert accounts.all() == (Account(LAN, "hash", True, NOW),)


def test_a_name_is_kept_once(people: SqlDatabase) -> None:
    with pytest.raises(StaleError), people.transaction() as tx:
        SqlAccounts(tx.connection).add(ACCOUNT)


def test_nobody_has_an_account_without_being_an_officer(sql: SqlDatabase) -> None:
    with pytest.raises(NotFoundError), sql.transaction() as tx:
        SqlAccounts(tx.connection).add(ACCOUNT)


def test_a_session_is_found_touched_and_closed(people: SqlDatabase) -> None:
    session = Session(token("s"), LAN, NOW, NOW)
    with people.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        accounts.open_session(session)
        accounts.touch(session.token, later(minutes=5))
        assert accounts.session(session.token) == Session(token("s"), LAN, NOW, later(minutes=5))
        accounts.close_sessions(LAN)
        assert accounts.session(session.token) is None


def test_old_sessions_are_cleared_away(people: SqlDatabase) -> None:
    with people.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        accounts.open_session(Session(token("a"), LAN, NOW, NOW))
        accounts.open_session(Session(token("b"), LAN, later(hours=2), later(hours=2)))
        accounts.forget_sessions(opened_before=later(hours=1))
        assert [accounts.session(token(t)) is None for t in "ab"] == [True, False]


def test_a_new_link_takes_the_place_of_the_old_and_is_used_once(people: SqlDatabase) -> None:
    with people.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        for letter in "ab":
            accounts.replace_link(PasswordLink(token(letter), LAN, later(hours=1)))
        assert accounts.link(token("a")) is None
        assert [accounts.use_link(token("b")) for _ in range(2)] == [True, False]


def test_a_key_says_when_it_was_revoked(people: SqlDatabase) -> None:
    key = ApiKey("k1", "một cửa", LAN, Scope.SUBMIT, token("k"), NOW)
    with people.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        accounts.add_key(key)
        accounts.revoke_key("k1", later(hours=1))
        listed = accounts.keys()
        assert [k.revoked_at for k in listed] == [later(hours=1)]
    with pytest.raises(NotFoundError), people.transaction() as tx:
        SqlAccounts(tx.connection).revoke_key("k2", NOW)


def test_attempts_side_by_side_are_all_counted(sql: SqlDatabase) -> None:
    def attempt(_number: int) -> int:
        with sql.transaction() as tx:
            return SqlAccounts(tx.connection).count(ATTEMPT)

    with ThreadPoolExecutor(4) as together:
        assert sorted(together.map(attempt, range(12))) == list(range(1, 13))


def test_an_attempt_taken_back_does_not_count_and_old_ones_are_forgotten(sql: SqlDatabase) -> None:
    with sql.transaction() as tx:
        accounts = SqlAccounts(tx.connection)
        accounts.count(ATTEMPT)
        accounts.take_back(ATTEMPT)
        accounts.take_back(ATTEMPT)
        assert accounts.count(ATTEMPT) == 1
        accounts.forget_attempts(before=later(minutes=1))
        assert accounts.count(ATTEMPT) == 1
