"""A paper that no key led to a record, and records that somebody may show, in; these records, the most alike
first, out.

For an officer's eyes alone: likeness decides nothing (one letter is another person), so no figure of it
leaves here.
"""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import Indel

from verification.extraction import Field
from verification.normalise import canonical, fold
from verification.profile import Profile
from verification.source import SourceRecord


def most_alike(
    fields: Mapping[str, Field], profile: Profile, records: Iterable[SourceRecord], *, most: int = 5
) -> tuple[SourceRecord, ...]:
    """At most `most` of the records, by how alike their number, name and date of birth are to the paper's.

    What the paper or a record does not say counts nothing. Records equally alike stand by their id.
    """
    keys = (profile.number_field, profile.name_field, profile.birth_field)
    specs = [spec for name in keys if name and (spec := profile.field(name)) and spec.record]
    said = {spec.record: fields[spec.name].value for spec in specs if spec.name in fields}
    asked = {path: value for path, value in said.items() if path and value}

    def unlike(record: SourceRecord) -> tuple[float, str]:
        told = {path: record.values[path].text for path in asked if path in record.values}
        return -sum(_alike(asked[path], text) for path, text in told.items()), record.record_id

    return tuple(sorted(records, key=unlike)[: max(most, 0)])


def _alike(paper: str, record: str) -> float:
    """0..2: the letters in their order, once with their marks and once without."""
    with_marks = Indel.normalized_similarity(canonical(paper), canonical(record))
    return float(with_marks + Indel.normalized_similarity(fold(paper), fold(record)))
