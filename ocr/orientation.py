"""A picture in, by how much it must be turned to stand upright out: one network for pages, one for lines."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from ocr.geometry import Quad, sides
from ocr.model import Pixels
from ocr.network import single_threaded

_SHORT_SIDE, _CROP = 256, 224
_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
_SPREAD = np.array([0.229, 0.224, 0.225], dtype=np.float32)
# The page network says by how much the content was turned clockwise; a page is turned back only when sure.
_CLOCKWISE = (0, 90, 180, 270)
_SURE = 0.8
_LINE_SIZE = (192, 48)
_VOTERS = 9
_LEAST_VOTES = 3
_SURE_LINE = 0.9


class PageOrientation:
    """Tells 0, 90, 180 and 270 degrees from the look of a whole page."""

    def __init__(self, session: ort.InferenceSession) -> None:
        self._session = session

    @classmethod
    def open(cls, model: Path) -> "PageOrientation":
        return cls(single_threaded(model))

    def to_upright(self, image: Pixels) -> int:
        """By how many degrees clockwise to turn the picture: 0 unless another answer is likely enough."""
        (found,) = self._session.run(None, {"x": _page_input(image)})
        chances = _as_chances(found[0])
        best = int(chances.argmax())
        return (360 - _CLOCKWISE[best]) % 360 if chances[best] >= _SURE else 0


class LineOrientation:
    """Tells whether single lines are upside down; a page is so when most of its long lines are."""

    def __init__(self, session: ort.InferenceSession) -> None:
        self._session = session

    @classmethod
    def open(cls, model: Path) -> "LineOrientation":
        return cls(single_threaded(model))

    def upside_down(self, crops: Sequence[Pixels]) -> bool:
        """True when more than two of three sure lines stand on their heads, of at least three."""
        longest = sorted(crops, key=lambda crop: -crop.shape[1] / crop.shape[0])[:_VOTERS]
        if not longest:
            return False
        batch = np.stack([_line_input(crop) for crop in longest])
        (found,) = self._session.run(None, {"x": batch})
        over = int((found[:, 1] > _SURE_LINE).sum())
        return over >= _LEAST_VOTES and over * 3 > 2 * len(longest)


def lie_sideways(lines: Sequence[Quad]) -> bool:
    """True when most lines are much higher than wide: the page was turned by a quarter."""
    shapes = [sides(line) for line in lines]
    high = sum(height > 2 * width for width, height in shapes)
    wide = sum(width > 2 * height for width, height in shapes)
    return high >= _LEAST_VOTES and high > 2 * wide


def _page_input(image: Pixels) -> NDArray[np.float32]:
    """[1, 3, 224, 224]: the middle of the picture, as if its short side had been brought to 256 first."""
    height, width = image.shape[:2]
    side = max(round(min(height, width) * _CROP / _SHORT_SIDE), 1)
    top, left = (height - side) // 2, (width - side) // 2
    middle = image[top : top + side, left : left + side, ::-1]
    small = cv2.resize(middle, (_CROP, _CROP), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    return np.ascontiguousarray(((small - _MEAN) / _SPREAD).transpose(2, 0, 1)[None], dtype=np.float32)


def _line_input(crop: Pixels) -> NDArray[np.float32]:
    """[3, 48, 192]: scaled to the height, filled up with grey on the right, -1..1."""
    width, height = _LINE_SIZE
    wanted = min(max(round(crop.shape[1] * height / crop.shape[0]), 1), width)
    scaled = cv2.resize(crop[:, :, ::-1], (wanted, height), interpolation=cv2.INTER_AREA).astype(np.float32)
    filled = np.zeros((3, height, width), dtype=np.float32)
    filled[:, :, :wanted] = (scaled / 127.5 - 1).transpose(2, 0, 1)
    return filled


def _as_chances(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Some exports of the network end in a softmax and some do not."""
    if scores.min() >= 0 and abs(float(scores.sum()) - 1) < 1e-3:
        return scores
    grown = np.exp(scores - scores.max())
    return np.asarray(grown / grown.sum(), dtype=np.float32)
