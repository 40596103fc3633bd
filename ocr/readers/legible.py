"""A picture of a line in, whether anything can be read on it out: readers invent text on empty paper."""

import numpy as np

from ocr.model import Pixels

_LEAST_HEIGHT = 6
_LEAST_CONTRAST = 24


def legible(line: Pixels) -> bool:
    """True when it is high enough for letters and its light and dark differ by more than paper grain.

    Tesseract read 226 letters, with a confidence of 0.16, on two rows of white.
    """
    if line.shape[0] < _LEAST_HEIGHT or line.shape[1] < _LEAST_HEIGHT // 2:
        return False
    dark, light = np.percentile(line, (1, 99))
    return bool(light - dark >= _LEAST_CONTRAST)
