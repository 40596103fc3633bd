"""The values reading is made of: a file that came in, its pages, the lines on them, the codes on them.

Nothing here knows a kind of paper or a record; a `Document` goes in at the front and a
`DocumentReading` comes out at the end (`ocr.reading`).
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

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
class PackedPicture:
    """A picture kept as a JPEG: one tenth of the memory, and print looks the same (quality 92, no
    subsampling)."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a picture, upright and flat; annotations and form fields are drawn in it.

    `dpi` is None where the file does not say. `rotation` is by how many degrees clockwise the page of
    the file was turned to stand upright (0, 90, 180 or 270). `region` is the part of the picture that
    holds the one paper meant, None for all of it: boxes are always pixels of the whole picture.
    `scanned_dpi` is of a PDF that holds a scan: how fine that is, whatever the page was drawn at.
    """

    number: int
    picture: Pixels | PackedPicture
    dpi: int | None
    rotation: int = 0
    region: Box | None = None
    scanned_dpi: int | None = None

    @property
    def image(self) -> Pixels:
        """The pixels; decoded anew at each call where the page is packed."""
        if isinstance(self.picture, PackedPicture):
            return np.asarray(Image.open(io.BytesIO(self.picture.jpeg)).convert("RGB"), dtype=np.uint8)
        return self.picture

    @property
    def width(self) -> int:
        return self.picture.width if isinstance(self.picture, PackedPicture) else int(self.picture.shape[1])

    @property
    def height(self) -> int:
        return self.picture.height if isinstance(self.picture, PackedPicture) else int(self.picture.shape[0])

    def packed(self) -> "Page":
        """The same page with its picture kept as a JPEG."""
        if isinstance(self.picture, PackedPicture):
            return self
        out = io.BytesIO()
        Image.fromarray(self.picture).save(out, "JPEG", quality=92, subsampling=0)
        return replace(self, picture=PackedPicture(out.getvalue(), self.width, self.height))


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

    `look` 2: the same reader's other look at the lines where the readers differed (`ocr.looks`); the rest
    stand there as at its first look. It is no further reader.
    """

    reader: str
    lines: tuple[TextLine, ...]
    look: int = 1


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
    MARKS_UNCLEAR = "PAGE_MARKS_UNCLEAR"
    """Legible, but too coarse or soft to tell small marks that stand on others (ế ề ể) apart."""
    LOW_RESOLUTION = "PAGE_LOW_RESOLUTION"
    GLARE = "PAGE_GLARE"
    CORNER_CUT = "PAGE_CORNER_CUT"
    TOO_DARK = "PAGE_TOO_DARK"
    BLANK = "PAGE_BLANK"
    TEXT_LAYER_DIFFERS = "TEXT_LAYER_DIFFERS"


class MarkKind(StrEnum):
    """What is put on a paper besides print: proposals for an officer, never a ground of refusal."""

    SEAL = "seal"
    SIGNATURE = "signature"
    CERTIFIED_COPY_STAMP = "certified_copy_stamp"
    SECRET_STAMP = "secret_stamp"
    HANDWRITING = "handwriting"
    """A line in a pen's blue that was not read well."""
    UNREAD = "unread_line"
    """A line that the readers make nothing of: handwriting in black, another script, a copied stamp."""
    PATCH = "patch"
    """A spot that looks whited out or pasted over."""


@dataclass(frozen=True, slots=True)
class MarkSeen:
    """A mark and its place."""

    what: MarkKind
    page: int
    box: Box


class PdfFinding(StrEnum):
    """What a PDF holds besides what its pages show."""

    HIDDEN_LAYER = "PDF_HIDDEN_LAYER"
    SCRIPT = "PDF_SCRIPT"
    ACTION = "PDF_ACTION"
    EMBEDDED_FILE = "PDF_EMBEDDED_FILE"
    INVISIBLE_TEXT = "PDF_INVISIBLE_TEXT"
    OFF_PAGE_TEXT = "PDF_OFF_PAGE_TEXT"
    ANNOTATION = "PDF_ANNOTATION"
    DAMAGED_PARTS = "PDF_DAMAGED_PARTS"


@dataclass(frozen=True, slots=True)
class PageReading:
    """Everything read on one page, or on one paper of it (`page.region`).

    `texts[0]` is the first image reader and leads; `text_layer` is last. `regions` are the papers that
    were told apart on the page, empty when there are not several: `ocr.regions.by_region` makes a
    `PageReading` of each, with the same page number and pixels of the same picture.
    """

    page: Page
    texts: tuple[PageText, ...]
    codes: tuple[CodeReading, ...]
    warnings: tuple[PageWarning, ...] = ()
    marks: tuple[MarkSeen, ...] = ()
    regions: tuple[Box, ...] = ()

    @property
    def by_reader(self) -> tuple[PageText, ...]:
        """One text a reader: its first look."""
        return tuple(text for text in self.texts if text.look == 1)


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """Everything read in one file; one `PageReading` a page unless it was split (`ocr.regions`)."""

    document: Document
    pages: tuple[PageReading, ...]
    findings: tuple[PdfFinding, ...] = ()


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
