"""A page and what was read on it in, seals, signatures and secrecy stamps out: proposals for an officer."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.flatten import reduced
from ocr.model import Box, MarkKind, MarkSeen, Page, PageText, Pixels, TextLine
from ocr.patches import find_patches

Mask = NDArray[np.uint8]

_LONGEST_SIDE = 1000
# OpenCV's hues, 0..180, and the least colour and light of each ink.
_RED, _BLUE = ((165, 190), 80, 60), ((95, 140), 30, 40)
# A seal of an agency is 36 mm wide, a paper 85 to 297 mm long: radii as shares of the longer side.
_LEAST_RADIUS, _MOST_RADIUS = 0.04, 0.16
_LEAST_RED = 0.0008
# Of the circle: how much of it must be red; of the area inside and of the ring outside: how much may be.
_LEAST_RING, _MOST_FILLED, _MOST_OUTSIDE = 0.6, 0.3, 0.35
_ANGLES = 120
# A signature's strokes hang together, are thin, and lie in a box of these shares of the longer side.
_LEAST_STROKE, _MOST_STROKE = (0.035, 0.012), (0.3, 0.15)
_LEAST_PIECE = 0.008
# Grey levels below the middle of what is around, within this share of the longer side.
_LEAST_DARKER, _GROUND = 30, 0.012
_LEAST_COLOUR = 25
_MOST_INK = 0.5
_THICKEST = 0.012
_STROKES_APART = 0.03
_MOST_IN_TEXT = 0.5
_READ_WELL = 0.6
_LEAST_LETTERS = 3
# Degrees of secrecy (Law on Protection of State Secrets 2018, Article 8).
_SECRET = ("MAT", "TOI MAT", "TUYET MAT")
_LEAST_RED_INK = 0.5


def find_marks(page: Page, text: PageText, regions: Sequence[Box] = ()) -> tuple[MarkSeen, ...]:
    """Seals, signatures, secrecy stamps, then patches.

    Seals are found by their red ring and signatures by blue ink: on a black and white copy neither is seen,
    which fits, for there they are no seal and no signature. Black ones are not looked for: print, frames
    and codes are black too. The seal of a card is a third of a paper's: each of `regions` is looked at.
    """
    image = page.image
    whole = Box(0, 0, page.width, page.height)
    places = [_Place.of(image, box) for box in (*regions, whole)]
    seals = _apart(box for place in places for box in place.seals())
    signatures = _apart(box for place in places for box in place.signatures(text))
    secret = [line.box for line in text.lines if _is_secret(image, line)]
    found = [
        *((MarkKind.SEAL, box) for box in seals),
        *((MarkKind.SIGNATURE, box) for box in signatures),
        # What a seal says is no degree of secrecy, however it was read.
        *((MarkKind.SECRET_STAMP, box) for box in secret if not any(box.overlap(seal) for seal in seals)),
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
        return map(self._on_page, _signatures(self.small, self._print(text)))

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


def _inked(picture: Pixels, ink: tuple[tuple[int, int], int, int]) -> Mask:
    """Where the picture has this ink: 255, else 0. Hues past 180 begin again at 0."""
    (first, last), least_colour, least_light = ink
    hue, colour, light = cv2.split(cv2.cvtColor(picture, cv2.COLOR_RGB2HSV))
    of_hue = (hue >= first) & (hue <= last) | (hue.astype(np.int16) + 180 <= last)
    return np.where(of_hue & (colour >= least_colour) & (light >= least_light), 255, 0).astype(np.uint8)


def _seals(small: Pixels) -> Iterator[Box]:
    """Red rings. The national emblem is a red disc and is left out; so is red print."""
    red = _inked(small, _RED)
    if np.count_nonzero(red) < _LEAST_RED * red.size:
        return
    side = max(red.shape)
    soft = cv2.GaussianBlur(cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), (5, 5), 0)
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
    """Red nearly all around, not much inside and outside."""
    around = _on_circles(red, x, y, radius * np.linspace(0.92, 1.08, 7)).max(axis=0)
    inside = _on_circles(red, x, y, radius * np.linspace(0.1, 0.8, 12))
    outside = _on_circles(red, x, y, radius * np.linspace(1.15, 1.3, 4))
    return bool(
        (around > 0).mean() >= _LEAST_RING
        and (inside > 0).mean() <= _MOST_FILLED
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


def _signatures(small: Pixels, written: Mask) -> Iterator[Box]:
    """Blue strokes that are no text that was read; near pieces joined, since a seal's red cuts them."""
    side = max(small.shape)
    ink = cv2.morphologyEx(_inked(small, _BLUE) & _by_pen(small), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    _, numbered, found, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = list[Box]()
    for i, (x, y, width, height, area) in enumerate(found.tolist()):
        if i == 0 or min(width, height) < _LEAST_PIECE * side:
            continue
        part = (numbered[y : y + height, x : x + width] == i).astype(np.uint8)
        thickness = float(cv2.distanceTransform(part, cv2.DIST_L2, 3).max())
        in_text = np.count_nonzero(part & written[y : y + height, x : x + width]) / area
        if thickness <= _THICKEST * side and in_text <= _MOST_IN_TEXT:
            pieces.append(Box(x, y, x + width, y + height))
    for box in _joined(pieces, round(_STROKES_APART * side)):
        inked = float((ink[box.y0 : box.y1, box.x0 : box.x1] > 0).mean())
        if inked <= _MOST_INK and _is_of_size(box.width / side, box.height / side):
            yield box


def _by_pen(small: Pixels) -> Mask:
    """255 where it is clearly darker than around, and not black: neither a card's pattern nor its print."""
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    ground = cv2.medianBlur(grey, 2 * round(_GROUND * max(grey.shape)) + 1)
    colour = small.max(axis=2) - small.min(axis=2)
    return np.where((cv2.subtract(ground, grey) >= _LEAST_DARKER) & (colour >= _LEAST_COLOUR), 255, 0).astype(
        np.uint8
    )


def _is_of_size(width: float, height: float) -> bool:
    (least_wide, least_high), (most_wide, most_high) = _LEAST_STROKE, _MOST_STROKE
    return least_wide <= width <= most_wide and least_high <= height <= most_high


def _joined(pieces: Sequence[Box], apart: int) -> list[Box]:
    """Boxes that touch when made wider by `apart`, put together from the left."""
    found = list[Box]()
    for piece in sorted(pieces, key=lambda box: box.x0):
        wider = Box(piece.x0 - apart, piece.y0 - apart, piece.x1 + apart, piece.y1 + apart)
        near = next((i for i, box in enumerate(found) if wider.overlap(box)), None)
        if near is None:
            found.append(piece)
        else:
            found[near] = found[near].union(piece)
    return found


def _is_secret(image: Pixels, line: TextLine) -> bool:
    """The words of a degree of secrecy, alone on their line, in red."""
    plain = unicodedata.normalize("NFD", line.text.upper())
    letters = "".join(each for each in plain if each.isalpha() or each == " ")
    if line.confidence < _READ_WELL or " ".join(letters.split()) not in _SECRET:
        return False
    box = line.box
    part = np.ascontiguousarray(image[box.y0 : box.y1, box.x0 : box.x1])
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    _, dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    is_dark = np.asarray(dark) > 0
    return bool(is_dark.any() and (_inked(part, _RED)[is_dark] > 0).mean() >= _LEAST_RED_INK)
