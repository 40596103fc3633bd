"""What an officer decides about a paper, and by what right.

Only an `Approval` can be certified, and it cannot be made without `OriginalSeen`: there is no certification
from an uploaded scan (NĐ 45/2020 Art. 10; NĐ 23/2015 Art. 2). Only a `NotNeeded` gives a receipt.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from verification.register import EntryId, Series
from verification.submission import OfficerId, PaperId


class Role(StrEnum):
    """What an account may do."""

    OFFICER = "officer"
    ADMIN = "admin"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Officer:
    """Who decides."""

    id: OfficerId
    full_name: str
    roles: frozenset[Role]


class DelegationScope(StrEnum):
    """What may be signed by a delegation."""

    COPIES = "COPIES"
    RECEIPTS = "RECEIPTS"
    BOTH = "BOTH"


@dataclass(frozen=True, slots=True)
class Delegation:
    """The chairman's written delegation or assignment (NĐ 280/2025): who, what, from when to when, by which
    paper. The chairman has one too, whose paper is that of the appointment.

    `capacity` are the lines printed above the name (`TUQ. CHỦ TỊCH`). Both days count.
    """

    id: str
    officer_id: OfficerId
    decision_number: str
    capacity: tuple[str, ...]
    valid_from: date
    valid_to: date
    revoked: bool = False
    scope: DelegationScope = DelegationScope.BOTH

    def in_force(self, day: date) -> bool:
        """Whether it holds on this day (Vietnam time)."""
        return not self.revoked and self.valid_from <= day <= self.valid_to

    def covers(self, series: Series) -> bool:
        """Whether what is numbered in this series may be signed by it."""
        meant = DelegationScope.RECEIPTS if series is Series.RECEIPTS else DelegationScope.COPIES
        return self.scope in (DelegationScope.BOTH, meant)


@dataclass(frozen=True, slots=True)
class OriginalSeen:
    """An officer held the original in hand: who, when, where."""

    officer_id: OfficerId
    at: datetime
    place: str


class RefusalGround(StrEnum):
    """The grounds of NĐ 23/2015 Art. 22 and 20 (domain.md 1.2), and a copy brought as an original."""

    ERASED = "A22-1"
    UNREADABLE = "A22-2"
    SECRET_STAMP = "A22-3"
    UNLAWFUL = "A22-4"
    PRIVATE = "A22-5"
    NOT_LEGALISED = "A20-1"
    NOT_AN_ORIGINAL = "A18-COPY"


@dataclass(frozen=True, slots=True)
class Approval:
    """Certify this paper. `demander` is who insists on a copy that the records make needless."""

    paper_id: PaperId
    officer_id: OfficerId
    at: datetime
    original_seen: OriginalSeen
    copies: int = 1
    demander: str | None = None
    note: str = ""
    """For the last column of the book, "Ghi chú": what the officer saw on the original, say."""

    @property
    def insisted(self) -> bool:
        """Whether somebody is named; a blank is nobody."""
        return bool((self.demander or "").strip())


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """The record answers: give a receipt instead of a copy."""

    paper_id: PaperId
    officer_id: OfficerId
    at: datetime


@dataclass(frozen=True, slots=True)
class Rejection:
    """Refused, with the ground the law knows and what the citizen is told."""

    paper_id: PaperId
    officer_id: OfficerId
    at: datetime
    ground: RefusalGround
    note: str


@dataclass(frozen=True, slots=True)
class ReturnForCorrection:
    """Sent back once with everything that is missing."""

    paper_id: PaperId
    officer_id: OfficerId
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Redelivery:
    """Give again what was certified of this very original: no new number, no fee. `entry_id` is the line of
    what is given; `compared` says that the officer held the original and compared the two."""

    paper_id: PaperId
    officer_id: OfficerId
    at: datetime
    entry_id: EntryId
    compared: bool = False


Decision = Approval | NotNeeded | Rejection | ReturnForCorrection | Redelivery
IssuingDecision = Approval | NotNeeded
