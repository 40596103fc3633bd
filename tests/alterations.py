"""A paper and its record in; out, each under the name of its alteration, papers and records that tell of
somebody or something else by one tone mark, letter, digit, date, parent or place.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from tests.pairs import Pair, leaf, source
from verification.dates import parse_date
from verification.identity_papers import numbers_in
from verification.normalise import canonical, canonical_i, fold
from verification.places import parse_places
from verification.profile import Compare, FieldProfile
from verification.specimens.chance import Chance
from verification.specimens.changes import TONES, without_tone

Altered = tuple[str, Pair]
"""The name of the alteration, and the pair."""

_VOWELS = "aăâeêioôơuưy"
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_WRITTEN = (Compare.NAME, Compare.TEXT, Compare.PLACE, Compare.ETHNICITY)
_NOT_GOOD = ("annulled", "cancelled", "conflicting", "deceased", "revoked", "unstated")
_UNLIMITED = "unlimited"
_PERSONAL = 12
"""The digits of a personal number."""
_COUPLES = (("mother_", "father_"), ("wife_", "husband_"))
_PARENTS = ("mother", "father", "wife", "husband", "owner", "head")


def altered(pair: Pair, others: Sequence[Pair], chance: Chance) -> Iterator[Altered]:
    """Every alteration of the paper, each compared field in turn, two of a kind where there is a choice.

    `others` are papers of other people, from which another parent and another commune are taken.
    """
    for spec in pair.compared:
        value = pair.values[spec.name]
        for name, changed in _changes(spec, value, chance):
            if _is_altered(spec, changed, value, _told(pair, spec)):
                yield name, pair.saying(**{spec.name: changed})
        for name, changed in _exchanges(spec, pair, others):
            yield name, pair.saying(**{spec.name: changed})
    yield from (("people exchanged", exchanged) for exchanged in _people_exchanged(pair))


def _people_exchanged(pair: Pair) -> Iterator[Pair]:
    """The mother's name and birth in the father's place and his in hers; wife and husband alike."""
    values = pair.values
    for one, other in _COUPLES:
        names = [name.removeprefix(one) for name in values if name.startswith(one)]
        both = [
            name for name in names if name.endswith(("full_name", "date_of_birth")) and other + name in values
        ]
        if both:
            first = {one + name: values[other + name] for name in both}
            second = {other + name: values[one + name] for name in both}
            yield pair.saying(**first, **second)


def altered_records(pair: Pair, others: Sequence[Pair], chance: Chance) -> Iterator[Altered]:
    """Every alteration of the record: one value each, or its standing.

    Where a record names a place by its code as well, the code says which it is: its words are left alone.
    """
    for status in _NOT_GOOD:
        assert status not in source(pair.source).status_good
        yield f"record {status}", pair.recorded("status", status)
    for spec in pair.compared:
        path, told = spec.record or "", _told(pair, spec)
        worded = isinstance(leaf(pair.row, path), str)
        shown = spec.compare is not Compare.IDENTITY_PAPER or told in numbers_in(pair.values[spec.name])
        for name, changed in _changes(spec, told, chance) if told and worded and shown else ():
            if _is_altered(spec, changed, told, pair.values[spec.name]) and not _of_no_say(
                spec, pair, changed
            ):
                yield f"record's {name}", pair.recorded(path, changed)
        if spec.compare is Compare.PLACE and told:
            apart = [o for o in others if _told(o, spec) and not _places(pair, spec) & _places(o, spec)]
            yield from (("record's commune", pair.recorded(path, leaf(o.row, path))) for o in apart[:2])


def _changes(spec: FieldProfile, value: str, chance: Chance) -> Iterator[tuple[str, str]]:
    if spec.compare is Compare.IDENTITY_PAPER:
        # A CMND's number, offices and days stand in no record.
        number = next((n for n in numbers_in(value) if len(n) == _PERSONAL), "")
        yield from (
            ("digit", value.replace(number, d)) for d in (_other_digits(number, chance) if number else ())
        )
        return
    if spec.compare is Compare.DATE:
        yield from _other_dates(value)
    elif spec.compare is Compare.SEX:
        yield "other sex", "female" if value == "male" else "male"
    elif spec.compare in _WRITTEN:
        yield from (("tone", _other_tone(value, chance)) for _ in range(2))
        yield from (("letter", letter) for letter in _other_letters(value, chance))
    if spec.compare is not Compare.DATE and any(c.isdigit() for c in value):
        yield from (("digit", digit) for digit in _other_digits(value, chance))


def _exchanges(spec: FieldProfile, pair: Pair, others: Sequence[Pair]) -> Iterator[tuple[str, str]]:
    """What stands in this field on other people's papers, where it is certainly something else."""
    if spec.compare is Compare.NUMBER and spec.name.endswith("personal_number"):
        yield from _numbers_of_others(spec, pair, others)
        return
    name = "other commune" if spec.compare is Compare.PLACE else "other person"
    if name == "other person" and not (spec.compare is Compare.NAME and spec.name.startswith(_PARENTS)):
        return
    mine = _places(pair, spec) if name == "other commune" else {fold(pair.values[spec.name])}
    theirs = (other for other in others if spec.name in other.values)
    apart = [o for o in theirs if not mine & (_places(o, spec) or {fold(o.values[spec.name])})]
    yield from ((name, other.values[spec.name]) for other in apart[:2])


def _numbers_of_others(spec: FieldProfile, pair: Pair, others: Sequence[Pair]) -> Iterator[tuple[str, str]]:
    """Another person's number, and one of another person's old numbers."""
    numbers = [other.values[spec.name] for other in others if spec.name in other.values]
    yield from (("other's number", number) for number in numbers[:2] if number != pair.values[spec.name])
    olds = [leaf(other.row, "old_id_numbers") for other in others]
    yield from (("other's old number", old[0]) for old in olds if isinstance(old, list) and old)


def _places(pair: Pair, spec: FieldProfile) -> set[str]:
    """The commune and province of today that the record names, without the hamlet."""
    if spec.compare is not Compare.PLACE:
        return set()
    return {", ".join(part.strip() for part in fold(_told(pair, spec)).split(",")[-2:])}


def _other_dates(value: str) -> Iterator[tuple[str, str]]:
    if value == _UNLIMITED:
        yield "term", "2030-01-01"
        return
    known = parse_date(value)
    assert known is not None
    for years in (-1, 1):
        day = min(known.day or 28, 28) if known.day else None
        yield "year", "-".join([str(known.year + years), *_two_digits(known.month, day)])
    if known.month is None or known.day is None:
        return
    if known.day <= 12 and known.day != known.month:
        yield "swapped date parts", date(known.year, known.day, known.month).isoformat()
    yield "day", (date(known.year, known.month, known.day) + timedelta(days=1)).isoformat()
    yield "month", date(known.year, known.month % 12 + 1, min(known.day, 28)).isoformat()


def _two_digits(*parts: int | None) -> list[str]:
    return [f"{part:02}" for part in parts if part is not None]


def _other_tone(value: str, chance: Chance) -> str:
    """One vowel under another tone, or under one where there was none."""
    at = chance.pick([n for n, c in enumerate(value) if without_tone(c)[0].lower() in _VOWELS] or [0])
    vowel, tone = without_tone(value[at])
    other = chance.pick([mark for mark in ("", *TONES) if mark != tone])
    return unicodedata.normalize("NFC", value[:at] + vowel + other + value[at + 1 :])


def _other_letters(value: str, chance: Chance) -> Iterator[str]:
    """One letter another, one too many, one too few, two changed about; none in the word for a unit alone."""
    places = [n for n, c in enumerate(value) if c.isalpha()]
    at, other = chance.pick(places), chance.pick(_LETTERS)
    yield value[:at] + (other.upper() if value[at].isupper() else other) + value[at + 1 :]
    yield value[:at] + value[at] + value[at:]
    yield value[:at] + value[at + 1 :]
    if at + 1 < len(value) and value[at + 1].isalpha():
        yield value[:at] + value[at + 1] + value[at] + value[at + 2 :]


def _other_digits(value: str, chance: Chance) -> Iterator[str]:
    at = chance.pick([n for n, c in enumerate(value) if c.isdigit()])
    yield value[:at] + str((int(value[at]) + chance.between(1, 9)) % 10) + value[at + 1 :]
    yield value[:at] + value[at + 1 :]
    if at + 1 < len(value) and value[at + 1].isdigit():
        yield value[:at] + value[at + 1] + value[at] + value[at + 2 :]


def _told(pair: Pair, spec: FieldProfile) -> str:
    """What the record says in this field; nothing where it says nothing, or a list."""
    told = leaf(pair.row, spec.record or "")
    text = told.get("text") if isinstance(told, Mapping) else told
    return text if isinstance(text, str) else ""


def _of_no_say(spec: FieldProfile, pair: Pair, changed: str) -> bool:
    """Whether only a hamlet is other, of which the paper says nothing."""
    paper = pair.values[spec.name]
    if spec.compare is not Compare.PLACE or any(place.detail for place in parse_places(paper)):
        return False
    units = [{part.strip() for part in text.split(",")} for text in (changed, _told(pair, spec))]
    (lost,) = units[1] - units[0] or {""}
    return any(lost.casefold() in place.detail for place in parse_places(_told(pair, spec)) if lost)


def _is_altered(spec: FieldProfile, changed: str, value: str, other: str) -> bool:
    """Whether it says something else, in a part that the other side says as well (many books hold no more
    than the year of a parent's birth)."""
    if spec.compare is Compare.DATE and len(other) == len("2000"):
        return changed[: len(other)] != value[: len(other)]
    return canonical_i(changed) != canonical_i(value) and canonical(changed) != canonical(other)
