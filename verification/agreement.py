"""How two values agree: what a comparison of a paper's field with a record's field gives back."""

from dataclasses import dataclass
from enum import StrEnum


class Agreement(StrEnum):
    """The agreement of one field; the words are those of the JSON of `check`."""

    EXACT = "EXACT"
    EQUIVALENT = "EQUIVALENT"
    PARTIAL = "PARTIAL"
    DIFFERENT = "DIFFERENT"
    MISSING_ON_PAPER = "MISSING_ON_PAPER"
    MISSING_IN_RECORD = "MISSING_IN_RECORD"
    UNREADABLE = "UNREADABLE"
    UNDECIDED = "UNDECIDED"


@dataclass(frozen=True, slots=True)
class Compared:
    """An agreement and, where one was needed to reach it, the name of the rule (lower snake case)."""

    agreement: Agreement
    rule: str | None = None
