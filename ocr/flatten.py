"""A photo in, the corners of the one paper that lies in it out, or None when that is not sure."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.geometry import Matrix, Quad, flat, in_order, sides
from ocr.model import Pixels

_LONGEST_SIDE = 800
_NARROWEST = 50
_LEAST_SHARE, _MOST_SHARE = 0.10, 0.93
_LEAST_FILLED = 0.92
_SQUARE_ENOUGH = 0.35
_LEAST_CONTRAST = 8.0
_SHARE_OF_EDGE = 0.75
# Width by height of an identity card (ISO/IEC 7810 ID-1) and of an A4 sheet; near one of them a paper is
# that, which takes out what perspective did to its sides.
_SHAPES = (85.6 / 53.98, 53.98 / 85.6, 210 / 297, 297 / 210)
_NEAR = 0.12
_INSIDE = 0.9

Mask = NDArray[np.uint8]


def find_paper(image: Pixels) -> Quad | None:
    """The corners, clockwise, of the largest four-sided bright or dark area that stands out on all sides.

    None when there is none, when it fills the picture (a scan), or when a second one of like size lies
    beside it: a wrong cut loses text, a missing cut only leaves a tilt.
    """
    small, scale = reduced(image)
    if min(small.shape[:2]) < _NARROWEST:
        return None
    whole = float(small.shape[0] * small.shape[1])
    found = [quad for quad in candidates(small) if _LEAST_SHARE <= _area(quad) / whole <= _MOST_SHARE]
    found = [quad for quad in found if stands_out(small, quad)]
    if not found:
        return None
    largest = max(found, key=_area)
    beside = (quad for quad in found if not _overlap(largest, quad) and _area(quad) > _area(largest) / 3)
    return None if any(True for _ in beside) else largest / scale


def reduced(image: Pixels, longest: int = _LONGEST_SIDE) -> tuple[Pixels, float]:
    """The picture at most `longest` pixels long, in which shapes are looked for, and its scale."""
    scale = min(1.0, longest / max(image.shape[:2]))
    size = (max(round(image.shape[1] * scale), 1), max(round(image.shape[0] * scale), 1))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), dtype=np.uint8), scale


def holds(quad: Quad, lines: Sequence[Quad]) -> bool:
    """True when nearly all lines found on the picture lie on the paper: else it is not the whole paper."""
    outline = quad.astype(np.float32)
    inside = sum(
        cv2.pointPolygonTest(outline, tuple(map(float, line.mean(axis=0))), False) >= 0 for line in lines
    )
    return bool(lines) and inside >= _INSIDE * len(lines)


def flattened(image: Pixels, quad: Quad) -> tuple[Pixels, Matrix]:
    """The paper alone, its sides square, about as many pixels wide as it was in the photo; and the map."""
    width, height = sides(quad)
    near = min(_SHAPES, key=lambda shape: abs(np.log(width / height / shape)))
    if abs(np.log(width / height / near)) <= _NEAR:
        width, height = max(width, height * near), max(height, width / near)
    return flat(image, quad, round(width), round(height))


def candidates(small: Pixels) -> Iterator[Quad]:
    """Every nearly rectangular area of one shade, large or small, some more than once."""
    for mask in splits(small):
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            hull = cv2.convexHull(contour)
            corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True)
            if len(corners) != 4:
                continue
            quad = in_order(_sharp(hull[:, 0].astype(np.float64), corners[:, 0].astype(np.float64)))
            if cv2.contourArea(contour) >= _LEAST_FILLED * _area(quad) and _square_enough(quad):
                yield quad


def _sharp(outline: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners where the straight parts of the sides would meet: a card's own are round."""
    lines = [_side(outline, points[i], points[(i + 1) % 4]) for i in range(4)]
    met = [np.cross(lines[i - 1], lines[i]) for i in range(4)]
    if any(abs(point[2]) < 1e-9 for point in met):
        return points
    sharp = np.array([point[:2] / point[2] for point in met])
    close = np.linalg.norm(sharp - points, axis=1).max() < 0.1 * np.linalg.norm(points[0] - points[2])
    return sharp if close else points


def _side(
    outline: NDArray[np.float64], first: NDArray[np.float64], last: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The line (a, b, c) through the points of the outline along the middle of one side."""
    along = last - first
    length = float(np.linalg.norm(along))
    steps = (outline - first) @ along / length**2
    aside = outline - first
    away = np.abs(along[0] * aside[:, 1] - along[1] * aside[:, 0]) / length
    near = outline[(steps > 0.1) & (steps < 0.9) & (away < 0.02 * length)]
    if len(near) < 2:
        near = np.array([first, last])
    vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_L2, 0, 0.01, 0.01).ravel()
    return np.array([vy, -vx, vx * y - vy * x], dtype=np.float64)


def splits(small: Pixels) -> Iterator[Mask]:
    """The picture split in two in several ways; a paper unlike its desk is whole in one of them."""
    kernel = np.ones((5, 5), np.uint8)
    planes = [
        *cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2LAB)),
        cv2.cvtColor(small, cv2.COLOR_RGB2HSV)[:, :, 1],
    ]
    for plane in planes:
        soft = cv2.GaussianBlur(plane, (5, 5), 0)
        _, split = cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        for mask in (split, 255 - split):
            yield np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel, iterations=3), dtype=np.uint8)
    edges = cv2.Canny(cv2.GaussianBlur(planes[0], (5, 5), 0), 30, 90)
    yield np.asarray(cv2.morphologyEx(edges, cv2.MORPH_CLOSE, kernel, iterations=2), dtype=np.uint8)


def _area(quad: Quad) -> float:
    return float(cv2.contourArea(quad.astype(np.float32)))


def _square_enough(quad: Quad) -> bool:
    """Every corner within about twenty degrees of a right angle."""
    for i in range(4):
        a, b = quad[i - 1] - quad[i], quad[(i + 1) % 4] - quad[i]
        if abs(float(a @ b)) > _SQUARE_ENOUGH * float(np.linalg.norm(a) * np.linalg.norm(b)):
            return False
    return True


def stands_out(small: Pixels, quad: Quad) -> bool:
    """True when the picture changes across most of each side, from just inside to just outside."""
    soft = cv2.GaussianBlur(small, (5, 5), 0).astype(np.int16)
    centre = quad.mean(axis=0)
    inner, outer = centre + (quad - centre) * 0.97, centre + (quad - centre) * 1.03
    return all(
        changes(soft, (inner[i], inner[(i + 1) % 4]), (outer[i], outer[(i + 1) % 4])) >= _SHARE_OF_EDGE
        for i in range(4)
    )


def changes(
    soft: NDArray[np.int16],
    inner: tuple[NDArray[np.float64], NDArray[np.float64]],
    outer: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> float:
    """The share of points along a side where the picture just inside and just outside differ."""
    at = np.linspace(0.08, 0.92, 40)[:, None]
    inside, outside = (_sampled(soft, first + (last - first) * at) for first, last in (inner, outer))
    return float((np.abs(inside - outside).max(axis=1) >= _LEAST_CONTRAST).mean())


def _sampled(soft: NDArray[np.int16], points: NDArray[np.float64]) -> NDArray[np.int16]:
    x = np.clip(points[:, 0].round().astype(int), 0, soft.shape[1] - 1)
    y = np.clip(points[:, 1].round().astype(int), 0, soft.shape[0] - 1)
    return np.asarray(soft[y, x], dtype=np.int16)


def _overlap(one: Quad, other: Quad) -> bool:
    shared, _ = cv2.intersectConvexConvex(one.astype(np.float32), other.astype(np.float32))
    return shared > 0.05 * min(_area(one), _area(other))
