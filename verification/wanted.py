"""Which lines the second reader is asked about: what the first one read in, numbers of lines out.

Only lines that decide something: those that tell the kind, those that hold a label or a value, and those
that a cross-check looks at. A page whose kind the first reader cannot tell is read by both from end to end.
"""

from ocr.model import DocumentReading, PageReading
from ocr.regions import parts_of
from verification.consistency import lines_to_check
from verification.extraction import CERTIFIED_COPY, UNKNOWN
from verification.kinds import classify, contains
from verification.labels import is_title, letters
from verification.layout import collect
from verification.profile import Profile, profile_of
from verification.unlabelled import collect_unlabelled


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


def _all(page: PageReading) -> tuple[int, ...]:
    return tuple(range(len(page.texts[0].lines))) if page.texts else ()


def _lines(page: PageReading, profiles: list[Profile]) -> tuple[int, ...]:
    first, number = page.texts[:1], page.page.number
    found: set[int] = set()
    for profile in profiles:
        found |= lines_to_check(page, profile)
        for way in (collect, collect_unlabelled):
            found |= {line for seen in way(first, profile, number) for line in seen.lines}
        found |= {
            i
            for i, line in enumerate(first[0].lines if first else ())
            if any(is_title(line.text, title) for title in profile.titles)
            or any(contains(letters(line.text), marker) for marker in profile.also)
        }
    return tuple(sorted(found))
