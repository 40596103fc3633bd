"""What is proposed for a paper: what was read and what the records say in, an `Assessment` out.

The table of domain.md 1.7, from the top; the first row that fits decides:
(1) a validly signed file: OFFICER_REVIEW, send the file itself;
(2) a certified copy brought as an original: REFUSAL_PROPOSED, with what the record answers;
(3) an unknown or unsure kind: OFFICER_REVIEW;
(4) no configured source: CERTIFICATION_NEEDED;
(5) no rule in force lets the record answer: CERTIFICATION_NEEDED; OFFICER_REVIEW where the record doubts it;
(6) the source is down, too old, or a sure key finds nothing: SOURCE_UNAVAILABLE;
(7) an unsure key, several records, a record no longer valid: OFFICER_REVIEW;
(8) a field that does not pass or that no rule replaces, a doubt about the paper: OFFICER_REVIEW;
(9) everything holds: NO_COPY_NEEDED, by the rules that say so.
The machine proposes; it never refuses and never certifies.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from verification.assessment import Assessment, Outcome
from verification.extraction import CERTIFIED_COPY, UNKNOWN, Extraction, Field
from verification.finding import Finding
from verification.hindrances import Compared, hindrances, not_replaced
from verification.matching import Found, RecordMatch
from verification.profile import FieldProfile, Profile
from verification.rule import Rule, shipped_rules
from verification.ruling import Occasion, Ruling, published_on, ruling
from verification.source import Source
from verification.wording import say

VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class SignedFile:
    """What validation said of a signed file before it was read."""

    valid: bool


def signed_as_kept(assessment: Assessment) -> SignedFile | None:
    """What validation had said of a file, as an assessment kept of it repeats it."""
    codes = {reason.code for reason in assessment.reasons}
    valid = "ELECTRONIC_ORIGINAL" in codes
    return SignedFile(valid) if valid or "SIGNED_FILE_INVALID" in codes else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything an assessment rests on. `papers` are the sides of one card, or one paper.

    `rules` None: those that come with the package. `procedure` is the code of what the paper is for. `day` is
    the day of Vietnam whose rules hold; None: the day the records are of.
    """

    papers: tuple[Extraction, ...]
    profile: Profile | None
    specs: tuple[FieldProfile, ...]
    fields: dict[str, Field]
    source: Source | None
    match: RecordMatch | None
    signed: SignedFile | None
    rules: tuple[Rule, ...] | None = None
    procedure: str | None = None
    day: date | None = None


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


def occasion_of(evidence: Evidence) -> Occasion | None:
    """What the rules are asked about; None where no source was asked."""
    match, profile = evidence.match, evidence.profile
    if match is None or profile is None:
        return None
    day = evidence.day or _day_of(match)
    kinds = frozenset(profile.kind if p.kind == CERTIFIED_COPY else p.kind for p in evidence.papers)
    published = published_on(evidence.source, day)
    return Occasion(kinds, evidence.procedure, day, match.source, published)


def _day_of(match: RecordMatch) -> date:
    """Without a snapshot nothing is ever said to be needless, and what holds for good is cited."""
    return match.snapshot.as_of.astimezone(VIETNAM).date() if match.snapshot else date.max


def _copy_as_original(evidence: Evidence) -> Assessment:
    reasons = [
        say(
            "COPY_BROUGHT_AS_ORIGINAL",
            legal_basis="NĐ 23/2015/NĐ-CP Điều 2 khoản 5, Điều 18 khoản 1, Điều 22",
            legal_basis_en="Decree 23/2015 Art. 2(5), 18(1) and 22",
        )
    ]
    rule = None
    if evidence.match and evidence.profile:
        answered = _by_record(evidence)
        if answered.outcome is Outcome.NO_COPY_NEEDED:
            first = answered.reasons[0]
            basis, basis_en = first.legal_basis, first.legal_basis_en
            reasons.append(say("RECORD_ANSWERS_INSTEAD", legal_basis=basis, legal_basis_en=basis_en))
        else:
            reasons.append(say("RECORD_DOES_NOT_ANSWER"))
        reasons += answered.reasons
        rule = answered.rule
    return Assessment(Outcome.REFUSAL_PROPOSED, tuple(reasons), evidence.match, rule)


def _signed(evidence: Evidence, signed: SignedFile) -> Assessment:
    basis = "Luật Giao dịch điện tử 20/2023/QH15 Điều 9, Điều 10"
    basis_en = "Law on Electronic Transactions 20/2023 Art. 9 and 10"
    good = say("ELECTRONIC_ORIGINAL", legal_basis=basis, legal_basis_en=basis_en)
    reason = good if signed.valid else say("SIGNED_FILE_INVALID")
    return Assessment(Outcome.OFFICER_REVIEW, (reason,), evidence.match)


def _kind_doubt(evidence: Evidence) -> Finding | None:
    if evidence.profile is None or evidence.papers[0].kind == UNKNOWN:
        return say("KIND_UNKNOWN")
    if not all(p.sure for p in evidence.papers):
        return say("KIND_UNSURE", _titles(evidence.profile))
    return None


def _by_record(evidence: Evidence) -> Assessment:
    profile, match, occasion = evidence.profile, evidence.match, occasion_of(evidence)
    if profile is None or match is None or occasion is None or match.found is Found.NOT_CONFIGURED:
        basis = (profile.legal_basis_vi, profile.legal_basis_en) if profile else (None, None)
        reason = say("NO_SOURCE", _titles(profile), legal_basis=basis[0], legal_basis_en=basis[1])
        return Assessment(Outcome.CERTIFICATION_NEEDED, (reason,), match)
    rules = shipped_rules() if evidence.rules is None else evidence.rules
    ruled = ruling(rules, occasion)
    if not ruled.answers:
        return _no_rule(evidence, match, occasion, rules)
    found = _found(evidence, match, ruled)
    return replace(found, rule=ruled.strongest.id if ruled.strongest else None)


def _found(evidence: Evidence, match: RecordMatch, ruled: Ruling) -> Assessment:
    if match.found is not Found.ONE:
        return _not_one(match, evidence.source, ruled)
    compared = _compared(evidence, match)
    reasons = hindrances(compared) + not_replaced(compared, ruled)
    if reasons:
        return Assessment(Outcome.OFFICER_REVIEW, tuple(reasons), match)
    return Assessment(Outcome.NO_COPY_NEEDED, (_all_agree(evidence, match, ruled),), match)


def _compared(evidence: Evidence, match: RecordMatch) -> Compared:
    return Compared(evidence.papers, evidence.specs, evidence.fields, match)


def _no_rule(
    evidence: Evidence, match: RecordMatch, occasion: Occasion, rules: tuple[Rule, ...]
) -> Assessment:
    """The record may not answer, but what it says against the paper is told all the same."""
    announced = ruling(rules, replace(occasion, published=True)).answers
    words = {**_titles(evidence.profile), **_names(match, evidence.source), **_asked(occasion)}
    missing = say("SOURCE_NOT_ANNOUNCED", words) if announced else say("NO_RULE", words)
    if match.found is not Found.ONE:
        told = _not_one(match, evidence.source, Ruling()).reasons
        return Assessment(Outcome.CERTIFICATION_NEEDED, (missing, *told), match)
    against = hindrances(_compared(evidence, match))
    outcome = Outcome.OFFICER_REVIEW if against else Outcome.CERTIFICATION_NEEDED
    return Assessment(outcome, (missing, *against), match)


def _asked(occasion: Occasion) -> dict[str, str]:
    code = occasion.procedure
    return {
        "day": occasion.day.strftime("%d/%m/%Y"),
        "procedure": f"thủ tục {code}" if code else "mọi thủ tục",
        "procedure_en": f"procedure {code}" if code else "any procedure",
    }


def _not_one(match: RecordMatch, source: Source | None, ruled: Ruling) -> Assessment:
    code = _unavailable(match)
    if code is None:
        return Assessment(Outcome.OFFICER_REVIEW, (_doubt(match, source),), match)
    rule = ruled.strongest
    reason = say(
        code,
        {"as_of": _as_of(match), **_names(match, source)},
        legal_basis=rule.citation_vi if rule else None,
        legal_basis_en=rule.citation_en if rule else None,
    )
    return Assessment(Outcome.SOURCE_UNAVAILABLE, (reason,), match)


def _doubt(match: RecordMatch, source: Source | None) -> Finding:
    match match.found:
        case Found.SEVERAL:
            return say("SEVERAL_RECORDS")
        case Found.NO_KEY:
            return say("NO_KEY")
        case Found.NOT_CONFIRMED:
            return say("NOT_CONFIRMED", _names(match, source))
        case _:
            return say("KEY_UNSURE")


def _unavailable(match: RecordMatch) -> str | None:
    match match.found:
        case Found.SOURCE_DOWN | Found.SOURCE_STALE:
            return match.found.value
        case Found.NONE if match.key_sure:
            return "RECORD_NOT_FOUND"
        case _:
            return None


def _all_agree(evidence: Evidence, match: RecordMatch, ruled: Ruling) -> Finding:
    return say(
        "ALL_FIELDS_AGREE",
        {"as_of": _as_of(match), **_names(match, evidence.source)},
        legal_basis=ruled.legal_basis_vi,
        legal_basis_en=ruled.legal_basis_en,
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
