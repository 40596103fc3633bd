"""When a value is sure: all readings of one field in, a `Field` out (interface.md, "Sure means").

Two readings by different means agree and nothing stronger speaks against them; or a machine zone is alone
and uncontradicted. Anything else is unsure: it is shown, and a person looks.
"""

from collections.abc import Sequence

from verification.extraction import Field, Reading
from verification.layout import Candidate
from verification.normalise import canonical
from verification.profile import FieldProfile, Format

MACHINE = ("qr", "mrz", "barcode")
_WORDS = (Format.TEXT, Format.NAME, Format.PLACE, Format.DATE_WORDS)


def settle(spec: FieldProfile, candidates: Sequence[Candidate]) -> Field:
    """The field with all readings; its value is the best supported one."""
    groups = _groups(spec, candidates)
    readings = tuple(c.reading for c in candidates)
    if not groups:
        return Field(spec.name, readings[0].value if readings else None, False, readings)
    best = max(groups, key=_support)
    sure = _is_sure(best, [g for g in groups if g is not best], candidates)
    return Field(spec.name, _as_printed(best), sure, readings)


def _groups(spec: FieldProfile, candidates: Sequence[Candidate]) -> list[list[Reading]]:
    """Parsed readings, together when they say the same; case and tone placement do not part them."""
    found: dict[str, list[Reading]] = {}
    for candidate in candidates:
        if candidate.parsed:
            value = candidate.reading.value
            key = canonical(value) if spec.format in _WORDS else value
            found.setdefault(key, []).append(candidate.reading)
    return list(found.values())


def _support(group: list[Reading]) -> tuple[int, int, float]:
    means = {r.by for r in group}
    return len(means), len(means.intersection(MACHINE)), max(r.confidence for r in group)


def _is_sure(best: list[Reading], others: list[list[Reading]], all_of: Sequence[Candidate]) -> bool:
    means = {r.by for r in best}
    against = {r.by for group in others for r in group}
    if len(means) >= 2:
        agreed_elsewhere = any(len({r.by for r in g}) >= 2 for g in others)
        return not agreed_elsewhere and not against.intersection((*MACHINE, "text_layer"))
    alone = len(all_of) == 1 and all_of[0].checked
    return alone and bool(means.intersection(MACHINE))


def _as_printed(group: list[Reading]) -> str:
    """Of agreeing readings the one of the print. A reader loses a capital now and then (NGUYễN, cầu Ngang)
    and never makes one, so a letter is a capital where any reader saw one."""
    printed = [r.value for r in group if r.by not in MACHINE] or [r.value for r in group]
    alike = [v for v in printed if len(v) == len(printed[0])]
    letters = zip(*alike, strict=True)
    return "".join(next((c for c in at if c.isupper()), at[0]) for at in letters)
