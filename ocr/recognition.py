"""Pictures of the lines of a page in, what readers make of them out: of all lines, or of those wanted."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from ocr.detection import cut_out
from ocr.geometry import Quad, box_of, polygon_of
from ocr.leaders import without_leaders
from ocr.model import (
    DocumentReading,
    Page,
    PageReading,
    PageText,
    Pixels,
    Recognition,
    TextLine,
)
from ocr.readers import text_layer

Recognise = Callable[[Sequence[Pixels]], list[Recognition]]
"""Pictures of single lines in, one answer each out."""

UNREAD = Recognition("", 0.0)

# Lines a task: small enough that no core waits long for the other at the end of a page.
_LINES_A_TASK = 3

Job = tuple[list[int], Future[list[Recognition]]]
"""The numbers of some lines, and what a reader will make of them."""


def picture_of(image: Pixels, line: Quad) -> Pixels:
    """The picture of one line as readers get it."""
    return without_leaders(cut_out(image, line))


def begin(pool: ThreadPoolExecutor, read: Recognise, crops: Sequence[Pixels]) -> list[Job]:
    """The longest lines first, a few a task, so that the cores finish together."""
    longest = sorted(range(len(crops)), key=lambda i: -crops[i].shape[1] / crops[i].shape[0])
    tasks = [longest[i : i + _LINES_A_TASK] for i in range(0, len(longest), _LINES_A_TASK)]
    return [(task, pool.submit(read, [crops[i] for i in task])) for task in tasks]


def end(jobs: Iterable[Job], count: int) -> list[Recognition]:
    """The answers of `begin`, in the order of its pictures."""
    found = {i: seen for task, job in jobs for i, seen in zip(task, job.result(), strict=True)}
    return [found[i] for i in range(count)]


def page_text(page: Page, lines: Sequence[Quad], found: Sequence[Recognition], reader: str) -> PageText:
    """What one reader made of the lines of a page."""
    return PageText(
        reader,
        tuple(
            TextLine(
                seen.text, box_of(quad, page.width, page.height), seen.confidence, reader, polygon_of(quad)
            )
            for quad, seen in zip(lines, found, strict=True)
        ),
    )


def read_again(
    reading: DocumentReading, wanted: Mapping[int, Collection[int]], reader: str, recognise: Recognise
) -> DocumentReading:
    """The reading with what `reader` makes of the wanted lines: line numbers by place in `reading.pages`.

    The lines are cut out of the page images anew, so nothing had to be kept for this.
    """
    pages = list(reading.pages)
    for place, numbers in wanted.items():
        pages[place] = _page_again(pages[place], sorted(set(numbers)), reader, recognise)
    return replace(reading, pages=tuple(pages))


def _page_again(page: PageReading, numbers: list[int], reader: str, recognise: Recognise) -> PageReading:
    """Lines that `reader` read before and are not wanted again keep what it said."""
    lead = page.texts[0]
    earlier = next((text for text in page.by_reader if text.reader == reader), None)
    lines = list(earlier.lines if earlier else (_unread(line, reader) for line in lead.lines))
    image = page.page.image
    crops = [picture_of(image, np.array(lead.lines[i].polygon, dtype=np.float64)) for i in numbers]
    for i, seen in zip(numbers, recognise(crops), strict=True):
        lines[i] = replace(lines[i], text=seen.text, confidence=seen.confidence)
    return replace(page, texts=_with_text(page.texts, PageText(reader, tuple(lines))))


def _unread(line: TextLine, reader: str) -> TextLine:
    return replace(line, text=UNREAD.text, confidence=UNREAD.confidence, reader=reader)


def _with_text(texts: Sequence[PageText], new: PageText) -> tuple[PageText, ...]:
    """In the place of this reader's earlier text, or else before the text layer, which stays last."""
    kept = [new if (text.reader, text.look) == (new.reader, new.look) else text for text in texts]
    if new not in kept:
        kept.insert(next((i for i, t in enumerate(kept) if t.reader == text_layer.NAME), len(kept)), new)
    return tuple(kept)
