"""A page and its lines as read in, marks that are lines out: stamps in words, handwriting, unread ones."""

import unicodedata
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from ocr.model import Box, MarkKind, PageText, Pixels, TextLine
from ocr.pen import RED, handwritten, inked

LineMark = tuple[MarkKind, Box]

_READ_WELL = 0.6
_UNREAD = 0.3
# Lower lines are small print that was copied too coarsely, no strange script.
_LEAST_HIGH = 20
# Shorter things that were taken for lines are specks, fingerprints and chips.
_LEAST_LONG = 3.0
# Degrees of secrecy (Law on Protection of State Secrets 2018, Article 8).
_SECRET = ("MAT", "TOI MAT", "TUYET MAT")
_LEAST_RED_INK = 0.5
# The words of Decree 23/2015, annex: "Chứng thực bản sao đúng với bản chính".
_COPY = "CHUNGTHUCBANSAO"
_LONGEST_COPY = 40
# Of its height: how far below one line the next of the same stamp stands.
_NEXT_LINE = 2.0


def stamps_in_words(image: Pixels, text: PageText, seals: Sequence[Box]) -> Iterator[LineMark]:
    """Secrecy stamps, and certified-copy stamps with all their lines.

    What stands within a seal is no degree of secrecy, however it was read.
    """
    for line in text.lines:
        if _is_secret(image, line) and not any(line.box.overlap(seal) for seal in seals):
            yield MarkKind.SECRET_STAMP, line.box
        letters = _letters(line.text).replace(" ", "")
        if _COPY in letters and len(letters) <= _LONGEST_COPY:
            yield MarkKind.CERTIFIED_COPY_STAMP, _with_lines_below(line.box, text)


def lines_unlike_print(image: Pixels, text: PageText, taken: Sequence[Box]) -> Iterator[LineMark]:
    """Lines in a pen's blue that were not read well, and lines of any ink that were not read at all.

    The latter are handwriting in black, another script, a copied stamp: nobody should trust what was read.
    `taken` are the seals and signatures, which say it already.
    """
    for line in text.lines:
        box = line.box
        if line.confidence >= _READ_WELL or box.width < _LEAST_LONG * box.height or "<<" in line.text:
            continue
        if any(box.overlap(other) for other in taken):
            continue
        if handwritten(image[box.y0 : box.y1, box.x0 : box.x1]):
            yield MarkKind.HANDWRITING, box
        elif line.confidence < _UNREAD and box.height >= _LEAST_HIGH:
            yield MarkKind.UNREAD, box


def _with_lines_below(box: Box, text: PageText) -> Box:
    """The box with every line that follows closely under it."""
    whole = box
    for line in sorted(text.lines, key=lambda line: line.box.y0):
        under = min(line.box.x1, whole.x1) > max(line.box.x0, whole.x0) and line.box.y0 > whole.y0
        if under and line.box.y0 - whole.y1 <= _NEXT_LINE * box.height:
            whole = whole.union(line.box)
    return whole


def _is_secret(image: Pixels, line: TextLine) -> bool:
    """The words of a degree of secrecy, alone on their line, in red."""
    if line.confidence < _READ_WELL or _letters(line.text) not in _SECRET:
        return False
    box = line.box
    part = np.ascontiguousarray(image[box.y0 : box.y1, box.x0 : box.x1])
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    _, dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    is_dark = np.asarray(dark) > 0
    return bool(is_dark.any() and (inked(part, RED)[is_dark] > 0).mean() >= _LEAST_RED_INK)


def _letters(text: str) -> str:
    """Capitals without marks, one space between words."""
    plain = unicodedata.normalize("NFD", text.upper()).replace("Đ", "D")
    return " ".join("".join(each for each in plain if each.isalpha() or each == " ").split())
