"""Lines that two readers read differently in, what each sees at another look out.

A reader misreads an unusual face or a smudge at one size and not at another: of 68 values on which the two
differed (scans and photos), a second look brought 25 together on what was printed and none on anything
else. A seal's red across a letter misleads both alike, so lines under coloured ink are looked at again, too,
without it. A reader's second look is no further reader.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ocr import recognition
from ocr.ink import without_coloured_ink
from ocr.model import PageReading, PageText, Pixels
from ocr.readers import text_layer
from ocr.recognition import Recognise

SECOND = 2


def look_again(page: PageReading, looks: Mapping[str, Recognise]) -> PageReading:
    """The page with a second look of each named reader at the lines they differ on, and at those that
    coloured ink runs over; as it was without any such line."""
    earlier = tuple(text for text in page.texts if text.look == 1)
    crops = _in_doubt(page)
    if not crops:
        return replace(page, texts=earlier)
    seen = [_with(text, crops, looks[text.reader]) for text in page.by_reader if text.reader in looks]
    layer = tuple(text for text in earlier if text.reader == text_layer.NAME)
    return replace(page, texts=(*(t for t in earlier if t not in layer), *seen, *layer))


def _in_doubt(page: PageReading) -> dict[int, Pixels]:
    """By number, pictures of the lines that two image readers read, and not alike or under coloured ink."""
    texts = [text for text in page.by_reader if text.reader != text_layer.NAME]
    if len(texts) < 2:
        return {}
    image, found = page.page.image, dict[int, Pixels]()
    for i, (one, other) in enumerate(zip(texts[0].lines, texts[1].lines, strict=True)):
        if not one.text or not other.text:
            continue
        crop = recognition.picture_of(image, np.array(one.polygon, dtype=np.float64))
        bare = without_coloured_ink(crop)
        if bare is not crop or _plain(one.text) != _plain(other.text):
            found[i] = bare
    return found


def _plain(text: str) -> str:
    return "".join(text.casefold().split()).strip(".,:;-")


def _with(text: PageText, crops: Mapping[int, Pixels], recognise: Recognise) -> PageText:
    lines = list(text.lines)
    for i, seen in zip(crops, recognise(list(crops.values())), strict=True):
        lines[i] = replace(lines[i], text=seen.text, confidence=seen.confidence)
    return PageText(text.reader, tuple(lines), SECOND)
