"""A page and what was read on it in, seals, signatures and other marks out: proposals for an officer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.flatten import reduced
from ocr.line_marks import lines_unlike_print, stamps_in_words
from ocr.model import Box, MarkKind, MarkSeen, Page, PageText, Pixels
from ocr.patches import find_patches
from ocr.pen import RED, Mask, inked, signatures

_LONGEST_SIDE = 1000
# A seal of an agency is 36 mm wide, a paper 85 to 297 mm long: radii as shares of the longer side.
_LEAST_RADIUS, _MOST_RADIUS = 0.04, 0.16
_LEAST_RED = 0.0008
# More is no ink on paper; a search for circles in red noise takes half a minute.
_MOST_RED = 0.15
# Of the circle: how much of it must be red; of the area inside and of the ring outside: how much may be.
_LEAST_RING, _MOST_FILLED, _MOST_OUTSIDE = 0.6, 0.3, 0.35
_ANGLES = 120
_READ_WELL = 0.6
_LEAST_LETTERS = 3


def find_marks(page: Page, text: PageText, regions: Sequence[Box] = ()) -> tuple[MarkSeen, ...]:
    """Seals, signatures, stamps in words, lines that are no print that is known, then patches.

    Seals are found by their red ring and signatures by blue ink: on a black and white copy neither is seen,
    which fits, for there they are no seal and no signature. Black ones are not looked for: print, frames
    and codes are black too. The seal of a card is a third of a paper's: each of `regions` is looked at.
    """
    image = page.image
    whole = Box(0, 0, page.width, page.height)
    places = [_Place.of(image, box) for box in (*regions, whole)]
    seals = _apart(box for place in places for box in place.seals())
    signed = _apart(box for place in places for box in place.signatures(text))
    found = [
        *((MarkKind.SEAL, box) for box in seals),
        *((MarkKind.SIGNATURE, box) for box in signed),
        *stamps_in_words(image, text, seals),
        *lines_unlike_print(image, text, (*seals, *signed)),
        *((MarkKind.PATCH, box) for box in find_patches(image, text)),
    ]
    return tuple(MarkSeen(what, page.number, box) for what, box in found)


def _apart(boxes: Iterable[Box]) -> list[Box]:
    """Without those that mostly lie on one before: the same mark, seen again."""
    found = list[Box]()
    for box in boxes:
        area = box.width * box.height
        if not any(2 * box.overlap(other) > min(area, max(other.width * other.height, 1)) for other in found):
            found.append(box)
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of a page, made smaller, in which marks are looked for; boxes are pixels of the page."""

    small: Pixels
    scale: float
    at: Box

    @classmethod
    def of(cls, image: Pixels, at: Box) -> "_Place":
        return cls(*reduced(image[at.y0 : at.y1, at.x0 : at.x1], _LONGEST_SIDE), at)

    def seals(self) -> Iterator[Box]:
        return map(self._on_page, _seals(self.small))

    def signatures(self, text: PageText) -> Iterator[Box]:
        return map(self._on_page, signatures(self.small, self._print(text)))

    def _on_page(self, box: Box) -> Box:
        x0, y0, x1, y1 = (round(value / self.scale) for value in (box.x0, box.y0, box.x1, box.y1))
        left, top = self.at.x0, self.at.y0
        return Box(max(x0, 0) + left, max(y0, 0) + top, min(x1 + left, self.at.x1), min(y1 + top, self.at.y1))

    def _print(self, text: PageText) -> Mask:
        """1 where a line stands that was read well enough to be print."""
        mask = np.zeros(self.small.shape[:2], dtype=np.uint8)
        for line in text.lines:
            if line.confidence >= _READ_WELL and sum(map(str.isalnum, line.text)) >= _LEAST_LETTERS:
                corners = (np.array(line.polygon) - (self.at.x0, self.at.y0)) * self.scale
                cv2.fillConvexPoly(mask, corners.round().astype(np.int32), (1,))
        return mask


def _seals(small: Pixels) -> Iterator[Box]:
    """Red rings. The national emblem is a red disc and is left out; so is red print."""
    red = inked(small, RED)
    if np.count_nonzero(red) < _LEAST_RED * red.size:
        return
    side = max(red.shape)
    closed = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    if np.count_nonzero(closed) > _MOST_RED * red.size:
        return
    soft = cv2.GaussianBlur(closed, (5, 5), 0)
    circles = cv2.HoughCircles(
        soft, cv2.HOUGH_GRADIENT, 1.5, _LEAST_RADIUS * side, param1=120, param2=28,
        minRadius=round(_LEAST_RADIUS * side), maxRadius=round(_MOST_RADIUS * side),
    )  # fmt: skip
    for x, y, _ in () if circles is None else circles.reshape(-1, 3)[:20].astype(float).tolist():
        radius = _outer_ring(red, x, y, side)
        if radius is None:
            continue
        yield Box(int(x - radius), int(y - radius), int(x + radius) + 1, int(y + radius) + 1)


def _outer_ring(red: Mask, x: float, y: float, side: int) -> float | None:
    """The radius of the largest ring around a point: a seal has two or three, the inmost the clearest."""
    radii = np.arange(_MOST_RADIUS * side, _LEAST_RADIUS * side, -max(1.0, 0.002 * side))
    return next((float(radius) for radius in radii if _is_ring(red, x, y, float(radius))), None)


def _is_ring(red: Mask, x: float, y: float, radius: float) -> bool:
    """Red nearly all around, not much inside, just inside (an emblem is a disc) and outside."""
    around = _on_circles(red, x, y, radius * np.linspace(0.92, 1.08, 7)).max(axis=0)
    inside = _on_circles(red, x, y, radius * np.linspace(0.1, 0.8, 12))
    just_inside = _on_circles(red, x, y, radius * np.linspace(0.72, 0.86, 5))
    outside = _on_circles(red, x, y, radius * np.linspace(1.15, 1.3, 4))
    return bool(
        (around > 0).mean() >= _LEAST_RING
        and (inside > 0).mean() <= _MOST_FILLED
        and (just_inside > 0).mean() <= _MOST_FILLED
        and (outside > 0).mean() <= _MOST_OUTSIDE
    )


def _on_circles(mask: Mask, x: float, y: float, radii: NDArray[np.float64]) -> Mask:
    """The mask on circles around a point, shape (circles, angles); outside the picture it is empty."""
    angles = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False)
    xs = np.round(x + radii[:, None] * np.cos(angles)).astype(int)
    ys = np.round(y + radii[:, None] * np.sin(angles)).astype(int)
    within = (xs >= 0) & (ys >= 0) & (xs < mask.shape[1]) & (ys < mask.shape[0])
    found = mask[np.clip(ys, 0, mask.shape[0] - 1), np.clip(xs, 0, mask.shape[1] - 1)]
    return np.where(within, found, 0).astype(np.uint8)
