"""A PDF page in, the lines of its text layer out, in points from the upper left corner of what is shown."""

import io
import logging
import math
import struct
import unicodedata
import warnings
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import resolve_all
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ocr import pdf_guard
from ocr.errors import OcrError
from ocr.geometry import Matrix, moved, quarter_turn
from ocr.model import Document, Limits
from ocr.readers.letters import in_vietnamese

NAME = "text_layer"
# Past this a page is a drawing, and pdfminer, which is written in Python, would take minutes.
_MOST_CONTENT_BYTES = 1024 * 1024
# Words further apart than this many times their height are two lines: a label and a value, two columns.
_APART = 1.2
_SAME_ROW = 0.5
# Control, format, surrogate, private and unassigned (Unicode, general categories).
_UNPRINTED = {"Cc", "Cf", "Cs", "Co", "Cn"}

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class LayerLine:
    """One line: NFC text and where it stands, in points of the page as it is shown."""

    text: str
    bounds: Bounds


def read_layer(document: Document, index: int, limits: Limits) -> tuple[LayerLine, ...]:
    """The lines of page `index` (from 0), in reading order; empty when there are none or none can be had.

    A text layer is one reading among others, so a broken one loses nothing: the picture is still read.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        if pdf_guard.drawn_bytes(document.content, index, limits) > _MOST_CONTENT_BYTES:
            return ()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pdfplumber.open(io.BytesIO(document.content), pages=[index + 1]) as opened:
                return _lines(opened.pages[0]) if opened.pages else ()
    except (OcrError, PDFException, PSException, PdfminerException, MalformedPDFException):
        return ()
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        # pdfminer trusts its input and throws whatever Python throws; nothing of ours can raise these here.
        return ()
    except (struct.error, zlib.error, NotImplementedError):
        return ()


def _lines(page: Any) -> tuple[LayerLine, ...]:
    """Read in the frame in which the text stands upright, then moved to the frame in which it is shown.

    A page may be turned by its `/Rotate`, by its content, or by both, and pdfplumber reads upright text
    only. Its crop box is not believed either: on a turned page it lies elsewhere.
    """
    shown_turn = int(page.rotation)
    straight = _turned(page, 0)
    upright = _upright_turn(straight.chars)
    words = _words(straight if upright == 0 else _turned(page, upright))
    lines = [_joined(run) for row in _rows(words) for run in _runs(row)]
    back = np.linalg.inv(quarter_turn(upright, float(straight.width), float(straight.height)))
    left, top, width, height = _shown_part(straight)
    move = quarter_turn(shown_turn, width, height) @ np.array([(1, 0, -left), (0, 1, -top), (0, 0, 1)]) @ back
    return tuple(LayerLine(line.text, _moved(line.bounds, move)) for line in lines)


def _turned(page: Any, degrees: int) -> Any:
    """The same page as if its `/Rotate` were this."""
    page.page_obj.attrs["Rotate"] = page.page_obj.rotate = degrees
    return Page(page.pdf, page.page_obj, page.page_number)


def _upright_turn(letters: list[dict[str, Any]]) -> int:
    """By how many degrees clockwise the page must be turned so that most of its letters stand upright."""
    slopes = (math.atan2(letter["matrix"][1], letter["matrix"][0]) for letter in letters)
    turns = Counter(round(math.degrees(slope) / 90) % 4 for slope in slopes)
    return turns.most_common(1)[0][0] * 90 if turns else 0


def _words(page: Any) -> list[LayerLine]:
    """The words, from the upper left corner of the media box."""
    left, top = page.bbox[:2]
    return [
        LayerLine(
            in_vietnamese(text),
            (word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top),
        )
        for word in page.extract_words(x_tolerance_ratio=0.15)
        if (text := _printed(word["text"]))
    ]


def _printed(text: str) -> str:
    """Only what print can show: no control characters, no marks that turn the direction of reading, no
    letters without width. They change what a text says to a program and not what a page shows."""
    return "".join(letter for letter in text if unicodedata.category(letter) not in _UNPRINTED)


def _shown_part(straight: Any) -> Bounds:
    """Left, top, width and height of the crop box inside the media box, before any turn."""
    attributes = straight.page_obj.attrs
    media = _corners(attributes.get("MediaBox")) or (0.0, 0.0, float(straight.width), float(straight.height))
    crop = _corners(attributes.get("CropBox")) or media
    x0, y0, x1, y1 = (
        max(crop[0], media[0]),
        max(crop[1], media[1]),
        min(crop[2], media[2]),
        min(crop[3], media[3]),
    )
    return x0 - media[0], media[3] - y1, x1 - x0, y1 - y0


def _moved(bounds: Bounds, by: Matrix) -> Bounds:
    corners = moved(np.array([bounds[:2], bounds[2:]]), by)
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _corners(box: Any) -> Bounds | None:
    from_pdf = resolve_all(box)
    if from_pdf is None:
        return None
    x0, y0, x1, y1 = (float(value) for value in from_pdf)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _rows(words: Iterable[LayerLine]) -> list[list[LayerLine]]:
    """Words that share more than half their height, from the top, each row from the left."""
    rows = list[list[LayerLine]]()
    for word in sorted(words, key=lambda each: each.bounds[1] + each.bounds[3]):
        if rows and _shares_height(rows[-1][-1].bounds, word.bounds):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda each: each.bounds[0]) for row in rows]


def _shares_height(one: Bounds, other: Bounds) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > _SAME_ROW * min(one[3] - one[1], other[3] - other[1])


def _runs(row: list[LayerLine]) -> list[list[LayerLine]]:
    runs = [[row[0]]]
    for before, word in pairwise(row):
        height = word.bounds[3] - word.bounds[1]
        if word.bounds[0] - before.bounds[2] > _APART * height:
            runs.append([])
        runs[-1].append(word)
    return runs


def _joined(run: list[LayerLine]) -> LayerLine:
    lefts, tops, rights, bottoms = zip(*(word.bounds for word in run), strict=True)
    return LayerLine(" ".join(word.text for word in run), (min(lefts), min(tops), max(rights), max(bottoms)))
