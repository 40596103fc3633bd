"""Values that no label announces: the readers' texts of one page and a profile in, readings out.

A profile says where each stands: it is the `title` itself or right `under` it, it fits a `pattern`, it stands
`above` a wording (a letter's issuer above its number) or is the `last` line under one (the name under a
signature).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from ocr.model import Box, PageText
from verification.cutting import Cut
from verification.extraction import Reading
from verification.labels import flat, is_title, letters
from verification.layout import Candidate, Seen, candidate_of, collect
from verification.profile import FieldProfile, Place, Profile
from verification.values import parse_value, tidy

# In line heights: how far under a title the next line of it may be, and a signer's name under the office.
_CLOSE = 0.6
_SIGNATURE = 14
_ASIDE = 0.5
_ALIKE = 85.0


def collect_all(texts: Sequence[PageText], profile: Profile, page: int) -> tuple[Seen, ...]:
    """Every field of the profile: by its label, or else by its place. `texts` share their line boxes."""
    labelled = collect(texts, profile, page)
    named = {seen.spec.name for seen in labelled if seen.candidates}
    placed = collect_unlabelled(texts, profile, page)
    return (*labelled, *(seen for seen in placed if seen.spec.name not in named))


def collect_unlabelled(texts: Sequence[PageText], profile: Profile, page: int) -> tuple[Seen, ...]:
    """Every field of the profile that may be found by its place."""
    if not texts or not texts[0].lines:
        return ()
    specs = (f for f in profile.fields if f.place is not Place.LABEL or f.pattern)
    made = (_seen(texts, profile, spec, page) for spec in specs)
    return tuple(seen for seen in made if seen is not None)


def _seen(texts: Sequence[PageText], profile: Profile, spec: FieldProfile, page: int) -> Seen | None:
    if spec.pattern:
        return _by_pattern(texts, spec, page)
    lines = _lines(texts, profile, spec)
    if not lines:
        return None
    pieces = [Cut(i, None, tuple((0, len(t.lines[i].text)) for t in texts)) for i in lines]
    made = (candidate_of(texts, reader, pieces, spec, page) for reader in range(len(texts)))
    candidates = tuple(c for c in made if c is not None)
    if spec.place is Place.LAST and not _centred(texts, lines[0], spec):
        candidates = tuple(replace(c, parsed=False) for c in candidates)
    return Seen(spec, candidates, tuple(lines))


def _centred(texts: Sequence[PageText], line: int, spec: FieldProfile) -> bool:
    """Whether the line stands in the middle under the office; else a seal may have hidden a part of it."""
    name, office = texts[0].lines[line].box, texts[0].lines[_offices(texts, spec)[-1]].box
    return abs(name.centre[0] - office.centre[0]) <= _ASIDE * name.height


def _offices(texts: Sequence[PageText], spec: FieldProfile) -> list[int]:
    return [i for i in range(len(texts[0].lines)) if _bears(texts, i, spec.of, short=True)]


def _lines(texts: Sequence[PageText], profile: Profile, spec: FieldProfile) -> list[int]:
    if spec.place is Place.TITLE:
        return _title_lines(texts, profile, spec)
    if spec.place is Place.UNDER:
        return _under_title(texts, profile, spec)
    if spec.place is Place.ABOVE:
        anchors = [i for i in range(len(texts[0].lines)) if _bears(texts, i, spec.of, short=False)]
        return _above(texts, anchors[0], spec) if anchors else []
    offices = _offices(texts, spec)
    return _last(texts, offices[-1], spec) if offices else []


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


def _under_title(texts: Sequence[PageText], profile: Profile, spec: FieldProfile) -> list[int]:
    """The lines close under the title and each other, centred as it is, up to words that end a value."""
    boxes = [line.box for line in texts[0].lines]
    title = _title_lines(texts, profile, replace(spec, lines=1))
    if not title:
        return []
    found: list[int] = []
    here = boxes[title[0]]
    for i in sorted(range(len(boxes)), key=lambda i: boxes[i].y0):
        box = boxes[i]
        gap, aside = box.y0 - here.y1, abs(box.centre[0] - boxes[title[0]].centre[0])
        close = -here.height / 3 <= gap <= _CLOSE * box.height and aside <= 2 * box.height
        if i != title[0] and close and len(found) < spec.lines and not _stops(texts, i, profile):
            found.append(i)
            here = box
    return found


def _stops(texts: Sequence[PageText], line: int, profile: Profile) -> bool:
    heads = [re.sub(r"^\W+", "", flat(t.lines[line].text)) for t in texts]
    return any(head.startswith(flat(stop)) for head in heads for stop in profile.stops)


def _under(boxes: Sequence[Box], line: int) -> int | None:
    above = boxes[line]
    for i, box in enumerate(boxes):
        near = above.y1 - above.height // 3 <= box.y0 <= above.y1 + above.height
        if near and box.height > 0.8 * above.height and _overlap(above, box) > 0:
            return i
    return None


def _bears(texts: Sequence[PageText], line: int, wordings: tuple[str, ...], *, short: bool) -> bool:
    """Whether the line begins with a wording, or is one but for a letter or two (a seal lies over it).

    `short`: with little behind it; a sentence that begins so is none.
    """
    words = [t.lines[line].text for t in texts if t.lines[line].text]
    heads = [re.sub(r"^\W+", "", flat(text)) for text in words]
    for head in heads:
        begun = [w for w in wordings if head.startswith(flat(w))]
        if any(not short or len(head) <= 2 * len(w) for w in begun):
            return True
    return any(fuzz.ratio(letters(a), letters(b)) >= _ALIKE for a in words for b in wordings if len(b) > 6)


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
    """The lowest line of the block under the anchor, centred as it is; what is printed across the page in
    larger letters does not belong to it."""
    boxes = [line.box for line in texts[0].lines]
    anchor = boxes[at]
    height = anchor.height
    under = [
        i
        for i, b in enumerate(boxes)
        if anchor.y1 < b.y0 <= anchor.y1 + _SIGNATURE * height
        and b.height <= 2 * height
        and abs(b.centre[0] - anchor.centre[0]) <= max(anchor.width / 2, 4 * height)
        and any(len(t.lines[i].text.split()) >= 2 for t in texts)
        and not _bears(texts, i, spec.of, short=True)
    ]
    return sorted(under, key=lambda i: -boxes[i].y0)[:1]


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
    reading = Reading(text.reader, value or plain, line.confidence, page, line.box)
    return Candidate(reading, value is not None, look=text.look)


def _overlap(a: Box, b: Box) -> int:
    return min(a.x1, b.x1) - max(a.x0, b.x0)
