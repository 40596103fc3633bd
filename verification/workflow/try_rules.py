"""Try rules: scenarios and the rules in use in, what does not follow as it should out. Nothing is kept.

1. Make the paper, its record and their comparisons as the scenario gives them.
2. Assess it by the rules in use and those of the scenario's file.
3. See what an officer could then decide.
4. Tell every point that is not as the scenario says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from ocr.model import Box
from verification.agreement import Agreement, Compared
from verification.assess import VIETNAM, Evidence, SignedFile, assess
from verification.assessment import Assessment
from verification.decision import Approval, Decision, NotNeeded, OriginalSeen
from verification.errors import VerificationError
from verification.extraction import CERTIFIED_COPY, Extraction, Field, Reading
from verification.finding import Finding
from verification.match import merged, merged_profile, passes
from verification.matching import Comparison, Found, RecordMatch
from verification.ports import PaperCase, Side
from verification.profile import FieldProfile, Profile, profile_of
from verification.rule import Rule, merged_rules
from verification.ruling import procedure_code
from verification.scenario import Given, Scenario
from verification.source import Snapshot, Source, SourceRecord
from verification.submission import OfficerId, PaperId, PaperStage, SubmissionId
from verification.workflow.decide import stage_after

_BOX = Box(0, 0, 1, 1)
_SAME = Compared(Agreement.EXACT)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules are tried on: the kinds of paper and the sources as configured."""

    profiles: tuple[Profile, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A point of a scenario that does not follow: what should, and what does."""

    scenario: Scenario
    what: str
    expected: str
    got: str


def try_rules(rules: tuple[Rule, ...], scenarios: Iterable[Scenario], known: Known) -> tuple[Miss, ...]:
    """Steps 1 to 4 for each scenario."""
    return tuple(miss for scenario in scenarios for miss in _misses(rules, scenario, known))


def outcome_of(rules: tuple[Rule, ...], scenario: Scenario, known: Known) -> Assessment:
    """Steps 1 and 2."""
    given = scenario.given
    profiles = [p for p in (profile_of(kind, known.profiles) for kind in given.kinds) if p]
    papers = tuple(_paper(given, profile) for profile in profiles)
    specs, fields = merged_profile(profiles), merged(papers)
    source = next((s for s in known.sources if s.name == profiles[0].source), None)
    match = _match(given, source, specs, fields) if source else None
    if source and given.announced is False:
        source = replace(source, publications=())
    evidence = Evidence(
        papers=papers,
        profile=profiles[0],
        specs=specs,
        fields=fields,
        source=source,
        match=match,
        signed=None if given.signed is None else SignedFile(given.signed),
        rules=merged_rules(rules, scenario.rules),
        procedure=procedure_code(given.procedure),
        day=given.day,
    )
    return assess(evidence)


def _paper(given: Given, profile: Profile) -> Extraction:
    fields = [f for f in (_field(given, spec) for spec in profile.fields if spec.record) if f]
    if given.copy:
        fields.append(Field("copy_of", profile.kind, True, ()))
    return Extraction(
        kind=CERTIFIED_COPY if given.copy else profile.kind,
        sure=given.kind_sure,
        group=None,
        pages=(1,),
        region=None,
        fields=tuple(fields),
        warnings=tuple(Finding(code, code, code) for code in given.warnings),
    )


def _field(given: Given, spec: FieldProfile) -> Field | None:
    agreement = given.agree.get(spec.name, _SAME).agreement
    if spec.name in given.absent or agreement is Agreement.MISSING_ON_PAPER:
        return None
    value = None if agreement is Agreement.UNREADABLE else _VALUE
    return Field(spec.name, value, spec.name not in given.unsure and value is not None, _READINGS)


_VALUE = "…"
_READINGS = (Reading("scenario", _VALUE, 1.0, 1, _BOX),)


def _match(
    given: Given, source: Source, specs: Iterable[FieldProfile], fields: Mapping[str, Field]
) -> RecordMatch:
    as_of = datetime.combine(given.day, time(6), VIETNAM)
    snapshot = None if given.found is Found.NOT_CONFIGURED else Snapshot(source.name, 1, as_of, 1)
    if given.found is not Found.ONE:
        return RecordMatch(source.name, snapshot, given.found, given.key_sure)
    status = given.status or source.status_good[0]
    return RecordMatch(
        source=source.name,
        snapshot=snapshot,
        found=Found.ONE,
        key_sure=given.key_sure,
        record=SourceRecord(source.name, "scenario", status, {}),
        status_good=status in source.status_good,
        comparisons=tuple(
            _comparison(spec, fields.get(spec.name), given.agree.get(spec.name, _SAME))
            for spec in specs
            if spec.record and spec.name not in given.absent
        ),
    )


def _comparison(spec: FieldProfile, field: Field | None, compared: Compared) -> Comparison:
    missing = compared.agreement is Agreement.MISSING_IN_RECORD
    return Comparison(
        field=spec.name,
        paper=field.value if field else None,
        record=None if missing else _VALUE,
        agreement=compared.agreement,
        rule=compared.rule,
        identity=spec.identity,
        passes=passes(spec, field, compared),
    )


def _misses(rules: tuple[Rule, ...], scenario: Scenario, known: Known) -> Iterator[Miss]:
    then, found = scenario.then, outcome_of(rules, scenario, known)
    codes = frozenset(reason.code for reason in found.reasons)
    basis = found.reasons[0].legal_basis or ""
    if found.outcome is not then.outcome:
        yield Miss(scenario, "outcome", then.outcome.value, found.outcome.value)
    if codes != then.reasons:
        yield Miss(scenario, "reasons", ", ".join(sorted(then.reasons)), ", ".join(sorted(codes)))
    if then.rule is not None and found.rule != (then.rule or None):
        yield Miss(scenario, "rule", then.rule or "-", found.rule or "-")
    places = [basis.find(act) for act in then.cites]
    if -1 in places or places != sorted(places) or any(act in basis for act in then.cites_not):
        expected = "; ".join((*then.cites, *(f"not {act}" for act in then.cites_not)))
        yield Miss(scenario, "citation", expected, basis or "-")
    for what, expected_may, decision in (
        ("certify", then.certify, _approval(scenario.given)),
        ("receipt", then.receipt, _NOT_NEEDED),
    ):
        may = expected_may if expected_may is None else _may(found, scenario.given, decision)
        if may is not expected_may:
            yield Miss(scenario, what, str(expected_may).lower(), str(may).lower())


_AT = datetime(2026, 1, 1, tzinfo=VIETNAM)
_WHO, _WHICH = OfficerId("scenario"), PaperId("scenario.1")
_NOT_NEEDED = NotNeeded(_WHICH, _WHO, _AT)


def _approval(given: Given) -> Approval:
    return Approval(_WHICH, _WHO, _AT, OriginalSeen(_WHO, _AT, "scenario"), demander=given.insists)


def _may(found: Assessment, given: Given, decision: Decision) -> bool:
    """Step 3: by the very check that stands before every decision."""
    kind = CERTIFIED_COPY if given.copy else given.kinds[0]
    side = Side(0, Extraction(kind, True, None, (1,), None, ()))
    paper = PaperCase(_WHICH, SubmissionId("scenario"), (side,), found, PaperStage.WAITING)
    try:
        stage_after(paper, decision)
    except VerificationError:
        return False
    return True
