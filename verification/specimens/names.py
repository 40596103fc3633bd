"""A stream of choices goes in, an invented Vietnamese name with its ethnic group comes out.

The lists (`names.toml`) hold every tone, i and y, Đ, and the names that break rules made for Kinh people
only: prefixes (Y, H', K', A), clan names at the end, names of one word.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from verification.specimens.chance import Chance


class Sex(StrEnum):
    """As interface.md writes it."""

    MALE = "male"
    FEMALE = "female"

    @property
    def printed(self) -> str:
        """The word on a Vietnamese paper."""
        return "Nam" if self is Sex.MALE else "Nữ"


@dataclass(frozen=True, slots=True)
class People:
    """How an ethnic group of the specimens names its children; `{}` is where the family name goes."""

    ethnicity: str
    surnames: tuple[str, ...]
    male: tuple[str, ...]
    female: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameLists:
    """Everything `names.toml` holds; male and female are middle names and given names."""

    family_names: tuple[tuple[str, int], ...]
    male: tuple[tuple[str, ...], tuple[str, ...]]
    female: tuple[tuple[str, ...], tuple[str, ...]]
    minorities: tuple[People, ...]


MINORITY_SHARE = 0.18


def words(text: str) -> tuple[str, ...]:
    """The names of a list, parted by commas."""
    return tuple(name.strip() for name in text.replace("\n", " ").split(","))


@cache
def name_lists() -> NameLists:
    """The lists, read once."""
    table = tomllib.loads(files("verification.specimens").joinpath("names.toml").read_text(encoding="utf-8"))
    kinh = table["kinh"]
    return NameLists(
        family_names=tuple(
            (name, row["weight"]) for row in kinh["family_names"] for name in words(row["names"])
        ),
        male=(words(kinh["male_middles"]), words(kinh["male_givens"])),
        female=(words(kinh["female_middles"]), words(kinh["female_givens"])),
        minorities=tuple(
            People(row["ethnicity"], words(row["family_names"]), words(row["male"]), words(row["female"]))
            for row in table["minorities"]
        ),
    )


def ethnic_group(chance: Chance) -> People | None:
    """One of the minorities, or None for Kinh."""
    return chance.pick(name_lists().minorities) if chance.happens(MINORITY_SHARE) else None


def surname(chance: Chance, people: People | None) -> str:
    """A family name of the group."""
    return chance.pick(people.surnames) if people else chance.weighted(name_lists().family_names)


def full_name(chance: Chance, people: People | None, sex: Sex, family_name: str) -> str:
    """An invented full name in the usual case (not capitals)."""
    if people:
        return chance.pick(people.male if sex is Sex.MALE else people.female).format(family_name)
    middles, givens = name_lists().male if sex is Sex.MALE else name_lists().female
    return f"{family_name} {chance.pick(middles)} {chance.pick(givens)}"
