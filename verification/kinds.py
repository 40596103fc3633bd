"""What kind of paper a page is: the readers' texts in, a kind out, sure only when two means agree.

The kind follows the main title, never words in the body (domain.md 2.12); "CĂN CƯỚC" alone is in two titles
and decides nothing (2.2).
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from ocr.model import CodeKind, PageReading, PageText
from verification.extraction import CERTIFIED_COPY, UNKNOWN, Kind
from verification.labels import is_title, letters
from verification.profile import Profile

_ALIKE = 90.0


@dataclass(frozen=True, slots=True)
class PageKind:
    """The kind of a page; `stamped` when it bears the stamp of a certified copy."""

    kind: Kind
    sure: bool
    stamped: bool
    stamp_sure: bool


def classify(page: PageReading, profiles: tuple[Profile, ...]) -> PageKind:
    """The kind that most readers see, sure when two different means see it."""
    kinds = [p for p in profiles if p.kind != CERTIFIED_COPY]
    votes = [*(_vote(text, kinds) for text in page.by_reader), *_by_code(page, kinds)]
    named = [v for v in votes if v != UNKNOWN]
    kind = max(named, key=named.count) if named else UNKNOWN
    sure = kind != UNKNOWN and named.count(kind) >= 2 and len(set(named)) == 1
    stamp = next((p for p in profiles if p.kind == CERTIFIED_COPY), None)
    stamps = sum(_has_title(t, stamp) for t in page.by_reader) if stamp else 0
    return PageKind(kind, sure, stamps >= 1, stamps >= 2)


def _by_code(page: PageReading, profiles: list[Profile]) -> list[Kind]:
    """What a card's QR says it is: number first, and as many parts as its make has (domain.md 2.3)."""
    parts = [c.text.lstrip("\ufeff").strip().split("|") for c in page.codes if c.kind is CodeKind.QR]
    counts = {len(p) for p in parts if re.fullmatch(r"\d{12}", p[0])}
    return [p.kind for p in profiles if counts.intersection(p.qr_parts)]


def _vote(text: PageText, profiles: list[Profile]) -> Kind:
    """The kind whose title is there; of several the one with the longest (a small title may stand on many
    papers), and none when two are as long."""
    whole = letters(" ".join(line.text for line in text.lines))
    fitting = [
        (_title_length(text, p), p.kind)
        for p in profiles
        if _has_title(text, p)
        and (not p.also or any(contains(whole, m) for m in p.also))
        and not any(contains(whole, m) for m in p.never)
    ]
    longest = max((length for length, _ in fitting), default=0)
    best = [kind for length, kind in fitting if length == longest]
    return best[0] if len(best) == 1 else UNKNOWN


def _title_length(text: PageText, profile: Profile) -> int:
    seen = [t for t in profile.titles if any(is_title(line.text, t) for line in text.lines)]
    return max((len(letters(t)) for t in seen), default=0)


def _has_title(text: PageText, profile: Profile) -> bool:
    return any(is_title(line.text, title) for line in text.lines for title in profile.titles)


def contains(whole: str, marker: str) -> bool:
    """Whether the marker, or all but a letter of ten, is in the letters of `whole`."""
    core = letters(marker)
    return core in whole or fuzz.partial_ratio(core, whole, score_cutoff=_ALIKE) >= _ALIKE
