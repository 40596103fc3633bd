"""What stands in the way of NO_COPY_NEEDED: a match with its fields and rules in, a reason for each out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verification.agreement import Agreement
from verification.contradiction import GRAVE
from verification.extraction import Extraction, Field
from verification.finding import Finding
from verification.matching import Comparison, RecordMatch
from verification.profile import FieldProfile
from verification.ruling import Ruling
from verification.wording import rule_words, say

DOUBTS = (
    "PDF_HIDDEN_LAYER",
    "PDF_SCRIPT",
    "TEXT_LAYER_DIFFERS",
    *GRAVE,
)
"""Warnings that no agreement with the record outweighs."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A paper (or the sides of one card) beside the one record that was found."""

    papers: tuple[Extraction, ...]
    specs: Sequence[FieldProfile]
    fields: Mapping[str, Field]
    match: RecordMatch


def hindrances(compared: Compared) -> list[Finding]:
    """Every reason in the paper or the record, all at once."""
    match = compared.match
    found: list[Finding] = []
    if not match.key_sure:
        found.append(say("KEY_UNSURE"))
    if not match.status_good:
        found.append(say("RECORD_NOT_VALID", {"status": match.record.status if match.record else ""}))
    titles = {s.name: s for s in compared.specs}
    found += [_why(c, titles[c.field], compared.fields) for c in match.comparisons if not c.passes]
    found += _identity_missing(compared)
    warned = (w for p in compared.papers for w in p.warnings)
    found += [w for w in warned if w.code in DOUBTS]
    return found


def not_replaced(compared: Compared, ruled: Ruling) -> list[Finding]:
    """The fields that the paper prints, that agree, and that no rule in force says the record replaces."""
    titles = {s.name: s for s in compared.specs}
    told = (c for c in compared.match.comparisons if c.agreement is not Agreement.MISSING_IN_RECORD)
    printed = (c.field for c in told if c.passes and c.paper is not None)
    return [say("FIELD_NOT_REPLACED", _named(titles[f])) for f in printed if not ruled.replaces(f)]


def _named(spec: FieldProfile) -> dict[str, object]:
    return {"field": spec.title_vi, "field_en": spec.title_en}


def _identity_missing(compared: Compared) -> list[Finding]:
    """An identity field that stands neither here nor there proves nothing; at least it must be compared,
    unless papers of this kind may lack it."""
    names = {c.field for c in compared.match.comparisons}
    return [
        say("FIELD_NOT_READ", _named(s))
        for s in compared.specs
        if s.identity and not s.may_be_absent and s.name not in names
    ]


def _why(comparison: Comparison, spec: FieldProfile, fields: Mapping[str, Field]) -> Finding:
    words = _named(spec)
    field = fields.get(spec.name)
    place = field.readings[0] if field and field.readings else None
    where_page, where_box = (place.page, place.box) if place else (None, None)
    code = _CODES.get(comparison.agreement, "FIELD_UNDECIDED")
    if code is _PASSING or (field and not field.sure and code not in _SAID_EVEN_IF_UNSURE):
        code = "FIELD_UNSURE"
    if code == "FIELD_PARTIAL" and comparison.rule:
        words |= rule_words(comparison.rule)
    return say(code, words, page=where_page, box=where_box)


_PASSING = "passing"
_SAID_EVEN_IF_UNSURE = ("FIELD_DIFFERS", "FIELD_NOT_READ")
_CODES = {
    Agreement.EXACT: _PASSING,
    Agreement.EQUIVALENT: _PASSING,
    Agreement.PARTIAL: "FIELD_PARTIAL",
    Agreement.DIFFERENT: "FIELD_DIFFERS",
    Agreement.MISSING_ON_PAPER: "FIELD_NOT_READ",
    Agreement.MISSING_IN_RECORD: "FIELD_NOT_IN_RECORD",
    Agreement.UNREADABLE: "FIELD_NOT_READ",
    Agreement.UNDECIDED: "FIELD_UNDECIDED",
}
