"""Time-stamps from authorities elsewhere (RFC 3161, 3.4): a digest in, the first token that is given out.

An authority that fails is left alone for a while, so that not every document waits for it in vain.
"""

import threading
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import unquote, urlsplit

from signing.errors import TimeStampError
from signing.fetching import Bounds, FetchError, Message, fetch
from signing.time_answer import Question

_QUERY: Final = "application/timestamp-query"
_BOUNDS: Final = Bounds(seconds=5.0, max_bytes=64 * 1024)


@dataclass(frozen=True, slots=True)
class TimeService:
    """Where an authority is asked. A name and password stand in the URL, as in `https://name:word@host/`."""

    url: str = field(repr=False)
    policy: str | None = None

    @property
    def address(self) -> str:
        """The URL without name and password, fit to be shown."""
        parts = urlsplit(self.url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    @property
    def usable(self) -> bool:
        """Whether it is an address of HTTP at all."""
        try:
            parts = urlsplit(self.url)
            return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            return False

    @property
    def authorization(self) -> str:
        """The header that says who asks (RFC 7617); empty without a name."""
        parts = urlsplit(self.url)
        if parts.username is None:
            return ""
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return f"Basic {b64encode(pair.encode()).decode()}"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an authority may take, how far its clock may be off, and how long one that failed is left
    alone: `first_pause`, twice as long each time, `longest_pause` at most."""

    bounds: Bounds = _BOUNDS
    tolerance: timedelta = timedelta(minutes=5)
    first_pause: timedelta = timedelta(seconds=30)
    longest_pause: timedelta = timedelta(minutes=10)


class HttpTimeStamps:
    """`signing.timestamp.TimeStamps` over HTTP; `services` are asked in order. Safe over threads."""

    def __init__(
        self,
        services: tuple[TimeService, ...],
        clock: Callable[[], datetime],
        patience: Patience | None = None,
    ) -> None:
        self._clock, self._patience = clock, patience or Patience()
        self._services = tuple((one, _Breaker(self._patience)) for one in services)

    def token(self, digest: bytes, *, at: datetime) -> bytes:  # noqa: ARG002 their clock decides
        """See `TimeStamps`; the wished-for time is not sent. Raises TimeStampError with why each failed."""
        reasons = []
        for service, breaker in self._services:
            if not breaker.admits(self._clock()):
                reasons.append("left alone")
                continue
            try:
                token = self._ask(service, digest)
            except TimeStampError as error:
                breaker.failed(self._clock())
                reasons.append(str(error))
                continue
            breaker.succeeded()
            return token
        raise TimeStampError(", ".join(reasons))

    def _ask(self, service: TimeService, digest: bytes) -> bytes:
        question = Question(digest, service.policy)
        message = Message(question.request(), _QUERY, service.authorization)
        answer = _fetched(service.address, message, self._patience.bounds)
        return question.token_of(answer, now=self._clock(), tolerance=self._patience.tolerance)


class _Breaker:
    """Whether one authority is asked. Of those who come when a pause ends, one tries."""

    def __init__(self, patience: Patience) -> None:
        self._patience, self._lock = patience, threading.Lock()
        self._failures = 0
        self._closed_until: datetime | None = None

    def admits(self, now: datetime) -> bool:
        with self._lock:
            if self._closed_until is None:
                return True
            if now < self._closed_until:
                return False
            self._closed_until = now + timedelta(seconds=self._patience.bounds.seconds)
            return True

    def failed(self, now: datetime) -> None:
        with self._lock:
            pause = self._patience.first_pause * 2 ** min(self._failures, 16)
            self._closed_until = now + min(pause, self._patience.longest_pause)
            self._failures += 1

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._closed_until = 0, None


def _fetched(address: str, message: Message, bounds: Bounds) -> bytes:
    """The answer within the time, whatever the other side does: a thread of its own talks to it, for
    looking up a name and headers that drip in cannot be bounded otherwise."""
    answers: list[bytes | FetchError] = []

    def talk() -> None:
        try:
            answers.append(fetch(address, message, bounds=bounds))
        except FetchError as error:
            answers.append(error)

    talking = threading.Thread(target=talk, name="time-stamp", daemon=True)
    talking.start()
    talking.join(bounds.seconds)
    answer = answers[0] if answers else FetchError("timeout")
    if isinstance(answer, FetchError):
        raise TimeStampError(str(answer)) from answer
    return answer
