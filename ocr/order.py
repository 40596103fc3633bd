"""Lines of a page in any order in, the same lines in reading order out."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from ocr.model import Box

Line = TypeVar("Line")

# Two lines stand on one row when they share more than half the height of the lower one; not so a line and
# the tall box of a slanting watermark.
_SAME_ROW = 0.5
_OF_LIKE_HEIGHT = 2.5
_ROWS_LOOKED_AT = 4


def reading_order(lines: Iterable[Line], box: Callable[[Line], Box]) -> list[Line]:
    """Row by row from the top, each row from the left.

    A label and the value printed right of it stay neighbours, which forms need more than columns of
    running text do.
    """
    rows = list[list[Line]]()
    for line in sorted(lines, key=lambda each: box(each).centre[1]):
        near = rows[-_ROWS_LOOKED_AT:]
        row = next((each for each in reversed(near) if _on_row(box(line), [box(one) for one in each])), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    return [line for row in rows for line in sorted(row, key=lambda each: box(each).x0)]


def _on_row(line: Box, row: list[Box]) -> bool:
    """True when it shares the height of a line of the row, and stands beside all of them."""
    nearest = min(row, key=lambda each: abs(each.centre[0] - line.centre[0]))
    shared = min(line.y1, nearest.y1) - max(line.y0, nearest.y0)
    beside = all(
        min(line.x1, each.x1) - max(line.x0, each.x0) < _SAME_ROW * min(line.width, each.width)
        for each in row
    )
    lower, higher = sorted((line.height, nearest.height))
    return beside and higher < _OF_LIKE_HEIGHT * lower and shared > _SAME_ROW * lower
