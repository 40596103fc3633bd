"""A picture of a line in, the same without the coloured ink that lies over its print out.

Print is black, stamps are red and most signatures blue. In the lightest of its three colours a pixel under
red or blue ink is nearly as light as paper, while black stays black. What a stamp or a pen drew runs out of
the picture of a line; words printed in a colour do not, and a line with such words is left as it is.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.model import Pixels

_COLOURED = 60
_LEAST_CONTRAST = 60
_LEAST_SHARE = 0.005
# Darker than this share of the way from paper to the darkest print counts as print.
_PRINT = 0.5
# A letter is so high at least, of the height of the picture; so many of them are words.
_LETTER = 0.25
_WORDS = 4


def without_coloured_ink(line: Pixels) -> Pixels:
    """The print alone in shades of grey; the very picture where no coloured ink runs over it."""
    lightest = line.max(axis=2).astype(np.float32)
    darkest, paper = np.percentile(lightest, (1, 90))
    if paper - darkest < _LEAST_CONTRAST or not _runs_over(line):
        return line
    print_ends = paper - _PRINT * (paper - darkest)
    shade = np.where(lightest > print_ends, paper, lightest).astype(np.float32)
    soft = cv2.GaussianBlur(shade, (0, 0), 0.6)
    return np.repeat(np.clip(soft, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)


def _runs_over(line: Pixels) -> bool:
    """Whether coloured ink reaches the edge of the picture, and no coloured words stand in it."""
    coloured = (line.max(axis=2).astype(np.int16) - line.min(axis=2) >= _COLOURED).astype(np.uint8)
    _, parts, found, _ = cv2.connectedComponentsWithStats(coloured, connectivity=8)
    edge: NDArray[np.int32] = np.unique(np.concatenate((parts[0], parts[-1], parts[:, 0], parts[:, -1])))
    reaching = set(edge[edge > 0].tolist())
    letters = [i for i in range(1, len(found)) if found[i, 3] >= _LETTER * line.shape[0]]
    share = sum(int(found[i, 4]) for i in reaching) / coloured.size
    return share >= _LEAST_SHARE and len([i for i in letters if i not in reaching]) < _WORDS
