"""What rules would have changed: the rules and days asked about, and how many copies, by kind and procedure.

`verification.workflow.simulate` makes the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from verification.assessment import Outcome
from verification.extraction import Kind
from verification.rule import Rule, RuleId
from verification.submission import PaperId


@dataclass(frozen=True, slots=True)
class Proposed:
    """Rules to be simulated on the dossiers received on these days of Vietnam; both days count."""

    rules: tuple[Rule, ...]
    first: date
    last: date


class Untold(StrEnum):
    """Why nothing can be said of a paper that the rules are for. It never counts as saved."""

    NEVER_COMPARED = "NEVER_COMPARED"
    """No source was asked: there was none, or nothing was loaded."""
    SOURCE_DID_NOT_ANSWER = "SOURCE_DID_NOT_ANSWER"
    """The source was down or too old."""
    OTHER_SOURCE = "OTHER_SOURCE"
    """It was compared with another source than that of the rule."""
    NOT_ANNOUNCED = "NOT_ANNOUNCED"
    """The rule holds only for an announced source, and the source was not announced that day."""
    JUDGED_OTHERWISE = "JUDGED_OTHERWISE"
    """By the rules in use it would be proposed otherwise today than it was."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Papers that the rules are for, and certified copies of them, by their number.

    `copies`: issued, or approved and being issued. Of these `saved` would not have been needed by the rules
    asked about, `needless` were not needed by other rules anyhow, of `untold` nothing can be said.
    """

    papers: int = 0
    copies: int = 0
    saved: int = 0
    needless: int = 0
    untold: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(
            self.papers + other.papers,
            self.copies + other.copies,
            self.saved + other.saved,
            self.needless + other.needless,
            self.untold + other.untold,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A paper whose proposal would have been another; `copies` were issued of it."""

    paper_id: PaperId
    code: str
    kind: Kind
    before: Outcome
    after: Outcome
    copies: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """The answer: `all` is every paper of those days with its copies, `covered` those that the rules are for.

    The rules are taken as if they had been in force on every day. `moves` counts papers from one proposal to
    another, `changes` names the first of them. `untold` counts papers. Procedures are codes, "" where none
    was named; who demanded are the names in the dossiers, with the copies that would have been saved.
    """

    rules: tuple[RuleId, ...]
    first: date
    last: date
    all: Tally
    covered: Tally
    by_kind: Mapping[Kind, Tally]
    by_procedure: Mapping[str, Tally]
    by_demander: Mapping[str, int]
    moves: Mapping[tuple[Outcome, Outcome], int]
    changes: tuple[Change, ...]
    untold: Mapping[Untold, int]
