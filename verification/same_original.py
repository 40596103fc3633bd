"""Whether two papers are one original: one as it is brought and one as it was certified in, how alike out.

Nothing is ever alike across persons: the applicant must be the same, and the machine only offers; an officer
compares (domain.md 5, feature 6: an electronic copy may be used many times).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from ocr.model import Digest
from verification.agreement import Agreement
from verification.comparing import compare_names
from verification.extraction import Extraction, Kind
from verification.profile import Format, Profile, profile_of
from verification.submission import Applicant

OriginalKey = NewType("OriginalKey", str)
"""What an original is found by: a digest of its scan, or of one of its numbers."""

_NUMBERS = ("serial_number", "number", "registration_number", "register_number", "licence_number")
_PERSONAL = "personal_number"
_TELLING = (Format.NUMBER, Format.PERSONAL_NUMBER, Format.DATE, Format.EXPIRY)
"""Two papers that surely differ in one of these are two originals (a card issued anew has another day)."""
_SAME = (Agreement.EXACT, Agreement.EQUIVALENT)


class Likeness(StrEnum):
    """How alike a paper and a certified one are."""

    SAME_SCAN = "SAME_SCAN"
    """The very same file was handed in."""
    SAME_NUMBERS = "SAME_NUMBERS"
    """Every number of it is sure and the same, and nothing sure differs."""
    LOOKS_ALIKE = "LOOKS_ALIKE"
    """A number is the same, and something is unsure or differs: only eyes can tell."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A paper as somebody brought it: who, and of each side the file it stands in and what was read."""

    applicant: Applicant
    sides: tuple[tuple[Digest, Extraction], ...]

    @property
    def kinds(self) -> frozenset[Kind]:
        """Of all its sides."""
        return frozenset(extraction.kind for _, extraction in self.sides)


def keys_of(brought: Brought) -> frozenset[OriginalKey]:
    """By what it is found again, sure or not."""
    numbers = {_key("number", *number) for number in _numbers(brought)}
    return frozenset(numbers | {_key("scan", _scans(brought))})


def likeness(brought: Brought, certified: Brought, profiles: tuple[Profile, ...]) -> Likeness | None:
    """How alike they are; None: another person's, or another original."""
    if not same_applicant(brought.applicant, certified.applicant):
        return None
    if _scans(brought) == _scans(certified):
        return Likeness.SAME_SCAN
    if brought.kinds != certified.kinds or not set(_numbers(brought)) & set(_numbers(certified)):
        return None
    differing = {name for _, name in _differing(brought, certified)}
    if any(_tells(profiles, kind, name) for kind, name in _differing(brought, certified)):
        return None
    sure = _all_numbers_sure(brought) and _all_numbers_sure(certified)
    alike = sure and set(_numbers(brought)) == set(_numbers(certified)) and not differing
    return Likeness.SAME_NUMBERS if alike else Likeness.LOOKS_ALIKE


def same_applicant(one: Applicant, other: Applicant) -> bool:
    """The same name, and the same year of birth or last digits, as far as both are known, at least one."""
    known = [
        (mine, theirs)
        for mine, theirs in (
            (one.birth_year, other.birth_year),
            (one.number_tail, other.number_tail),
        )
        if mine and theirs
    ]
    same_name = compare_names(one.full_name, other.full_name).agreement in _SAME
    return same_name and bool(known) and all(mine == theirs for mine, theirs in known)


def _scans(brought: Brought) -> str:
    scans = sorted(
        [digest, *extraction.pages, str(extraction.region)] for digest, extraction in brought.sides
    )
    return json.dumps(scans)


def _numbers(brought: Brought) -> Iterator[tuple[str, str, str]]:
    """Kind, name and value of each number that is the paper's own or its holder's."""
    for _, extraction in brought.sides:
        for field in extraction.fields:
            if field.value and field.name in (*_NUMBERS, _PERSONAL):
                yield extraction.kind, field.name, field.value


def _all_numbers_sure(brought: Brought) -> bool:
    """And at least one of them is there."""
    fields = [f for _, e in brought.sides for f in e.fields if f.value and f.name in (*_NUMBERS, _PERSONAL)]
    return bool(fields) and all(f.sure for f in fields) and all(e.sure for _, e in brought.sides)


def _differing(brought: Brought, certified: Brought) -> Iterator[tuple[Kind, str]]:
    """Fields that are sure in both and not the same."""
    theirs = {(e.kind, f.name): f.value for _, e in certified.sides for f in e.fields if f.sure}
    for _, extraction in brought.sides:
        for field in extraction.fields:
            where = extraction.kind, field.name
            if field.sure and where in theirs and theirs[where] != field.value:
                yield where


def _tells(profiles: tuple[Profile, ...], kind: Kind, name: str) -> bool:
    profile = profile_of(kind, profiles)
    spec = profile.field(name) if profile else None
    return name in (*_NUMBERS, _PERSONAL) or (spec is not None and spec.format in _TELLING)


def _key(what: str, *parts: str) -> OriginalKey:
    """Hashed: the index of originals is no second list of people's numbers."""
    text = json.dumps(parts, ensure_ascii=False)
    return OriginalKey(f"{what}:{hashlib.sha256(text.encode()).hexdigest()}")
