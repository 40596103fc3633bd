"""What the machine proposes for a paper, and why, in words with their legal basis.

Made by `verification.assess`.
"""

from dataclasses import dataclass
from enum import StrEnum

from verification.finding import Finding
from verification.matching import RecordMatch


class Outcome(StrEnum):
    """The proposals of interface.md; an officer decides."""

    NO_COPY_NEEDED = "NO_COPY_NEEDED"
    OFFICER_REVIEW = "OFFICER_REVIEW"
    SOURCE_UNAVAILABLE = "SOURCE_UNAVAILABLE"
    CERTIFICATION_NEEDED = "CERTIFICATION_NEEDED"
    REFUSAL_PROPOSED = "REFUSAL_PROPOSED"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A proposal with its reasons; `match` is None where no source was asked.

    `rule` is the id of the strongest rule by which the record may answer; None where there is none.
    """

    outcome: Outcome
    reasons: tuple[Finding, ...]
    match: RecordMatch | None
    rule: str | None = None
