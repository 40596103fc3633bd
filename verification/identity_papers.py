"""An identity paper in a clerk's words ("CCCD số 001…, cấp ngày …") and the numbers a record knows its person
by in; whether the paper is that person's out.

Only numbers are compared: no record holds the office and the day of a paper that somebody once showed.
"""

import re
from dataclasses import dataclass
from typing import Final

from verification.agreement import Agreement, Compared
from verification.differing import Differs, Span, letters_apart
from verification.normalise import fold, nfc, squeeze

# Letters right before the digits are a passport's; spaces may part groups of three. Dates are shorter.
_NUMBER: Final = re.compile(
    r"(?<![\d/])(?:(?<![^\W\d_])[A-Z]{1,2})?(?:\d{3}(?: \d{3}){2,3}(?! \d{3}\b)|\d{7,})(?![\d/])",
    re.IGNORECASE,
)
_PERSONAL: Final = re.compile(r"\d{12}")
_OTHER_KIND: Final = re.compile(r"\d{9}|[A-Z]{1,2}\d{7,9}")
"""A CMND or a passport: the record may not know the number though the person is the same."""
_CARD: Final = re.compile("can cuoc|cccd|dinh danh")
_DIFFERENT: Final = Compared(Agreement.DIFFERENT)
_WORST_FIRST: Final = (
    Agreement.DIFFERENT,
    Agreement.UNREADABLE,
    Agreement.UNDECIDED,
    Agreement.MISSING_IN_RECORD,
    Agreement.EQUIVALENT,
)


@dataclass(frozen=True, slots=True)
class Known:
    """The numbers of one person in a record; `olds` are those of earlier papers."""

    personal: str | None
    olds: tuple[str, ...] = ()


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of identity papers that a text names, without spaces, a passport's letter a capital."""
    return tuple(_plain(found.group()) for found in _NUMBER.finditer(nfc(text)))


def compare_identity_papers(paper: str | None, known: Known) -> Compared:
    """Every number on the paper must be the record's: EQUIVALENT by `identity_number` or `old_number`.

    A CMND or a passport, where the record knows of none, is MISSING_IN_RECORD; a personal number where the
    record has none is UNDECIDED by `record_without_number`. A text without a number, or with one of a wrong
    length, or that names a card and not its twelve digits, is UNREADABLE.
    """
    if not squeeze(paper or ""):
        return Compared(Agreement.MISSING_ON_PAPER)
    numbers = numbers_in(paper or "")
    cut = _CARD.search(fold(paper or "")) and not any(_PERSONAL.fullmatch(number) for number in numbers)
    if cut or not numbers:
        return Compared(Agreement.UNREADABLE)
    found = [_of_number(number, known) for number in numbers]
    return min(found, key=lambda compared: _WORST_FIRST.index(compared.agreement))


def differs_in_number(paper: str | None, known: Known, compared: Compared) -> Differs:
    """The digits of the first number on the paper that is not the record's, and the record's digits there."""
    if compared.agreement is not Agreement.DIFFERENT or not paper or not known.personal:
        return Differs()
    text = nfc(paper)
    other = next(n for n in _NUMBER.finditer(text) if _of_number(_plain(n.group()), known) == compared)
    apart = letters_apart(other.group(), known.personal)
    return Differs(tuple(_moved(span, other.start()) for span in apart.paper), apart.record)


def _of_number(number: str, known: Known) -> Compared:
    if number == known.personal:
        return Compared(Agreement.EQUIVALENT, "identity_number")
    if number in known.olds:
        return Compared(Agreement.EQUIVALENT, "old_number")
    if _PERSONAL.fullmatch(number):
        return _DIFFERENT if known.personal else Compared(Agreement.UNDECIDED, "record_without_number")
    if _OTHER_KIND.fullmatch(number):
        return _DIFFERENT if number.isdecimal() and known.olds else Compared(Agreement.MISSING_IN_RECORD)
    return Compared(Agreement.UNREADABLE)


def _plain(number: str) -> str:
    return number.replace(" ", "").upper()


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
