"""A page and its lines in, spots that look whited out or pasted over out."""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.model import Box, PageText, Pixels

# The page is looked at in squares of this many pixels.
_CELL = 8
# Paper seen by a scanner or a camera has grain; without it (a drawn PDF) a patch cannot be told.
_LEAST_GRAIN = 1.2
_SMOOTH = 0.35
_LEAST_CELLS = (10, 3)
_MOST_SHARE = 0.02
_LEAST_FILLED = 0.75
_TOO_LIGHT = 252


def find_patches(image: Pixels, text: PageText) -> list[Box]:
    """Rectangles without the paper's grain beside or under text; [] where paper has no grain to compare.

    A proposal for an officer. Whole margins, blown-out light and the smooth ground of a card are no patches:
    all smooth spots together may be a fiftieth of the page at most.
    """
    if min(image.shape[:2]) < _CELL:
        return []
    grain, light = _cells(image)
    paper = float(np.median(grain))
    if paper < _LEAST_GRAIN:
        return []
    smooth = ((grain < _SMOOTH * paper) & (light < _TOO_LIGHT)).astype(np.uint8)
    if not 0 < smooth.mean() <= _MOST_SHARE:
        return []
    _, _, found, _ = cv2.connectedComponentsWithStats(smooth, connectivity=4)
    rows = [(line.box.y0, line.box.y1) for line in text.lines if line.text]
    return [
        box
        for x, y, width, height, area in found[1:].tolist()
        if width >= _LEAST_CELLS[0] and height >= _LEAST_CELLS[1] and area >= _LEAST_FILLED * width * height
        for box in [Box(x * _CELL, y * _CELL, (x + width) * _CELL, (y + height) * _CELL)]
        if any(min(box.y1, y1) - max(box.y0, y0) > 0 for y0, y1 in rows)
    ]


def _cells(image: Pixels) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of each square: how much its finest detail varies, and how light it is."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = grey - cv2.GaussianBlur(grey, (0, 0), 1.5)
    rows, columns = grey.shape[0] // _CELL, grey.shape[1] // _CELL
    shape = (rows, _CELL, columns, _CELL)
    cut = (slice(0, rows * _CELL), slice(0, columns * _CELL))
    squares, lights = fine[cut].reshape(shape), grey[cut].reshape(shape)
    return squares.std(axis=(1, 3), dtype=np.float64), lights.mean(axis=(1, 3), dtype=np.float64)
