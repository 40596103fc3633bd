"""A clean picture goes in, the same as a scanner, a telephone or a bad copier would have seen it comes out.

Pictures are RGB, uint8, (height, width, 3); all chance comes from the stream given.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.model import Pixels
from verification.specimens.chance import Chance

Field = NDArray[np.float32]
Size = tuple[int, int]
"""Width and height in pixels."""
WORN = 0.6
"""What a bad copy leaves of the resolution."""


def as_pixels(values: NDArray[np.floating]) -> Pixels:
    """Clipped to 0..255."""
    return np.clip(values, 0, 255).astype(np.uint8)


def with_noise(picture: Pixels, chance: Chance, sigma: float) -> Pixels:
    """Grain of the sensor: the same in all three colours, in whole grey levels."""
    grain = chance.noise.standard_normal(picture.shape[:2], dtype=np.float32) * np.float32(sigma)
    return as_pixels(picture.astype(np.float32) + grain[:, :, None])


def blurred(picture: Pixels, sigma: float) -> Pixels:
    """Gaussian blur, sigma in pixels."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)


def soft_field(chance: Chance, height: int, width: int, *, cells: int, low: float, high: float) -> Field:
    """A slowly varying factor over the picture, (height, width)."""
    coarse = chance.noise.uniform(low, high, (cells, cells)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def shaded(picture: Pixels, factor: Field) -> Pixels:
    """Darker or lighter by the factor at each place."""
    return as_pixels(picture.astype(np.float32) * factor[:, :, None])


def speckled(picture: Pixels, chance: Chance, count: int) -> Pixels:
    """Dust: small dark and light dots."""
    out = picture.copy()
    height, width = picture.shape[:2]
    for _ in range(count):
        where = (chance.between(0, width - 1), chance.between(0, height - 1))
        shade = chance.between(90, 190) if chance.happens(0.75) else 255
        cv2.circle(out, where, chance.between(0, 1), (shade, shade, shade), -1)
    return out


def skewed(picture: Pixels, degrees: float, backing: tuple[int, int, int]) -> Pixels:
    """Turned about its middle on the scanner's glass; the size stays."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    out = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=backing)
    return np.asarray(out, dtype=np.uint8)


def with_margin(picture: Pixels, margin: int, backing: tuple[int, int, int]) -> Pixels:
    """The glass around a paper smaller than it."""
    out = cv2.copyMakeBorder(picture, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=backing)
    return np.asarray(out, dtype=np.uint8)


def scanned(picture: Pixels, chance: Chance) -> Pixels:
    """A flatbed scanner: skew below 1.2 degrees, grey tone, soft edges, dust, grain."""
    height, width = picture.shape[:2]
    tone = chance.between(238, 250)
    out = skewed(picture, chance.spread(-1.1, 1.1), (tone, tone, tone))
    out = blurred(out, chance.spread(0.5, 0.8))
    out = shaded(out, soft_field(chance, height, width, cells=4, low=0.93, high=0.99))
    out = speckled(out, chance, round(height * width / 60_000))
    return with_noise(out, chance, chance.spread(2, 4.5))


def desk(chance: Chance, height: int, width: int) -> Pixels:
    """A table top: wood, stone or cloth, by colour and grain."""
    base = np.array(
        chance.pick(((128, 92, 60), (92, 96, 104), (58, 66, 60), (168, 150, 128))), dtype=np.float32
    )
    fine = chance.noise.uniform(0.86, 1.12, (height // 8, max(2, width // 160))).astype(np.float32)
    grain = np.asarray(cv2.resize(fine, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    return as_pixels(base[None, None, :] * grain[:, :, None])


def frame_of(size: Size, long_side: int) -> Size:
    """The 4:3 frame of a photograph, held upright for an upright paper."""
    short_side = long_side * 3 // 4
    return (short_side, long_side) if size[1] > size[0] else (long_side, short_side)


def scale_in_frame(size: Size, frame: Size, fill: float) -> float:
    """How much larger a paper comes out in the frame than its picture is, before it is turned and swayed."""
    return fill * min(frame[0] / size[0], frame[1] / size[1])


def corners_in_frame(chance: Chance, picture: Pixels, frame: tuple[int, int], fill: float) -> Field:
    """Where the four corners of the paper fall in a frame (width, height): turned and in perspective."""
    width, height = frame
    scale = scale_in_frame((picture.shape[1], picture.shape[0]), frame, fill)
    half = np.array([picture.shape[1], picture.shape[0]], dtype=np.float32) * scale / 2
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], dtype=np.float32)
    angle = np.deg2rad(chance.spread(-4, 4))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], dtype=np.float32)
    sway = chance.noise.uniform(-0.035, 0.035, (4, 2)).astype(np.float32) * half
    return np.asarray((signs * half + sway) @ turn.T + np.array([width / 2, height / 2]), dtype=np.float32)


def laid_on_desk(picture: Pixels, chance: Chance, frame: tuple[int, int], fill: float) -> Pixels:
    """The paper in perspective over a table, with a soft shadow."""
    width, height = frame
    corners = corners_in_frame(chance, picture, frame, fill)
    edges = np.array(
        [(0, 0), (picture.shape[1], 0), (picture.shape[1], picture.shape[0]), (0, picture.shape[0])]
    )
    view = cv2.getPerspectiveTransform(edges.astype(np.float32), corners)
    seen = cv2.warpPerspective(picture, view, frame, flags=cv2.INTER_AREA)
    ground = desk(chance, height, width)
    mask = np.zeros((height, width), dtype=np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), (255,), lineType=cv2.LINE_AA)
    shadow = cv2.resize(cv2.blur(cv2.resize(mask, (width // 8, height // 8)), (9, 9)), frame)
    ground = shaded(ground, np.float32(1) - np.float32(0.45) * shadow.astype(np.float32) / np.float32(255))
    share = mask.astype(np.float32)[:, :, None] / np.float32(255)
    return as_pixels(seen.astype(np.float32) * share + ground.astype(np.float32) * (np.float32(1) - share))


def photographed(picture: Pixels, chance: Chance, *, long_side: int, fill: float) -> Pixels:
    """A telephone over a desk: a 4:3 frame, uneven light, a warm or cool cast, slight blur, grain."""
    frame = frame_of((picture.shape[1], picture.shape[0]), long_side)
    out = laid_on_desk(picture, chance, frame, fill)
    light = soft_field(chance, frame[1], frame[0], cells=3, low=0.78, high=1.04)
    cast = np.array([chance.spread(0.96, 1.04), 1.0, chance.spread(0.93, 1.03)], dtype=np.float32)
    out = as_pixels(out.astype(np.float32) * light[:, :, None] * cast)
    return with_noise(blurred(out, chance.spread(0.6, 1.0)), chance, chance.spread(3, 6))


def worn(picture: Pixels, chance: Chance) -> Pixels:
    """A bad copy: six tenths of the resolution, strong grain, more skew, stains."""
    small = cv2.resize(picture, None, fx=WORN, fy=WORN, interpolation=cv2.INTER_AREA)
    out = skewed(np.asarray(small, dtype=np.uint8), chance.spread(-2.2, 2.2), (225, 225, 222))
    out = blurred(out, chance.spread(0.5, 0.8))
    out = shaded(out, soft_field(chance, out.shape[0], out.shape[1], cells=6, low=0.72, high=1.0))
    out = speckled(out, chance, round(out.shape[0] * out.shape[1] / 12_000))
    return with_noise(out, chance, chance.spread(7, 11))
