"""Papers for the checks within one paper: values and lines in, what the checks look at and say out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ocr.model import Box, CodeReading, PageReading
from tests.builders import TODAY, page, profile, text
from verification.consistency import cross_check
from verification.contradiction import ReadPaper
from verification.extraction import Field, Kind, Reading
from verification.specimens import Drawing, Grade
from verification.specimens.drawing import order_for, recipe_of

READERS = ("asternet", "tesseract")


def field(name: str, value: str, *, sure: bool = True, at: int = 0, page: int = 1) -> Field:
    """A field that both readers saw alike, in a line 20 pixels high at `at`."""
    box = Box(0, at, 100, at + 20)
    return Field(name, value, sure, tuple(Reading(by, value, 0.9, page, box) for by in READERS))


def read_paper(
    kind: str,
    values: Mapping[str, str],
    *lines: str,
    other: Iterable[str] | None = None,
    codes: Iterable[CodeReading] = (),
    stamped: bool = False,
) -> ReadPaper:
    """A paper of these values, on a page of these lines; the second reader saw `other` instead."""
    words = lines or ("MẪU",)
    seen = (text(READERS[0], words), text(READERS[1], words if other is None else tuple(other)))
    fields = {name: field(name, value, at=30 * n) for n, (name, value) in enumerate(values.items())}
    return ReadPaper(Kind(kind), profile(kind), fields, (page(seen, codes=codes),), TODAY, stamped)


def said_of(kind: str, values: Mapping[str, str], *lines: str) -> set[str]:
    """The codes of everything said of such a paper."""
    return codes_of(read_paper(kind, values, *lines))


def codes_of(paper: ReadPaper) -> set[str]:
    return {found.code for found in cross_check(paper)[1]}


def true_paper(kind: str, seed: int) -> ReadPaper:
    """A specimen as if it had been read without a fault: its truth, and every text on it."""
    order = order_for(kind, seed, Grade.CLEAN, None, None)
    drawing = recipe_of(kind).draw(replace(order, dpi=20, inked=False))
    stamped = "copy_of" in drawing.truth
    of = Kind(drawing.truth["copy_of"] if stamped else kind)
    fields = {name: field(name, value) for name, value in drawing.truth.items()}
    return ReadPaper(of, profile(of), fields, _pages(drawing), TODAY, stamped)


def _pages(drawing: Drawing) -> tuple[PageReading, ...]:
    return tuple(
        page((text(READERS[0], sheet.texts), text(READERS[1], sheet.texts)), number=number)
        for number, sheet in enumerate(drawing.pages, 1)
    )
