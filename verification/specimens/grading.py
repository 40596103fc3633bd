"""A drawn paper and a grade go in, the bytes of the file a citizen would hand in come out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ocr.model import MediaType, Pixels
from verification.specimens.chance import Chance
from verification.specimens.degrade import (
    WORN,
    frame_of,
    photographed,
    scale_in_frame,
    scanned,
    with_margin,
    worn,
)
from verification.specimens.fileform import jpeg_bytes, pdf_bytes, png_bytes
from verification.specimens.model import Drawing, Grade
from verification.specimens.ornament import seal_picture
from verification.specimens.sheet import Sheet

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


PHOTO_PDF_DPI = 256
"""A telephone's scanning program makes a page of about A4 out of a photograph."""


def with_stray_seal(sheet: Sheet, chance: Chance, millimetres: float) -> Pixels:
    """A seal pressed where somebody's words stand."""
    picture = seal_picture(sheet.dpi, millimetres, chance.spread(-20, 20))
    span = (sheet.image.width - picture.width, sheet.image.height - picture.height)
    corner = (round(span[0] * chance.spread(0.2, 0.8)), round(span[1] * chance.spread(0.25, 0.75)))
    stamped = sheet.image.copy()
    stamped.paste(picture, corner, picture)
    return np.asarray(stamped, dtype=np.uint8)


def file_of(drawing: Drawing, grade: Grade, shooting: Shooting, chance: Chance) -> tuple[bytes, MediaType]:
    """The file and its media type; several pages are always one PDF."""
    media_type = MediaType.PDF if drawing.more else media_type_of(grade, shooting, chance)
    pictures = [seen(sheet, grade, shooting, chance) for sheet in drawing.pages]
    dpi = drawing.sheet.dpi
    match grade:
        case Grade.CLEAN:
            return written(pictures, media_type, 95, dpi)
        case Grade.SCAN:
            return written(pictures, media_type, chance.between(70, 80), dpi)
        case Grade.PHOTO:
            finest = PHOTO_PDF_DPI if drawing.more else 72
            return written(pictures, media_type, chance.between(82, 90), finest)
        case Grade.HARD:
            return written(pictures, media_type, chance.between(40, 55), dpi * WORN)


def dpi_in_file(sheet: Sheet, grade: Grade, shooting: Shooting) -> float:
    """How finely the file shows the paper, in pixels an inch of it; a photograph's by its nominal scale.

    Perspective moves it by up to 3.5 %; enlarging shows nothing that was not drawn.
    """
    match grade:
        case Grade.CLEAN | Grade.SCAN:
            return sheet.dpi
        case Grade.PHOTO:
            size = sheet.image.size
            scale = scale_in_frame(size, frame_of(size, shooting.long_side), shooting.fill)
            return sheet.dpi * min(scale, 1.0)
        case Grade.HARD:
            return sheet.dpi * WORN


def media_type_of(grade: Grade, shooting: Shooting, chance: Chance) -> MediaType:
    """What a paper of one page is handed in as."""
    match grade:
        case Grade.CLEAN:
            as_pdf = shooting is not CARD and chance.happens(0.5)
            return MediaType.PDF if as_pdf else MediaType.PNG
        case Grade.SCAN:
            return MediaType.PDF if chance.happens(0.65) else MediaType.JPEG
        case Grade.PHOTO | Grade.HARD:
            return MediaType.JPEG


def seen(sheet: Sheet, grade: Grade, shooting: Shooting, chance: Chance) -> Pixels:
    """One page as the grade shows it."""
    match grade:
        case Grade.CLEAN:
            return sheet.pixels()
        case Grade.SCAN:
            glass = with_margin(sheet.pixels(), sheet.px(shooting.scan_margin_mm), GLASS)
            return scanned(glass, chance)
        case Grade.PHOTO:
            return photographed(sheet.pixels(), chance, long_side=shooting.long_side, fill=shooting.fill)
        case Grade.HARD:
            return worn(with_stray_seal(sheet, chance, shooting.stray_seal_mm), chance)


def written(
    pictures: Sequence[Pixels], media_type: MediaType, quality: int, dpi: float
) -> tuple[bytes, MediaType]:
    """The pictures as that kind of file; only a PDF holds more than one."""
    match media_type:
        case MediaType.PDF:
            return pdf_bytes(pictures, quality, dpi), media_type
        case MediaType.PNG:
            return png_bytes(pictures[0], dpi), media_type
        case _:
            return jpeg_bytes(pictures[0], quality, dpi), media_type
