"""Kinds of paper as data: `profiles/*.toml` in, frozen `Profile`s out. A new kind is a new file, no code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from verification.extraction import Kind
from verification.source import SourceName


class Format(StrEnum):
    """How a printed value is turned into a field's value (interface.md, "Field values")."""

    TEXT = "text"
    NAME = "name"
    PLACE = "place"
    DATE = "date"
    DATE_WORDS = "date_words"
    SEX = "sex"
    NUMBER = "number"
    PERSONAL_NUMBER = "personal_number"
    AREA = "area"
    AMOUNT = "amount"
    EXPIRY = "expiry"


class Compare(StrEnum):
    """By which rule a field is compared with the record."""

    NAME = "name"
    DATE = "date"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    NATIONALITY = "nationality"
    PLACE = "place"
    NUMBER = "number"
    TEXT = "text"
    IDENTITY_PAPER = "identity_paper"


class Place(StrEnum):
    """Where a field stands when no label announces it (`verification.unlabelled`)."""

    LABEL = "label"
    TITLE = "title"
    PATTERN = "pattern"
    ABOVE = "above"
    LAST = "last"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class FieldProfile:
    """One field: how it is labelled, written and compared.

    `record` is its dotted name in the source's record. `identity`: decides who it is. `may_be_absent`: not
    every paper of the kind prints it. `partial`: the PARTIAL rules that do not stand in the way.
    `not_in_source`: the source is known not to hold it. `below`: the value may stand under its label;
    `lines`: over how many lines it may run.
    """

    name: str
    labels: tuple[str, ...]
    format: Format
    record: str | None = None
    compare: Compare | None = None
    identity: bool = False
    may_be_absent: bool = False
    not_in_source: bool = False
    partial: tuple[str, ...] = ()
    title_vi: str = ""
    title_en: str = ""
    lines: int = 1
    below: bool = False
    flows: bool = False
    """It stands in a narrow block of its own: the lines right under it are more of it."""
    capitals: bool = False
    """The paper prints it in capitals, whatever a code on it does."""
    in_words_of: str | None = None
    """This field spells out another one: the two must agree."""
    place: Place = Place.LABEL
    pattern: str = ""
    """Without diacritics, lower case, the value in the group `v`. Where the place is a label, it is what the
    value is found by when no label announces it."""
    of: tuple[str, ...] = ()
    """For ABOVE and LAST: the wordings that begin the line it stands above or under. For TITLE and UNDER:
    those of the titles that count (all when empty)."""


@dataclass(frozen=True, slots=True)
class Section:
    """A run of fields under labels that repeat elsewhere (the mother's, the father's)."""

    name: str
    fields: tuple[FieldProfile, ...]
    heads: tuple[str, ...] = ()
    """Words that stand over the section's column, where it is one."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of paper: how to tell it, its fields, which source knows it, and what the law says of it."""

    kind: Kind
    title_vi: str
    title_en: str
    titles: tuple[str, ...]
    """One of these must stand in a line of its own."""
    also: tuple[str, ...]
    """And at least one of these somewhere (none: not asked)."""
    never: tuple[str, ...]
    source: SourceName | None
    where: tuple[tuple[str, str], ...]
    subject: str
    number_field: str | None
    name_field: str | None
    birth_field: str | None
    sections: tuple[Section, ...]
    stops: tuple[str, ...]
    """Words that end a value and begin nothing (the signature block)."""
    below_title: bool
    """Only what stands below its title belongs to it (a stamp on another paper)."""
    pages: int
    """How many pages such a paper has at most; those behind the first need no title."""
    group: str | None
    qr: tuple[str, ...]
    """Field names of the QR's parts, in order; an empty name is passed over."""
    qr_parts: tuple[int, ...]
    """How many parts a QR of this kind of paper has: it tells the kind as well."""
    mrz: bool
    legal_basis_vi: str
    legal_basis_en: str

    @property
    def fields(self) -> tuple[FieldProfile, ...]:
        """All fields, in the order they stand on the paper."""
        return tuple(f for s in self.sections for f in s.fields)

    def field(self, name: str) -> FieldProfile | None:
        """The field of this name."""
        return next((f for f in self.fields if f.name == name), None)


@lru_cache(maxsize=1)
def shipped_profiles() -> tuple[Profile, ...]:
    """The profiles that come with the package, by name of their file."""
    folder = files("verification") / "profiles"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml") and f.name != "sources.toml")
    return tuple(parse_profile((folder / name).read_text("utf-8")) for name in names)


def profile_of(kind: Kind, profiles: tuple[Profile, ...]) -> Profile | None:
    """The profile of this kind; None for `unknown` and `certified_copy`."""
    return next((p for p in profiles if p.kind == kind), None)


def parse_profile(text: str) -> Profile:
    """One profile from its TOML; a KeyError or ValueError here is a fault of the file, met at start."""
    raw = tomllib.loads(text)
    match = raw.get("match", {})
    return Profile(
        kind=Kind(raw["kind"]),
        title_vi=raw["title_vi"],
        title_en=raw["title_en"],
        titles=tuple(raw["markers"]["titles"]),
        also=tuple(raw["markers"].get("also", ())),
        never=tuple(raw["markers"].get("never", ())),
        source=SourceName(match["source"]) if "source" in match else None,
        where=tuple(match.get("where", {}).items()),
        subject=match.get("subject", ""),
        number_field=match.get("number"),
        name_field=match.get("name"),
        birth_field=match.get("birth"),
        sections=tuple(_section(s) for s in raw.get("section", ())),
        stops=tuple(raw.get("stops", ())),
        below_title=raw.get("below_title", False),
        pages=raw.get("pages", 1),
        group=raw.get("group"),
        qr=tuple(raw.get("machine", {}).get("qr", ())),
        qr_parts=tuple(raw.get("machine", {}).get("qr_parts", ())),
        mrz=raw.get("machine", {}).get("mrz", False),
        legal_basis_vi=raw.get("legal_basis_vi", ""),
        legal_basis_en=raw.get("legal_basis_en", ""),
    )


def _section(raw: Mapping[str, Any]) -> Section:
    return Section(raw["name"], tuple(_field(f) for f in raw["field"]), tuple(raw.get("heads", ())))


def _field(raw: Mapping[str, Any]) -> FieldProfile:
    return FieldProfile(
        name=raw["name"],
        labels=tuple(raw.get("labels", ())),
        format=Format(raw.get("format", "text")),
        record=raw.get("record"),
        compare=Compare(raw["compare"]) if "compare" in raw else None,
        identity=raw.get("identity", False),
        may_be_absent=raw.get("may_be_absent", False),
        not_in_source=raw.get("not_in_source", False),
        partial=tuple(raw.get("partial", ())),
        title_vi=raw["title_vi"],
        title_en=raw["title_en"],
        lines=raw.get("lines", 1),
        below=raw.get("below", False),
        flows=raw.get("flows", False),
        capitals=raw.get("capitals", False),
        in_words_of=raw.get("in_words_of"),
        place=Place(raw.get("place", "label")),
        pattern=raw.get("pattern", ""),
        of=tuple(raw.get("of", ())),
    )
