"""What was read and what is printed in, how many letters are wrong out."""

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein


def edits(value: str | None, truth: str) -> int:
    """Letters to insert, drop or change to make the truth of the value; all of them where none was read."""
    return int(Levenshtein.distance(value or "", truth))


def edits_on_page(printed: str, page: str) -> int:
    """Fewest edits that make the printed text of any stretch of the page's text (Sellers 1980).

    Kind to a page that says a thing twice, and blind to the order of reading; both texts in NFC.
    """
    if printed in page:
        return 0
    letters, steps = _codes(page), np.arange(len(page) + 1)
    row = np.zeros(len(page) + 1, dtype=np.int64)
    for letter in _codes(printed):
        above = row + 1
        above[1:] = np.minimum(above[1:], row[:-1] + (letters != letter))
        row = np.minimum.accumulate(above - steps) + steps
    return int(row.min())


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
