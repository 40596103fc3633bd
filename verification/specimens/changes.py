"""A family goes in, the same family as a record that disagrees would know it comes out.

Each change is what a clerk or a year makes of a record; hand one to `draw(..., record_change=...)`.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

from verification.specimens.people import Family

Change = Callable[[Family], Family]
TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}
OTHER_VOWEL = {
    "u": "ư",
    "ư": "u",
    "o": "ô",
    "ô": "o",
    "ơ": "o",
    "a": "â",
    "â": "a",
    "ă": "a",
    "e": "ê",
    "ê": "e",
}
ACUTE, GRAVE = "\u0301", "\u0300"


def without_tone(char: str) -> tuple[str, str]:
    """A letter as its vowel (ư, ê ... kept whole) and its tone mark, which may be empty."""
    parts = unicodedata.normalize("NFD", char)
    tone = "".join(mark for mark in parts if mark in TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES)), tone


def other_letter(name: str) -> str:
    """The last vowel that has a neighbour becomes it, tone kept: Hùng becomes Hừng, Lan becomes Lân."""
    for at in range(len(name) - 1, -1, -1):
        vowel, tone = without_tone(name[at])
        if vowel.lower() in OTHER_VOWEL:
            other = OTHER_VOWEL[vowel.lower()]
            changed = (other.upper() if vowel.isupper() else other) + tone
            return name[:at] + unicodedata.normalize("NFC", changed) + name[at + 1 :]
    return name + "h"


def other_tone(name: str) -> str:
    """The last vowel takes another tone: Hùng becomes Húng, Lan becomes Làn."""
    for at in range(len(name) - 1, -1, -1):
        vowel, tone = without_tone(name[at])
        if vowel.lower() in "aăâeêioôơuưy":
            changed = unicodedata.normalize("NFC", vowel + (ACUTE if tone != ACUTE else GRAVE))
            return name[:at] + changed + name[at + 1 :]
    return name


def name_letter(family: Family) -> Family:
    """One letter of the child's name is another."""
    child = family.child
    return replace(family, child=replace(child, full_name=other_letter(child.full_name)))


def name_tone(family: Family) -> Family:
    """One tone mark of the child's name is another."""
    child = family.child
    return replace(family, child=replace(child, full_name=other_tone(child.full_name)))


def birth_year(family: Family) -> Family:
    """The child was born a year earlier; the number stays."""
    child = family.child
    born = child.date_of_birth
    earlier = born.replace(year=born.year - 1, day=min(born.day, 28))
    return replace(family, child=replace(child, date_of_birth=earlier))


def fathers_name(family: Family) -> Family:
    """The father's given name is another."""
    return replace(family, father=replace(family.father, full_name=other_letter(family.father.full_name)))


CHANGES: Mapping[str, Change] = {
    "name_letter": name_letter,
    "name_tone": name_tone,
    "birth_year": birth_year,
    "fathers_name": fathers_name,
}
"""The changes by name, for commands and tests."""
