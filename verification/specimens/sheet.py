"""Texts and places in millimetres go in, a picture of a sheet and the list of what stands on it come out."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from ocr.model import Pixels
from verification.specimens.errors import TextOffSheetError
from verification.specimens.typeface import Ink, Pen, font_for

import numpy as np  # isort: skip

MM_PER_INCH = 25.4
At = tuple[float, float]
"""(x, y) in millimetres from the upper left corner; y is the base line of a text."""


@dataclass(frozen=True, slots=True)
class Run:
    """One line of text where it stands: left edge and base line, and how far it reaches, in millimetres."""

    text: str
    at: At
    length: float
    pen: Pen


class Sheet:
    """A paper being drawn. All measures are millimetres, so that one drawing serves every resolution.

    A sheet that is not `inked` notes what is written and leaves it out of the picture.
    """

    def __init__(
        self,
        width: float,
        height: float,
        *,
        dpi: float,
        tone: Ink = (255, 255, 255),
        inked: bool = True,
    ) -> None:
        self.width, self.height, self.dpi, self.inked = width, height, dpi, inked
        self.image = Image.new("RGB", (self.px(width), self.px(height)), tone)
        self.brush = ImageDraw.Draw(self.image)
        self.texts: list[str] = []
        self.runs: list[Run] = []

    def px(self, mm: float) -> int:
        """Millimetres in pixels."""
        return round(mm * self.dpi / MM_PER_INCH)

    def points(self, *places: At) -> list[tuple[int, int]]:
        """Places in pixels."""
        return [(self.px(x), self.px(y)) for x, y in places]

    def length(self, text: str, pen: Pen) -> float:
        """How wide the text would be, in millimetres."""
        return font_for(pen, text, self.dpi).getlength(text) * MM_PER_INCH / self.dpi

    def write(self, at: At, text: str, pen: Pen, *, anchor: str = "l") -> float:
        """Write one line whose left, middle or right (`l`, `m`, `r`) is at the place; gives its right edge.

        Raises:
            TextOffSheetError: some of it would fall off the sheet.
            GlyphMissingError: the font lacks a letter.
        """
        length = self.length(text, pen)
        left = at[0] - {"l": 0.0, "m": length / 2, "r": length}[anchor]
        if left < 0 or left + length > self.width or not 0 < at[1] < self.height:
            raise TextOffSheetError(f"{text!r} at {at} on {self.width} x {self.height} mm")
        if self.inked:
            where = self.points((left, at[1]))[0]
            self.brush.text(where, text, font=font_for(pen, text, self.dpi), fill=pen.ink, anchor="ls")
        self.texts.append(text)
        self.runs.append(Run(text, (left, at[1]), length, pen))
        return left + length

    def wrap(self, text: str, pen: Pen, *, first: float, width: float) -> list[str]:
        """The text broken at spaces: the first line no longer than `first`, the others than `width` mm."""
        lines: list[str] = []
        current = ""
        for word in text.split(" "):
            longer = f"{current} {word}".strip()
            if current and self.length(longer, pen) > (width if lines else first):
                lines.append(current)
                current = word
            else:
                current = longer
        return [*lines, current]

    def dots(self, start: float, end: float, y: float, ink: Ink) -> None:
        """A dotted leader on the base line."""
        radius = max(1, self.px(0.12))
        for x in np.arange(start, end, 1.1):
            left, top = self.points((float(x), y + 0.5))[0]
            self.brush.ellipse((left, top, left + radius, top + radius), fill=ink)

    def paste(self, picture: Image.Image, at: At) -> None:
        """Lay a picture with its upper left corner at the place; alpha, if any, lets the paper through."""
        mask = picture if picture.mode == "RGBA" else None
        self.image.paste(picture, self.points(at)[0], mask)

    def pixels(self) -> Pixels:
        """The finished picture."""
        return np.asarray(self.image, dtype=np.uint8)
