"""A paper (or the sides of one card) compared with its record: fields, candidates and snapshot in, a
`RecordMatch` out.

No score decides: one letter is another person (domain.md 3.1). A field passes only as interface.md says.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from verification.addresses import compare_addresses
from verification.agreement import Agreement, Compared
from verification.comparing import (
    compare_dates,
    compare_ethnicity,
    compare_names,
    compare_nationality,
    compare_numbers,
    compare_sex,
)
from verification.differing import Differs, differs
from verification.extraction import Extraction, Field
from verification.identity_papers import Known, compare_identity_papers, differs_in_number, numbers_in
from verification.matching import Comparison, Found, RecordMatch
from verification.normalise import canonical, name_key, squeeze, zone_form
from verification.places import parse_places
from verification.profile import Compare, FieldProfile, Profile
from verification.record_values import LIST_SEPARATOR
from verification.source import RecordValue, Snapshot, Source, SourceRecord

_AGENCY = re.compile(r"^\s*(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What a source is asked with: a number, or a folded name and an ISO birth date; sure or not."""

    number: str | None
    number_sure: bool
    name_key: str | None
    birth_date: str | None
    name_sure: bool


def merged(papers: Sequence[Extraction]) -> dict[str, Field]:
    """The fields of all sides of one paper. What two sides both say must be the same to stay sure."""
    fields: dict[str, Field] = {}
    for field in (f for p in papers for f in p.fields):
        fields[field.name] = _both(fields[field.name], field) if field.name in fields else field
    unaccented, full = fields.get("full_name_unaccented"), fields.get("full_name")
    if unaccented and full and full.sure and zone_form(full.value or "") == zone_form(unaccented.value or ""):
        fields["full_name_unaccented"] = replace(unaccented, sure=True)
    return fields


def merged_profile(profiles: Sequence[Profile]) -> tuple[FieldProfile, ...]:
    """The field profiles of all sides, each name once."""
    return tuple({f.name: f for p in reversed(profiles) for f in p.fields}.values())


def question(fields: Mapping[str, Field], profile: Profile) -> Question:
    """What to ask the source of this paper."""
    number = fields.get(profile.number_field or "")
    name = fields.get(profile.name_field or "")
    born = fields.get(profile.birth_field or "")
    full = bool(name and name.value and born and born.value and len(born.value) == 10)
    return Question(
        number="".join(number.value.split()) if number and number.value else None,
        number_sure=bool(number and number.sure),
        name_key=name_key(name.value or "") if full and name else None,
        birth_date=born.value if full and born else None,
        name_sure=bool(full and name and born and name.sure and born.sure),
    )


def fitting(records: Sequence[SourceRecord], profile: Profile) -> tuple[SourceRecord, ...]:
    """The records this kind of paper is made from (a birth certificate never from a marriage)."""
    return tuple(
        r for r in records if all(r.values.get(k, RecordValue("")).text == v for k, v in profile.where)
    )


def not_asked(source: Source, snapshot: Snapshot | None, now: datetime) -> Found | None:
    """Why the source cannot be asked at all; None when it can."""
    if snapshot is None:
        return Found.NOT_CONFIGURED
    return None if source.is_fresh(snapshot.as_of, now) else Found.SOURCE_STALE


def compare(
    fields: Mapping[str, Field], specs: Sequence[FieldProfile], record: SourceRecord
) -> tuple[Comparison, ...]:
    """Every field that stands on the paper or in the record, compared by its rule."""
    made = (_comparison(spec, fields.get(spec.name), record) for spec in specs if spec.record)
    return tuple(c for c in made if c is not None)


def match_one(
    fields: Mapping[str, Field],
    specs: Sequence[FieldProfile],
    record: SourceRecord,
    *,
    source: Source,
    snapshot: Snapshot,
    key_sure: bool,
) -> RecordMatch:
    """The comparison with the one record that was found."""
    return RecordMatch(
        source=source.name,
        snapshot=snapshot,
        found=Found.ONE,
        key_sure=key_sure,
        record=record,
        status_good=record.status in source.status_good,
        comparisons=compare(fields, specs, record),
    )


def _both(first: Field, second: Field) -> Field:
    readings = (*first.readings, *second.readings)
    if first.value is None or second.value is None:
        kept = first if second.value is None else second
        return replace(kept, readings=readings)
    if canonical(first.value) == canonical(second.value):  # a code writes a name in the usual case
        return replace(first, sure=first.sure or second.sure, readings=readings)
    if first.sure != second.sure:
        return replace(first if first.sure else second, sure=False, readings=readings)
    return replace(first, sure=False, readings=readings)


def _comparison(spec: FieldProfile, field: Field | None, record: SourceRecord) -> Comparison | None:
    value = record.values.get(spec.record or "")
    paper = field.value if field else None
    theirs = value.text if value and value.text else None
    if paper is None and theirs is None:
        return None
    compared = _compared(spec, paper, value, record)
    if paper is None and field is not None and field.readings:
        compared = Compared(Agreement.UNREADABLE)
    return Comparison(
        field=spec.name,
        paper=paper,
        record=theirs,
        agreement=compared.agreement,
        rule=compared.rule,
        identity=spec.identity,
        passes=passes(spec, field, compared),
        differs=_differs(spec, paper, record, compared),
    )


def passes(spec: FieldProfile, field: Field | None, compared: Compared) -> bool:
    """interface.md, NO_COPY_NEEDED. A label that stands there with nothing legible behind it never passes."""
    if compared.agreement is Agreement.MISSING_ON_PAPER:
        return field is None and spec.may_be_absent
    if compared.agreement is Agreement.MISSING_IN_RECORD and spec.compare is not Compare.IDENTITY_PAPER:
        return spec.not_in_source  # nothing rests on it: it need not be sure
    return field is not None and _sure(spec, field) and _agrees(spec, compared)


def _agrees(spec: FieldProfile, compared: Compared) -> bool:
    match compared.agreement:
        case Agreement.EXACT | Agreement.EQUIVALENT:
            return True
        case Agreement.PARTIAL:
            return not spec.identity and compared.rule in spec.partial
        case Agreement.MISSING_IN_RECORD:
            return spec.not_in_source
        case _:
            return False


def _sure(spec: FieldProfile, field: Field) -> bool:
    """Of an identity paper in words the numbers must be sure: all means read the same, and at least two."""
    if field.sure or spec.compare is not Compare.IDENTITY_PAPER:
        return field.sure
    seen = {numbers_in(reading.value) for reading in field.readings}
    return len(seen) == 1 and seen != {()} and len({reading.by for reading in field.readings}) > 1


def _compared(
    spec: FieldProfile, paper: str | None, value: RecordValue | None, record: SourceRecord
) -> Compared:
    theirs = value.text if value else None
    if spec.compare is Compare.NUMBER:
        return _numbers(spec, paper, theirs, record)
    if spec.compare is Compare.PLACE:
        return _places(paper, value)
    if spec.compare is Compare.IDENTITY_PAPER:
        return compare_identity_papers(paper, _known(spec, record))
    return _RULES[spec.compare or Compare.TEXT](paper, theirs)


_RULES: dict[Compare, Callable[[str | None, str | None], Compared]] = {
    Compare.NAME: compare_names,
    Compare.TEXT: compare_names,
    Compare.DATE: compare_dates,
    Compare.SEX: compare_sex,
    Compare.ETHNICITY: compare_ethnicity,
    Compare.NATIONALITY: compare_nationality,
}


def _numbers(spec: FieldProfile, paper: str | None, theirs: str | None, record: SourceRecord) -> Compared:
    """A list in the record is matched by any of its numbers; a personal number also by an old one."""
    several = (theirs or "").split(LIST_SEPARATOR)
    if paper and paper in several:
        return Compared(Agreement.EXACT)
    # A licence's number is never her number of before, even where their sources name both.
    person = (spec.record or "").rpartition(".")[2] in ("personal_number", "old_id_numbers")
    return compare_numbers(paper, theirs, old_numbers=_known(spec, record).olds if person else ())


def _known(spec: FieldProfile, record: SourceRecord) -> Known:
    """The numbers of the person that the field speaks of."""
    path = spec.record or ""
    prefix = path.rpartition(".")[0]
    number = record.values.get(path)
    old = record.values.get(f"{prefix}.old_id_numbers" if prefix else "old_id_numbers")
    olds = tuple(old.text.split(LIST_SEPARATOR)) if old and old.text else ()
    return Known(number.text if number and number.text else None, olds)


def _differs(spec: FieldProfile, paper: str | None, record: SourceRecord, compared: Compared) -> Differs:
    if spec.compare is Compare.IDENTITY_PAPER:
        return differs_in_number(paper, _known(spec, record), compared)
    theirs = record.values.get(spec.record or "")
    return differs(paper, theirs.text if theirs else None, compared)


def _places(paper: str | None, value: RecordValue | None) -> Compared:
    if not paper:
        return Compared(Agreement.MISSING_ON_PAPER)
    if value is None or not value.text:
        return Compared(Agreement.MISSING_IN_RECORD)
    ours, theirs = (squeeze(text) for text in (paper, value.text))
    compared = compare_addresses(
        _AGENCY.sub("", ours),
        _AGENCY.sub("", theirs),
        record_commune_code=value.commune_code,
        record_province_code=value.province_code,
    )
    return _agencies(ours, theirs, compared)


def _agencies(paper: str, record: str, compared: Compared) -> Compared:
    """Where one side alone names the people's committee, what else stands before the commune may be a
    misread name of it: it does not pass for a hamlet."""
    other = [text for text in (paper, record) if not _AGENCY.match(text)]
    if compared.agreement is not Agreement.EQUIVALENT or len(other) != 1:
        return compared
    named = any(place.detail for place in parse_places(other[0]))
    return Compared(Agreement.PARTIAL, "detail_differs") if named else compared
