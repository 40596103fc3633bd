"""A page and its lines in, whether it is too dark or a lamp glares on it out."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.flatten import reduced
from ocr.geometry import Quad, sides
from ocr.model import Pixels

# The lightest twentieth of a paper is paper: below this readers lose words (specimens darkened step by step).
_LEAST_LIGHT = 70.0
# Blown out: nothing is left in any colour.
_BLOWN = 249
_LEAST_SHARE = 0.003
# More of a page than this is white paper (drawn, or scanned to white), not a lamp.
_MOST_SHARE = 0.4
# Glare takes the ink too: the darkest of a line's part within this share of the longer side of a spot is
# lighter by so many grey levels than ink is elsewhere. A well lit paper is white around black letters.
_IN_REACH = 0.03
_INK = 5
_WASHED_OUT = 50.0
_LEAST_WASHED = 2
# Of its height squared: less of a line may hold no letter at all.
_LEAST_OF_LINE = 4.0
_OPENED_BY = 0.012


def too_dark(image: Pixels, lines: Sequence[Quad]) -> bool:
    """True when even the light parts of where the text stands are dark."""
    return float(np.percentile(_grey(_around(image, lines)), 95)) < _LEAST_LIGHT


def glares(image: Pixels, lines: Sequence[Quad]) -> bool:
    """True when a spot is blown out to white and the print around it is washed out."""
    small, scale = reduced(image)
    least = np.asarray(small.min(axis=2), dtype=np.uint8)
    side = max(least.shape)
    blown = (least >= _BLOWN).astype(np.uint8)
    opened = cv2.morphologyEx(blown, cv2.MORPH_OPEN, _disc(_OPENED_BY * side))
    _, numbered, found, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    large = [i for i in range(1, len(found)) if found[i, 4] >= _LEAST_SHARE * least.size]
    spots = np.isin(numbered, large).astype(np.uint8)
    if not large or float(spots.mean()) > _MOST_SHARE:
        return False
    return _washed_out(least, lines, scale, _grown(spots, _IN_REACH * side) > 0)


def _washed_out(least: Pixels, lines: Sequence[Quad], scale: float, near: NDArray[np.bool_]) -> bool:
    """True when lines that reach into `near` have paler ink there than lines have elsewhere."""
    here, elsewhere = list[float](), list[float]()
    for line in lines:
        stands = _row(near.shape, line * scale)
        enough = _LEAST_OF_LINE * (sides(line)[1] * scale) ** 2
        for part, inks in ((stands & near, here), (stands & ~near, elsewhere)):
            if part.sum() >= max(enough, 1.0):
                inks.append(float(np.percentile(least[part], _INK)))
    ink = float(np.median(elsewhere)) if elsewhere else 0.0
    return sum(each >= ink + _WASHED_OUT for each in here) >= _LEAST_WASHED


def _grown(spot: NDArray[np.uint8], by: float) -> NDArray[np.uint8]:
    return np.asarray(cv2.dilate(spot, _disc(by)), dtype=np.uint8)


def _disc(radius: float) -> NDArray[np.uint8]:
    size = 2 * max(round(radius), 1) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), dtype=np.uint8)


def _row(shape: tuple[int, ...], line: Quad) -> NDArray[np.bool_]:
    """Where a line stands."""
    mask = np.zeros(shape, dtype=np.uint8)
    cv2.fillConvexPoly(mask, line.round().astype(np.int32), (1,))
    return np.asarray(mask > 0)


def _around(image: Pixels, lines: Sequence[Quad]) -> Pixels:
    """The part of the picture that holds all lines."""
    points = np.concatenate(lines)
    x0, y0 = np.maximum(np.floor(points.min(axis=0)).astype(int), 0)
    x1, y1 = np.ceil(points.max(axis=0)).astype(int)
    return image[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]


def _grey(image: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
