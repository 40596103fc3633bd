"""A page image in, its QR codes and barcodes out, each with its box."""

from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp

from ocr.geometry import box_of
from ocr.model import CodeKind, CodeReading, Page, Pixels

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


def read_codes(page: Page) -> tuple[CodeReading, ...]:
    """Every code that decodes, each once; harder looks are taken only while none was found."""
    for image, scale in _looks(page.image):
        found = zxingcpp.read_barcodes(image, formats=_FORMATS)
        if found:
            return tuple(_reading(code, scale, page) for code in found)
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


def _reading(code: zxingcpp.Barcode, scale: float, page: Page) -> CodeReading:
    at = code.position
    corners = np.array([(p.x, p.y) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)])
    kind = CodeKind.QR if code.symbology == zxingcpp.BarcodeFormat.QRCode else CodeKind.BARCODE
    return CodeReading(kind, _text(code), page.number, box_of(corners / scale, page.width, page.height))


def _text(code: zxingcpp.Barcode) -> str:
    """Cards hold UTF-8 without saying so; a guess of the encoding is kept for other bytes."""
    try:
        return bytes(code.bytes).decode("utf-8")
    except UnicodeDecodeError:
        return str(code.text)
