"""A PDF's pages as PDFium sees them: bytes in, page count and comparable page pictures out."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest

import pypdfium2 as pdfium

from signing.errors import NotAPdfError

_LONG_SIDE = 900
"""Pixels; about 77 dpi on A4, enough for one digit of 8 pt text to differ."""


@contextmanager
def _opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise NotAPdfError(str(error)) from error
    try:
        yield document
    finally:
        document.close()


def page_count(content: bytes) -> int:
    """Raises NotAPdfError when PDFium cannot open the file."""
    with _opened(content) as document:
        return len(document)


def page_pictures(content: bytes, *, at_most: int) -> Iterator[bytes]:
    """The pixels of each page without annotations and form fields, at a bounded size.

    Signature widgets are left out: a later signature may draw its own; those are compared apart.
    """
    with _opened(content) as document:
        for index in range(min(len(document), at_most)):
            page = document[index]
            scale = _LONG_SIDE / max(1.0, *page.get_size())
            picture = page.render(scale=scale, may_draw_forms=False, draw_annots=False, grayscale=True)
            yield bytes(picture.buffer)
            page.close()


def pages_differ(before: bytes, after: bytes, *, at_most: int) -> bool:
    """True when the first `at_most` pages of two revisions do not look the same."""
    pairs = zip_longest(page_pictures(before, at_most=at_most), page_pictures(after, at_most=at_most))
    return any(first != second for first, second in pairs)


def page_texts(content: bytes) -> tuple[str, ...]:
    """The text of every page, in the order it is drawn. Raises NotAPdfError."""
    with _opened(content) as document:
        return tuple(page.get_textpage().get_text_range() for page in document)
