"""Values that no label announces: the readers' texts of one page and a profile in, readings out.

A profile says where each stands: it is the `title` itself, it fits a `pattern`, it stands `above` a wording
(a letter's issuer above its number) or is the `last` line under one (the name under a signature).
"""

import re
from collections.abc import Sequence

from ocr.model import Box, PageText
from verification.cutting import Cut
from verification.extraction import Reading
from verification.labels import flat, is_title
from verification.layout import Candidate, Seen, candidate_of
from verification.profile import FieldProfile, Place, Profile
from verification.values import parse_value, tidy


def collect_unlabelled(texts: Sequence[PageText], profile: Profile, page: int) -> tuple[Seen, ...]:
    """Every field of the profile that is found by its place. `texts` share their line boxes."""
    if not texts or not texts[0].lines:
        return ()
    specs = (f for f in profile.fields if f.place is not Place.LABEL)
    made = (_seen(texts, profile, spec, page) for spec in specs)
    return tuple(seen for seen in made if seen is not None)


def _seen(texts: Sequence[PageText], profile: Profile, spec: FieldProfile, page: int) -> Seen | None:
    if spec.place is Place.PATTERN:
        return _by_pattern(texts, spec, page)
    lines = _lines(texts, profile, spec)
    if not lines:
        return None
    pieces = [Cut(i, None, tuple((0, len(t.lines[i].text)) for t in texts)) for i in lines]
    made = (candidate_of(texts, reader, pieces, spec, page) for reader in range(len(texts)))
    return Seen(spec, tuple(c for c in made if c is not None), tuple(lines))


def _lines(texts: Sequence[PageText], profile: Profile, spec: FieldProfile) -> list[int]:
    if spec.place is Place.TITLE:
        return _title_lines(texts, profile, spec)
    at = _anchor(texts, spec)
    if at is None:
        return []
    return _above(texts, at, spec) if spec.place is Place.ABOVE else _last(texts, at, spec)


def _title_lines(texts: Sequence[PageText], profile: Profile, spec: FieldProfile) -> list[int]:
    """The title's line, and the lines in as large letters right under it, as many as the field may have."""
    boxes = [line.box for line in texts[0].lines]
    for i in range(len(boxes)):
        if any(is_title(t.lines[i].text, title) for t in texts for title in spec.of or profile.titles):
            found = [i]
            while len(found) < spec.lines and (under := _under(boxes, found[-1])) is not None:
                found.append(under)
            return found
    return []


def _under(boxes: Sequence[Box], line: int) -> int | None:
    above = boxes[line]
    for i, box in enumerate(boxes):
        near = above.y1 - above.height // 3 <= box.y0 <= above.y1 + above.height
        if near and box.height > 0.8 * above.height and _overlap(above, box) > 0:
            return i
    return None


def _anchor(texts: Sequence[PageText], spec: FieldProfile) -> int | None:
    """The first line, from the top, that begins with one of the wordings."""
    for i in range(len(texts[0].lines)):
        heads = [re.sub(r"^\W+", "", flat(t.lines[i].text)) for t in texts]
        if any(head.startswith(flat(word)) for head in heads for word in spec.of):
            return i
    return None


def _above(texts: Sequence[PageText], at: int, spec: FieldProfile) -> list[int]:
    """Up to `spec.lines` lines right above the anchor in its column, top to bottom."""
    boxes = [line.box for line in texts[0].lines]
    found: list[int] = []
    here = boxes[at]
    for i in sorted(range(len(boxes)), key=lambda i: -boxes[i].y0):
        close = here.y0 - 2.5 * here.height <= boxes[i].y1 <= here.y0 + here.height // 3
        if close and _overlap(here, boxes[i]) > 0 and len(found) < spec.lines:
            found.insert(0, i)
            here = boxes[i]
    return found


def _last(texts: Sequence[PageText], at: int, spec: FieldProfile) -> list[int]:
    """The lowest line under the anchor, centred as it is, that reads as the field's format."""
    boxes = [line.box for line in texts[0].lines]
    anchor = boxes[at]
    under = [
        i
        for i, b in enumerate(boxes)
        if b.y0 > anchor.y1 and abs(b.centre[0] - anchor.centre[0]) < max(anchor.width, b.width)
    ]
    for i in sorted(under, key=lambda i: -boxes[i].y0):
        words = [t.lines[i].text for t in texts if t.lines[i].text]
        if words and all(parse_value(word, spec.format) for word in words):
            return [i]
    return []


def _by_pattern(texts: Sequence[PageText], spec: FieldProfile, page: int) -> Seen | None:
    """The first line that fits; the pattern is written without diacritics, in lower case, its value `v`."""
    pattern = re.compile(spec.pattern)
    for i in range(len(texts[0].lines)):
        matches = [pattern.search(flat(t.lines[i].text)) for t in texts]
        if any(matches):
            made = (_matched(t, i, m, spec, page) for t, m in zip(texts, matches, strict=True))
            return Seen(spec, tuple(c for c in made if c is not None), (i,))
    return None


def _matched(
    text: PageText, i: int, match: re.Match[str] | None, spec: FieldProfile, page: int
) -> Candidate | None:
    line = text.lines[i]
    raw = line.text[slice(*match.span("v"))] if match else line.text
    plain = tidy(raw)
    if not plain:
        return None
    value = parse_value(raw, spec.format) if match else None
    return Candidate(Reading(text.reader, value or plain, line.confidence, page, line.box), value is not None)


def _overlap(a: Box, b: Box) -> int:
    return min(a.x1, b.x1) - max(a.x0, b.x0)
