"""A PDF page and the picture of it in, letters that nobody can see on the picture out, as findings."""

import ctypes
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from ocr.model import PdfFinding, Pixels
from ocr.pdf import opened_pdf

# Fewer unseen letters are a stray space or a dot of the program that made the file.
_LEAST_LETTERS = 5
_MOST_LETTERS = 20_000
# A letter is seen when light and dark differ by this much where it stands.
_LEAST_SPREAD = 3.0
_INVISIBLE = 3


@dataclass(frozen=True, slots=True)
class _Letters:
    """Boxes of letters in pixels of the picture, shape (n, 4), and which are drawn in no ink at all."""

    boxes: NDArray[np.int64]
    inkless: NDArray[np.bool_]


def unseen_text(content: bytes, index: int, image: Pixels) -> frozenset[PdfFinding]:
    """Text of page `index` (from 0) that is not on `image`, the page as it was drawn.

    Invisible: written in no ink (the layer that scanners add), in the colour of what is around it, or under
    something that is of one colour. Off the page: outside what is shown.
    """
    letters = _letters(content, index, image.shape[1], image.shape[0])
    x0, y0, x1, y1 = letters.boxes.T
    outside = (x1 <= 0) | (y1 <= 0) | (x0 >= image.shape[1]) | (y0 >= image.shape[0])
    unseen = ~outside & (letters.inkless | (_spread(image, letters.boxes) < _LEAST_SPREAD))
    counted = {PdfFinding.INVISIBLE_TEXT: unseen.sum(), PdfFinding.OFF_PAGE_TEXT: outside.sum()}
    return frozenset(finding for finding, count in counted.items() if count >= _LEAST_LETTERS)


def _letters(content: bytes, index: int, width: int, height: int) -> _Letters:
    boxes, inkless = list[tuple[int, int, int, int]](), list[bool]()
    with opened_pdf(content) as opened:
        page = opened[index]
        text = page.get_textpage()
        try:
            for i in range(min(text.count_chars(), _MOST_LETTERS)):
                if chr(raw.FPDFText_GetUnicode(text.raw, i)).isalnum():
                    boxes.append(_box(page, text.get_charbox(i), width, height))
                    inkless.append(_is_inkless(text, i))
        finally:
            text.close()
            page.close()
    return _Letters(np.array(boxes, dtype=np.int64).reshape(-1, 4), np.array(inkless, dtype=np.bool_))


def _is_inkless(text: pdfium.PdfTextPage, i: int) -> bool:
    owner = raw.FPDFText_GetTextObject(text.raw, i)
    return bool(owner) and raw.FPDFTextObj_GetTextRenderMode(owner) == _INVISIBLE


def _box(
    page: pdfium.PdfPage, corners: tuple[float, float, float, float], width: int, height: int
) -> tuple[int, int, int, int]:
    """From points of the page to pixels of its picture, whatever its crop box and turn."""
    left, bottom, right, top = corners
    xs, ys = zip(*(_pixel(page, x, y, width, height) for x, y in ((left, bottom), (right, top))), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _pixel(page: pdfium.PdfPage, x: float, y: float, width: int, height: int) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value, down.value


def _spread(image: Pixels, boxes: NDArray[np.int64]) -> NDArray[np.float64]:
    """The standard deviation of the grey inside each box, a pixel wider on all sides, by summed areas."""
    height, width = image.shape[:2]
    sums, squares = cv2.integral2(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), sdepth=cv2.CV_64F)
    x0, x1 = (np.clip(boxes[:, side] + wider, 0, width) for side, wider in ((0, -1), (2, 1)))
    y0, y1 = (np.clip(boxes[:, side] + wider, 0, height) for side, wider in ((1, -1), (3, 1)))
    area = np.maximum((x1 - x0) * (y1 - y0), 1)
    mean, square = (
        (table[y1, x1] - table[y0, x1] - table[y1, x0] + table[y0, x0]) / area for table in (sums, squares)
    )
    return np.asarray(np.sqrt(np.maximum(square - mean**2, 0.0)), dtype=np.float64)
