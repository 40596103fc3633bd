"""A place, an era and a stream of choices go in, an office with its letterhead and its officer come out.

Names of offices follow Nghị định 30/2020/NĐ-CP, appendix I; the officers are invented.
"""

from dataclasses import dataclass
from datetime import date

from verification.specimens.chance import Chance
from verification.specimens.names import Sex, full_name, surname
from verification.specimens.places import Era, Place

SHORTEST_NAME = 3
"""Letters of a commune's name that can stand alone; Phường I cannot."""
CHAIRMAN = (
    ("CHỦ TỊCH",),
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
)
"""How a commune's paper is signed: in whose name and on whose behalf, last the signer's own title."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The upper part of an office's paper: who writes (superior office first), number, place and day."""

    superior: str | None
    issuer: tuple[str, ...]
    number: str
    place: str
    day: date

    @property
    def office(self) -> str:
        """All lines of the office as one."""
        return " ".join((*((self.superior,) if self.superior else ()), *self.issuer))

    @property
    def place_and_day(self) -> str:
        """The right column below the motto."""
        return f"{self.place}, {day_in_words(self.day)}"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the lines of the capacity, the last of which is the signer's title, and the name.

    `above` is what the form prints over them; a line in brackets is a note in small italics.
    """

    capacity: tuple[str, ...]
    full_name: str
    above: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The signer's own title."""
        return self.capacity[-1]


def day_in_words(day: date) -> str:
    """Days below ten and the months one and two have a zero (Nghị định 30/2020/NĐ-CP, appendix I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def invented_name(chance: Chance) -> str:
    """A full name of the lists in usual case."""
    return full_name(chance, None, chance.pick((Sex.MALE, Sex.FEMALE)), surname(chance, None))


def town_name(place: Place, era: Era) -> str:
    """The commune as it stands before the day; a mere number or numeral takes its kind along."""
    unit = place.units(era)[0]
    name = unit.written(prefixed=len(unit.name) < SHORTEST_NAME)
    return name[0].upper() + name[1:]


def committee(chance: Chance, place: Place, era: Era) -> tuple[str | None, tuple[str, ...]]:
    """The people's committee of the commune, below that of the district as long as there was one."""
    units = [unit.written(prefixed=True).upper() for unit in place.units(era)]
    if chance.happens(0.6):
        return None, ("ỦY BAN NHÂN DÂN", units[0])
    return (f"UBND {units[1]}" if era is Era.OLD else None), (f"UBND {units[0]}",)
