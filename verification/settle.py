"""When a value is sure: all readings of one field in, a `Field` out (interface.md, "Sure means").

Two readings by different means agree and nothing stronger speaks against them; or a machine zone is alone
and uncontradicted. Anything else is unsure: it is shown, and a person looks.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

from verification.capitals import best_spelling
from verification.extraction import Field, Reading
from verification.layout import Candidate
from verification.normalise import canonical
from verification.profile import FieldProfile, Format

MACHINE = ("qr", "mrz", "barcode")
TEXT_LAYER = "text_layer"
_STACKED = re.compile("[\u0302\u0306][\u0300\u0301\u0309]")
"""A circumflex or breve with a grave, acute or hook on it, decomposed: ầ ế ổ ằ."""
_WORDS = (Format.TEXT, Format.NAME, Format.PLACE, Format.DATE_WORDS)


def settle(
    spec: FieldProfile, candidates: Sequence[Candidate], unclear: Collection[int] = frozenset()
) -> Field:
    """The field with all readings; its value is the best supported one.

    `unclear`: numbers of pages too coarse for small marks (`PageWarning.MARKS_UNCLEAR`). There two readers
    of the picture misread ể as ế alike, so words with such letters are not sure by print alone.
    """
    groups = _groups(spec, candidates)
    readings = _each_once(candidates)
    if not groups:
        return Field(spec.name, readings[0].value if readings else None, False, readings)
    best = max(groups, key=_support)
    sure = _is_sure(best, [g for g in groups if g is not best], candidates) and not _in_doubt(best, unclear)
    return Field(spec.name, _as_printed(spec, best), sure, readings)


def _each_once(candidates: Sequence[Candidate]) -> tuple[Reading, ...]:
    """A reader's second look tells only what its first did not."""
    found: dict[tuple[str, str], Reading] = {}
    for candidate in candidates:
        found.setdefault((candidate.reading.by, candidate.reading.value), candidate.reading)
    return tuple(found.values())


def _groups(spec: FieldProfile, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Parsed readings, together when they say the same; case and tone placement do not part them."""
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.parsed:
            value = candidate.reading.value
            key = canonical(value) if spec.format in _WORDS else value
            found.setdefault(key, []).append(candidate)
    return list(found.values())


def _means(group: list[Candidate]) -> set[str]:
    return {c.reading.by for c in group}


def _support(group: list[Candidate]) -> tuple[int, int, float]:
    means = _means(group)
    return len(means), len(means.intersection(MACHINE)), max(c.reading.confidence for c in group)


def _is_sure(best: list[Candidate], others: list[list[Candidate]], all_of: Sequence[Candidate]) -> bool:
    """What is seen only at second looks is not sure: those may share a fault of the changed picture. Nor is
    what no second look confirms where one was taken."""
    means = _means(best)
    if len(means) >= 2:
        against = set().union(*map(_means, others))
        agreed_elsewhere = any(len(_means(group)) >= 2 for group in others)
        contradicted = agreed_elsewhere or bool(against.intersection((*MACHINE, TEXT_LAYER)))
        again = [c for c in all_of if c.look > 1 and c.parsed]
        confirmed = not again or any(c.look > 1 for c in best)
        return any(c.look == 1 for c in best) and confirmed and not contradicted
    alone = len(all_of) == 1 and all_of[0].checked
    return alone and bool(means.intersection(MACHINE))


def _in_doubt(best: list[Candidate], unclear: Collection[int]) -> bool:
    seen_only = not _means(best).intersection((*MACHINE, TEXT_LAYER))
    return (
        seen_only
        and any(c.reading.page in unclear for c in best)
        and any(_STACKED.search(unicodedata.normalize("NFD", c.reading.value)) for c in best)
    )


def _as_printed(spec: FieldProfile, group: list[Candidate]) -> str:
    """As it stands on the paper; a code alone writes Nguyễn Văn An where the paper has NGUYỄN VĂN AN."""
    printed = [c.reading.value for c in group if c.reading.by not in MACHINE]
    zones = [c.reading.value for c in group if c.reading.by in MACHINE]
    if not printed and spec.capitals:
        return zones[0].upper()
    if spec.format not in _WORDS:
        return (printed or zones)[0]
    names = spec.format in (Format.NAME, Format.PLACE)
    return best_spelling(printed or zones, zones, names=names)
