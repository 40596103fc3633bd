"""A page and its lines in, whether it is too dark or a lamp glares on it out."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.flatten import reduced
from ocr.geometry import Quad
from ocr.model import Pixels

# The lightest twentieth of a paper is paper: below this readers lose words (specimens darkened step by step).
_LEAST_LIGHT = 70.0
# Blown out: nothing is left in any colour.
_BLOWN = 249
_LEAST_SHARE = 0.003
# Distances from a blown-out spot, of the picture's longer side: just outside glare fades, and further off
# the paper is darker. A white patch of print ends at once; a well lit paper does not get darker.
_JUST_OUTSIDE = (0.004, 0.012)
_FURTHER_OFF = (0.10, 0.15)
_IN_REACH = 0.05
_LEAST_DROP = 25.0
_LEAST_FADING = 0.35
_OPENED_BY = 0.012


def too_dark(image: Pixels, lines: Sequence[Quad]) -> bool:
    """True when even the light parts of where the text stands are dark."""
    return float(np.percentile(_grey(_around(image, lines)), 95)) < _LEAST_LIGHT


def glares(image: Pixels, lines: Sequence[Quad]) -> bool:
    """True when a spot in or beside the text is blown out to white and fades into darker paper."""
    small, scale = reduced(image)
    least = np.asarray(small.min(axis=2), dtype=np.uint8)
    side = max(least.shape)
    blown = (least >= _BLOWN).astype(np.uint8)
    opened = cv2.morphologyEx(blown, cv2.MORPH_OPEN, _disc(_OPENED_BY * side))
    _, numbered, found, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    large = [i for i in range(1, len(found)) if found[i, 4] >= _LEAST_SHARE * least.size]
    text = _text_rows(least.shape, lines, scale)
    return any(_is_glare(least, (numbered == i).astype(np.uint8), text) for i in large)


def _is_glare(least: Pixels, spot: NDArray[np.uint8], text: NDArray[np.bool_]) -> bool:
    side = max(least.shape)
    near, far = (_ring(spot, side, *where) for where in (_JUST_OUTSIDE, _FURTHER_OFF))
    if not near.any() or not far.any() or not (text & (_grown(spot, _IN_REACH * side) > 0)).any():
        return False
    paper = float(np.median(least[far]))
    fading = float(np.median(least[near])) - paper
    return 255 - paper >= _LEAST_DROP and fading >= _LEAST_FADING * (255 - paper)


def _ring(spot: NDArray[np.uint8], side: int, inner: float, outer: float) -> NDArray[np.bool_]:
    return np.asarray((_grown(spot, outer * side) > 0) & (_grown(spot, inner * side) == 0))


def _grown(spot: NDArray[np.uint8], by: float) -> NDArray[np.uint8]:
    return np.asarray(cv2.dilate(spot, _disc(by)), dtype=np.uint8)


def _disc(radius: float) -> NDArray[np.uint8]:
    size = 2 * max(round(radius), 1) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), dtype=np.uint8)


def _text_rows(shape: tuple[int, ...], lines: Sequence[Quad], scale: float) -> NDArray[np.bool_]:
    """Where lines stand."""
    mask = np.zeros(shape, dtype=np.uint8)
    for line in lines:
        cv2.fillConvexPoly(mask, (line * scale).round().astype(np.int32), (1,))
    return np.asarray(mask > 0)


def _around(image: Pixels, lines: Sequence[Quad]) -> Pixels:
    """The part of the picture that holds all lines."""
    points = np.concatenate(lines)
    x0, y0 = np.maximum(np.floor(points.min(axis=0)).astype(int), 0)
    x1, y1 = np.ceil(points.max(axis=0)).astype(int)
    return image[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]


def _grey(image: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
