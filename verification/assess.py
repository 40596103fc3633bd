"""What is proposed for a paper: what was read and what the records say in, an `Assessment` out.

The table of domain.md 1.7, from the top; the first row that fits decides:
(1) a validly signed file: OFFICER_REVIEW, send the file itself;
(2) a certified copy brought as an original: REFUSAL_PROPOSED, with what the record answers;
(3) an unknown or unsure kind: OFFICER_REVIEW;
(4) no configured source: CERTIFICATION_NEEDED;
(5) the source is down, too old, or a sure key finds nothing: SOURCE_UNAVAILABLE;
(6) an unsure key, several records, a record no longer valid: OFFICER_REVIEW;
(7) a field that does not pass, a doubt about the paper: OFFICER_REVIEW;
(8) everything holds: NO_COPY_NEEDED.
The machine proposes; it never refuses and never certifies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from verification.agreement import Agreement
from verification.assessment import Assessment, Outcome
from verification.contradiction import GRAVE
from verification.extraction import CERTIFIED_COPY, UNKNOWN, Extraction, Field
from verification.finding import Finding
from verification.matching import Comparison, Found, RecordMatch
from verification.profile import FieldProfile, Profile
from verification.source import Source
from verification.wording import rule_words, say

VIETNAM = timezone(timedelta(hours=7))
DOUBTS = (
    "PDF_HIDDEN_LAYER",
    "PDF_SCRIPT",
    "TEXT_LAYER_DIFFERS",
    *GRAVE,
)
"""Warnings that no agreement with the record outweighs."""


@dataclass(frozen=True, slots=True)
class SignedFile:
    """What validation said of a signed file before it was read."""

    valid: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything an assessment rests on. `papers` are the sides of one card, or one paper."""

    papers: tuple[Extraction, ...]
    profile: Profile | None
    specs: tuple[FieldProfile, ...]
    fields: dict[str, Field]
    source: Source | None
    match: RecordMatch | None
    signed: SignedFile | None


def assess(evidence: Evidence) -> Assessment:
    """The proposal, always with at least one reason."""
    if evidence.signed is not None:
        return _signed(evidence, evidence.signed)
    if evidence.papers[0].kind == CERTIFIED_COPY:
        return _copy_as_original(evidence)
    unsure = _kind_doubt(evidence)
    if unsure:
        return Assessment(Outcome.OFFICER_REVIEW, (unsure,), evidence.match)
    return _by_record(evidence)


def _copy_as_original(evidence: Evidence) -> Assessment:
    reasons = [
        say(
            "COPY_BROUGHT_AS_ORIGINAL",
            legal_basis="NĐ 23/2015/NĐ-CP Điều 2 khoản 5, Điều 18 khoản 1, Điều 22",
        )
    ]
    if evidence.match and evidence.profile:
        answered = _by_record(evidence)
        if answered.outcome is Outcome.NO_COPY_NEEDED:
            reasons.append(say("RECORD_ANSWERS_INSTEAD", legal_basis=evidence.profile.legal_basis_vi))
        else:
            reasons.append(say("RECORD_DOES_NOT_ANSWER"))
        reasons += answered.reasons
    return Assessment(Outcome.REFUSAL_PROPOSED, tuple(reasons), evidence.match)


def _signed(evidence: Evidence, signed: SignedFile) -> Assessment:
    basis = "Luật Giao dịch điện tử 20/2023/QH15 Điều 9, Điều 10"
    reason = say("ELECTRONIC_ORIGINAL", legal_basis=basis) if signed.valid else say("SIGNED_FILE_INVALID")
    return Assessment(Outcome.OFFICER_REVIEW, (reason,), evidence.match)


def _kind_doubt(evidence: Evidence) -> Finding | None:
    if evidence.profile is None or evidence.papers[0].kind == UNKNOWN:
        return say("KIND_UNKNOWN")
    if not all(p.sure for p in evidence.papers):
        return say("KIND_UNSURE", _titles(evidence.profile))
    return None


def _by_record(evidence: Evidence) -> Assessment:
    profile, match = evidence.profile, evidence.match
    if profile is None or match is None or match.found is Found.NOT_CONFIGURED:
        basis = profile.legal_basis_vi if profile else None
        reason = say("NO_SOURCE", _titles(profile), legal_basis=basis)
        return Assessment(Outcome.CERTIFICATION_NEEDED, (reason,), match)
    if match.found is not Found.ONE:
        return _not_one(match, evidence.source)
    reasons = _hindrances(evidence, match)
    if reasons:
        return Assessment(Outcome.OFFICER_REVIEW, tuple(reasons), match)
    return Assessment(Outcome.NO_COPY_NEEDED, (_all_agree(evidence, match, profile),), match)


def _not_one(match: RecordMatch, source: Source | None) -> Assessment:
    names = _names(match, source)
    basis = "NQ 66.7/2025/NQ-CP"
    match match.found:
        case Found.SOURCE_DOWN:
            return Assessment(
                Outcome.SOURCE_UNAVAILABLE, (say("SOURCE_DOWN", names, legal_basis=basis),), match
            )
        case Found.SOURCE_STALE:
            reason = say("SOURCE_STALE", {"as_of": _as_of(match), **names}, legal_basis=basis)
            return Assessment(Outcome.SOURCE_UNAVAILABLE, (reason,), match)
        case Found.SEVERAL:
            return Assessment(Outcome.OFFICER_REVIEW, (say("SEVERAL_RECORDS"),), match)
        case Found.NO_KEY:
            return Assessment(Outcome.OFFICER_REVIEW, (say("NO_KEY"),), match)
        case _:
            if match.key_sure:
                reason = say("RECORD_NOT_FOUND", names, legal_basis=basis)
                return Assessment(Outcome.SOURCE_UNAVAILABLE, (reason,), match)
            return Assessment(Outcome.OFFICER_REVIEW, (say("KEY_UNSURE"),), match)


def _hindrances(evidence: Evidence, match: RecordMatch) -> list[Finding]:
    """Every reason that stands in the way of NO_COPY_NEEDED, all at once."""
    found: list[Finding] = []
    if not match.key_sure:
        found.append(say("KEY_UNSURE"))
    if not match.status_good:
        found.append(say("RECORD_NOT_VALID", {"status": match.record.status if match.record else ""}))
    titles = {s.name: s for s in evidence.specs}
    found += [_why(c, titles[c.field], evidence.fields) for c in match.comparisons if not c.passes]
    found += _identity_missing(evidence, match)
    warned = (w for p in evidence.papers for w in p.warnings)
    found += [w for w in warned if w.code in DOUBTS]
    return found


def _identity_missing(evidence: Evidence, match: RecordMatch) -> list[Finding]:
    """An identity field that stands neither here nor there proves nothing; at least it must be compared,
    unless papers of this kind may lack it."""
    compared = {c.field for c in match.comparisons}
    return [
        say("FIELD_NOT_READ", {"field": s.title_vi, "field_en": s.title_en})
        for s in evidence.specs
        if s.identity and not s.may_be_absent and s.name not in compared
    ]


def _why(comparison: Comparison, spec: FieldProfile, fields: dict[str, Field]) -> Finding:
    words: dict[str, object] = {"field": spec.title_vi, "field_en": spec.title_en}
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


def _all_agree(evidence: Evidence, match: RecordMatch, profile: Profile) -> Finding:
    return say(
        "ALL_FIELDS_AGREE",
        {"as_of": _as_of(match), **_names(match, evidence.source)},
        legal_basis=profile.legal_basis_vi,
    )


def _names(match: RecordMatch, source: Source | None) -> dict[str, str]:
    return {
        "source": source.title_vi if source else match.source,
        "source_en": source.title_en if source else match.source,
    }


def _titles(profile: Profile | None) -> dict[str, str]:
    if profile is None:
        return {"kind": "giấy tờ này", "kind_en": "paper of this kind"}
    return {"kind": profile.title_vi.lower(), "kind_en": profile.title_en.lower()}


def _as_of(match: RecordMatch) -> str:
    return _local(match.snapshot.as_of) if match.snapshot else "?"


def _local(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


def of_one_group(papers: Sequence[Extraction]) -> list[tuple[Extraction, ...]]:
    """Papers as they are assessed: the sides of one card together, everything else alone."""
    groups: dict[str, list[Extraction]] = {}
    for number, paper in enumerate(papers):
        groups.setdefault(paper.group or f"#{number}", []).append(paper)
    return [tuple(g) for g in groups.values()]
