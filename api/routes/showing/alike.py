"""A paper to which no record was found, and those most like it, in; what the review shows of them out."""

from collections.abc import Sequence

from api.routes.showing.words import shown_value
from api.web import paths
from api.web.differences import Pieces, differing, whole
from api.web.language import Bilingual as Both
from api.web.officer_views import Alike
from verification.extraction import Field
from verification.match import merged
from verification.matching import Found
from verification.profile import FieldProfile, Profile, profile_of
from verification.source import SourceRecord
from verification.workflow.review import Case


def shown_alike(
    case: Case, profiles: tuple[Profile, ...], records: Sequence[SourceRecord] | None
) -> Alike | None:
    """None where a record was found, or no source was asked; `records` is None until somebody asks."""
    match = case.paper.assessment.match
    profile = profile_of(case.paper.sides[0].extraction.kind, profiles)
    if match is None or match.found is not Found.NONE or profile is None:
        return None
    names = (profile.name_field, profile.birth_field, profile.number_field)
    specs = [spec for name in names if name and (spec := profile.field(name)) and spec.record]
    fields = merged([side.extraction for side in case.paper.sides])
    return Alike(
        action=paths.alike(case.paper.id),
        headings=tuple(Both(spec.title_vi, spec.title_en) for spec in specs),
        rows=None if records is None else tuple(_row(specs, fields, record) for record in records),
    )


def _row(specs: Sequence[FieldProfile], fields: dict[str, Field], record: SourceRecord) -> tuple[Pieces, ...]:
    return tuple(_cell(fields.get(spec.name), record, spec.record or "") for spec in specs)


def _cell(field: Field | None, record: SourceRecord, path: str) -> Pieces:
    """What the record says, with the letters marked that the paper has otherwise."""
    told = record.values.get(path)
    theirs, ours = shown_value(told.text if told else None), shown_value(field.value if field else None)
    return differing(ours, theirs)[1] if ours and theirs else whole(theirs)
