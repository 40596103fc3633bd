"""Ink on paper in, what a pen drew out: signatures, and lines written by hand."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.model import Box, Pixels

Mask = NDArray[np.uint8]
"""255 where something is, else 0; shape (height, width)."""

Ink = tuple[tuple[int, int], int, int]
"""First and last of OpenCV's hues, 0..180, least colour and least light, 0..255."""

RED: Ink = ((165, 190), 80, 60)
_BLUE: Ink = ((95, 140), 30, 40)
# A signature's strokes hang together, are thin, and lie in a box of these shares of the longer side.
_LEAST_STROKE, _MOST_STROKE = (0.035, 0.012), (0.3, 0.15)
_LEAST_PIECE = 0.008
# Grey levels below the middle of what is around, within this share of the longer side.
_LEAST_DARKER, _GROUND = 30, 0.012
_LEAST_COLOUR = 25
_MOST_INK = 0.5
_THICKEST = 0.012
_STROKES_APART = 0.03
_MOST_IN_TEXT = 0.5
# A line is looked at this high; of its dark pixels this share is a pen's.
_LINE_HEIGHT = 48
_MOSTLY = 0.6


def inked(picture: Pixels, ink: Ink) -> Mask:
    """Where the picture has this ink: 255, else 0. Hues past 180 begin again at 0."""
    (first, last), least_colour, least_light = ink
    hue, colour, light = cv2.split(cv2.cvtColor(picture, cv2.COLOR_RGB2HSV))
    of_hue = (hue >= first) & (hue <= last) | (hue.astype(np.int16) + 180 <= last)
    return np.where(of_hue & (colour >= least_colour) & (light >= least_light), 255, 0).astype(np.uint8)


def signatures(small: Pixels, written: Mask) -> Iterator[Box]:
    """Blue strokes that are no text that was read; near pieces joined, since a seal's red cuts them."""
    side = max(small.shape)
    ink = cv2.morphologyEx(inked(small, _BLUE) & _by_pen(small), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    _, numbered, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = list[Box]()
    for i, (x, y, width, height, area) in enumerate(found.tolist()):
        if i == 0 or min(width, height) < _LEAST_PIECE * side:
            continue
        part = (numbered[y : y + height, x : x + width] == i).astype(np.uint8)
        thickness = float(cv2.distanceTransform(part, cv2.DIST_L2, 3).max())
        in_text = np.count_nonzero(part & written[y : y + height, x : x + width]) / area
        if thickness <= _THICKEST * side and in_text <= _MOST_IN_TEXT:
            pieces.append(Box(x, y, x + width, y + height))
    for box in _joined(pieces, round(_STROKES_APART * side)):
        share = float((ink[box.y0 : box.y1, box.x0 : box.x1] > 0).mean())
        if share <= _MOST_INK and _is_of_size(box.width / side, box.height / side):
            yield box


def _by_pen(small: Pixels) -> Mask:
    """255 where it is clearly darker than around, and not black: neither a card's pattern nor its print."""
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    ground = cv2.medianBlur(grey, 2 * round(_GROUND * max(grey.shape)) + 1)
    colour = small.max(axis=2) - small.min(axis=2)
    return np.where((cv2.subtract(ground, grey) >= _LEAST_DARKER) & (colour >= _LEAST_COLOUR), 255, 0).astype(
        np.uint8
    )


def _is_of_size(width: float, height: float) -> bool:
    (least_wide, least_high), (most_wide, most_high) = _LEAST_STROKE, _MOST_STROKE
    return least_wide <= width <= most_wide and least_high <= height <= most_high


def _joined(pieces: Sequence[Box], apart: int) -> list[Box]:
    """Boxes that touch when made wider by `apart`, put together from the left."""
    found = list[Box]()
    for piece in sorted(pieces, key=lambda box: box.x0):
        wider = Box(piece.x0 - apart, piece.y0 - apart, piece.x1 + apart, piece.y1 + apart)
        near = next((i for i, box in enumerate(found) if wider.overlap(box)), None)
        if near is None:
            found.append(piece)
        else:
            found[near] = found[near].union(piece)
    return found


def handwritten(line: Pixels) -> bool:
    """True when most of what is dark in a line's picture is blue strokes; black ink looks like print."""
    height = max(line.shape[0], 1)
    scale = min(1.0, _LINE_HEIGHT / height)
    small = np.asarray(cv2.resize(line, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    _, dark = cv2.threshold(
        cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU
    )
    is_dark = np.asarray(dark) > 0
    blue = (inked(small, _BLUE) > 0) & (small.max(axis=2) - small.min(axis=2) >= _LEAST_COLOUR)
    return bool(is_dark.any() and blue[is_dark].mean() >= _MOSTLY)
