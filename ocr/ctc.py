"""The output of a recognition network in, letters and how sure each was out (CTC, greedy)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BLANK = 0

Scores = NDArray[np.float32]
"""Shape (steps, classes): probabilities, class 0 is the blank."""


def letters(scores: Scores, vocabulary: Sequence[str]) -> tuple[str, list[float]]:
    """The likeliest class of each step, repeats and blanks dropped; each letter with its peak."""
    best, peaks = scores.argmax(axis=1), scores.max(axis=1)
    text, confidences = "", list[float]()
    for step, index in enumerate(best):
        if index == BLANK:
            continue
        if step and best[step - 1] == index:
            confidences[-1] = max(confidences[-1], float(peaks[step]))
            continue
        text += vocabulary[index]
        confidences.append(float(peaks[step]))
    return text, confidences
