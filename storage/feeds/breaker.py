"""Circuit breaker: how asking went goes in, whether to ask at all comes out.

After `failures` in a row nobody asks for `rest`; then one question is let through, and its outcome decides.
It is kept in a file of the home, so that service, worker and commands of one machine stop together; not in
the database, whose one writer may be busy with a delivery while an officer waits.
"""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from verification.errors import PullUnavailableError
from verification.pulling import Reach


@dataclass(frozen=True, slots=True)
class Health:
    """How it went: failures in a row, since when it rests, when a trial was let through."""

    failures: int = 0
    resting_since: datetime | None = None
    trial_at: datetime | None = None
    last_answer: datetime | None = None
    last_failure: datetime | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Patience:
    """After how many failures in a row, and for how long, a platform is left alone."""

    failures: int
    rest: timedelta


class Breaker:
    """One platform's, in the file at `path`. Safe over threads and processes."""

    def __init__(self, path: Path, patience: Patience, now: Callable[[], datetime]) -> None:
        self._path, self._patience, self._now = path, patience, now

    def enter(self) -> None:
        """Before every question. Raises PullUnavailableError while it rests, or while another tries."""
        with self._changing() as change:
            health, now = change.health, self._now()
            if health.resting_since is None:
                return
            if self._within(health.resting_since, now) or self._within(health.trial_at, now):
                raise PullUnavailableError("resting")
            change.health = replace(health, trial_at=now)

    def answered(self) -> None:
        """The platform answered, whatever it said."""
        with self._changing() as change:
            change.health = replace(
                Health(), last_answer=self._now(), last_failure=change.health.last_failure
            )

    def failed(self, code: str) -> None:
        """It did not answer, or nothing that can be used."""
        with self._changing() as change:
            health, now = change.health, self._now()
            failures = health.failures + 1
            rests = health.resting_since is not None or failures >= self._patience.failures
            change.health = replace(
                health,
                failures=failures,
                resting_since=now if rests else None,
                trial_at=None,
                last_failure=now,
                code=code,
            )

    def health(self) -> Health:
        """How it went until now."""
        try:
            with self._path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                return _read(file)
        except OSError:
            return Health()

    def reach(self) -> Reach:
        """Whether the next question would be sent."""
        return Reach.RESTING if self._within(self.health().resting_since, self._now()) else Reach.ASKED

    def _within(self, since: datetime | None, now: datetime) -> bool:
        # A clock that was set back must not make the rest last for ever.
        return since is not None and timedelta() <= now - since < self._patience.rest

    @contextmanager
    def _changing(self) -> Iterator["_Change"]:
        with self._opened() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            before = _read(file)
            change = _Change(before)
            yield change
            if change.health != before:
                file.truncate(0)
                file.write(_text(change.health))

    def _opened(self) -> IO[bytes]:
        """Where nothing can be kept of how it goes, nothing is asked."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return self._path.open("a+b")
        except OSError as error:
            raise PullUnavailableError("home_not_writable") from error


@dataclass(slots=True)
class _Change:
    health: Health


def _read(file: IO[bytes]) -> Health:
    """What a crash left half written counts as nothing known."""
    file.seek(0)
    try:
        raw: dict[str, Any] = json.loads(file.read())
        moments = {k: _moment(raw[k]) for k in ("resting_since", "trial_at", "last_answer", "last_failure")}
        return Health(failures=int(raw["failures"]), code=raw["code"], **moments)
    except (ValueError, KeyError, TypeError):
        return Health()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(health: Health) -> bytes:
    return json.dumps(asdict(health), default=datetime.isoformat).encode()
