"""A PDF's pages as PDFium sees them: bytes in, page count, texts and comparable pictures out."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from threading import RLock

import pikepdf
import pypdfium2 as pdfium

from signing.errors import NotAPdfError

_LONG_SIDE = 900
"""Pixels; about 77 dpi on A4, enough for one digit of 8 pt text to differ."""

_PDFIUM: RLock = vars(pdfium).setdefault("process_lock", RLock())
"""PDFium keeps global state: two threads in it at once, even on two files, crash the process. The lock lies
on the library itself, so that whoever else uses it in this process takes the same one."""


@contextmanager
def _opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    with _PDFIUM:
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


def page_pictures(content: bytes, *, at_most: int) -> tuple[str, ...]:
    """A digest of the pixels of each of the first pages, without annotations and form fields.

    Equal digests look equal. Signature widgets are left out, as a later signature may draw its own;
    they are compared apart. Raises NotAPdfError.
    """
    with _opened(content) as document:
        return tuple(_picture(document[index]) for index in range(min(len(document), at_most)))


def _picture(page: pdfium.PdfPage) -> str:
    scale = _LONG_SIDE / max(1.0, *page.get_size())
    picture = page.render(scale=scale, may_draw_forms=False, draw_annots=False, grayscale=True)
    shape = f"{picture.width}x{picture.height}:".encode()
    digest = sha256(shape + bytes(picture.buffer)).hexdigest()
    page.close()
    return digest


def embedded_scans(content: bytes) -> tuple[tuple[str, ...], ...]:
    """Of each page the SHA-256 digests of the JPEG files it draws, in the order of their names.

    Scans are embedded byte for byte, so a digest tells which scan it is. Raises NotAPdfError.
    """
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return tuple(tuple(_jpegs(page)) for page in pdf.pages)
    except pikepdf.PdfError as error:
        raise NotAPdfError(str(error)) from error


def _jpegs(page: pikepdf.Page) -> Iterator[str]:
    for _, picture in sorted(page.get_images(recursive=True).items()):
        if picture.get("/Filter") == pikepdf.Name.DCTDecode:
            yield sha256(picture.read_raw_bytes()).hexdigest()


def page_texts(content: bytes, *, at_most: int | None = None) -> tuple[str, ...]:
    """The text of every page, or of the first ones, in the order it is drawn. Raises NotAPdfError."""
    with _opened(content) as document:
        count = len(document) if at_most is None else min(len(document), at_most)
        return tuple(document[index].get_textpage().get_text_range() for index in range(count))


Box = tuple[float, float, float, float]
"""Left, bottom, right, top in PDF points, as a PDF writes a rectangle."""


def drawn_texts(content: bytes, places: tuple[tuple[int, Box], ...]) -> tuple[str, ...]:
    """What annotations draw at each place (page index, box), as text; what the page says itself is left out.

    Raises NotAPdfError.
    """
    with _opened(content) as document:
        document.init_forms()
        own = [_text_in(document[index], box) for index, box in places]
        for index in {index for index, _ in places}:
            document[index].flatten()
        return tuple(
            _without(_text_in(document[index], box), before)
            for (index, box), before in zip(places, own, strict=True)
        )


def _text_in(page: pdfium.PdfPage, box: Box) -> str:
    return str(page.get_textpage().get_text_bounded(*box))


def _without(text: str, before: str) -> str:
    known = set(before.split("\n"))
    return " ".join(" ".join(line for line in text.split("\n") if line not in known).split())
