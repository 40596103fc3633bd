"""The scenarios beside the rules follow; one that does not is told, point by point; and no rule whatever
makes a paper needless that its record does not confirm."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import PROFILES
from verification.agreement import Agreement, Compared
from verification.assessment import Outcome
from verification.errors import RulesUnusableError
from verification.extraction import Kind
from verification.matching import Found
from verification.rule import Rule, RuleId, shipped_rules
from verification.scenario import Given, Scenario, Then, parse_scenarios, shipped_scenarios
from verification.source import SourceName
from verification.source_profile import shipped_sources
from verification.workflow.try_rules import Known, outcome_of, try_rules

KNOWN = Known(PROFILES, shipped_sources())
SCENARIOS = shipped_scenarios()
AGREES = next(s for s in SCENARIOS if s.name.startswith("a birth certificate that agrees"))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: f"{s.file}: {s.name}")
def test_what_a_scenario_says_follows(scenario: Scenario) -> None:
    assert try_rules(shipped_rules(), (scenario,), KNOWN) == ()


def test_every_outcome_and_every_rule_stands_in_a_scenario() -> None:
    assert {s.then.outcome for s in SCENARIOS} == set(Outcome)
    assert len({(s.file, s.name) for s in SCENARIOS}) == len(SCENARIOS) >= 40
    kinds = {kind for s in SCENARIOS for kind in s.given.kinds}
    assert kinds == {p.kind for p in PROFILES} - {"certified_copy"}


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ({"outcome": Outcome.OFFICER_REVIEW}, ("outcome", "OFFICER_REVIEW", "NO_COPY_NEEDED")),
        ({"reasons": frozenset({"NO_KEY"})}, ("reasons", "NO_KEY", "ALL_FIELDS_AGREE")),
        ({"rule": "other"}, ("rule", "other", "nq66-birth")),
        ({"rule": ""}, ("rule", "-", "nq66-birth")),
        ({"certify": True}, ("certify", "true", "false")),
        ({"receipt": False}, ("receipt", "false", "true")),
    ],
)
def test_a_point_that_does_not_follow_is_told(then: dict[str, object], told: tuple[str, str, str]) -> None:
    wrong = replace(AGREES, then=replace(AGREES.then, **then))  # type: ignore[arg-type]
    (miss,) = try_rules(shipped_rules(), (wrong,), KNOWN)
    assert (miss.what, miss.expected, miss.got) == told


@pytest.mark.parametrize(
    "then",
    [{"cites": ("Điều 6 khoản 1", "NQ 66.7")}, {"cites": ("NĐ 999",)}, {"cites_not": ("TT 01/2022",)}],
)
def test_a_citation_that_is_not_there_or_in_another_order_is_told(then: dict[str, object]) -> None:
    wrong = replace(AGREES, then=replace(AGREES.then, **then))  # type: ignore[arg-type]
    assert [miss.what for miss in try_rules(shipped_rules(), (wrong,), KNOWN)] == ["citation"]


@pytest.mark.parametrize("rule", [r for r in shipped_rules() if not r.supporting], ids=lambda r: str(r.id))
def test_a_rule_that_is_missing_is_noticed_by_some_scenario(rule: Rule) -> None:
    without = tuple(r for r in shipped_rules() if r.id != rule.id)
    assert try_rules(without, SCENARIOS, KNOWN)


# -- whatever the rules say ---------------------------------------------------------------------------------

DOUBTS = (
    {"agree": {"full_name": Compared(Agreement.DIFFERENT)}},
    {"agree": {"place_of_birth": Compared(Agreement.PARTIAL, "split_commune")}},
    {"agree": {"ethnicity": Compared(Agreement.UNDECIDED)}},
    {"agree": {"sex": Compared(Agreement.MISSING_IN_RECORD)}},
    {"agree": {"full_name": Compared(Agreement.UNREADABLE)}},
    {"unsure": frozenset({"mother_full_name"})},
    {"absent": frozenset({"sex"})},
    {"status": "annulled"},
    {"key_sure": False},
    {"kind_sure": False},
    {"copy": True},
    {"signed": True},
    {"warnings": ("PDF_SCRIPT",)},
    *({"found": found} for found in Found if found is not Found.ONE),
)
NAMES = [f.name for p in PROFILES if p.kind == "birth_certificate" for f in p.fields if f.record]
RULES = st.lists(
    st.builds(
        Rule,
        id=st.integers(0, 9).map(lambda n: RuleId(f"r{n}")),
        title_vi=st.just(""),
        title_en=st.just(""),
        kinds=st.just((Kind("birth_certificate"),)),
        source=st.just(SourceName("civil_status")),
        citation_vi=st.just("NĐ 1"),
        citation_en=st.just("Decree 1"),
        order=st.integers(1, 9),
        fields=st.lists(st.sampled_from(NAMES), max_size=12).map(tuple),
        published=st.booleans(),
        supporting=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda rule: rule.id,
).map(tuple)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rules=RULES, doubt=st.sampled_from(DOUBTS))
def test_no_rules_make_a_paper_needless_that_its_record_does_not_confirm(
    rules: tuple[Rule, ...], doubt: dict[str, object]
) -> None:
    doubtful = replace(AGREES, given=replace(AGREES.given, **doubt))  # type: ignore[arg-type]
    assert outcome_of(rules, doubtful, KNOWN).outcome is not Outcome.NO_COPY_NEEDED


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rules=RULES)
def test_a_paper_that_agrees_is_needless_only_where_rules_cover_every_field(rules: tuple[Rule, ...]) -> None:
    alone = [r for r in rules if not r.supporting]
    covered = any(not r.fields for r in alone) or {f for r in alone for f in r.fields} >= set(NAMES)
    proposed = outcome_of(rules, AGREES, KNOWN)
    assert (proposed.outcome is Outcome.NO_COPY_NEEDED) is (bool(alone) and covered)
    assert (proposed.rule is None) is (not alone)


# -- files --------------------------------------------------------------------------------------------------

GIVEN = '[[scenario]]\nname = "n"\n[scenario.given]\nkind = "diploma"\nday = 2026-01-01\n'
THEN = '[scenario.then]\noutcome = "CERTIFICATION_NEEDED"\nreasons = ["NO_SOURCE"]\n'


def test_a_scenario_is_what_its_table_says() -> None:
    (scenario,) = parse_scenarios(GIVEN + THEN, PROFILES, file="mine.toml")
    assert scenario.then == Then(Outcome.CERTIFICATION_NEEDED, frozenset({"NO_SOURCE"}))
    assert scenario.given == Given((Kind("diploma"),), scenario.given.day)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[scenario]", "not TOML"),
        ("scenario = 1", "must stand in [[scenario]] tables"),
        (GIVEN, 'it needs "name", [scenario.given] and [scenario.then]'),
        (GIVEN + THEN + "why = 1\n", 'there is no key "why"'),
        (GIVEN + 'colour = "red"\n' + THEN, 'there is no key "colour"'),
        (GIVEN.replace("diploma", "paper") + THEN, "there is no such kind of paper"),
        (GIVEN.replace("2026-01-01", "3") + THEN, '"day" must be a day'),
        (GIVEN.replace('kind = "diploma"\n', "") + THEN, "kind is missing"),
        (GIVEN + 'found = "two"\n' + THEN, "two is missing or not known"),
        (GIVEN + 'agree = { nick = "EXACT" }\n' + THEN, 'no field "nick"'),
        (GIVEN + 'agree = { full_name = "NEARLY" }\n' + THEN, "NEARLY"),
        (GIVEN + THEN.replace("CERTIFICATION_NEEDED", "MAYBE"), "MAYBE"),
    ],
)
def test_a_fault_of_a_scenario_is_told_in_one_sentence(text: str, told: str) -> None:
    with pytest.raises(RulesUnusableError) as refused:
        parse_scenarios(text, PROFILES, file="mine.toml")
    assert told in refused.value.message_vi
    assert "\n" not in refused.value.message_vi
