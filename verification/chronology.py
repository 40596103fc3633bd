"""The dates of one paper in; those that cannot be, alone or beside one another, out.

Only what is certain counts: a year alone is compared as a year. Ages are those of the law where one is
named, else so wide that no true paper falls outside.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from verification.contradiction import Contradiction, ReadPaper
from verification.dates import PartialDate, parse_date
from verification.profile import Format

_FIRST_YEAR: Final = 1900
_CARDS_2021: Final = ("citizen_card_2021_front", "citizen_card_2021_back")
_CARDS_2024: Final = ("citizen_card_2024_front", "citizen_card_2024_back")

_ORDER: Final = (
    ("date_of_birth", "date_of_death"),
    ("date_of_death", "registered_on"),
    ("date_of_birth", "registered_on"),
    ("date_of_birth", "issued_on"),
    ("date_of_birth", "expires_on"),
    ("date_of_birth", "graduation_year"),
    ("graduation_year", "issued_on"),
    ("issued_on", "expires_on"),
    ("wife_date_of_birth", "registered_on"),
    ("husband_date_of_birth", "registered_on"),
    ("mother_date_of_birth", "date_of_birth"),
    ("father_date_of_birth", "date_of_birth"),
    ("owner_date_of_birth", "first_registered_on"),
)
"""The first is never later than the second."""


@dataclass(frozen=True, slots=True)
class _Age:
    """From `born` to `at` lie at least `least` and at most `most` whole years, on papers of these kinds (on
    all when empty)."""

    born: str
    at: str
    least: int
    most: int
    kinds: tuple[str, ...] = ()


_AGES: Final = (
    _Age("date_of_birth", "issued_on", 14, 125, _CARDS_2021),  # Luật Căn cước công dân 2014, Art. 19
    _Age("date_of_birth", "issued_on", 0, 125),
    _Age("date_of_birth", "issued_on", 18, 125, ("driving_licence",)),  # Luật GTĐB 2008, Art. 60
    _Age("date_of_birth", "registered_on", 0, 125),
    _Age("date_of_birth", "date_of_death", 0, 125),
    _Age("date_of_birth", "graduation_year", 13, 100),
    _Age("mother_date_of_birth", "date_of_birth", 12, 65),
    _Age("father_date_of_birth", "date_of_birth", 12, 100),
    _Age("wife_date_of_birth", "registered_on", 12, 110),
    _Age("husband_date_of_birth", "registered_on", 12, 110),
    _Age("owner_date_of_birth", "first_registered_on", 18, 110),  # of full legal capacity
)

_LAST_BIRTHDAYS: Final = {
    **dict.fromkeys(_CARDS_2021, (25, 40, 60)),
    **dict.fromkeys(_CARDS_2024, (14, 25, 40, 60)),
}
"""A card holds until one of these birthdays (Luật Căn cước công dân 2014 and Luật Căn cước 2023, Art. 21)."""
_NEVER_RENEWED_FROM: Final = 58
"""Issued in the two years before 60 it holds for life."""

_MARRIAGE: Final = (("wife_date_of_birth", 18), ("husband_date_of_birth", 20))
"""Luật Hôn nhân và gia đình 2014, Art. 8; before 2015 the year of that age had only to have begun."""
_FULL_AGE_SINCE: Final = 2015
_SHOWN_PAPERS: Final = (
    ("identity_paper", "issued_on"),
    ("wife_identity_paper", "registered_on"),
    ("husband_identity_paper", "registered_on"),
)
_ISSUED: Final = re.compile(r"cấp\s+ngày\s+(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})")


def dates_that_cannot_be(paper: ReadPaper) -> Iterator[Contradiction]:
    """1. Each date alone. 2. Which comes first. 3. How far apart. 4. A card's last day. 5. Age of marriage.
    6. The day of the identity paper that was shown."""
    yield from _out_of_range(paper)
    yield from _out_of_order(paper)
    yield from _implausible_ages(paper)
    yield from _wrong_expiry(paper)
    yield from _young_couples(paper)
    yield from _papers_of_the_future(paper)


def _out_of_range(paper: ReadPaper) -> Iterator[Contradiction]:
    for spec in paper.profile.fields:
        day = paper.day(spec.name) if spec.format in (Format.DATE, Format.EXPIRY) else None
        if day is None:
            continue
        future = spec.format is Format.DATE and _after(day, paper.today)
        if future or day.year < _FIRST_YEAR:
            yield Contradiction("DATE_OUT_OF_RANGE", (spec.name,), paper.titles(field=spec.name))


def _out_of_order(paper: ReadPaper) -> Iterator[Contradiction]:
    for first, second in paper.pairs(_ORDER):
        early, late = paper.day(first), paper.day(second)
        if early and late and _later(early, late):
            words = paper.titles(first=first, second=second)
            yield Contradiction("DATES_OUT_OF_ORDER", (first, second), words)


def _implausible_ages(paper: ReadPaper) -> Iterator[Contradiction]:
    for age in _AGES:
        born, at = paper.day(age.born), paper.day(age.at)
        if (age.kinds and paper.kind not in age.kinds) or born is None or at is None or _later(born, at):
            continue
        fewest, most = _years(born, at)
        if most < age.least or fewest > age.most:
            words = paper.titles(first=age.born, second=age.at)
            yield Contradiction("AGE_IMPLAUSIBLE", (age.born, age.at), words)


def _wrong_expiry(paper: ReadPaper) -> Iterator[Contradiction]:
    ages, born = _LAST_BIRTHDAYS.get(paper.kind, ()), paper.day("date_of_birth")
    expires, written = paper.day("expires_on"), paper.value("expires_on")
    if not ages or born is None or born.day is None or written is None:
        return
    if expires is not None:
        wrong = expires not in {day for age in ages for day in _birthdays(born, age)}
    else:
        issued = paper.day("issued_on")
        last_issue = issued or PartialDate(paper.today.year, paper.today.month, paper.today.day)
        wrong = written == "unlimited" and _years(born, last_issue)[1] < _NEVER_RENEWED_FROM
    if wrong:
        yield Contradiction("EXPIRY_AGE_WRONG", ("date_of_birth", "expires_on"))


def _young_couples(paper: ReadPaper) -> Iterator[Contradiction]:
    wedding = paper.day("registered_on")
    if wedding is None:
        return
    begun = 0 if wedding.year >= _FULL_AGE_SINCE else 1
    for name, least in _MARRIAGE:
        born = paper.day(name)
        if born and not _later(born, wedding) and _years(born, wedding)[1] < least - begun:
            yield Contradiction("BELOW_MARRIAGE_AGE", (name, "registered_on"), paper.titles(field=name))


def _papers_of_the_future(paper: ReadPaper) -> Iterator[Contradiction]:
    for shown, at in paper.pairs(_SHOWN_PAPERS):
        found = _ISSUED.search(paper.value(shown) or "")
        issued, day = parse_date(found[1]) if found else None, paper.day(at)
        if issued and day and _later(issued, day):
            yield Contradiction("DATES_OUT_OF_ORDER", (shown, at), paper.titles(first=shown, second=at))


def _after(day: PartialDate, today: date) -> bool:
    return _later(day, PartialDate(today.year, today.month, today.day))


def _later(first: PartialDate, second: PartialDate) -> bool:
    """Whether the first surely lies behind the second."""
    ours, theirs = first.parts(), second.parts()
    shared = min(len(ours), len(theirs))
    return ours[:shared] > theirs[:shared]


def _years(born: PartialDate, at: PartialDate) -> tuple[int, int]:
    """The fewest and the most whole years that may lie between."""
    apart = at.year - born.year
    ours, theirs = born.parts()[1:], at.parts()[1:]
    shared = min(len(ours), len(theirs))
    if ours[:shared] != theirs[:shared]:
        apart -= ours[:shared] > theirs[:shared]
        return apart, apart
    return (apart, apart) if shared == 2 else (apart - 1, apart)


def _birthdays(born: PartialDate, age: int) -> tuple[PartialDate, ...]:
    """The day of that age; of 29 February, in a year without it, the day before or the day after."""
    try:
        return (PartialDate(born.year + age, born.month, born.day),)
    except ValueError:
        return (PartialDate(born.year + age, 2, 28), PartialDate(born.year + age, 3, 1))
