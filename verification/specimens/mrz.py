"""A person and two days go in, the three lines of a TD1 machine-readable zone come out (ICAO 9303-5).

The layout of the Vietnamese card: the document number is the last nine digits of the personal number.
"""

from datetime import date

from verification.specimens.names import Sex
from verification.specimens.people import Person
from verification.specimens.wording import unaccented

WEIGHTS = (7, 3, 1)
LINE_LENGTH = 30
NEVER = date(2099, 12, 31)
"""What stands in the expiry field of a card without a term."""


def value(char: str) -> int:
    """0-9 as they are, A=10 ... Z=35, filler 0."""
    return 0 if char == "<" else int(char, 36)


def check_digit(text: str) -> str:
    """ICAO 9303-3, 4.9: weights 7, 3, 1 from the left, modulo ten."""
    return str(sum(value(char) * WEIGHTS[at % 3] for at, char in enumerate(text)) % 10)


def short_date(day: date) -> str:
    """YYMMDD and its check digit."""
    digits = f"{day:%y%m%d}"
    return digits + check_digit(digits)


def name_line(full_name: str) -> str:
    """SURNAME<<GIVEN<NAMES, cut at thirty; a name of one word has no second part."""
    surname, *givens = unaccented(full_name).split()
    return "<<".join(part for part in (surname, "<".join(givens)) if part)[:LINE_LENGTH].ljust(
        LINE_LENGTH, "<"
    )


def mrz_lines(person: Person, expires_on: date | None) -> tuple[str, str, str]:
    """Three lines of thirty characters; no term is written as NEVER."""
    number = person.personal_number
    first = f"IDVNM{number[3:]}{check_digit(number[3:])}{number}<<{check_digit(number)}"
    sex = "M" if person.sex is Sex.MALE else "F"
    second = f"{short_date(person.date_of_birth)}{sex}{short_date(expires_on or NEVER)}VNM<<<<<<<<<<<"
    composite = check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    return first, second + composite, name_line(person.full_name)
