"""A paper that no key led to a record, and records that somebody may show, in; these records, the most alike
first, out.

For an officer's eyes alone: likeness decides nothing (one letter is another person), so no figure of it
leaves here.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz.distance import Indel

from verification.extraction import Field
from verification.normalise import canonical, fold
from verification.profile import Profile
from verification.source import SourceRecord

_NEAR_NAME: Final = 0.75
"""Of the letters in their order, without marks: one or two of a name, or its middle word, may be other."""
_NEAR_NUMBER: Final = 0.9
"""One digit of twelve; numbers of one province, sex and year share half of theirs anyhow."""


def near(fields: Mapping[str, Field], profile: Profile, record: SourceRecord) -> bool:
    """Whether the record may be meant at all: its name without marks, or its number, is almost the paper's.

    Who was born on the same day and is nothing like it is nobody's business.
    """
    asked = _asked(fields, profile, (profile.number_field, profile.name_field))
    number = profile.field(profile.number_field) if profile.number_field else None
    for path, value in asked.items():
        least = _NEAR_NUMBER if number and path == number.record else _NEAR_NAME
        told = record.values.get(path)
        if told and Indel.normalized_similarity(fold(value), fold(told.text)) >= least:
            return True
    return False


def most_alike(
    fields: Mapping[str, Field], profile: Profile, records: Iterable[SourceRecord], *, most: int = 5
) -> tuple[SourceRecord, ...]:
    """At most `most` of the records, by how alike their number, name and date of birth are to the paper's.

    What the paper or a record does not say counts nothing. Records equally alike stand by their id.
    """
    asked = _asked(fields, profile, (profile.number_field, profile.name_field, profile.birth_field))

    def unlike(record: SourceRecord) -> tuple[float, str]:
        told = {path: record.values[path].text for path in asked if path in record.values}
        return -sum(_alike(asked[path], text) for path, text in told.items()), record.record_id

    return tuple(sorted(records, key=unlike)[: max(most, 0)])


def _asked(fields: Mapping[str, Field], profile: Profile, keys: tuple[str | None, ...]) -> dict[str, str]:
    """What the paper says in these fields, by the names of the record."""
    specs = [spec for name in keys if name and (spec := profile.field(name)) and spec.record]
    said = {spec.record: fields[spec.name].value for spec in specs if spec.name in fields}
    return {path: value for path, value in said.items() if path and value}


def _alike(paper: str, record: str) -> float:
    """0..2: the letters in their order, once with their marks and once without."""
    with_marks = Indel.normalized_similarity(canonical(paper), canonical(record))
    return float(with_marks + Indel.normalized_similarity(fold(paper), fold(record)))
