"""A PDF page in, whether it is nothing but one picture, and so perhaps a photo, out."""

import pypdfium2 as pdfium
from pypdfium2 import raw

from ocr.pdf import opened_pdf

# Of the page: what a picture must cover; telephones and scanner apps leave a narrow white edge at most.
_LEAST_COVERED = 0.9
# One picture, and the words of a scanner's own reading, which are drawn in no ink.
_MOST_OBJECTS = 5000


def is_one_picture(content: bytes, index: int) -> bool:
    """True when page `index` (from 0) shows one picture over nearly all of it and nothing besides.

    Text in no ink may lie over it: a scanner app's own reading. Annotations, lines and print may not: what
    is drawn over a picture could lie outside the paper in it, and must not be cut away.
    """
    with opened_pdf(content) as opened:
        page = opened[index]
        try:
            return raw.FPDFPage_GetAnnotCount(page.raw) == 0 and _shows_one_picture(page)
        finally:
            page.close()


def _shows_one_picture(page: pdfium.PdfPage) -> bool:
    if raw.FPDFPage_CountObjects(page.raw) > _MOST_OBJECTS:
        return False
    pictures = list[pdfium.PdfObject]()
    for shown in page.get_objects(max_depth=1):
        if shown.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(shown)
        elif not _is_inkless(shown):
            return False
    return len(pictures) == 1 and _covered(page, pictures[0]) >= _LEAST_COVERED


def _is_inkless(shown: pdfium.PdfObject) -> bool:
    inkless = raw.FPDF_TEXTRENDERMODE_INVISIBLE
    return bool(
        shown.type == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFTextObj_GetTextRenderMode(shown.raw) == inkless
    )


def _covered(page: pdfium.PdfPage, picture: pdfium.PdfObject) -> float:
    """The share of the page that the picture's box covers."""
    left, bottom, right, top = page.get_bbox()
    x0, y0, x1, y1 = picture.get_bounds()
    wide, high = min(right, x1) - max(left, x0), min(top, y1) - max(bottom, y0)
    whole = (right - left) * (top - bottom)
    return max(wide, 0.0) * max(high, 0.0) / whole if whole > 0 else 0.0
