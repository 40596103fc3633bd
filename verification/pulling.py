"""A source that is asked over the network: what a question says, what comes back, and the port that asks.

Such a platform answers for one person or one registration, asked by number and name together; it cannot be
browsed, and it keeps a line of every question (domain.md 2.13).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from verification.source import SourceName, SourceRecord

NUMBER_AND_NAME: Final = "number_and_name"
"""How a platform is asked, as `LookUp.key`."""
ASKED: Final = "asked"
"""`LookUp.answer` of the line written before a question leaves: whatever comes of it, the platform may
have seen it."""
FOUND: Final = "found"
NOT_FOUND: Final = "not_found"


@dataclass(frozen=True, slots=True)
class PullQuestion:
    """One question, sent once. `number` was read with certainty; `birth_date` is ISO, of a full date."""

    source: SourceName
    request_code: str
    """Unique over all that is ever asked: the platform's log and ours name a question by it."""
    number: str
    full_name: str
    birth_date: str | None
    old_number: str | None
    officer: str
    dossier: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Pulled:
    """An answer that was accepted: one record or none, and the moment the platform says it shows."""

    records: tuple[SourceRecord, ...]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class PullTerms:
    """How a source that is asked may be served otherwise: by a fresh copy of ours while it is silent."""

    copy_when_silent: bool


class Reach(StrEnum):
    """Whether a platform is asked at present."""

    ASKED = "asked"
    RESTING = "resting"
    """It failed several times in a row: nobody waits for it until its rest is over."""


@dataclass(frozen=True, slots=True)
class PullStanding:
    """How asking a source goes, on this machine. `failures` in a row; `code` of the last one."""

    source: SourceName
    address: str
    reach: Reach
    failures: int
    last_answer: datetime | None
    last_failure: datetime | None
    code: str | None


class Pull(Protocol):
    """Sources that are asked over the network, one person or registration at a time. Never called inside a
    transaction."""

    def terms(self, source: SourceName) -> PullTerms | None:
        """How this source is asked; None when it is not, and our copy alone answers."""

    def ask(self, question: PullQuestion) -> Pulled:
        """Send one question once and wait no longer than its source's terms allow.

        Raises PullUnavailableError (down, slow, overloaded, resting after failures), PullAnswerError (an
        answer that cannot be trusted: another person's, several, not of now) and PullRefusedError (the
        account or the officer may not ask; nothing but an administrator cures it).
        """

    def standing(self, source: SourceName) -> PullStanding | None:
        """How asking goes; None for a source that is not asked."""
