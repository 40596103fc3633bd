"""A `Document` in, its pages as RGB pictures out, one at a time."""

from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps

from ocr import pdf
from ocr.intake import frame_count, open_picture
from ocr.model import Document, Limits, MediaType, Page, Pixels

DEFAULT_DPI = 200
# Cameras and drawing programs write 72 or 96 where they know nothing; a scanner starts at 100.
_LEAST_BELIEVED_DPI = 100
_MOST_BELIEVED_DPI = 2400


def pages(document: Document, limits: Limits, *, dpi: int = DEFAULT_DPI) -> Iterator[Page]:
    """Every page in order, drawn when asked for.

    A PDF page is drawn at `dpi` (less where it would pass `limits.max_pixels`); a picture keeps its own
    pixels, turned as its EXIF data say, transparent parts on white.
    """
    if document.media_type is MediaType.PDF:
        for index in range(pdf.page_count(document.content)):
            drawn = pdf.draw(document.content, index, dpi=dpi, max_pixels=limits.max_pixels)
            yield Page(index + 1, drawn.image, drawn.dpi, scanned_dpi=drawn.scanned_dpi)
    else:
        yield from _frames(document)


def count(document: Document) -> int:
    """How many pages `pages` will give."""
    if document.media_type is MediaType.PDF:
        return pdf.page_count(document.content)
    with open_picture(document.content, document.media_type) as picture:
        return frame_count(picture)


def _frames(document: Document) -> Iterator[Page]:
    for frame in range(count(document)):
        with open_picture(document.content, document.media_type) as picture:
            picture.seek(frame)
            page = Page(frame + 1, _rgb(ImageOps.exif_transpose(picture)), _believed_dpi(picture))
        yield page


def _rgb(picture: Image.Image) -> Pixels:
    if picture.mode.startswith(("I", "F")):
        picture = _eight_bits(picture)
    if picture.has_transparency_data:
        over = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over)
    return np.array(picture.convert("RGB"), dtype=np.uint8)


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits, or floating point, to eight: Pillow's own conversion clips instead of scaling."""
    deep = np.asarray(picture, dtype=np.float64)
    top = 65535.0 if deep.max(initial=0) > 255 else 255.0
    return Image.fromarray((np.clip(deep / top, 0, 1) * 255).astype(np.uint8))


def _believed_dpi(picture: Image.Image) -> int | None:
    stated = picture.info.get("dpi", (0, 0))
    across, down = (float(value) for value in (stated if len(stated) == 2 else (0, 0)))
    alike = abs(across - down) <= 0.02 * max(across, down)
    return round(across) if alike and _LEAST_BELIEVED_DPI <= across <= _MOST_BELIEVED_DPI else None
