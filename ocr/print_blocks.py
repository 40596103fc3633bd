"""Boxes of lines in, blocks of print that are as large as cards and stand well apart out.

For copies so pale or stained that the edge of a card is not seen: its print still stands together.
"""

from collections.abc import Sequence

import numpy as np

from ocr.model import Box

# Of the middle height of lines: print of one card stands no further apart, print of two cards further.
_APART = 4.0
_LEAST_LINES = 5
# Lines in blocks of cards, of all lines: a form that has two blocks has other lines too.
_LEAST_SHARE = 0.85
# A card's print, of the card's own width and height; and its shape where its size is not known.
_LEAST_WIDE, _LEAST_HIGH, _FITS = 0.7, 0.6, 1.03
_NARROWEST, _WIDEST = 1.25, 2.0
_LIKE_SIZE = 0.75
_MOST_OF_PAGE = 0.45


def card_blocks(boxes: Sequence[Box], card: tuple[float, float] | None, page: tuple[int, int]) -> list[Box]:
    """Two blocks or more, each like a card; else [].

    `card`: width and height of a card in pixels where the resolution is known; `page`: of the picture.
    """
    blocks = [lines for lines in _together(boxes) if len(lines) >= _LEAST_LINES]
    if len(blocks) < 2 or sum(map(len, blocks)) < _LEAST_SHARE * len(boxes):
        return []
    around = [_around(lines) for lines in blocks]
    alike = min(b.width for b in around) >= _LIKE_SIZE * max(b.width for b in around)
    small = all(max(b.width / page[0], b.height / page[1]) <= _MOST_OF_PAGE or card for b in around)
    return around if alike and small and all(_is_like(box, card) for box in around) else []


def _is_like(box: Box, card: tuple[float, float] | None) -> bool:
    if card is None:
        return _NARROWEST <= box.width / max(box.height, 1) <= _WIDEST
    wide, high = box.width / card[0], box.height / card[1]
    return _LEAST_WIDE <= wide <= _FITS and _LEAST_HIGH <= high <= _FITS


def _together(boxes: Sequence[Box]) -> list[list[Box]]:
    """Lines that stand near one another, over others if need be."""
    if not boxes:
        return []
    apart = _APART * float(np.median([box.height for box in boxes]))
    groups = list[list[Box]]()
    for box in boxes:
        near = [group for group in groups if any(_gap(box, other) <= apart for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([box, *(other for group in near for other in group)])
    return groups


def _gap(one: Box, other: Box) -> int:
    """The wider of the two distances, across and down; 0 where they overlap in it."""
    across = max(one.x0, other.x0) - min(one.x1, other.x1)
    down = max(one.y0, other.y0) - min(one.y1, other.y1)
    return max(across, down, 0)


def _around(boxes: Sequence[Box]) -> Box:
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    return whole
