"""Which printed words belong to which field: the readers' texts of one page and a profile in, readings out.

All image readers saw the same line boxes, so a label found by one of them marks the place for all; each
keeps its own words for the value. Steps: (1) cut every line at its labels, (2) walk the lines in reading
order, keeping track of the section, (3) gather each value: behind its label, to the right, below.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from ocr.model import Box, PageText
from verification.extraction import Reading
from verification.labels import Label, LabelSpan, find_labels, is_title, labels_of
from verification.profile import FieldProfile, Profile
from verification.values import parse_value, tidy


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of a field; `parsed` is False when the words are not of the field's format, `checked` when
    nothing in a machine zone guards it."""

    reading: Reading
    parsed: bool
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """A field whose label stands on the page, with what each reader saw behind it (perhaps nothing)."""

    spec: FieldProfile
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch of one line: its label (None: the head before the first one), and per reader (start, end)."""

    line: int
    label: Label | None
    spans: tuple[tuple[int, int], ...]


def collect(texts: Sequence[PageText], profile: Profile, page: int) -> tuple[Seen, ...]:
    """Every field of the profile whose label is found. `texts` share their line boxes."""
    if not texts or not texts[0].lines:
        return ()
    return _Page(texts, profile, page).fields()


class _Page:
    """One page while its values are gathered; `taken` holds the lines already given to a field."""

    def __init__(self, texts: Sequence[PageText], profile: Profile, number: int) -> None:
        self.texts = texts
        self.number = number
        self.sections = [s.name for s in profile.sections]
        self.boxes = [line.box for line in texts[0].lines]
        self.cuts = [self._cut(i, profile) for i in range(len(self.boxes))]
        self.right = max(b.x1 for b in self.boxes)
        self.taken: set[int] = set()

    def _cut(self, line: int, profile: Profile) -> list[_Cut]:
        """A title is a line of its own, however much it may sound like a label."""
        words = [t.lines[line].text for t in self.texts]
        titled = any(is_title(text, title) for text in words for title in profile.titles)
        return _cut_line(line, words, () if titled else labels_of(profile))

    def fields(self) -> tuple[Seen, ...]:
        found: dict[str, Seen] = {}
        section = self.sections[0]
        for cut in (c for cuts in self.cuts for c in cuts if c.label is not None):
            chosen = _choose(cut.label, section, self.sections)
            if chosen is None:
                continue
            section, spec = chosen
            seen = self._seen(cut, spec)
            if spec.name not in found or not found[spec.name].candidates:
                found[spec.name] = seen
        return tuple(found.values())

    def _seen(self, cut: _Cut, spec: FieldProfile) -> Seen:
        pieces = self._pieces(cut, spec)
        made = (self._candidate(reader, pieces, spec) for reader in range(len(self.texts)))
        return Seen(spec, tuple(c for c in made if c is not None))

    def _candidate(self, reader: int, pieces: list[_Cut], spec: FieldProfile) -> Candidate | None:
        lines = self.texts[reader].lines
        text = " ".join(lines[p.line].text[slice(*p.spans[reader])] for p in pieces)
        plain = tidy(text)
        if not plain:
            return None
        value = parse_value(text, spec.format)
        box = self._slice_box(pieces[0], reader)
        for piece in pieces[1:]:
            box = box.union(self._slice_box(piece, reader))
        confidence = min(lines[p.line].confidence for p in pieces)
        reading = Reading(self.texts[reader].reader, value or plain, confidence, self.number, box)
        return Candidate(reading, value is not None)

    def _slice_box(self, piece: _Cut, reader: int) -> Box:
        """The part of the line's box that the words fill, taking all letters as equally wide."""
        box, (start, end) = self.boxes[piece.line], piece.spans[reader]
        length = max(len(self.texts[reader].lines[piece.line].text), 1)
        return Box(box.x0 + box.width * start // length, box.y0, box.x0 + box.width * end // length, box.y1)

    def _pieces(self, cut: _Cut, spec: FieldProfile) -> list[_Cut]:
        own = [] if self._blank(cut) else [cut]
        if self.cuts[cut.line][-1] is not cut:
            return own
        pieces = own + self._to_the_right(cut.line, wide=not own)
        empty = not pieces
        last = cut.line if empty else pieces[-1].line
        for _ in range(spec.lines if empty else spec.lines - 1):
            if not (spec.below or (pieces and self._runs_to_the_margin(last))):
                break
            below = self._below(cut.line, last)
            if below is None:
                break
            pieces += [below, *self._to_the_right(below.line, wide=False)]
            last = pieces[-1].line
        return pieces

    def _to_the_right(self, line: int, *, wide: bool) -> list[_Cut]:
        """Heads of lines further right on the same row, up to the first that bears a label."""
        found: list[_Cut] = []
        at = self.boxes[line]
        for other in sorted(range(len(self.boxes)), key=lambda i: self.boxes[i].x0):
            box = self.boxes[other]
            if other == line or box.x0 < at.x1 - at.height // 2 or not _same_row(self.boxes[line], box):
                continue
            if other in self.taken or (not wide and box.x0 - at.x1 > 4 * at.height):
                break
            head = self.cuts[other][0]
            if head.label is None and not self._blank(head):
                found.append(head)
                self.taken.add(other)
            if len(self.cuts[other]) > 1 or head.label is not None:
                break
            at, wide = box, False
        return found

    def _below(self, label_line: int, last: int) -> _Cut | None:
        """The line right under `last`, starting under the label or what follows it, if it bears no label."""
        label, above = self.boxes[label_line], self.boxes[last]
        height = above.height
        near = [
            i
            for i, b in enumerate(self.boxes)
            if i not in self.taken
            and above.y0 + height // 2 < b.centre[1] - b.height // 2 + height // 4
            and b.y0 <= above.y1 + height * 1.1
            and label.x0 - 2 * height <= b.x0 <= max(above.x1, label.x1)
        ]
        if not near:
            return None
        best = min(near, key=lambda i: (self.boxes[i].y0 // max(height // 2, 1), self.boxes[i].x0))
        if not self._free(best):
            return None
        self.taken.add(best)
        return self.cuts[best][0]

    def _free(self, line: int) -> bool:
        return len(self.cuts[line]) == 1 and self.cuts[line][0].label is None

    def _runs_to_the_margin(self, line: int) -> bool:
        """A value goes on underneath only when its line is full."""
        return self.boxes[line].x1 > 0.72 * self.right

    def _blank(self, cut: _Cut) -> bool:
        return all(
            not tidy(t.lines[cut.line].text[slice(*span)])
            for t, span in zip(self.texts, cut.spans, strict=True)
        )


def _choose(label: Label | None, section: str, order: list[str]) -> tuple[str, FieldProfile] | None:
    """The field a label announces: in this section if it can, else in the next that knows it."""
    options = dict(label.fields) if label else {}
    if not options:
        return None
    if section in options:
        return section, options[section]
    later = [s for s in order[order.index(section) :] if s in options]
    name = later[0] if later else next(iter(options))
    return name, options[name]


def _cut_line(line: int, texts: list[str], labels: tuple[Label, ...]) -> list[_Cut]:
    spans = [find_labels(t, labels) for t in texts]
    lead = max(range(len(texts)), key=lambda r: (len(spans[r]), sum(s.end - s.start for s in spans[r]), -r))
    marks = [
        own if _same(own, spans[lead]) else _carried(spans[lead], texts[lead], text)
        for own, text in zip(spans, texts, strict=True)
    ]
    count = len(spans[lead])
    cuts = []
    first = tuple((0, m[0].start if m else len(t)) for m, t in zip(marks, texts, strict=True))
    if not count or any(end > start for start, end in first):
        cuts.append(_Cut(line, None, first))
    for k in range(count):
        ends = tuple(
            (m[k].end, m[k + 1].start if k + 1 < count else len(t)) for m, t in zip(marks, texts, strict=True)
        )
        cuts.append(_Cut(line, spans[lead][k].label, ends))
    return cuts


def _same(a: tuple[LabelSpan, ...], b: tuple[LabelSpan, ...]) -> bool:
    """The same wordings: half a label seen is no ground to cut at."""
    return [s.label.text for s in a] == [s.label.text for s in b]


def _carried(spans: tuple[LabelSpan, ...], source: str, target: str) -> tuple[LabelSpan, ...]:
    """The same places in another reader's words, by the shortest edit between the two texts."""
    steps = Levenshtein.opcodes(source, target)

    def place(at: int) -> int:
        for step in steps:
            if step.src_start <= at < step.src_end:
                return min(step.dest_start + (at - step.src_start), step.dest_end)
        return len(target)

    return tuple(LabelSpan(s.label, place(s.start), max(place(s.start), place(s.end))) for s in spans)


def _same_row(a: Box, b: Box) -> bool:
    shared = min(a.y1, b.y1) - max(a.y0, b.y0)
    return shared > 0.5 * min(a.height, b.height)
