"""Settled fields and the marks on their pages in; a finding for each value that a mark lies over, or that is
not print the readers know, out.

Nothing becomes sure or unsure here: a value under a seal on which two readers agree was read, and the
officer is told to look all the same.
"""

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from ocr.model import Box, MarkKind, MarkSeen
from verification.extraction import Field, Reading
from verification.finding import Finding
from verification.normalise import canonical
from verification.profile import Profile
from verification.settle import MACHINE
from verification.wording import say

_OVER_PRINT = {MarkKind.SEAL: "FIELD_UNDER_SEAL", MarkKind.SIGNATURE: "FIELD_UNDER_SIGNATURE"}
_NOT_PRINT = {MarkKind.HANDWRITING, MarkKind.UNREAD}
_TEXT_LAYER = "text_layer"
# Of the square of a line's height: less is the edge of a seal beside the words.
_LEAST_OVER = 0.5
# Two readers of print differ in a letter or two; of handwriting or another script each makes something else,
# and one at least doubts it.
_UNLIKE = 70.0
_DOUBTED = 0.5


def overlaid_fields(
    fields: Sequence[Field], marks: Iterable[MarkSeen], profile: Profile
) -> tuple[Finding, ...]:
    """Each code at most once a field, with the place of the field's first printed reading."""
    marks = tuple(marks)
    return tuple(
        _finding(code, field, profile) for field in fields for code in dict.fromkeys(_codes(field, marks))
    )


def _codes(field: Field, marks: Sequence[MarkSeen]) -> Iterator[str]:
    printed = _printed(field)
    for mark in marks:
        if any(mark.page == reading.page and _lies_over(mark.box, reading.box) for reading in printed):
            if mark.what in _OVER_PRINT:
                yield _OVER_PRINT[mark.what]
            elif mark.what in _NOT_PRINT:
                yield "FIELD_HANDWRITTEN"
    if _read_apart(printed):
        yield "FIELD_HANDWRITTEN"


def _printed(field: Field) -> tuple[Reading, ...]:
    """What was read off the picture."""
    return tuple(r for r in field.readings if r.by not in (*MACHINE, _TEXT_LAYER))


def _lies_over(mark: Box, words: Box) -> bool:
    return mark.overlap(words) >= _LEAST_OVER * words.height**2


def _read_apart(printed: Sequence[Reading]) -> bool:
    if len({r.by for r in printed}) < 2 or min(r.confidence for r in printed) >= _DOUBTED:
        return False
    values = [canonical(reading.value) for reading in printed]
    return fuzz.ratio(values[0], values[1]) < _UNLIKE


def _finding(code: str, field: Field, profile: Profile) -> Finding:
    spec = profile.field(field.name)
    words = {
        "field": spec.title_vi if spec else field.name,
        "field_en": spec.title_en if spec else field.name,
    }
    first = _printed(field)[0]
    return say(code, words, page=first.page, box=first.box)
