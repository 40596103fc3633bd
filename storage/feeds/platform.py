"""Sources asked over HTTP in the manner of the data-sharing platform: `verification.pulling.Pull`."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from storage.feeds.answer import OF_ONE_RECORD, Asked, pulled
from storage.feeds.breaker import Breaker
from storage.feeds.exchange import Exchange, Incoming, Outgoing
from storage.feeds.strict_json import object_of
from storage.feeds.terms import Terms
from storage.feeds.token import Token, Tokens
from verification.errors import PullAnswerError, PullRefusedError, PullUnavailableError
from verification.pulling import Pulled, PullQuestion, PullStanding, PullTerms
from verification.source import SourceName

OFFICER_REFUSED: Final = "officer"
TOKEN_ENDED: Final = "token_ended"
_QUICK_S: Final = 1.0
"""What failed sooner than this is worth one more question."""
_BUSY: Final = (408, 429)
_ANSWERED: Final = OF_ONE_RECORD | {OFFICER_REFUSED}
"""The platform works; what it says of this person or this officer cannot be used."""
_OURS: Final = frozenset({"busy", TOKEN_ENDED})
"""Says nothing of how the platform works."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The time of day, and seconds that only grow."""

    now: Callable[[], datetime]
    elapsed: Callable[[], float]


class HttpPull:
    """`verification.pulling.Pull`. What it knows of platforms that failed lies in files under `folder`."""

    def __init__(self, terms: Iterable[Terms], folder: Path, clocks: Clocks) -> None:
        self._platforms = {t.source.name: _Platform(t, folder, clocks) for t in terms}

    def terms(self, source: SourceName) -> PullTerms | None:
        platform = self._platforms.get(source)
        return PullTerms(platform.terms.copy_when_silent) if platform else None

    def ask(self, question: PullQuestion) -> Pulled:
        return self._platforms[question.source].ask(question)

    def standing(self, source: SourceName) -> PullStanding | None:
        platform = self._platforms.get(source)
        return platform.standing() if platform else None


class _Platform:
    """One source's platform, with its account and its breaker."""

    def __init__(self, terms: Terms, folder: Path, clocks: Clocks) -> None:
        self.terms, self._clocks = terms, clocks
        self._exchange = Exchange(terms.address, terms.bounds)
        self._tokens = Tokens(terms, self._exchange, clocks.elapsed)
        self._breaker = Breaker(folder / f"{terms.source.name}.json", terms.patience, clocks.now)

    def standing(self) -> PullStanding:
        health = self._breaker.health()
        return PullStanding(
            source=self.terms.source.name,
            address=str(self.terms.address),
            reach=self._breaker.reach(),
            failures=health.failures,
            last_answer=health.last_answer,
            last_failure=health.last_failure,
            code=health.code,
        )

    def ask(self, question: PullQuestion) -> Pulled:
        """One question.

        1. Nothing is sent while the breaker rests, nor for an officer whom the platform does not know.
        2. A token, then the question, both within the time that an officer waits.
        3. The breaker hears how it went. A refusal of one officer is an answer; a refused account is not:
           asking on would lock it.
        """
        officer = self._officer(question.officer)
        self._breaker.enter()
        with self._heard():
            start = self._clocks.elapsed()
            token = self._tokens.get(within_s=self._left(start))
            asked = Asked(question, self._clocks.now())
            answer = self._exchange.post(self._outgoing(asked, officer, token), within_s=self._left(start))
            self._refuse(answer, token)
            return pulled(object_of(answer), asked, self.terms)

    def _left(self, start: float) -> float:
        return self.terms.bounds.timeout_s - (self._clocks.elapsed() - start)

    def _officer(self, officer: str) -> str:
        known = self.terms.officers
        if known is None:
            return officer
        if officer not in known:
            raise PullRefusedError("officer_without_code")
        return known[officer]

    @contextmanager
    def _heard(self) -> Iterator[None]:
        """Step 3; and no second question after one that was slow to fail."""
        start = self._clocks.elapsed()
        try:
            yield
        except (PullUnavailableError, PullRefusedError) as failed:
            self._hear(failed.why)
            if isinstance(failed, PullUnavailableError):
                failed.again = failed.again and self._clocks.elapsed() - start < _QUICK_S
            raise
        self._breaker.answered()

    def _hear(self, why: str) -> None:
        if why in _ANSWERED:
            self._breaker.answered()
        elif why not in _OURS:
            self._breaker.failed(why)

    def _outgoing(self, asked: Asked, officer: str, token: Token) -> Outgoing:
        """The question with a keyed digest over all of it: who holds the token alone can ask nothing."""
        body = json.dumps(self._said(asked, officer), ensure_ascii=False).encode()
        path, code, at = self.terms.mapping.path, asked.question.request_code, asked.at.isoformat()
        parts = ("POST", f"{self.terms.address.path}{path}", code, at, hashlib.sha256(body).hexdigest())
        keyed = hmac.new(self.terms.secret, "\n".join(parts).encode(), hashlib.sha256).hexdigest()
        headers = {
            "Authorization": f"Bearer {token.value}",
            "Content-Type": "application/json; charset=utf-8",
            "X-Ma-Yeu-Cau": code,
            "X-Thoi-Diem": at,
            "X-Chu-Ky": keyed,
        }
        return Outgoing(path, body, headers)

    def _said(self, asked: Asked, officer: str) -> dict[str, str]:
        question = asked.question
        parts = {
            "request_code": question.request_code,
            "asked_at": asked.at.isoformat(),
            "officer": officer,
            "service_code": self.terms.service_code,
            "dossier": question.dossier,
            "purpose": question.purpose,
            "number": question.number,
            "full_name": question.full_name,
            "old_number": question.old_number,
            "birth_date": question.birth_date,
        }
        ask = self.terms.mapping.ask
        return {ask[name]: value for name, value in parts.items() if value and name in ask}

    def _refuse(self, answer: Incoming, token: Token) -> None:
        """What is no answer to the question, by its status."""
        match answer.status:
            case 200:
                return
            case 401 if not token.fresh:
                self._tokens.forget()
                raise PullUnavailableError(TOKEN_ENDED, again=True)
            case 401:
                raise PullRefusedError("credentials")
            case 403:
                raise PullRefusedError(OFFICER_REFUSED)
            case status if status in _BUSY or status >= 500:
                raise PullUnavailableError(f"http_{status}")
            case status:
                raise PullAnswerError(f"http_{status}")
