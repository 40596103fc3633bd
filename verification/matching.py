"""One paper against the records: candidates found by a key, then every field compared by rule.

Types only know a result that names its snapshot, so no answer exists without saying how old the records
were. `verification.match` makes them.
"""

from dataclasses import dataclass
from enum import StrEnum

from verification.agreement import Agreement
from verification.differing import Differs
from verification.source import Snapshot, SourceName, SourceRecord

_NOWHERE = Differs()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of the paper against the record's; `paper` and `record` are as they stand there."""

    field: str
    paper: str | None
    record: str | None
    agreement: Agreement
    rule: str | None
    identity: bool
    """The field decides who it is: nothing less than EXACT or EQUIVALENT will do."""
    passes: bool
    """The field does not stand in the way of NO_COPY_NEEDED."""
    differs: Differs = _NOWHERE
    """The letters in which the two differ; of assessments kept before there were any, none."""


class Found(StrEnum):
    """What became of looking for the record."""

    ONE = "ONE"
    NONE = "NONE"
    SEVERAL = "SEVERAL"
    NOT_CONFIRMED = "NOT_CONFIRMED"
    """A platform that is asked by number and name together knows no such pair: the number may be nobody's,
    or somebody's of another name."""
    NO_KEY = "NO_KEY"
    """The paper gave nothing to ask with."""
    SOURCE_DOWN = "SOURCE_DOWN"
    SOURCE_STALE = "SOURCE_STALE"
    NOT_CONFIGURED = "NOT_CONFIGURED"


@dataclass(frozen=True, slots=True)
class RecordMatch:
    """The result of looking and comparing. `key_sure`: what was asked with was sure on the paper."""

    source: SourceName
    snapshot: Snapshot | None
    found: Found
    key_sure: bool = False
    record: SourceRecord | None = None
    status_good: bool = False
    comparisons: tuple[Comparison, ...] = ()
