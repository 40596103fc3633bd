"""A photo and the lines on it in, whether the paper runs out of the picture out."""

from collections.abc import Sequence

import cv2
import numpy as np

from ocr.flatten import changes, reduced, splits
from ocr.geometry import Quad
from ocr.model import Pixels

_LEAST_SHARE, _MOST_SHARE = 0.15, 0.98
_LEAST_FILLED = 0.95
_MOST_SIDES = 7
# Of the outline of the paper: how much must be seen to end, and how much must lie on the picture's edge.
_LEAST_SEEN = 0.4
_LEAST_CUT = 0.03
_LONG_SIDE = 0.1
_STANDS_OUT = 0.75
_LEAST_LINES_INSIDE = 0.6
_TOUCHING = 3.0
# Ends of lines that lie on the very edge of the picture: print goes on where nobody sees it.
_LEAST_LINES_CUT = 2


def runs_out(image: Pixels, lines: Sequence[Quad]) -> bool:
    """True when a corner or an edge of the paper that bears the lines lies outside the picture.

    1. Lines end on the left or right edge of the picture. 2. Or a straight-edged area that holds most lines
    is seen to end on some sides, against what it lies on, and is cut by the picture's edge on others. A
    paper that fills the picture (a scan) shows no end at all and is not taken for cut.
    """
    if _cut_lines(image, lines) >= _LEAST_LINES_CUT:
        return True
    small, scale = reduced(image)
    if min(small.shape[:2]) < 8 * _TOUCHING:
        return False
    centres = [line.mean(axis=0) * scale for line in lines]
    return any(_is_cut(small, outline, centres) for outline in _outlines(small))


def _cut_lines(image: Pixels, lines: Sequence[Quad]) -> int:
    """Lines whose ends are cut, a few letters long at least: a speck on the edge is no line."""
    width = image.shape[1]
    found = 0
    for line in lines:
        left, right = float(line[:, 0].min()), float(line[:, 0].max())
        high = float(np.ptp(line[:, 1]))
        found += right - left > 3 * high and (left <= 1 or right >= width - 1)
    return found


def _outlines(small: Pixels) -> list[Quad]:
    """Corners of every convex, straight-edged area, clockwise or not, of four to seven sides."""
    found = list[Quad]()
    whole = small.shape[0] * small.shape[1]
    for mask in splits(small):
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            area = cv2.contourArea(contour)
            if not _LEAST_SHARE <= area / whole <= _MOST_SHARE:
                continue
            hull = cv2.convexHull(contour)
            corners = cv2.approxPolyDP(hull, 0.015 * cv2.arcLength(hull, True), True)[:, 0]
            if len(corners) <= _MOST_SIDES and area >= _LEAST_FILLED * cv2.contourArea(hull):
                found.append(corners.astype(np.float64))
    return found


def _is_cut(small: Pixels, outline: Quad, centres: Sequence[Quad]) -> bool:
    sides = [(outline[i], outline[(i + 1) % len(outline)]) for i in range(len(outline))]
    lengths = [float(np.linalg.norm(last - first)) for first, last in sides]
    on_edge = [_on_edge(small, first, last) for first, last in sides]
    around = sum(lengths)
    cut = sum(length for length, edge in zip(lengths, on_edge, strict=True) if edge)
    seen = around - cut
    if cut < _LEAST_CUT * around or seen < _LEAST_SEEN * around:
        return False
    middle = outline.mean(axis=0)
    ends = [
        side
        for side, length, edge in zip(sides, lengths, on_edge, strict=True)
        if not edge and length > _LONG_SIDE * around
    ]
    return (
        bool(ends)
        and _inside(outline, centres) >= _LEAST_LINES_INSIDE
        and all(_stands_out(small, side, middle) for side in ends)
    )


def _on_edge(small: Pixels, first: Quad, last: Quad) -> bool:
    """True when both ends lie on the same edge of the picture."""
    height, width = small.shape[:2]
    return any(
        abs(first[axis] - at) <= _TOUCHING and abs(last[axis] - at) <= _TOUCHING
        for axis, at in ((0, 0), (0, width - 1), (1, 0), (1, height - 1))
    )


def _inside(outline: Quad, centres: Sequence[Quad]) -> float:
    polygon = outline.astype(np.float32)
    within = sum(cv2.pointPolygonTest(polygon, tuple(map(float, at)), False) >= 0 for at in centres)
    return within / max(len(centres), 1)


def _stands_out(small: Pixels, side: tuple[Quad, Quad], middle: Quad) -> bool:
    soft = cv2.GaussianBlur(small, (5, 5), 0).astype(np.int16)
    (a, b), (c, d) = ([middle + (end - middle) * by for end in side] for by in (0.97, 1.03))
    return changes(soft, (a, b), (c, d)) >= _STANDS_OUT
