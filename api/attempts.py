"""Attempts: who tries what in, the right to try or TooManyAttemptsError out; counted in the database.

So that several processes count together, and a restart forgives nothing.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.errors import TooManyAttemptsError
from storage.accounts import Attempt, SqlAccounts
from storage.database import SqlDatabase

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Tries:
    """Whose attempts are counted: a kind of attempt, and who in clear (kept only as a keyed hash)."""

    what: str
    who: str
    most: int


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts attempts of a quarter of an hour; `secret` keeps addresses from being read in the table."""

    database: SqlDatabase
    secret: bytes
    now: Callable[[], datetime]

    @contextmanager
    def counted(self, *tries: Tries) -> Iterator[None]:
        """Count before trying, so that attempts side by side cannot slip through; a good one is taken back.

        Raises TooManyAttemptsError.
        """
        attempts = self.spend(*tries)
        yield
        with self.database.transaction() as tx:
            for attempt in attempts:
                SqlAccounts(tx.connection).take_back(attempt)

    def spend(self, *tries: Tries) -> tuple[Attempt, ...]:
        """Count, whatever comes of it. Raises TooManyAttemptsError."""
        at = self.now()
        window = datetime.fromtimestamp(
            at.timestamp() // WINDOW.total_seconds() * WINDOW.total_seconds(), at.tzinfo
        )
        attempts = tuple(Attempt(t.what, self._hidden(t.who), window) for t in tries)
        with self.database.transaction() as tx:
            accounts = SqlAccounts(tx.connection)
            counts = [accounts.count(attempt) for attempt in attempts]
            accounts.forget_attempts(before=window - WINDOW)
        if any(count > t.most for count, t in zip(counts, tries, strict=True)):
            raise TooManyAttemptsError
        return attempts

    def _hidden(self, who: str) -> str:
        return hmac.digest(self.secret, who.encode(), hashlib.sha256).hex()
