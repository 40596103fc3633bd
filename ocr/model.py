"""The values reading is made of: a file that came in, its pages, the lines on them, the codes on them.

Nothing here knows a kind of paper or a record; a `Document` goes in at the front and a
`DocumentReading` comes out at the end (`ocr.reading`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, Protocol

import numpy as np
from numpy.typing import NDArray

Digest = NewType("Digest", str)
"""SHA-256 of some bytes, 64 lower-case hexadecimal digits."""

Pixels = NDArray[np.uint8]
"""A picture: shape (height, width, 3), RGB, 0..255."""

Point = tuple[int, int]
"""(x, y) in pixels from the upper left corner."""


class MediaType(StrEnum):
    """The kinds of file that are taken in, told by content and never by name."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    TIFF = "image/tiff"


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be; past it the file is refused, never cut."""

    max_bytes: int = 64 * 1024 * 1024
    max_pages: int = 50
    max_pixels: int = 60_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """A file exactly as it was handed in. Made only by `ocr.intake`."""

    digest: Digest
    media_type: MediaType
    content: bytes


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """An upright rectangle in pixels of a page image; x1 and y1 lie just outside."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def union(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )

    def overlap(self, other: "Box") -> int:
        """How many square pixels the two share."""
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        high = min(self.y1, other.y1) - max(self.y0, other.y0)
        return max(wide, 0) * max(high, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a picture, upright and flat; annotations and form fields are drawn in it.

    `dpi` is None where the file does not say. `rotation` is by how many degrees clockwise the page of
    the file was turned to stand upright (0, 90, 180 or 270).
    """

    number: int
    image: Pixels
    dpi: int | None
    rotation: int = 0

    @property
    def width(self) -> int:
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        return int(self.image.shape[0])


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line as one reader saw it: NFC text, where it stands, and how sure the reader was (0..1)."""

    text: str
    box: Box
    confidence: float
    reader: str
    polygon: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """All lines of one page by one reader, in reading order.

    Every image reader sees the same found lines: `texts[0].lines[i]` and `texts[1].lines[i]` of one
    `PageReading` are the same place on the paper. An unread line has an empty text. The reader
    `text_layer` has lines of its own.
    """

    reader: str
    lines: tuple[TextLine, ...]


class CodeKind(StrEnum):
    """The machine zones of a paper."""

    QR = "qr"
    MRZ = "mrz"
    BARCODE = "barcode"


@dataclass(frozen=True, slots=True)
class CodeReading:
    """What a machine zone says. An MRZ is given only when all its check digits hold; its lines are
    joined by a line feed."""

    kind: CodeKind
    text: str
    page: int
    box: Box


class PageWarning(StrEnum):
    """What is wrong with the picture of a page, told before anything on it is believed."""

    BLURRED = "PAGE_BLURRED"
    LOW_RESOLUTION = "PAGE_LOW_RESOLUTION"
    BLANK = "PAGE_BLANK"
    TEXT_LAYER_DIFFERS = "TEXT_LAYER_DIFFERS"


@dataclass(frozen=True, slots=True)
class PageReading:
    """Everything read on one page. `texts[0]` is the first image reader and leads; `text_layer` is last."""

    page: Page
    texts: tuple[PageText, ...]
    codes: tuple[CodeReading, ...]
    warnings: tuple[PageWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """Everything read in one file."""

    document: Document
    pages: tuple[PageReading, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a reader made of one line: NFC text and its confidence, 0..1."""

    text: str
    confidence: float


class Reader(Protocol):
    """Reads pictures of single lines. One contract test holds for all (`tests/ocr/test_readers.py`)."""

    @property
    def name(self) -> str:
        """The word that stands in `readings[].by`."""

    def read(self, lines: Sequence[Pixels]) -> list[Recognition]:
        """One answer a picture, in the same order; an unreadable picture gives an empty text."""
