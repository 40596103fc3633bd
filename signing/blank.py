"""Where a scanned page is blank: an encoded picture in, the blank shares of its height out."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, UnidentifiedImageError

from signing.errors import RenderError

_LOOKED_AT = 400
"""Pixels of the shorter side that are looked at: 50 dpi on A4, where a full stop still darkens a pixel."""
_RIM = 0.015
"""Share of each side that is not looked at (3 mm on A4): the shadow of the paper's edge."""
_INK = 28
"""So much darker than the paper, in any colour, is ink; paper's own grain and JPEG's noise are less."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Shares of the height, 0 to 1, above the first ink and below the last. A blank page is all of it."""

    top: float
    bottom: float


@lru_cache(maxsize=2)
def blank_bands(content: bytes) -> Blank:
    """Look at every row; a layout asks twice for the last page. A coloured, shaded or noisy ground counts as
    ink, so that nothing is drawn over it.

    Raises RenderError for what is no picture.
    """
    darkest = _darkest(content)
    rim_x, rim_y = (max(1, round(side * _RIM)) for side in (darkest.shape[1], darkest.shape[0]))
    inner = darkest[rim_y:-rim_y, rim_x:-rim_x]
    # The paper is what most of the page is, and it must be light: nothing of a photographed table is blank.
    paper = max(float(np.percentile(inner, 75)), 160.0)
    inked = np.flatnonzero((inner < paper - _INK).any(axis=1))
    if not inked.size:
        return Blank(1.0, 1.0)
    height = darkest.shape[0]
    top = int(inked[0]) + rim_y if inked[0] else 0
    last = int(inked[-1])
    bottom = height - (last + rim_y + 1) if last + 1 < inner.shape[0] else 0
    return Blank(top / height, bottom / height)


def _darkest(content: bytes) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    """The darkest of the three colours of each pixel: a yellow mark is dark in blue."""
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
            scale = max(1, min(opened.size) // _LOOKED_AT)
            opened.draft("RGB", (opened.width // scale, opened.height // scale))
            picture = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise RenderError("a page is no picture that can be read") from error
    reduced = picture.reduce(max(1, min(picture.size) // _LOOKED_AT))
    darkest: np.ndarray[tuple[int, int], np.dtype[np.uint8]] = np.asarray(reduced).min(axis=2)
    return darkest
