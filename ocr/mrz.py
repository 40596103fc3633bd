"""The three lines of a card's machine readable zone in, their values out, when every check digit holds.

ICAO Doc 9303 part 5 (TD1, three lines of 30) as Vietnamese cards fill it: the optional data of line 1 hold
the whole personal number and a check digit of its own.
"""

import re
from dataclasses import dataclass
from datetime import date

LINE_LENGTH = 30
_WEIGHTS = (7, 3, 1)
_LINE_1 = re.compile(r"I[A-Z<][A-Z<]{3}[A-Z0-9<]{9}[0-9][A-Z0-9<]{15}")
_LINE_2 = re.compile(r"[0-9]{6}[0-9][MF<]([0-9]{6}|<{6})[0-9<][A-Z<]{3}[A-Z0-9<]{11}[0-9]")
_LINE_3 = re.compile(r"[A-Z][A-Z<]{29}")
_PERSONAL_NUMBER = re.compile(r"([0-9]{12})<<([0-9])")
# What Vietnamese cards print when they never expire is not settled; these are the two fillings seen.
_NO_EXPIRY = ("<<<<<<", "991231")


@dataclass(frozen=True, slots=True)
class Mrz:
    """The values of a zone whose check digits all hold. Names are unaccented, in capitals.

    The names' line has no check digit (Doc 9303 part 5, 4.2.4), so it is as sure as its letters were
    clear, and no surer. `sex` is `M`, `F` or `<`; `expires_on` is None on a card without expiry.
    """

    document_number: str
    personal_number: str | None
    date_of_birth: date
    sex: str
    expires_on: date | None
    nationality: str
    surname: str
    given_names: str

    @property
    def full_name(self) -> str:
        """Surname first, as in Vietnamese."""
        return f"{self.surname} {self.given_names}".strip()


def check_digit(text: str) -> str:
    """Weights 7-3-1; `<` is 0, A is 10, Z is 35 (Doc 9303 part 3, 4.9)."""
    total = sum(_worth(letter) * _WEIGHTS[i % 3] for i, letter in enumerate(text))
    return str(total % 10)


def parse(text: str) -> Mrz | None:
    """The values in three lines joined by line feeds, or None unless shape, dates and check digits hold.

    A two-digit birth year is of this century only when it is not past the expiry year: a card is never
    issued for somebody unborn. Without an expiry, years up to 30 are of this century.
    """
    lines = tuple(text.split("\n"))
    if not _well_formed(lines) or not _checked(*lines[:2]):
        return None
    number = _PERSONAL_NUMBER.fullmatch(lines[0][15:30])
    if number is not None and check_digit(number[1]) != number[2]:
        return None
    return _values(lines, number[1] if number else None)


def _well_formed(lines: tuple[str, ...]) -> bool:
    shapes = (_LINE_1, _LINE_2, _LINE_3)
    return len(lines) == len(shapes) and all(
        shape.fullmatch(line) for shape, line in zip(shapes, lines, strict=True)
    )


def _checked(first: str, second: str) -> bool:
    """1. Document number. 2. Birth date. 3. Expiry, if there is one. 4. All of it (composite)."""
    expiry, its_digit = second[8:14], second[14]
    no_expiry = expiry == "<<<<<<" and its_digit in "<0"
    return (
        check_digit(first[5:14]) == first[14]
        and check_digit(second[:6]) == second[6]
        and (no_expiry or check_digit(expiry) == its_digit)
        and check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29]) == second[29]
    )


def _values(lines: tuple[str, ...], personal_number: str | None) -> Mrz | None:
    first, second, third = lines
    expiry = second[8:14]
    try:
        expires_on = None if expiry in _NO_EXPIRY else _date(expiry, century=2000)
        born_on = _birth_date(second[:6], expires_on, personal_number)
    except ValueError:
        return None
    surname, given = names(third)
    return Mrz(
        document_number=first[5:14].rstrip("<"),
        personal_number=personal_number,
        date_of_birth=born_on,
        sex=second[7],
        expires_on=expires_on,
        nationality=second[15:18].rstrip("<"),
        surname=surname,
        given_names=given,
    )


def names(line: str) -> tuple[str, str]:
    """Surname and given names of a names' line.

    Two fillers part them, and nothing but fillers stands behind the next two (ICAO Doc 9303-3, 4.6): a letter
    there is a filler misread.
    """
    surname, _, rest = line.partition("<<")
    given = rest.partition("<<")[0]
    return " ".join(surname.replace("<", " ").split()), " ".join(given.replace("<", " ").split())


def _birth_date(digits: str, expires_on: date | None, personal_number: str | None) -> date:
    """The century is in the personal number (its fourth digit); else it follows from the expiry."""
    if personal_number is not None:
        return _date(digits, century=1900 + 100 * (int(personal_number[3]) // 2))
    latest = expires_on.year if expires_on else 2030
    return _date(digits, century=2000 if 2000 + int(digits[:2]) <= latest else 1900)


def _date(digits: str, *, century: int) -> date:
    return date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))


def _worth(letter: str) -> int:
    if letter == "<":
        return 0
    return int(letter) if letter.isdigit() else ord(letter) - ord("A") + 10
