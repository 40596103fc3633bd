"""A paper that its record contradicts in; which fields, as a slip to the record's owner, out.

The slip (phiếu đề nghị cập nhật, điều chỉnh dữ liệu; NQ 66.7/2025/NQ-CP) names the fields and their values:
it is personal data, for officers and for the citizen of its dossier.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from verification.agreement import Agreement
from verification.differing import Differs
from verification.matching import Found, RecordMatch
from verification.source import SourceName
from verification.submission import OfficerId, PaperId

_WRONG = (Agreement.DIFFERENT, Agreement.MISSING_IN_RECORD)
_DOUBTFUL = (Agreement.PARTIAL, Agreement.UNDECIDED)


class SlipState(StrEnum):
    """Whether the owner of the record has answered."""

    SENT = "SENT"
    ANSWERED = "ANSWERED"


@dataclass(frozen=True, slots=True)
class WrongField:
    """A field as it stands on the paper and in the record, and the letters in which they differ.

    `proposed`: it differs outright and was read with certainty; anything else an officer must choose.
    """

    field: str
    paper: str
    record: str | None
    differs: Differs
    proposed: bool = True


@dataclass(frozen=True, slots=True)
class DataError:
    """One slip. A paper has at most one that is not answered."""

    at: datetime
    officer_id: OfficerId
    paper_id: PaperId
    source: SourceName
    record_id: str
    as_of: datetime
    """How old the record was that is said to be wrong."""
    fields: tuple[WrongField, ...]
    note: str = ""
    state: SlipState = SlipState.SENT
    answered_by: OfficerId | None = None
    answered_at: datetime | None = None
    answer: str = ""
    id: int = 0
    version: int = 1


def wrong_fields(match: RecordMatch | None, sure: frozenset[str]) -> tuple[WrongField, ...]:
    """What a slip may say of this comparison; `sure` are the fields read with certainty.

    Nothing where the record was not found by a sure key: it may be another person's, and quite right.
    """
    if match is None or match.found is not Found.ONE or not match.key_sure or match.snapshot is None:
        return ()
    return tuple(
        WrongField(c.field, c.paper, c.record, c.differs, c.agreement in _WRONG and c.field in sure)
        for c in match.comparisons
        if c.paper and not c.passes and c.agreement in (*_WRONG, *_DOUBTFUL)
    )
