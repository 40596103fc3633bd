"""A PDF's bytes in, its pages as pictures out, by PDFium; refuses what cannot be opened or is too large."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from ocr import pdf_guard
from ocr.errors import (
    FileDamagedError,
    OcrError,
    PageTooLargeError,
    PdfEncryptedError,
)
from ocr.model import Limits, Pixels

POINTS_PER_INCH = 72
_MOST_PICTURES = 500
# Below this a page of readable print is no longer readable, so the page is refused instead of shrunk.
_LOWEST_DPI = 50
# A card is drawn with its longer side this long, as a scanner at 400 dpi would: its print is 5 to 7 points.
_CARD_SIDE = 1400
_FINEST_DPI = 400
# PDFium keeps global state and is not thread-safe (pypdfium2's README says so): one thread at a time. The
# lock lies on the library itself, so that whoever else uses it in this process takes the same one.
_ONE_AT_A_TIME: threading.RLock = vars(pdfium).setdefault("process_lock", threading.RLock())


def check(content: bytes, limits: Limits) -> None:
    """Open the PDF, count its pages, look at their sizes and at how much each draws.

    Raises the errors of `ocr.errors`. Nothing is drawn: a page that would take hours is refused here.
    """
    pdf_guard.check(content, limits)
    with opened_pdf(content) as opened:
        for index in range(len(opened)):
            _fitting_dpi(opened.get_page_size(index), _LOWEST_DPI, limits.max_pixels)


def page_count(content: bytes) -> int:
    """How many pages it has."""
    with opened_pdf(content) as opened:
        return len(opened)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a picture, at which resolution, and how fine the scan is that it holds (None: none)."""

    image: Pixels
    dpi: int
    scanned_dpi: int | None


def draw(content: bytes, index: int, *, dpi: int, max_pixels: int) -> Drawn:
    """Page `index` (from 0) as a picture.

    The resolution is `dpi`, less on a huge page, and more on a page the size of a card, whose print is small.

    Annotations and form fields are drawn too: in the e-documents of several authorities the number,
    the date and the seal are appearances of signature fields.
    """
    with opened_pdf(content) as opened:
        opened.init_forms()
        page = opened[index]
        bitmap = None
        try:
            used = _fitting_dpi(page.get_size(), dpi, max_pixels)
            bitmap = page.render(scale=used / POINTS_PER_INCH, may_draw_forms=True, rev_byteorder=True)
            image = np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8)
            return Drawn(image, used, _scanned_dpi(page))
        finally:
            # Closed here and not by the garbage collector, which may run in a thread without the lock.
            if bitmap is not None:
                bitmap.close()
            page.close()


def _scanned_dpi(page: pdfium.PdfPage) -> int | None:
    """How fine the pictures are that cover half of the page; a scan may be cut in strips, or be a coarse
    ground under fine letters. Pictures inside of form objects are not looked at, and a page with an object
    that PDFium does not know says nothing."""
    try:
        seen = sorted((_fineness(picture) for picture in _pictures(page)), reverse=True)
    except pdfium.PdfiumError:
        return None
    width, height = page.get_size()
    covered = 0.0
    for dpi, area in seen:
        covered += area
        if covered >= width * height / 2:
            return round(dpi)
    return None


def _pictures(page: pdfium.PdfPage) -> Iterator[pdfium.PdfImage]:
    found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=1)
    return islice(found, _MOST_PICTURES)


def _fineness(picture: pdfium.PdfImage) -> tuple[float, float]:
    """Dots an inch in the coarser direction, and square points covered. It may be turned by a quarter."""
    try:
        left, bottom, right, top = picture.get_bounds()
        dots = sorted(picture.get_px_size())
    except pdfium.PdfiumError:
        return 0.0, 0.0
    sides = sorted((abs(right - left), abs(top - bottom)))
    if not sides[0]:
        return 0.0, 0.0
    fineness = min(dot / side for dot, side in zip(dots, sides, strict=True))
    return fineness * POINTS_PER_INCH, sides[0] * sides[1]


def _fitting_dpi(size: tuple[float, float], dpi: int, max_pixels: int) -> int:
    """The resolution at which a page of this size in points is drawn; refuses what no resolution fits."""
    width, height = size
    if not (width > 0 and height > 0):
        raise FileDamagedError
    square_inches = width * height / POINTS_PER_INCH**2
    wanted = max(dpi, min(_FINEST_DPI, round(_CARD_SIDE * POINTS_PER_INCH / max(width, height))))
    used = min(wanted, int((max_pixels / square_inches) ** 0.5))
    if used < _LOWEST_DPI:
        raise PageTooLargeError
    return used


@contextmanager
def opened_pdf(content: bytes) -> Iterator[pdfium.PdfDocument]:
    with _ONE_AT_A_TIME:
        try:
            opened = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as refused:
            raise _why(refused) from refused
        try:
            yield opened
        except pdfium.PdfiumError as broken:
            raise FileDamagedError from broken
        finally:
            opened.close()


def _why(refused: pdfium.PdfiumError) -> OcrError:
    locked = refused.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
    return PdfEncryptedError() if locked else FileDamagedError()
