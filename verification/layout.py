"""Which printed words belong to which field: the readers' texts of one page and a profile in, readings out.

All image readers saw the same line boxes. Steps: (1) cut every line at its labels (`cutting`), (2) walk the
lines in reading order, keeping track of sections and columns (`columns`), (3) gather each value: behind its
label, to the right, below. What has no label is found by its place (`unlabelled`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ocr.model import Box, PageText
from verification.columns import Columns, same_row
from verification.cutting import Cut, cut_line
from verification.extraction import Reading
from verification.labels import Label, flat, is_title, labels_of
from verification.profile import FieldProfile, Profile
from verification.values import parse_value, tidy


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of a field; `parsed` is False when the words are not of the field's format, `checked` when
    nothing in a machine zone guards it; `look` is that of its text (`PageText.look`)."""

    reading: Reading
    parsed: bool
    checked: bool = True
    look: int = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """A field whose label stands on the page, with what each reader saw behind it (perhaps nothing).

    `lines` are the lines its value stands on, counted as in the texts. A value that seems to go on past the
    lines its profile allows has no parsed candidate: half a name is another person's.
    """

    spec: FieldProfile
    candidates: tuple[Candidate, ...]
    lines: tuple[int, ...] = ()


def collect(texts: Sequence[PageText], profile: Profile, page: int) -> tuple[Seen, ...]:
    """Every field of the profile whose label is found. `texts` share their line boxes."""
    if not texts or not texts[0].lines or not profile.sections:
        return ()
    return _Page(_concerned(texts, profile), profile, page).fields()


def _concerned(texts: Sequence[PageText], profile: Profile) -> Sequence[PageText]:
    """The texts, or, for a stamp, with every line above its heading left unread."""
    if not profile.below_title:
        return texts
    tops = [
        line.box.y0 for t in texts for line in t.lines if any(is_title(line.text, w) for w in profile.titles)
    ]
    top = min(tops, default=0)
    return tuple(
        replace(t, lines=tuple(x if x.box.y0 >= top else replace(x, text="") for x in t.lines)) for t in texts
    )


def candidate_of(
    texts: Sequence[PageText], reader: int, pieces: Sequence[Cut], spec: FieldProfile, page: int
) -> Candidate | None:
    """What one reader saw on these stretches; None when it saw nothing."""
    lines = texts[reader].lines
    text = " ".join(lines[p.line].text[slice(*p.spans[reader])] for p in pieces)
    plain = tidy(text)
    if not plain:
        return None
    value = parse_value(text, spec.format)
    box = slice_box(texts, pieces[0], reader)
    for piece in pieces[1:]:
        box = box.union(slice_box(texts, piece, reader))
    confidence = min(lines[p.line].confidence for p in pieces)
    reading = Reading(texts[reader].reader, value or plain, confidence, page, box)
    return Candidate(reading, value is not None, look=texts[reader].look)


def slice_box(texts: Sequence[PageText], piece: Cut, reader: int) -> Box:
    """The part of the line's box that the words fill, taking all letters as equally wide."""
    line, (start, end) = texts[reader].lines[piece.line], piece.spans[reader]
    box, length = line.box, max(len(line.text), 1)
    return Box(box.x0 + box.width * start // length, box.y0, box.x0 + box.width * end // length, box.y1)


_PLACE_AND_DATE = re.compile(r"^\W*[^,]{2,40},\s*\w{4}\s*\d{1,2}\s*\w{5}\s*\d{1,2}\s*\w{3}\s*\d{4}\W*$")
"""`Hà Nội, ngày 02 tháng 9 năm 2026`, or misread by a letter: the head of a signature, in no value."""
_SLACK = 3.0
"""How many line heights the right edge of the print may lie inside that of its column."""
_BLOCK = 0.8
"""Of a line's height: lines of one block stand closer."""
_LARGER = 2
"""What is so many times higher than a line is printed across the page, not beside it."""


class _Page:
    """One page while its values are gathered; `taken` holds the lines already given to a field."""

    def __init__(self, texts: Sequence[PageText], profile: Profile, number: int) -> None:
        self.texts = texts
        self.number = number
        self.boxes = [line.box for line in texts[0].lines]
        self.cuts = [self._cut(i, profile) for i in range(len(self.boxes))]
        right = max(b.x1 for b in self.boxes)
        self.columns = Columns([s.name for s in profile.sections], right)
        self.taken: set[int] = self._told_by_pattern(profile)

    def _told_by_pattern(self, profile: Profile) -> set[int]:
        """Lines that are a value of their own (place and date of issue) go on nothing else."""
        patterns = [_PLACE_AND_DATE, *(re.compile(f.pattern) for f in profile.fields if f.pattern)]
        flats = [[flat(t.lines[i].text) for t in self.texts] for i in range(len(self.boxes))]
        return {i for i, words in enumerate(flats) if any(p.search(w) for p in patterns for w in words)}

    def _cut(self, line: int, profile: Profile) -> list[Cut]:
        """A title is a line of its own, however much it may sound like a label; so is a column's heading."""
        words = [t.lines[line].text for t in self.texts]
        labels = labels_of(profile)
        titled = any(is_title(text, title) for text in words for title in profile.titles)
        heading = (
            Label("", ())
            if titled
            else next((lab for lab in labels if lab.heads and any(_is_all(w, lab.text) for w in words)), None)
        )
        if heading:
            return [Cut(line, heading, tuple((len(w), len(w)) for w in words))]
        return cut_line(line, words, tuple(lab for lab in labels if lab.heads is None))

    def fields(self) -> tuple[Seen, ...]:
        found: dict[str, Seen] = {}
        for cut in (c for cuts in self.cuts for c in cuts):
            if cut.label is None:
                continue
            chosen = self.columns.choose(cut.label, self._label_box(cut))
            if chosen is None:
                continue
            seen = self._seen(cut, chosen[1])
            if seen.spec.name not in found or not found[seen.spec.name].candidates:
                found[seen.spec.name] = seen
        return tuple(found.values())

    def _label_box(self, cut: Cut) -> Box:
        """From where the label begins (the end of the stretch before it) to the end of its value."""
        box = self.boxes[cut.line]
        before = [c for c in self.cuts[cut.line] if c.spans[0][0] < cut.spans[0][0]]
        start = slice_box(self.texts, before[-1], 0).x1 if before else box.x0
        return Box(min(start, box.x1 - 1), box.y0, box.x1, box.y1)

    def _seen(self, cut: Cut, spec: FieldProfile) -> Seen:
        pieces = self._pieces(cut, spec)
        readers = range(len(self.texts))
        made = (candidate_of(self.texts, r, pieces, spec, self.number) for r in readers) if pieces else ()
        candidates = tuple(c for c in made if c is not None)
        if pieces and self._goes_on(cut, pieces):
            candidates = tuple(replace(c, parsed=False) for c in candidates)
        lines = dict.fromkeys((cut.line, *(p.line for p in pieces)))
        return Seen(spec, candidates, tuple(lines))

    def _goes_on(self, cut: Cut, pieces: list[Cut]) -> bool:
        """Whether a free line right under the value looks like more of it."""
        last, column = pieces[-1].line, self._label_box(cut)
        if self.cuts[cut.line][-1] is not cut:
            return False
        below = self._below(self._start(cut.line, column), last, column)
        if below is not None and not self._blank(below) and self._wrapped(last, below, column):
            return True
        return any(self._overlaps(piece.line, i) for piece in pieces for i in range(len(self.boxes)))

    def _overlaps(self, line: int, other: int) -> bool:
        """Whether a free line begins within this one on its row: letters at the seam are read twice."""
        at, box = self.boxes[line], self.boxes[other]
        begins = at.x0 < box.x0 < at.x1 - at.height // 4
        return other != line and begins and same_row(at, box) and box.height <= _LARGER * at.height

    def _pieces(self, cut: Cut, spec: FieldProfile) -> list[Cut]:
        own = [] if self._blank(cut) else [cut]
        if self.cuts[cut.line][-1] is not cut:
            return own
        column = self._label_box(cut)
        pieces = own + self._to_the_right(cut.line, column, wide=not own and not spec.below)
        pieces += self._underneath(cut.line, pieces, column, spec)
        return pieces or self._to_the_right(cut.line, column, wide=True)

    def _underneath(self, line: int, pieces: list[Cut], column: Box, spec: FieldProfile) -> list[Cut]:
        """The further lines of a value; its first one too, where it may stand under its label."""
        found: list[Cut] = []
        last = pieces[-1].line if pieces else line
        for _ in range(spec.lines - 1 if pieces else spec.lines):
            below = self._below(self._start(line, column), last, column)
            begins = not pieces and not found
            goes_on = below is not None and (
                self._close(last, below.line) if spec.flows else self._wrapped(last, below, column)
            )
            if below is None or not (spec.below if begins else goes_on):
                break
            self.taken.add(below.line)
            found += [below, *self._to_the_right(below.line, column, wide=False)]
            last = found[-1].line
        return found

    def _to_the_right(self, line: int, column: Box, *, wide: bool) -> list[Cut]:
        """Heads of lines further right on the same row and column, up to the first that bears a label."""
        found: list[Cut] = []
        at, margin = self.boxes[line], self.columns.right(column)
        for other in sorted(range(len(self.boxes)), key=lambda i: self.boxes[i].x0):
            box = self.boxes[other]
            if other == line or box.x0 < at.x1 - at.height // 2 or not same_row(self.boxes[line], box):
                continue
            if box.height > _LARGER * at.height:
                continue
            too_far = box.x0 >= margin - 2 * at.height or (not wide and box.x0 - at.x1 > 4 * at.height)
            if other in self.taken or too_far:
                break
            head = self.cuts[other][0]
            if head.label is None and not self._blank(head):
                found.append(head)
                self.taken.add(other)
            if len(self.cuts[other]) > 1 or head.label is not None:
                break
            at, wide = box, False
        return found

    def _start(self, line: int, column: Box) -> int:
        """Where further lines of a value may begin: under its label, or at the left edge of running text."""
        return max(min(column.x0, self.boxes[line].x0), self.columns.left(column))

    def _below(self, start: int, last: int, column: Box) -> Cut | None:
        """The line right under `last`, starting under the label or what follows it, if it bears no label."""
        above = self.boxes[last]
        height = above.height
        near = [
            i
            for i, b in enumerate(self.boxes)
            if i not in self.taken
            and b.height <= _LARGER * height
            and above.y0 + height // 2 < b.centre[1] - b.height // 2 + height // 4
            and b.y0 <= above.y1 + height * 1.7
            and start - 2 * height <= b.x0 <= min(max(above.x1, column.x1), self.columns.right(column) - 1)
        ]
        if not near:
            return None
        best = min(near, key=lambda i: (self.boxes[i].y0 // max(height // 2, 1), self.boxes[i].x0))
        return self.cuts[best][0] if self._free(best) else None

    def _free(self, line: int) -> bool:
        return len(self.cuts[line]) == 1 and self.cuts[line][0].label is None

    def _close(self, line: int, below: int) -> bool:
        """Whether the line below is of the same block: less than a line's height apart."""
        return self.boxes[below].y0 - self.boxes[line].y1 < _BLOCK * self.boxes[line].height

    def _wrapped(self, line: int, below: Cut, column: Box) -> bool:
        """A value goes on underneath only when the next word had no room behind it (some slack is allowed:
        the right edge of the print is a little inside that of the column)."""
        box, under = self.boxes[line], self.boxes[below.line]
        text = self.texts[0].lines[below.line].text
        letter = under.width / max(len(text), 1)
        room = self.columns.right(column) - box.x1
        return room < letter * (len(text.split(" ")[0]) + 1) + _SLACK * box.height

    def _blank(self, cut: Cut) -> bool:
        return all(
            not tidy(t.lines[cut.line].text[slice(*span)])
            for t, span in zip(self.texts, cut.spans, strict=True)
        )


def _is_all(text: str, heading: str) -> bool:
    return flat(text).strip(" :.()") == flat(heading)
