"""On what terms an office works: which books it keeps, what copies cost, when it is open."""

from dataclasses import dataclass, field
from datetime import datetime

from verification.deadlines import MOST_BULKY_DAYS, Due, OfficeHours, certification_due
from verification.fees import FeeSchedule
from verification.holidays import shipped_holidays
from verification.register import Series


def _shipped_hours() -> OfficeHours:
    return OfficeHours(holidays=shipped_holidays())


@dataclass(frozen=True, slots=True)
class OfficeTerms:
    """`copies` is the series of electronic copies: of their own, or that of the copies on paper where one
    book holds both. `lines_per_book`: a book ends by itself after so many. A dossier of `bulky_pages` or more
    takes up to `bulky_days` working days longer (NĐ 23/2015 Art. 7)."""

    copies: Series = Series.COPIES
    lines_per_book: int | None = None
    fees: FeeSchedule = field(default_factory=FeeSchedule)
    hours: OfficeHours = field(default_factory=_shipped_hours)
    bulky_pages: int | None = None
    bulky_days: int = MOST_BULKY_DAYS

    def due(self, received_at: datetime, *, pages: int = 0) -> Due:
        """When papers of so many pages, complete when they came in, are to be answered."""
        bulky = self.bulky_pages is not None and pages >= self.bulky_pages
        return certification_due(received_at, self.hours, bulky_days=self.bulky_days if bulky else 0)
