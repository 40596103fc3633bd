"""A picture of a line in, the same without the coloured ink that lies over its print out.

Print is black, stamps are red and most signatures blue. In the lightest of its three colours a pixel under
red or blue ink is nearly as light as paper, while black stays black.
"""

import cv2
import numpy as np

from ocr.model import Pixels

_COLOURED = 60
_LEAST_SHARE = 0.005
# Darker than this share of the way from paper to the darkest print counts as print.
_PRINT = 0.5


def without_coloured_ink(line: Pixels) -> Pixels:
    """The print alone in shades of grey; the very picture where there is no coloured ink, or nothing else."""
    chroma = line.max(axis=2).astype(np.int16) - line.min(axis=2)
    if float((chroma >= _COLOURED).mean()) < _LEAST_SHARE:
        return line
    lightest = line.max(axis=2).astype(np.float32)
    print_level, paper = np.percentile(lightest, 1), np.percentile(lightest, 90)
    if paper - print_level < _COLOURED:
        return line
    middle = paper - _PRINT * (paper - print_level)
    shade = np.where(lightest > middle, paper, lightest)
    soft = cv2.GaussianBlur(shade.astype(np.float32), (0, 0), 0.6)
    return np.repeat(np.clip(soft, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
