"""A page image in, its QR codes and barcodes out, each with its box."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import zxingcpp

from ocr.geometry import box_of
from ocr.model import Box, CodeKind, CodeReading, Page, Pixels

# Larger than this a picture is not enlarged any more: its codes are large enough, and it would take seconds.
_ENLARGED_UP_TO = 12_500_000
# Only kinds whose error correction or check character is part of the symbol: what decodes was printed so.
_FORMATS = zxingcpp.BarcodeFormats(
    (
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.PDF417,
        zxingcpp.BarcodeFormat.Code128,
    )
)


def read_codes(page: Page, regions: Sequence[Box] = ()) -> tuple[CodeReading, ...]:
    """Every code that decodes, each once; harder looks are taken only while none was found.

    With `regions`, the papers on the page, that is so for each of them: a code that is easily read on one
    card must not end the search on the other.
    """
    whole = Box(0, 0, page.width, page.height)
    return tuple(code for box in regions or (whole,) for code in _in_box(page, box))


def _in_box(page: Page, box: Box) -> tuple[CodeReading, ...]:
    part = page.image[box.y0 : box.y1, box.x0 : box.x1]
    for look, (image, scale) in enumerate(_looks(part)):
        # Pages come upright, so only the first look is for bars that run upwards; nobody prints white on
        # black. A page without a code costs 0.14 s of one core so, and 0.6 s with all that the library tries.
        found = zxingcpp.read_barcodes(image, formats=_FORMATS, try_rotate=look == 0, try_invert=False)
        if found:
            return tuple(_reading(code, scale, page, box) for code in found)
    return ()


def _looks(image: Pixels) -> Iterator[tuple[Pixels, float]]:
    """The picture grey, then sharpened, then twice as large, with the scale of each."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    yield grey, 1.0
    yield _sharper(grey), 1.0
    if grey.size <= _ENLARGED_UP_TO:
        large = np.asarray(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
        yield large, 2.0
        yield _sharper(large), 2.0


def _sharper(grey: Pixels) -> Pixels:
    soft = cv2.GaussianBlur(grey, (0, 0), 2.0)
    return np.asarray(cv2.addWeighted(grey, 2.0, soft, -1.0, 0), dtype=np.uint8)


def _reading(code: zxingcpp.Barcode, scale: float, page: Page, within: Box) -> CodeReading:
    at = code.position
    corners = np.array([(p.x, p.y) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)])
    kind = CodeKind.QR if code.symbology == zxingcpp.BarcodeFormat.QRCode else CodeKind.BARCODE
    places = corners / scale + (within.x0, within.y0)
    return CodeReading(kind, _text(code), page.number, box_of(places, page.width, page.height))


def _text(code: zxingcpp.Barcode) -> str:
    """Cards hold UTF-8 without saying so; a guess of the encoding is kept for other bytes."""
    try:
        return bytes(code.bytes).decode("utf-8")
    except UnicodeDecodeError:
        return str(code.text)
