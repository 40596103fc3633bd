"""A source's schema as data: a dotted name and its text in; why the text cannot be what the name says out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from verification.code_lists import sex_code
from verification.dates import PartialDate, parse_date
from verification.personal_number import PROVINCES_OF_REGISTRATION, parse_personal_number

_EARLIEST_BIRTH: Final = 1850
"""Civil status is kept of people long dead, too; a year before this one is a slip of the pen."""
_UNLIMITED: Final = ("unlimited", "không thời hạn")


Check = Callable[[str, date], str | None]
"""What is wrong with a text that is not empty, to be read behind its name ("is no date of the calendar"),
else None. The date is the last day that a date of the past may name."""


class ValueKind(StrEnum):
    """What stands under a name of a record. Every kind may be absent; none may be another thing."""

    TEXT = "text"
    NAME = "name"
    DATE = "date"
    """A day, a month or a year that had come when the record was delivered."""
    BIRTH_DATE = "birth_date"
    EXPIRY = "expiry"
    """A date, also one to come, or `unlimited`."""
    SEX = "sex"
    NUMBER = "number"
    PERSONAL_NUMBER = "personal_number"
    PLACE = "place"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Schema:
    """The names that a source's records know, each with its kind; `required` ones no record may lack."""

    fields: Mapping[str, ValueKind] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    checks: Mapping[str, "Check"] = field(init=False, repr=False, compare=False)
    """Of the names that have one: what says why a text cannot stand under it."""

    def __post_init__(self) -> None:
        checked = {name: _CHECKS[kind] for name, kind in self.fields.items() if kind in _CHECKS}
        object.__setattr__(self, "checks", checked)


@lru_cache(maxsize=100_000)
def _date(text: str, latest: date) -> str | None:
    known = parsed_date(text)
    if known is None:
        return "is no date of the calendar"
    return "lies after the delivery" if _after(known, latest) else None


@lru_cache(maxsize=100_000)
def _birth_date(text: str, latest: date) -> str | None:
    known = parsed_date(text)
    if known is not None and known.year < _EARLIEST_BIRTH:
        return f"lies before {_EARLIEST_BIRTH}"
    return _date(text, latest)


def _expiry(text: str, _latest: date) -> str | None:
    if text.lower() in _UNLIMITED or parsed_date(text) is not None:
        return None
    return "is neither a date of the calendar nor unlimited"


def _sex(text: str, _latest: date) -> str | None:
    return None if text in ("male", "female") or sex_code(text) else "is neither male nor female"


def _name(text: str, _latest: date) -> str | None:
    if text.replace(" ", "").isalpha():
        return None
    return "is no name: it has a digit" if any(letter.isdigit() for letter in text) else None


def _number(text: str, _latest: date) -> str | None:
    if text.isdigit():
        return None
    if " " in text:
        return "has spaces"  # `records` takes them out first
    return None if any(letter.isdigit() for letter in text) else "is no number: it has no digit"


def _personal_number(text: str, latest: date) -> str | None:
    plain = len(text) == 12 and text.isascii() and text.isdigit()
    # The last six digits are free: what can be wrong with twelve digits is wrong with their first six.
    if plain and _opens_number(text[:6], latest.year):
        return None
    if " " in text:
        return "has spaces"
    if parse_personal_number(text, latest_year=latest.year) is not None:
        return None
    digits = "".join(text.split())
    if len(digits) != 12 or not (digits.isascii() and digits.isdigit()):
        return "is no personal number: it has not twelve digits"
    if digits[:3] not in PROVINCES_OF_REGISTRATION:
        return "is no personal number: no province has its first three digits"
    return "is no personal number: its year of birth has not come yet"


@lru_cache(maxsize=100_000)
def _opens_number(digits: str, latest_year: int) -> bool:
    return parse_personal_number(f"{digits}000000", latest_year=latest_year) is not None


def _after(known: PartialDate, latest: date) -> bool:
    return known.parts() > (latest.year, latest.month, latest.day)


@lru_cache(maxsize=100_000)
def parsed_date(text: str) -> PartialDate | None:
    """`parse_date`, remembered: of five million people, most share their day with another."""
    return parse_date(text)


_CHECKS: Final[Mapping[ValueKind, Check]] = {
    ValueKind.NAME: _name,
    ValueKind.DATE: _date,
    ValueKind.BIRTH_DATE: _birth_date,
    ValueKind.EXPIRY: _expiry,
    ValueKind.SEX: _sex,
    ValueKind.NUMBER: _number,
    ValueKind.PERSONAL_NUMBER: _personal_number,
}
