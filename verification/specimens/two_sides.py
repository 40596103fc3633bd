"""Clean specimens of both sides of a card go in, one A4 page that bears both comes out, with both truths."""

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image

from ocr.model import MediaType
from verification.specimens.birth import A4
from verification.specimens.chance import Chance
from verification.specimens.errors import NotCleanError
from verification.specimens.fileform import SUFFIXES
from verification.specimens.grading import Shooting, file_of
from verification.specimens.model import Drawing, Grade, RecordLine, Specimen
from verification.specimens.sheet import MM_PER_INCH, At, Sheet

DPI = 300.0
SHOOTING = Shooting(dict.fromkeys(Grade, DPI), 4000, 0.94, 0, 15)
"""A page of cards is scanned finer than a paper, and photographed with all of a telephone's 12 megapixels."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class PlacedPaper:
    """One paper on a page with others; `region` is where it lies, millimetres of the upright page."""

    kind: str
    group: str | None
    truth: Mapping[str, str]
    region: Box


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A file of one page with several papers on it, and the records that know of them."""

    name: str
    content: bytes
    media_type: str
    papers: tuple[PlacedPaper, ...]
    records: tuple[RecordLine, ...]


def two_sides_on_a4(front: Specimen, back: Specimen, *, grade: Grade = Grade.SCAN) -> SharedPage:
    """Both sides as an office machine copies them on one page: one above the other or side by side.

    The same specimens and grade give the same bytes. Regions are those before the grade turns the page.

    Raises:
        NotCleanError: a specimen is not of the grade `clean`.
    """
    chance = Chance("two sides", front.name, back.name, grade)
    sheet, sides = Sheet(*A4, dpi=DPI), (front, back)
    grey = chance.happens(0.25)
    papers = tuple(
        PlacedPaper(side.kind, side.group, side.truth, laid_down(sheet, side, middle, chance, grey=grey))
        for side, middle in zip(sides, middles(chance), strict=True)
    )
    content, media_type = file_of(Drawing(sheet, {}), grade, SHOOTING, chance)
    return SharedPage(
        name=f"{front.name.rsplit('-', 1)[0]}-two-sides-{grade}.{SUFFIXES[media_type]}",
        content=content,
        media_type=media_type.value,
        papers=papers,
        records=front.records if back.records == front.records else front.records + back.records,
    )


def middles(chance: Chance) -> tuple[At, At]:
    """Where the middles of the two sides lie, millimetres."""
    if chance.happens(0.25):
        y = chance.spread(60, 120)
        return (54 + chance.spread(-2, 2), y), (156 + chance.spread(-2, 2), y + chance.spread(-3, 3))
    x, y = chance.spread(75, 135), chance.spread(60, 90)
    return (x, y), (x + chance.spread(-4, 4), y + chance.spread(66, 110))


def laid_down(sheet: Sheet, side: Specimen, middle: At, chance: Chance, *, grey: bool) -> Box:
    """Lay one side on the page, somewhat turned; gives where it lies."""
    card = card_picture(side)
    picture = (card.convert("L") if grey else card).convert("RGBA")
    turned = picture.rotate(chance.spread(-1.6, 1.6), resample=Image.Resampling.BICUBIC, expand=True)
    half = turned.width * MM_PER_INCH / DPI / 2, turned.height * MM_PER_INCH / DPI / 2
    corner = middle[0] - half[0], middle[1] - half[1]
    sheet.paste(turned, corner)
    return (*corner, middle[0] + half[0], middle[1] + half[1])


def card_picture(side: Specimen) -> Image.Image:
    """The card at the resolution of the page.

    Raises:
        NotCleanError: the specimen is not a PNG, so not clean.
    """
    if side.media_type != MediaType.PNG:
        raise NotCleanError(side.name)
    card = Image.open(io.BytesIO(side.content))
    scale = DPI / card.info["dpi"][0]
    return card.resize(
        (math.ceil(card.width * scale), math.ceil(card.height * scale)), Image.Resampling.LANCZOS
    )
