"""The name of a paper and a seed go in, the division of the country and the day of its issue come out."""

from collections.abc import Callable
from datetime import date, timedelta

from verification.specimens.chance import Chance
from verification.specimens.places import Era
from verification.specimens.registration import MERGE_DAY

LAST_ISSUE = date(2026, 10, 15)
"""No specimen is issued later."""


def era_by_seed(paper: str, *, new_share: float) -> Callable[[int], Era]:
    """Which of the papers of this name are younger than the merge of communes."""
    return lambda seed: Era.NEW if Chance("era", paper, seed).happens(new_share) else Era.OLD


def issue_day(chance: Chance, era: Era, first: date, last: date = LAST_ISSUE) -> date:
    """A day from `first` on that fits the units the paper names."""
    if era is Era.NEW:
        return chance.day(max(first, MERGE_DAY + timedelta(days=1)), last)
    return chance.day(first, max(first, MERGE_DAY - timedelta(days=2)))


def spoken_day(day: date) -> str:
    """`ngày 05 tháng 02 năm 2024`: days below ten, months one and two have a zero (NĐ 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
