"""A PDF page in, the lines of its text layer out, in points from the upper left corner of what is shown."""

import io
import logging
import struct
import unicodedata
import warnings
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import resolve_all
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ocr import pdf_guard
from ocr.errors import OcrError
from ocr.model import Document, Limits

NAME = "text_layer"
# Past this a page is a drawing, and pdfminer, which is written in Python, would take minutes.
_MOST_CONTENT_BYTES = 1024 * 1024
# Words further apart than this many times their height are two lines: a label and a value, two columns.
_APART = 1.2
_SAME_ROW = 0.5

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
    left, top = _corner(page)
    words = page.extract_words(x_tolerance_ratio=0.15, keep_blank_chars=False)
    placed = [
        LayerLine(
            unicodedata.normalize("NFC", word["text"]),
            (word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top),
        )
        for word in words
    ]
    return tuple(_joined(run) for row in _rows(placed) for run in _runs(row))


def _corner(page: Any) -> tuple[float, float]:
    """Where the shown part begins, in pdfplumber's coordinates.

    These start at the media box after turning; what is shown is the crop box, and pdfplumber's own crop
    box is not turned rightly when the two differ.
    """
    media, crop = (_corners(page.page_obj.attrs.get(name)) for name in ("MediaBox", "CropBox"))
    if media is None or crop is None:
        return float(page.bbox[0]), float(page.bbox[1])
    before_left, before_bottom = max(crop[0] - media[0], 0.0), max(crop[1] - media[1], 0.0)
    after_right, after_top = max(media[2] - crop[2], 0.0), max(media[3] - crop[3], 0.0)
    cut = {
        0: (before_left, after_top),
        90: (before_bottom, before_left),
        180: (after_right, before_bottom),
        270: (after_top, after_right),
    }[page.rotation]
    return float(page.bbox[0]) + cut[0], float(page.bbox[1]) + cut[1]


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
