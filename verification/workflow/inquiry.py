"""What is asked of a source about one paper, and what it told: the values that `inquire` and `pull` share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verification.extraction import Field
from verification.matching import Found
from verification.profile import FieldProfile, Profile
from verification.source import Snapshot, Source, SourceRecord


@dataclass(frozen=True, slots=True)
class Purpose:
    """Who asks the records, for which dossier, and why: logged with every look-up."""

    officer: str
    dossier: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked about: the paper's fields with their profiles, and the source that should know."""

    profile: Profile
    source: Source
    fields: Mapping[str, Field]
    specs: Sequence[FieldProfile]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question found; `sure` when the key it was asked with was sure on the paper.

    `request_code` names a question put to a platform; it is empty for one put to our copy.
    """

    key: str
    sure: bool
    records: tuple[SourceRecord, ...]
    request_code: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """All that a source told about one paper, in the order it was asked; `why_not` when it was not asked,
    or told nothing of this person."""

    snapshot: Snapshot | None
    why_not: Found | None
    answers: tuple[Answer, ...] = ()
