"""A font family and a text go in, a font that has every letter of that text comes out, or an error.

Fonts come out of the `fontpkg-…` wheels. An empty box on a paper would make the truth a lie (ocr.md 4.7).
"""

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import fontpkg
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import ImageFont

from verification.specimens.errors import GlyphMissingError

SERIF = "Noto Serif"
SANS = "Noto Sans"
FAMILIES = (SERIF, "Arimo", "Roboto", "Be Vietnam Pro", SANS)
POINTS_PER_MM = 72 / 25.4
Ink = tuple[int, int, int]
BLACK: Ink = (28, 28, 30)


@dataclass(frozen=True, slots=True)
class Pen:
    """What a text is written with; points are 1/72 inch on the finished paper, the width is in per cent."""

    family: str
    points: float
    weight: int = 400
    italic: bool = False
    width: int = 100
    ink: Ink = BLACK

    def bold(self) -> "Pen":
        """The same, heavier."""
        return replace(self, weight=700)

    def sized(self, factor: float) -> "Pen":
        """The same, larger or smaller by that factor."""
        return replace(self, points=self.points * factor)

    def coloured(self, ink: Ink) -> "Pen":
        """The same in another ink."""
        return replace(self, ink=ink)

    def slanted(self) -> "Pen":
        """The same in italics."""
        return replace(self, italic=True)

    @property
    def height_mm(self) -> float:
        """The size in millimetres."""
        return self.points / POINTS_PER_MM


@lru_cache(maxsize=64)
def font_file(family: str, weight: int, italic: bool) -> Path:
    """The file of the family's face."""
    return Path(fontpkg.path(family, weight, "italic" if italic else "normal", nearest=True))


@lru_cache(maxsize=64)
def letters(path: Path) -> frozenset[int]:
    """The code points the font can draw."""
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=256)
def font_of(pen: Pen, pixels: float) -> ImageFont.FreeTypeFont:
    """The face at that size; a variable font is set to the weight."""
    font = ImageFont.truetype(str(font_file(pen.family, pen.weight, pen.italic)), pixels)
    axes = variation_axes(font)
    if axes:
        chosen = {"Weight": float(pen.weight), "Width": float(pen.width)}
        font.set_variation_by_axes([chosen.get(name, default) for name, default in axes])
    return font


def variation_axes(font: ImageFont.FreeTypeFont) -> list[tuple[str, float]]:
    """Name and default of each axis; none for a static font, which Pillow reports by an OSError."""
    try:
        axes = font.get_variation_axes()
    except OSError:
        return []
    return [(str(axis["name"], "utf-8"), float(axis["default"] or 0)) for axis in axes if axis["name"]]


def font_for(pen: Pen, text: str, dpi: float) -> ImageFont.FreeTypeFont:
    """The pen's font at that resolution.

    Raises:
        GlyphMissingError: a letter of the text, which must be NFC, is not in the font.
    """
    held = letters(font_file(pen.family, pen.weight, pen.italic))
    missing = sorted({char for char in unicodedata.normalize("NFC", text) if ord(char) not in held})
    if missing or not unicodedata.is_normalized("NFC", text):
        raise GlyphMissingError(f"{pen.family}: {missing or 'not NFC'} in {text!r}")
    return font_of(replace(pen, points=0, ink=BLACK), round(pen.points * dpi / 72, 2))
