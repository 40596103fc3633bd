"""When an answer is due: a dossier and the office's terms in, by when the law wants it answered out.

NĐ 23/2015/NĐ-CP Art. 7, by `verification.deadlines`.
"""

from dataclasses import dataclass
from datetime import datetime

from verification.deadlines import Due
from verification.submission import Submission
from verification.terms import OfficeTerms


@dataclass(frozen=True, slots=True)
class Today:
    """What a promise is held against: the time, and the terms of the office."""

    now: datetime
    terms: OfficeTerms

    def is_late(self, submission: Submission) -> bool:
        """Whether its time is over."""
        return self.now > due_of(submission, self.terms).at


def due_of(submission: Submission, terms: OfficeTerms) -> Due:
    """By when all its papers are to be answered."""
    return terms.due(submission.received_at, pages=sum(len(file.pages) for file in submission.files))
