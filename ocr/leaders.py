"""The picture of a line in, the same without its dotted leaders out: readers make letters of them."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.model import Pixels

# Of the height of the line: how large a dot may be, how low it must lie, how far it may stand from the next.
_LARGEST = 0.2
_HIGHEST = 0.45
_OFF_ROW = 0.1
_APART = 0.5
# Three dots are an ellipsis; a leader has many.
_LEAST_DOTS = 6
_LEAST_HEIGHT = 12

Dots = NDArray[np.int32]
"""Left, top, width, height of each, shape (n, 4), from the left."""


def without_leaders(line: Pixels) -> Pixels:
    """Rows of six and more tiny dots near the foot of the line are painted over with the paper's colour.

    "Nữ......" was read "Nữi", "Kinh....." "Kinh h". Letters and an ellipsis are left alone.
    """
    dots = _dots(line)
    if len(dots) < _LEAST_DOTS:
        return line
    rows = [row for row in _rows(dots, line.shape[0]) if len(row) >= _LEAST_DOTS]
    if not rows:
        return line
    cleaned = line.copy()
    ground = np.median(line.reshape(-1, 3), axis=0).astype(np.uint8)
    for left, top, width, height in np.concatenate(rows):
        cleaned[max(top - 1, 0) : top + height + 1, max(left - 1, 0) : left + width + 1] = ground
    return cleaned


def _dots(line: Pixels) -> Dots:
    """Pieces of ink small and low enough for dots of a leader."""
    height = line.shape[0]
    if height < _LEAST_HEIGHT:
        return np.empty((0, 4), dtype=np.int32)
    grey = cv2.cvtColor(line, cv2.COLOR_RGB2GRAY)
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    _, _, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = found[1:, :4]
    middle = boxes[:, 1] + boxes[:, 3] / 2
    tiny = (boxes[:, 2:].max(axis=1, initial=0) <= _LARGEST * height) & (middle >= _HIGHEST * height)
    kept = boxes[tiny]
    return np.asarray(kept[np.argsort(kept[:, 0])], dtype=np.int32)


def _rows(dots: Dots, height: int) -> list[Dots]:
    """Dots cut into runs of neighbours that stand close together, on one level."""
    rows = [[dots[0]]]
    for before, dot in pairwise(dots):
        near = dot[0] - before[0] <= _APART * height
        level = abs((dot[1] + dot[3] / 2) - (before[1] + before[3] / 2)) <= _OFF_ROW * height
        if near and level:
            rows[-1].append(dot)
        else:
            rows.append([dot])
    return [np.array(row) for row in rows]
