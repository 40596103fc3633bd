"""An office's terms as they are set: texts of variables and files in, `OfficeTerms` out."""

import itertools
import re
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from verification.deadlines import MOST_BULKY_DAYS, WEEKDAY, OfficeHours, Span
from verification.fees import FeeSchedule, FeesUnusableError, parse_fees
from verification.holidays import HolidaysUnusableError, parse_holidays, shipped_holidays
from verification.register import Series
from verification.terms import OfficeTerms

_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_BOOKS = {"separate": Series.COPIES, "joint": Series.PAPER_COPIES}


class TermsUnusableError(Exception):
    """A term cannot be used: the name of its setting, and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, why)
        self.name, self.why = name, why


@dataclass(frozen=True, slots=True)
class GivenTerms:
    """What stands in the environment; None or empty is what the service does by itself."""

    electronic_book: str = ""
    lines_per_book: int | None = None
    hours: str = ""
    saturday_hours: str = ""
    bulky_pages: int | None = None
    bulky_days: int = MOST_BULKY_DAYS
    fees: Path | None = None
    holidays: Path | None = None


def office_terms(given: GivenTerms) -> OfficeTerms:
    """Raises TermsUnusableError."""
    if given.electronic_book and given.electronic_book not in _BOOKS:
        raise TermsUnusableError("CHUNGTHUC_ELECTRONIC_BOOK", "must be separate or joint")
    if given.bulky_days > MOST_BULKY_DAYS:
        raise TermsUnusableError("CHUNGTHUC_BULKY_DAYS", f"must be at most {MOST_BULKY_DAYS}")
    return OfficeTerms(
        copies=_BOOKS[given.electronic_book or "separate"],
        lines_per_book=given.lines_per_book,
        fees=_fees(given.fees),
        hours=_hours(given),
        bulky_pages=given.bulky_pages,
        bulky_days=given.bulky_days,
    )


def _fees(path: Path | None) -> FeeSchedule:
    if path is None:
        return FeeSchedule()
    try:
        return parse_fees(_text("CHUNGTHUC_FEES", path))
    except FeesUnusableError as error:
        raise TermsUnusableError("CHUNGTHUC_FEES", str(error)) from error


def _hours(given: GivenTerms) -> OfficeHours:
    holidays = shipped_holidays()
    try:
        if given.holidays:
            holidays = holidays.with_own(parse_holidays(_text("CHUNGTHUC_HOLIDAYS", given.holidays)))
    except HolidaysUnusableError as error:
        raise TermsUnusableError("CHUNGTHUC_HOLIDAYS", str(error)) from error
    return OfficeHours(
        weekday=_spans("CHUNGTHUC_HOURS", given.hours) or WEEKDAY,
        saturday=_spans("CHUNGTHUC_SATURDAY_HOURS", given.saturday_hours),
        holidays=holidays,
    )


def _spans(name: str, text: str) -> tuple[Span, ...]:
    """`7:30-11:30,13:30-17:00`, in the order of the day."""
    try:
        spans = tuple(_span(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise TermsUnusableError(name, "must read like 7:30-11:30,13:30-17:00") from error
    if any(later.start < earlier.end for earlier, later in itertools.pairwise(spans)):
        raise TermsUnusableError(name, "must name hours in the order of the day")
    return spans


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    return Span(time(from_hour, from_minute), time(to_hour, to_minute))


def _text(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise TermsUnusableError(name, "must name a file of UTF-8 text that can be read") from error
