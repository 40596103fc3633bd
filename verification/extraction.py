"""What was read on one paper: its kind, and every field with all its readings.

Made by `verification.extract`.
"""

from dataclasses import dataclass
from typing import NewType

from ocr.model import Box
from verification.finding import Finding

Kind = NewType("Kind", str)
"""A name of interface.md's list: birth_certificate, citizen_card_2021_front, …"""

UNKNOWN = Kind("unknown")
CERTIFIED_COPY = Kind("certified_copy")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value as one reader saw it, and where (pixels of the upright page image)."""

    by: str
    value: str
    confidence: float
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Field:
    """All readings of one value. `sure` as interface.md defines it; an unsure value is still shown."""

    name: str
    value: str | None
    sure: bool
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stamp, seal or signature seen on the paper: a hint for the officer."""

    what: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Extraction:
    """One paper. Sides of one card carry the same `group`; `region` is None when it fills its pages."""

    kind: Kind
    sure: bool
    group: str | None
    pages: tuple[int, ...]
    region: Box | None
    fields: tuple[Field, ...]
    marks: tuple[Mark, ...] = ()
    warnings: tuple[Finding, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of this name, or None where the paper has none."""
        return next((f for f in self.fields if f.name == name), None)

    def value(self, name: str) -> str | None:
        """The value of the field, sure or not; None where it was not read."""
        found = self.field(name)
        return found.value if found else None
