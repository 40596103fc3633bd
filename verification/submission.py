"""A citizen's papers under one dossier code, and how far each has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from ocr.model import Digest

SubmissionId = NewType("SubmissionId", str)
PaperId = NewType("PaperId", str)
"""`<submission>.<ordinal>`: one paper of a submission, the unit that is decided and numbered."""
OfficerId = NewType("OfficerId", str)


class SubmissionStage(StrEnum):
    """Where a submission stands as a whole."""

    RECEIVED = "RECEIVED"
    READ = "READ"
    REFUSED = "REFUSED"
    """No file of it could be read."""


class PaperStage(StrEnum):
    """Where one paper stands. ISSUING is left only for ISSUED or, refused for good, FAILED; TO_SIGN, where
    the officer signs later, also for WAITING, taken back."""

    WAITING = "WAITING"
    ISSUING = "ISSUING"
    TO_SIGN = "TO_SIGN"
    ISSUED = "ISSUED"
    REJECTED = "REJECTED"
    RETURNED = "RETURNED"
    REDELIVERED = "REDELIVERED"
    """What was certified of the same original before was given again."""
    FAILED = "FAILED"


class Channel(StrEnum):
    """How a dossier comes in (codes of the national portal, domain.md 4.3)."""

    COUNTER = "1"
    ONLINE = "2"
    POST = "3"


@dataclass(frozen=True, slots=True)
class PageImage:
    """The stored JPEG of one upright page; boxes of readings are pixels of it."""

    digest: Digest
    width: int
    height: int
    dpi: int | None
    scanned_dpi: int | None = None
    """How fine the scan is that a PDF holds, whatever its page was drawn at."""


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """One file of a submission: where its bytes are kept, and why it was refused if it was."""

    name: str
    digest: Digest
    media_type: str
    size: int
    error_code: str | None = None
    error_vi: str | None = None
    error_en: str | None = None
    pages: tuple[PageImage, ...] = ()


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who brings the papers. `birth_year` and `number_tail` are the second factor of a look-up."""

    full_name: str
    birth_year: str = ""
    number_tail: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """Papers under one dossier code (domain.md 4.1). `version` grows with every change."""

    id: SubmissionId
    code: str
    received_at: datetime
    channel: Channel
    applicant: Applicant
    procedure: str
    audience: str
    """Who asked for the papers: the organisation the answer is for."""
    files: tuple[SubmittedFile, ...]
    stage: SubmissionStage
    version: int = 1
