"""One paper as it was read in, for every check of it; what cannot all be right on it out.

A check that lacks a side says nothing. What it says is for an officer: nothing is corrected, nothing refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ocr.model import PageReading
from verification.dates import PartialDate, parse_date
from verification.extraction import Field, Kind
from verification.profile import Profile

GRAVE: Final = (
    "DATE_WORDS_DIFFER",
    "AMOUNT_WORDS_DIFFER",
    "AREA_PARTS_DIFFER",
    "PERSONAL_NUMBER_CONTRADICTS",
    "PERSONAL_NUMBER_IMPOSSIBLE",
    "NUMBERS_DIFFER",
    "NUMBER_FORM_WRONG",
    "NUMBER_CHECK_DIGIT_WRONG",
    "NUMBER_YEAR_DIFFERS",
    "HEAD_CONTRADICTS",
    "CODE_DIFFERS_FROM_PRINT",
    "MRZ_NAME_DIFFERS",
    "MRZ_NUMBER_DIFFERS",
    "MRZ_CHECK_DIGITS_WRONG",
    "SIDES_DIFFER",
    "DATE_OUT_OF_RANGE",
    "DATES_OUT_OF_ORDER",
    "AGE_IMPLAUSIBLE",
    "EXPIRY_AGE_WRONG",
    "ISSUED_OUTSIDE_PERIOD",
    "WORDING_OUTSIDE_PERIOD",
    "CITES_LATER_ACT",
    "AUTHORITY_OUTSIDE_PERIOD",
)
"""The paper, or the reading of it, is not to be trusted: its fields are no longer sure, an officer looks."""

NOTES: Final = ("BELOW_MARRIAGE_AGE", "PERSONAL_NUMBER_PROVINCE")
"""Lawful reasons exist: worth a look, and nothing is doubted for it."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`fields` cannot all be right; `code` is of `wording.SENTENCES`, `words` fill its sentences."""

    code: str
    fields: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """What the checks look at: the fields by name, the pages they stand on, the day of today.

    `kind` is the kind of a certified copy's original; `stamped` says that it is such a copy, whose stamp is
    younger than the paper.
    """

    kind: Kind
    profile: Profile
    fields: Mapping[str, Field]
    pages: tuple[PageReading, ...]
    today: date
    stamped: bool = False

    def value(self, name: str) -> str | None:
        """The field's value, sure or not; None where the paper lacks it."""
        found = self.fields.get(name)
        return found.value if found else None

    def day(self, name: str) -> PartialDate | None:
        """The field's value as a date."""
        value = self.value(name)
        return parse_date(value) if value else None

    def pairs(self, names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """Those pairs of names of which the paper has both values."""
        return (pair for pair in names if all(self.value(name) for name in pair))

    def titles(self, **names: str) -> dict[str, str]:
        """Words for a sentence: each field's Vietnamese and English title, in lower case."""
        words: dict[str, str] = {}
        for word, name in names.items():
            spec = self.profile.field(name)
            words[word] = spec.title_vi.lower() if spec else name
            words[f"{word}_en"] = spec.title_en.lower() if spec else name
        return words
