"""A page, its lines and their pictures in, what is wrong with the picture out."""

import re
import unicodedata
from collections.abc import Sequence

import cv2
import numpy as np

from ocr.framing import runs_out
from ocr.geometry import Quad, moved, sides
from ocr.light import glares, too_dark
from ocr.model import Page, PageText, PageWarning, Pixels
from ocr.prepare import Prepared

_BLANK_SPREAD = 6.0
# Measured on specimens scanned and photographed, made smaller or blurred step by step: at these values the
# readers still find eight words of ten, a step further six or fewer.
_LEAST_LINE_HEIGHT = 20.0
_LEAST_SHARPNESS = 0.15
# Height of a line times its sharpness, where the marks on â, ê, ô and ă begin to be told apart. Of 90 bad
# copies eight values were read wrong by both readers alike, seven in such a mark, five of them on pages below
# this; of 270 clean papers, scans and photos three pages lie below it, and none was read wrong.
_LEAST_DETAIL = 24.0
_LOOKED_AT = 15
_HEIGHT = 32
_LEAST_WORDS = 5
_MOST_MISSING = 0.4


def warnings_of(page: Page, lines: Sequence[Quad], crops: Sequence[Pixels]) -> tuple[PageWarning, ...]:
    """Blank, or too small to read, out of focus, dark, or with glare; known before anything is read."""
    if not lines:
        return (PageWarning.BLANK,) if _is_blank(page.image) else ()
    found = []
    height, sharp = float(np.median([sides(line)[1] for line in lines])), sharpness(crops)
    if height < _LEAST_LINE_HEIGHT:
        found.append(PageWarning.LOW_RESOLUTION)
    if sharp < _LEAST_SHARPNESS:
        found.append(PageWarning.BLURRED)
    if height * sharp < _LEAST_DETAIL:
        found.append(PageWarning.MARKS_UNCLEAR)
    if too_dark(page.image, lines):
        found.append(PageWarning.TOO_DARK)
    if glares(page.image, lines):
        found.append(PageWarning.GLARE)
    return tuple(found)


def framing_of(drawn: Page, prepared: Prepared, *, photo: bool) -> tuple[PageWarning, ...]:
    """Cut off by the edge of the picture; a paper that was found whole in the photo is not."""
    if not photo or prepared.cut_out:
        return ()
    back = np.asarray(np.linalg.inv(prepared.matrix), dtype=np.float64)
    cut = runs_out(drawn.image, [moved(line, back) for line in prepared.lines])
    return (PageWarning.CORNER_CUT,) if cut else ()


def sharpness(crops: Sequence[Pixels]) -> float:
    """How much of the contrast of the longest lines is fine: the middle of their ratios."""
    longest = sorted(crops, key=lambda crop: -crop.shape[1])[:_LOOKED_AT]
    return float(np.median([_fine_share(crop) for crop in longest]))


def differs(layer: PageText, seen: Sequence[PageText]) -> bool:
    """True when most words of a text layer stand nowhere on the picture: hidden or exchanged text."""
    on_picture = set().union(*(_words(text) for text in seen))
    in_layer = _words(layer)
    missing = len(in_layer - on_picture)
    return missing >= _LEAST_WORDS and missing > _MOST_MISSING * len(in_layer)


def _words(text: PageText) -> set[str]:
    """Words of three letters and more without marks: a reader that loses marks is no difference."""
    plain = unicodedata.normalize("NFD", " ".join(line.text for line in text.lines).casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("đ", "d")
    return {word for word in re.findall(r"[a-z0-9]+", bare) if len(word) >= 3}


def _is_blank(image: Pixels) -> bool:
    return float(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).std()) < _BLANK_SPREAD


def _fine_share(crop: Pixels) -> float:
    scale = _HEIGHT / crop.shape[0]
    size = (max(round(crop.shape[1] * scale), 1), _HEIGHT)
    grey = cv2.cvtColor(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    deep = grey.astype(np.float64)
    return float(cv2.Laplacian(deep, cv2.CV_64F).var() / max(deep.var(), 1.0))
