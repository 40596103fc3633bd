"""A page as it was drawn in, the same page upright, flat and level out, with the map between the two."""

from dataclasses import dataclass, replace

import numpy as np

from ocr.geometry import IDENTITY, Matrix, Quad, angle_of, in_order, moved, quarter_turned, sides, turned
from ocr.model import Page

# A tilt smaller than this moves the end of an A4 line by less than its own height.
_LEAST_TILT = 0.2
_MOST_TILT = 20.0
_LINES_FOR_A_TILT = 3


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page and the map from pixels of the page as drawn to pixels of this one."""

    page: Page
    matrix: Matrix


def as_drawn(page: Page) -> Prepared:
    return Prepared(page, IDENTITY)


def quarter_turn(prepared: Prepared, degrees: int) -> Prepared:
    """The page turned clockwise by 0, 90, 180 or 270 degrees."""
    if degrees == 0:
        return prepared
    image, matrix = quarter_turned(prepared.page.image, degrees)
    rotation = (prepared.page.rotation + degrees) % 360
    return Prepared(replace(prepared.page, image=image, rotation=rotation), matrix @ prepared.matrix)


def levelled(prepared: Prepared, lines: list[Quad]) -> tuple[Prepared, list[Quad]]:
    """The page turned so that its lines run level, and the lines moved with it."""
    tilt = tilt_of(lines)
    if not _LEAST_TILT <= abs(tilt) <= _MOST_TILT:
        return prepared, lines
    image, matrix = turned(prepared.page.image, -tilt)
    page = replace(prepared.page, image=image)
    return Prepared(page, matrix @ prepared.matrix), [moved(line, matrix) for line in lines]


def upside_down(prepared: Prepared, lines: list[Quad]) -> tuple[Prepared, list[Quad]]:
    """The page turned by half a turn, and the lines with it."""
    over = quarter_turn(prepared, 180)
    _, matrix = quarter_turned(prepared.page.image[:, :, :1], 180)
    return over, [in_order(moved(line, matrix)) for line in lines]


def tilt_of(lines: list[Quad]) -> float:
    """By how many degrees the lines fall to the right: the middle of the long ones; 0 with too few."""
    long = [line for line in lines if sides(line)[0] > 4 * sides(line)[1]]
    if len(long) < _LINES_FOR_A_TILT:
        return 0.0
    return float(np.median([angle_of(line) for line in long]))
