"""The values specimens are made of: a grade, a drawn paper with its truth, a finished specimen."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from verification.specimens.people import Family
from verification.specimens.places import Era
from verification.specimens.sheet import Sheet


class Grade(StrEnum):
    """How a paper came to be a file."""

    CLEAN = "clean"
    """Straight from the drawing: PNG, or PDF for papers."""
    SCAN = "scan"
    """A flatbed scanner: little skew, grey tone, speckle, JPEG or PDF."""
    PHOTO = "photo"
    """A telephone over a desk: perspective, uneven light, noise, JPEG."""
    HARD = "hard"
    """A bad copy: low resolution, noise, strong JPEG, a seal over the text."""


RecordLine = tuple[str, Mapping[str, object]]
"""Source name (`population`, `civil_status`, ...) and one record of it, as interface.md writes records."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A paper before any grade: the sheet and what truly stands on it (field -> value).

    `more` are its further pages. A paper of several pages becomes one PDF in every grade.
    """

    sheet: Sheet
    truth: Mapping[str, str]
    more: tuple[Sheet, ...] = ()

    @property
    def pages(self) -> tuple[Sheet, ...]:
        """All sheets in order."""
        return (self.sheet, *self.more)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text on any page."""
        return tuple(text for page in self.pages for text in page.texts)


@dataclass(frozen=True, slots=True)
class Specimen:
    """A file to try the service on, with its truth and the records that know of it."""

    name: str
    content: bytes
    media_type: str
    kind: str
    group: str | None
    truth: Mapping[str, str]
    records: tuple[RecordLine, ...]
    dpi: float
    """How many pixels of the file an inch of the paper takes, and never more than it was drawn with."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drawn: whose paper, under which division of the country, how fine (dots an inch).

    Without `inked` a sheet notes its texts and leaves them out of its picture (see `text_layer`).
    """

    seed: int
    family: Family
    era: Era
    dpi: float
    inked: bool = True
