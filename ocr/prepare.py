"""A page as it was drawn in; the same page upright, flat and level out, with its lines and the map."""

from dataclasses import dataclass, replace

import numpy as np

from ocr import flatten
from ocr.detection import LineDetector, cut_out
from ocr.geometry import (
    IDENTITY,
    Matrix,
    Quad,
    angle_of,
    in_order,
    moved,
    quarter_turn,
    quarter_turned,
    sides,
    turned,
)
from ocr.model import Page
from ocr.orientation import LineOrientation, PageOrientation, lie_sideways

# A tilt smaller than this moves the end of an A4 line by less than its own height.
_LEAST_TILT = 0.2
_MOST_TILT = 20.0
_LINES_FOR_A_TILT = 3


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page, its lines in no promised order, and the map from pixels of the page as drawn to this one's.

    `cut_out`: the page is the one paper that lay in a photo, found with all its corners.
    """

    page: Page
    lines: tuple[Quad, ...]
    matrix: Matrix
    cut_out: bool = False


@dataclass(frozen=True, slots=True)
class Preparer:
    """Brings a page to the form in which it is read."""

    detector: LineDetector
    page_orientation: PageOrientation
    line_orientation: LineOrientation

    def prepare(self, drawn: Page, *, photo: bool) -> Prepared:
        """Straighten a page.

        1. In a photo, take the one paper that lies in it, if that is sure. 2. Turn it by quarters as the
        whole page looks. 3. Find the lines; if they run downwards, turn by a quarter and find again.
        4. Turn by half if the lines stand on their heads. 5. Turn by the small tilt that is left.
        """
        page, matrix = self._paper_alone(drawn) if photo else (drawn, IDENTITY)
        alone = page is not drawn
        page, matrix = _quarter_turned(page, matrix, self.page_orientation.to_upright(page.image))
        lines = self.detector.find(page.image)
        if lie_sideways(lines):
            page, matrix = _quarter_turned(page, matrix, 90)
            lines = self.detector.find(page.image)
        prepared = Prepared(page, tuple(lines), matrix, alone)
        if self.line_orientation.upside_down([cut_out(page.image, line) for line in lines]):
            prepared = _upside_down(prepared)
        return levelled(prepared)

    def _paper_alone(self, drawn: Page) -> tuple[Page, Matrix]:
        corners = flatten.find_paper(drawn.image)
        if corners is None or not flatten.holds(corners, self.detector.find(drawn.image)):
            return drawn, IDENTITY
        image, matrix = flatten.flattened(drawn.image, corners)
        return replace(drawn, picture=image, dpi=None), matrix


def levelled(prepared: Prepared) -> Prepared:
    """The page turned so that its lines run level, the lines moved with it."""
    tilt = tilt_of(prepared.lines)
    if not _LEAST_TILT <= abs(tilt) <= _MOST_TILT:
        return prepared
    image, matrix = turned(prepared.page.image, -tilt)
    lines = tuple(moved(line, matrix) for line in prepared.lines)
    page = replace(prepared.page, picture=image)
    return replace(prepared, page=page, lines=lines, matrix=matrix @ prepared.matrix)


def tilt_of(lines: tuple[Quad, ...]) -> float:
    """By how many degrees the lines fall to the right: the middle of the long ones; 0 with too few."""
    long = [line for line in lines if sides(line)[0] > 4 * sides(line)[1]]
    if len(long) < _LINES_FOR_A_TILT:
        return 0.0
    return float(np.median([angle_of(line) for line in long]))


def _quarter_turned(page: Page, matrix: Matrix, degrees: int) -> tuple[Page, Matrix]:
    if degrees == 0:
        return page, matrix
    image, turn = quarter_turned(page.image, degrees)
    return replace(page, picture=image, rotation=(page.rotation + degrees) % 360), turn @ matrix


def _upside_down(prepared: Prepared) -> Prepared:
    page, matrix = _quarter_turned(prepared.page, prepared.matrix, 180)
    turn = quarter_turn(180, prepared.page.width, prepared.page.height)
    lines = tuple(in_order(moved(line, turn)) for line in prepared.lines)
    return replace(prepared, page=page, lines=lines, matrix=matrix)
