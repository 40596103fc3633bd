"""Quadrilaterals and the matrices that move them: what comes in and goes out are arrays of points."""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.model import Box, Pixels, Point

Quad = NDArray[np.float64]
"""Four corners, shape (4, 2), clockwise from the upper left."""

Matrix = NDArray[np.float64]
"""A projective map of (x, y, 1), shape (3, 3)."""

IDENTITY: Matrix = np.eye(3)


def in_order(points: NDArray[np.float64]) -> Quad:
    """Four corners clockwise from the upper left one, whatever their order was."""
    centre = points.mean(axis=0)
    angles = np.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
    around = points[np.argsort(angles)]
    first = int(np.argmin(around.sum(axis=1)))
    return np.roll(around, -first, axis=0).astype(np.float64)


def moved(points: NDArray[np.float64], by: Matrix) -> NDArray[np.float64]:
    """Points of shape (n, 2), mapped."""
    mapped = np.column_stack((points, np.ones(len(points)))) @ by.T
    return np.asarray(mapped[:, :2] / mapped[:, 2:], dtype=np.float64)


def box_of(points: NDArray[np.float64], width: int, height: int) -> Box:
    """The upright box around points, inside a picture of this size, at least one pixel wide and high."""
    x0, y0 = np.floor(points.min(axis=0)).astype(int)
    x1, y1 = np.ceil(points.max(axis=0)).astype(int)
    left, top = min(max(int(x0), 0), width - 1), min(max(int(y0), 0), height - 1)
    return Box(left, top, min(max(int(x1), left + 1), width), min(max(int(y1), top + 1), height))


def polygon_of(quad: Quad) -> tuple[Point, ...]:
    """The corners in whole pixels."""
    return tuple((round(float(x)), round(float(y))) for x, y in quad)


def quad_of(box: Box) -> Quad:
    """The corners of an upright box."""
    return np.array(
        [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)], dtype=np.float64
    )


def sides(quad: Quad) -> tuple[float, float]:
    """Width and height: the longer of each pair of opposite sides."""
    top, right, bottom, left = (float(np.linalg.norm(quad[i] - quad[(i + 1) % 4])) for i in range(4))
    return max(top, bottom), max(left, right)


def angle_of(quad: Quad) -> float:
    """By how many degrees the upper edge falls to the right."""
    across = quad[1] - quad[0] + quad[2] - quad[3]
    return float(np.degrees(np.arctan2(across[1], across[0])))


def flat(image: Pixels, quad: Quad, width: int, height: int) -> tuple[Pixels, Matrix]:
    """What lies inside `quad`, stretched to a rectangle, and the map from the picture to it."""
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    picture = cv2.warpPerspective(
        image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(picture, dtype=np.uint8), np.asarray(matrix, dtype=np.float64)


def quarter_turn(degrees: int, width: float, height: float) -> Matrix:
    """The map of a picture of this size turned clockwise by 0, 90, 180 or 270 degrees, from old to new."""
    maps = {
        0: IDENTITY,
        90: np.array([(0, -1, height), (1, 0, 0), (0, 0, 1)], dtype=np.float64),
        180: np.array([(-1, 0, width), (0, -1, height), (0, 0, 1)], dtype=np.float64),
        270: np.array([(0, 1, 0), (-1, 0, width), (0, 0, 1)], dtype=np.float64),
    }
    return maps[degrees]


def quarter_turned(image: Pixels, degrees: int) -> tuple[Pixels, Matrix]:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees, and the map from the old to the new one."""
    height, width = image.shape[:2]
    turned_image = np.ascontiguousarray(np.rot90(image, -(degrees // 90)))
    return turned_image, quarter_turn(degrees, width, height)


def turned(image: Pixels, degrees: float) -> tuple[Pixels, Matrix]:
    """The picture turned clockwise by a small angle about its centre, size kept, and the map."""
    height, width = image.shape[:2]
    affine = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    picture = cv2.warpAffine(
        image, affine, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(picture, dtype=np.uint8), np.vstack((affine, (0, 0, 1)))
