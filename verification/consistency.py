"""Every cross-check within one paper, or between the sides of one card: settled fields in; the fields, of
which none is sure that takes part in a contradiction, and a finding with its place for each, out.

>>> [code for code in NOTES if code in GRAVE]
[]
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ocr.model import Box, PageReading
from verification import issuing_time, spelled_out, zones
from verification.chronology import dates_that_cannot_be
from verification.contradiction import GRAVE, NOTES, Contradiction, ReadPaper
from verification.extraction import Extraction, Field, Reading
from verification.finding import Finding
from verification.normalise import canonical
from verification.numbering import numbers_that_cannot_be
from verification.profile import Profile, profile_of
from verification.wording import say

__all__ = ["GRAVE", "NOTES", "check_sides", "cross_check", "lines_to_check"]

_CHECKS = (
    spelled_out.words_beside_figures,
    numbers_that_cannot_be,
    zones.zones_that_disagree,
    dates_that_cannot_be,
    issuing_time.what_was_not_yet_so,
)

_NAMES = ("full_name", "full_name_unaccented")


def cross_check(paper: ReadPaper) -> tuple[tuple[Field, ...], tuple[Finding, ...]]:
    """The fields in their order, and what contradicts what.

    1. Figures and words that agree make each other sure. 2. Whatever takes part in a grave contradiction is
    sure no more: which side is wrong is not ours to say. 3. Each contradiction once, with its place.
    """
    found = {(c.code, c.fields): c for check in _CHECKS for c in check(paper)}.values()
    agreed = set(spelled_out.agreeing_dates(paper))
    doubted = {name for c in found if c.code in GRAVE for name in c.fields}
    fields = tuple(
        replace(f, sure=(f.sure or f.name in agreed) and f.name not in doubted) for f in paper.fields.values()
    )
    return fields, tuple(_finding(c, paper.fields) for c in found)


def lines_to_check(page: PageReading, profile: Profile) -> set[int]:
    """Lines that hold no field and yet decide a check: two readers should see them."""
    lines = page.texts[0].lines if page.texts else ()
    return {
        *spelled_out.telling_lines(lines, profile),
        *issuing_time.telling_lines(lines, profile.kind),
        *(zones.telling_lines(page) if profile.mrz else ()),
    }


def check_sides(papers: Sequence[Extraction], profiles: tuple[Profile, ...]) -> tuple[Extraction, ...]:
    """The papers, of which no field is sure that the other side of the same card (same group) contradicts."""
    return tuple(_beside(paper, [p for p in papers if _other_side(paper, p)], profiles) for paper in papers)


def _other_side(paper: Extraction, other: Extraction) -> bool:
    return paper.group is not None and paper.group == other.group and paper.kind != other.kind


def _beside(paper: Extraction, others: list[Extraction], profiles: tuple[Profile, ...]) -> Extraction:
    differing = {
        f.name for f in paper.fields if any(_differ(f, name, o) for o in others for name in _alike(f))
    }
    if not differing:
        return paper
    profile = profile_of(paper.kind, profiles)
    fields = tuple(replace(f, sure=f.sure and f.name not in differing) for f in paper.fields)
    return replace(paper, fields=fields, warnings=(*paper.warnings, *_of_sides(paper, differing, profile)))


def _of_sides(paper: Extraction, differing: set[str], profile: Profile | None) -> Iterator[Finding]:
    by_name = {f.name: f for f in paper.fields}
    for name in by_name:
        if name in differing:
            spec = profile.field(name) if profile else None
            words = {"field": spec.title_vi, "field_en": spec.title_en} if spec else {}
            yield _finding(Contradiction("SIDES_DIFFER", (name,), words), by_name)


def _alike(field: Field) -> tuple[str, ...]:
    """What the other side calls the same thing."""
    return _NAMES if field.name in _NAMES else (field.name,)


def _differ(field: Field, name: str, other: Extraction) -> bool:
    """Whether both sides are sure and say different things; a misreading alone is no contradiction."""
    there = other.field(name)
    if there is None or not (field.sure and there.sure) or not (field.value and there.value):
        return False
    if field.name != name:
        full, bare = (field.value, there.value) if name == _NAMES[1] else (there.value, field.value)
        return not zones.same_but_for_accents(full, bare)
    return canonical(field.value) != canonical(there.value)


def _finding(contradiction: Contradiction, fields: Mapping[str, Field]) -> Finding:
    """Its place holds all fields of the first one's page."""
    places = [_place(fields[name]) for name in contradiction.fields if name in fields]
    seen = [reading for reading in places if reading is not None]
    page = seen[0].page if seen else None
    box = _around(reading.box for reading in seen if reading.page == page)
    return say(contradiction.code, contradiction.words, page=page, box=box)


def _place(field: Field) -> Reading | None:
    """A reading that gave the value, in print if there is one."""
    saying = [r for r in field.readings if r.value == field.value] or list(field.readings)
    return saying[0] if saying else None


def _around(boxes: Iterable[Box]) -> Box | None:
    whole: Box | None = None
    for box in boxes:
        whole = box if whole is None else whole.union(box)
    return whole
