"""A drawn paper and a grade go in, the bytes of the file a citizen would hand in come out."""

from dataclasses import dataclass

import numpy as np

from ocr.model import MediaType, Pixels
from verification.specimens.chance import Chance
from verification.specimens.degrade import photographed, scanned, with_margin, worn
from verification.specimens.fileform import jpeg_bytes, pdf_bytes, png_bytes
from verification.specimens.model import Drawing, Grade
from verification.specimens.ornament import seal_picture

GLASS = (244, 244, 242)


@dataclass(frozen=True, slots=True)
class Shooting:
    """How files of one size of paper are made: dots an inch by grade, the frame of a photograph in pixels.

    A card fills most of a frame whose text height is that of a 12-megapixel telephone a hand away;
    scans of cards have the glass around them.
    """

    dpi: dict[Grade, float]
    long_side: int
    fill: float
    scan_margin_mm: float
    stray_seal_mm: float


PAPER = Shooting(dict.fromkeys(Grade, 200.0), 3000, 0.94, 0, 34)
CARD = Shooting(
    {Grade.CLEAN: 400.0, Grade.SCAN: 300.0, Grade.PHOTO: 600.0, Grade.HARD: 400.0}, 2400, 0.88, 9, 15
)


def with_stray_seal(drawing: Drawing, chance: Chance, millimetres: float) -> Pixels:
    """A seal pressed where somebody's words stand."""
    sheet = drawing.sheet
    picture = seal_picture(sheet.dpi, millimetres, chance.spread(-20, 20))
    span = (sheet.image.width - picture.width, sheet.image.height - picture.height)
    corner = (round(span[0] * chance.spread(0.2, 0.8)), round(span[1] * chance.spread(0.25, 0.75)))
    stamped = sheet.image.copy()
    stamped.paste(picture, corner, picture)
    return np.asarray(stamped, dtype=np.uint8)


def file_of(drawing: Drawing, grade: Grade, shooting: Shooting, chance: Chance) -> tuple[bytes, MediaType]:
    """The file and its media type."""
    sheet, dpi = drawing.sheet, drawing.sheet.dpi
    match grade:
        case Grade.CLEAN:
            as_pdf = shooting is PAPER and chance.happens(0.5)
            return written(sheet.pixels(), MediaType.PDF if as_pdf else MediaType.PNG, 95, dpi)
        case Grade.SCAN:
            glass = with_margin(sheet.pixels(), sheet.px(shooting.scan_margin_mm), GLASS)
            kind = MediaType.PDF if chance.happens(0.65) else MediaType.JPEG
            return written(scanned(glass, chance), kind, chance.between(70, 80), dpi)
        case Grade.PHOTO:
            seen = photographed(sheet.pixels(), chance, long_side=shooting.long_side, fill=shooting.fill)
            return written(seen, MediaType.JPEG, chance.between(82, 90), 72)
        case Grade.HARD:
            stamped = with_stray_seal(drawing, chance, shooting.stray_seal_mm)
            return written(worn(stamped, chance), MediaType.JPEG, chance.between(40, 55), dpi * 0.6)


def written(picture: Pixels, media_type: MediaType, quality: int, dpi: float) -> tuple[bytes, MediaType]:
    """The picture as that kind of file."""
    if media_type is MediaType.PNG:
        return png_bytes(picture, dpi), media_type
    write = pdf_bytes if media_type is MediaType.PDF else jpeg_bytes
    return write(picture, quality, dpi), media_type
