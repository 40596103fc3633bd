"""A picture of a line in, windows of it out, cut in the white between words."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.model import Pixels

# White at least this wide, in line heights, is a space between words rather than one between letters.
_SPACE = 0.16
# A column counts as white when its darkest point has less than this share of the line's contrast.
_WHITE = 0.4


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a line; `joined` when it was cut inside a word, so that no space belongs before it."""

    image: Pixels
    joined: bool


def cut_at_spaces(line: Pixels, *, widest: float) -> list[Window]:
    """Cut a line into pieces at most `widest` pixels wide, left to right, each cut in the widest white of
    the second half of its piece; a line that is short enough comes back whole."""
    limit = max(int(widest), 2)
    white = _white_columns(line)
    windows, start, joined = list[Window](), 0, True
    while line.shape[1] - start > limit:
        cut, gap = _widest_gap(white, start + limit // 2, start + limit)
        windows.append(Window(line[:, start:cut], joined))
        start, joined = cut, gap < _SPACE * line.shape[0]
    return [*windows, Window(line[:, start:], joined)]


def _white_columns(line: Pixels) -> NDArray[np.bool_]:
    grey = cv2.cvtColor(line, cv2.COLOR_RGB2GRAY).astype(np.int16)
    ground = np.median(grey)
    ink = np.abs(grey - ground).max(axis=0)
    return np.asarray(ink < _WHITE * max(int(ink.max(initial=0)), 1))


def _widest_gap(white: NDArray[np.bool_], first: int, last: int) -> tuple[int, int]:
    """The middle and the width of the widest run of white columns; (last, 0) where there is none."""
    steps = np.diff(np.concatenate(([0], white[first:last].astype(np.int8), [0])))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    if not len(starts):
        return last, 0
    widest = int(np.argmax(ends - starts))
    return first + int(starts[widest] + ends[widest]) // 2, int(ends[widest] - starts[widest])
