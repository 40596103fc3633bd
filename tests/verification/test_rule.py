"""Rules as data: every fault of a file is told in one sentence, and what is written holds on its days."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import PROFILES
from verification.errors import RulesUnusableError
from verification.rule import KEYS, Rule, merged_rules, parse_rules, shipped_rules
from verification.scenario import GIVEN, THEN, parse_scenarios
from verification.source_profile import shipped_sources

GOOD = """
[[rule]]
id = "mine"
title_vi = "Của xã"
title_en = "Ours"
kinds = ["birth_certificate"]
procedures = ["2.000815"]
source = "civil_status"
fields = ["full_name", "date_of_birth"]
order = 2
citation_vi = "QĐ 1"
citation_en = "Decision 1"
from = 2026-02-01
until = 2026-03-31
"""


def parsed(text: str = GOOD) -> Rule:
    (rule,) = parse_rules(text, PROFILES, file="mine.toml")
    return rule


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_rule_is_what_its_table_says() -> None:
    rule = parsed()
    assert (rule.id, rule.kinds, rule.source, rule.order) == (
        "mine",
        ("birth_certificate",),
        "civil_status",
        2,
    )
    assert (rule.fields, rule.procedures) == (("full_name", "date_of_birth"), ("2.000815",))
    assert (rule.published, rule.supporting) == (False, False)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 1, 31), False),
        (date(2026, 2, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_both_days_of_a_rule_count(day: date, holds: bool) -> None:
    assert parsed().in_force(day) is holds


def test_a_rule_without_days_always_holds() -> None:
    rule = parsed(changed("from = 2026-02-01\nuntil = 2026-03-31\n", ""))
    assert rule.in_force(date.min)
    assert rule.in_force(date.max)


@pytest.mark.parametrize("fields", ['fields = "all"\n', ""])
def test_all_that_the_source_knows_is_the_default(fields: str) -> None:
    assert parsed(changed('fields = ["full_name", "date_of_birth"]\n', fields)).fields == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[rule]", "not TOML"),
        ("", "must hold [[rule]] tables"),
        ("rule = 3", "must hold [[rule]] tables"),
        (GOOD + "\n[other]\nx = 1", "must hold [[rule]] tables"),
        (GOOD + GOOD, 'two rules have the id "mine"'),
        (changed('id = "mine"\n', ""), '"id" is missing'),
        (changed('citation_vi = "QĐ 1"', 'citation_vi = " "'), '"citation_vi" is missing'),
        (changed('citation_en = "Decision 1"\n', ""), '"citation_en" is missing'),
        (changed("order = 2", "order = 2\npriority = 1"), 'there is no key "priority"'),
        (changed("order = 2", "order = 0"), '"order" must be a whole number'),
        (changed("order = 2", "order = true"), '"order" must be a whole number'),
        (changed("order = 2", 'order = 2\npublished = "yes"'), '"published" must be true or false'),
        (changed('kinds = ["birth_certificate"]', "kinds = []"), '"kinds" names no kind'),
        (changed('kinds = ["birth_certificate"]', 'kinds = "birth_certificate"'), '"kinds" must be a list'),
        (changed('"birth_certificate"', '"birth_paper"'), 'no kind of paper "birth_paper"'),
        (changed('"birth_certificate"', '"certified_copy"'), 'no kind of paper "certified_copy"'),
        (changed('"civil_status"', '"population"'), "is compared with civil_status, not with population"),
        (changed('"full_name"', '"nickname"'), 'no field "nickname"'),
        (changed('"full_name"', '"book"'), 'no field "book"'),
        (changed('["full_name", "date_of_birth"]', "[]"), '"fields" names none'),
        (changed('["2.000815"]', "[2.000815]"), '"procedures" must be a list of texts'),
        (changed("2026-02-01", '"2026-02-01"'), '"from" must be a day'),
        (changed("2026-02-01", "2026-02-01T00:00:00Z"), '"from" must be a day'),
        (changed("2026-03-31", "2026-01-31"), '"until" lies before "from"'),
    ],
)
def test_a_fault_is_told_in_one_sentence_that_names_the_file(text: str, told: str) -> None:
    with pytest.raises(RulesUnusableError) as refused:
        parse_rules(text, PROFILES, file="mine.toml")
    for message in (refused.value.message_vi, refused.value.message_en):
        assert told in message
        assert "mine.toml" in message
        assert "\n" not in message


def test_a_paper_that_no_source_knows_may_wait_for_its_source() -> None:
    waiting = changed('"birth_certificate"', '"diploma"').replace('"civil_status"', '"diplomas"')
    assert parsed(waiting.replace('"date_of_birth"', '"serial_number"')).source == "diplomas"


def test_ones_own_rule_takes_the_place_of_the_shipped_one_of_its_id() -> None:
    shipped = shipped_rules()
    own = parse_rules(changed('id = "mine"', 'id = "nq66-birth"') + GOOD, PROFILES, file="mine.toml")
    merged = merged_rules(shipped, own)
    assert len(merged) == len(shipped) + 1
    assert next(r for r in merged if r.id == "nq66-birth").title_en == "Ours"
    assert merged[-1].id == "mine"


# -- what is shipped ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", [p for p in PROFILES if p.source], ids=lambda p: str(p.kind))
def test_every_kind_that_a_source_knows_has_a_rule(profile: object) -> None:
    kind = getattr(profile, "kind", "")
    assert any(kind in rule.kinds and not rule.supporting for rule in shipped_rules())


@pytest.mark.parametrize("rule", shipped_rules(), ids=lambda r: str(r.id))
def test_a_shipped_rule_cites_in_both_languages_and_says_since_when(rule: Rule) -> None:
    assert rule.valid_from is not None
    assert rule.citation_en.isascii()
    assert ";" not in rule.citation_vi + rule.citation_en, "it parts the acts where they are printed"
    assert rule.source in {source.name for source in shipped_sources()}


@pytest.mark.parametrize("rule", [r for r in shipped_rules() if r.published], ids=lambda r: str(r.id))
def test_a_rule_that_needs_an_announcement_begins_with_it(rule: Rule) -> None:
    assert rule.valid_from is not None
    source = next(s for s in shipped_sources() if s.name == rule.source)
    assert source.published_on(rule.valid_from)
    assert not source.published_on(rule.valid_from - timedelta(days=1))


# -- what editors read --------------------------------------------------------------------------------------

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")


def named(heading: str) -> set[str]:
    """What the table under this heading names in its first column."""
    rows = PAGE.partition(f"| {heading} | Says |\n")[2].partition("\n\n")[0].splitlines()[1:]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}


@pytest.mark.parametrize(
    ("heading", "keys"), [("Key", KEYS), ("`[scenario.given]`", GIVEN), ("`[scenario.then]`", THEN)]
)
def test_editors_are_told_of_every_key(heading: str, keys: set[str]) -> None:
    told = named(heading)
    assert told <= keys
    assert keys - told <= {"key_sure"}, "told beside `found`"


def test_the_rule_and_the_scenario_that_editors_are_shown_can_be_used() -> None:
    rule, scenario = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (shown,) = parse_rules(rule, PROFILES, file="rules.md")
    assert shown == next(r for r in shipped_rules() if r.id == shown.id)
    assert parse_scenarios(scenario, PROFILES, file="rules.md")
