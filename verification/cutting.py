"""One line of a page, as several readers saw it, cut at its labels: texts and wordings in, `Cut`s out.

A label found by one reader marks the place for all; each keeps its own words for the value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from verification.labels import Label, LabelSpan, find_labels, letters

_COLON_NEAR = 3
_TAIL = 4


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of one line: its label (None: the head before the first one), and per reader (start, end)
    of what stands behind the label."""

    line: int
    label: Label | None
    spans: tuple[tuple[int, int], ...]


def cut_line(line: int, texts: Sequence[str], labels: tuple[Label, ...]) -> list[Cut]:
    """The stretches of a line, left to right; never empty. The reader that saw most of the labels leads."""
    spans = [find_labels(t, labels) for t in texts]
    lead = max(range(len(texts)), key=lambda r: (len(spans[r]), sum(s.end - s.start for s in spans[r]), -r))
    marks = [
        own if _same(own, spans[lead]) else _carried(spans[lead], texts[lead], text)
        for own, text in zip(spans, texts, strict=True)
    ]
    first = tuple((0, m[0].start if m else len(t)) for m, t in zip(marks, texts, strict=True))
    cuts = [Cut(line, None, first)] if not spans[lead] or any(e > s for s, e in first) else []
    return cuts + [_behind(line, k, spans[lead][k].label, marks, texts) for k in range(len(spans[lead]))]


def _behind(line: int, k: int, label: Label, marks: list[tuple[LabelSpan, ...]], texts: Sequence[str]) -> Cut:
    spans = tuple(
        (m[k].end, m[k + 1].start if k + 1 < len(m) else len(t)) for m, t in zip(marks, texts, strict=True)
    )
    return Cut(line, label, spans)


def _same(a: tuple[LabelSpan, ...], b: tuple[LabelSpan, ...]) -> bool:
    """The same wordings: half a label seen is no ground to cut at."""
    return [s.label.text for s in a] == [s.label.text for s in b]


def _carried(spans: tuple[LabelSpan, ...], source: str, target: str) -> tuple[LabelSpan, ...]:
    """The same places in another reader's words, by the shortest edit between the two texts; the rest of the
    line is given up where it is not plain where the label ends, or a letter of the value would be lost."""
    steps = Levenshtein.opcodes(source, target)

    def place(at: int) -> int:
        for step in steps:
            if step.src_start <= at < step.src_end:
                return min(step.dest_start + (at - step.src_start), step.dest_end)
        return len(target)

    found = []
    for span in spans:
        start = place(span.start)
        end = _end_of_label(span.label, target, start, max(start, place(span.end)))
        found.append(LabelSpan(span.label, start, end))
    return tuple(found)


def _end_of_label(label: Label, text: str, start: int, guess: int) -> int:
    """Behind the colon near the guess, or at the guess when the words before it end as the label does."""
    colon = text.find(":", max(start, guess - _COLON_NEAR), guess + _COLON_NEAR)
    if colon >= 0:
        return colon + 1
    ours, theirs = letters(label.text)[-_TAIL:], letters(text[start:guess])[-_TAIL:]
    return guess if Levenshtein.distance(ours, theirs) <= 1 else len(text)
