"""Which lines the second reader is asked about: what the first one read in, numbers of lines out.

Only lines that decide something: those that tell the kind, those that hold a label or a value, those that
a cross-check looks at, and, for fields that were not found, those that may be a misread label of theirs. A
page whose kind the first reader cannot tell is read by both from end to end.
"""

import re

from rapidfuzz import fuzz

from ocr.model import CodeKind, DocumentReading, PageReading, PageText
from ocr.regions import parts_of
from verification.consistency import lines_to_check
from verification.extraction import CERTIFIED_COPY, UNKNOWN
from verification.kinds import classify, contains
from verification.labels import flat, is_title, letters
from verification.profile import FieldProfile, Format, Profile, profile_of
from verification.settle import TEXT_LAYER
from verification.unlabelled import collect_all

# A label of which a letter in five was misread is looked at by the second reader, who may read it.
_ALIKE = 80.0
_SHORT = 4
_DATED = re.compile(r"\d{4}\W*$|\d{6}")


def lines_still_wanted(reading: DocumentReading, profiles: tuple[Profile, ...]) -> dict[int, tuple[int, ...]]:
    """The same for what the second reader has not read yet: it may have found labels that lead to more."""
    found = {}
    for place, numbers in lines_wanted(reading, profiles).items():
        first, *others = _image_texts(reading.pages[place])
        unread = tuple(i for i in numbers if any(first.lines[i].text and not t.lines[i].text for t in others))
        if unread:
            found[place] = unread
    return found


def lines_wanted(reading: DocumentReading, profiles: tuple[Profile, ...]) -> dict[int, tuple[int, ...]]:
    """Place of the page in the reading (from 0) to numbers of its lines (from 0)."""
    wanted: dict[int, tuple[int, ...]] = {}
    before = UNKNOWN
    for place, page in enumerate(reading.pages):
        numbers: set[int] = set()
        for part in parts_of(page):
            seen = classify(part, profiles)
            before = before if seen.kind == UNKNOWN else seen.kind
            kinds = (before, CERTIFIED_COPY) if seen.stamped else (before,)
            concerned = [p for p in (profile_of(k, profiles) for k in kinds) if p]
            numbers |= _on_page(page, part, _lines(part, concerned) if concerned else _all(part))
        wanted[place] = tuple(sorted(numbers))
    return wanted


def _on_page(page: PageReading, part: PageReading, numbers: tuple[int, ...]) -> set[int]:
    """Numbers of a part's lines, as numbers of the page's."""
    if part is page:
        return set(numbers)
    places = {line: i for i, line in enumerate(page.texts[0].lines)}
    return {places[part.texts[0].lines[i]] for i in numbers}


def _image_texts(page: PageReading) -> tuple[PageText, ...]:
    return tuple(text for text in page.by_reader if text.reader != TEXT_LAYER)


def _all(page: PageReading) -> tuple[int, ...]:
    return tuple(range(len(page.texts[0].lines))) if page.texts else ()


def _lines(page: PageReading, profiles: list[Profile]) -> tuple[int, ...]:
    seen_by, number = _image_texts(page), page.page.number
    found: set[int] = set()
    for profile in profiles:
        fields = collect_all(seen_by, profile, number)
        found |= lines_to_check(page, profile)
        found |= {line for seen in fields for line in seen.lines}
        found |= _like_a_label(page, profile, {seen.spec.name for seen in fields})
        found |= _names_of_zones(page) if profile.mrz else set()
        found |= {
            i
            for text in seen_by
            for i, line in enumerate(text.lines)
            if any(is_title(line.text, title) for title in profile.titles)
            or any(contains(letters(line.text), marker) for marker in profile.also)
        }
    return tuple(sorted(found))


def _like_a_label(page: PageReading, profile: Profile, found: set[str]) -> set[int]:
    """Lines that may begin with a label that the first reader misread; for fields without a label of which
    nothing was found, those with a date or a long number."""
    labels = {letters(label) for f in profile.fields for label in (*f.labels, *f.of)}
    short = {len(label) for label in labels if len(label) <= _SHORT}
    patterned = any(_is_figures(f) and f.name not in found for f in profile.fields)
    return {
        i
        for i, line in enumerate(page.texts[0].lines if page.texts else ())
        if any(_is_like(label, letters(line.text)) for label in labels)
        or _short_head(line.text) in short
        or (patterned and _DATED.search(flat(line.text)))
    }


def _is_figures(spec: FieldProfile) -> bool:
    return bool(spec.pattern) or spec.format in (Format.NUMBER, Format.PERSONAL_NUMBER, Format.DATE)


def _is_like(label: str, line: str) -> bool:
    head = line[: len(label) + 4]
    long_enough = len(label) > _SHORT and len(head) >= len(label) - 1
    return long_enough and fuzz.partial_ratio(label, head) >= _ALIKE


def _short_head(line: str) -> int:
    """The length of a word that stands before a colon at the head of a line; 0 when none does."""
    head = re.match(r"\W*(\w{1,4})\s*:", line)
    return len(head.group(1)) if head else 0


def _names_of_zones(page: PageReading) -> set[int]:
    """The lines of machine zones: the names in them have no check digit, a second reader is their check."""
    zones = [code.box for code in page.codes if code.kind is CodeKind.MRZ]
    lines = page.texts[0].lines if page.texts else ()
    return {i for i, line in enumerate(lines) if any(zone.overlap(line.box) for zone in zones)}
