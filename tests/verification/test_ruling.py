"""Which rules hold for one paper: never one that does not name its kind, procedure, day and source."""

from dataclasses import replace
from datetime import date

import pytest

from verification.extraction import Kind
from verification.rule import Rule, RuleId, shipped_rules
from verification.ruling import Occasion, Ruling, procedure_code, ruling
from verification.source import SourceName

BIRTH = Kind("birth_certificate")
FRONT, BACK = Kind("citizen_card_2021_front"), Kind("citizen_card_2021_back")
OCCASION = Occasion(frozenset({BIRTH}), None, date(2026, 11, 24), SourceName("civil_status"), published=True)
RULE = Rule(RuleId("r"), "", "", (BIRTH,), SourceName("civil_status"), "NĐ 1", "Decree 1", 3)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2.000815", "2.000815"),
        ("2.000815 Chứng thực bản sao từ bản chính", "2.000815"),
        ("Thủ tục 2.000815.000.00.00.H38", "2.000815"),
        ("Vay vốn ngân hàng", None),
        ("", None),
        ("2.0008155", None),
        ("12.000815", None),
        ("1.2.000815", None),
        ("2.000815 và 2.000884", None),
        ("2.000815 (2.000815)", "2.000815"),
    ],
)
def test_only_a_code_says_which_procedure_it_is(text: str, code: str | None) -> None:
    assert procedure_code(text) == code


def test_the_strongest_act_is_cited_first_and_each_once() -> None:
    rules = (
        replace(RULE, id=RuleId("c"), order=9, citation_vi="NĐ 3", supporting=True),
        RULE,
        replace(RULE, id=RuleId("a"), order=1, citation_vi="NQ 1"),
        replace(RULE, id=RuleId("b"), order=4),
    )
    ruled = ruling(rules, OCCASION)
    assert ruled.legal_basis_vi == "NQ 1; NĐ 1; NĐ 3"
    assert ruled.strongest is not None
    assert ruled.strongest.id == "a"


def test_what_only_supports_lets_no_record_answer() -> None:
    ruled = ruling((replace(RULE, supporting=True),), OCCASION)
    assert ruled == Ruling()
    assert (ruled.answers, ruled.strongest, ruled.legal_basis_vi) == (False, None, None)


@pytest.mark.parametrize(
    "other",
    [
        replace(OCCASION, kinds=frozenset({FRONT})),
        replace(OCCASION, kinds=frozenset({BIRTH, FRONT})),
        replace(OCCASION, source=SourceName("population")),
        replace(OCCASION, day=date(2015, 4, 9)),
    ],
)
def test_a_shipped_rule_holds_for_nothing_else(other: Occasion) -> None:
    assert ruling(shipped_rules(), OCCASION).answers
    assert not ruling(shipped_rules(), other).answers


def test_a_rule_replaces_only_the_fields_it_names() -> None:
    ruled = ruling((replace(RULE, fields=("full_name",)), replace(RULE, fields=("sex",))), OCCASION)
    assert [ruled.replaces(f) for f in ("full_name", "sex", "ethnicity")] == [True, True, False]


def test_what_only_supports_replaces_no_field() -> None:
    ruled = ruling((replace(RULE, fields=("full_name",)), replace(RULE, supporting=True)), OCCASION)
    assert [ruled.replaces(f) for f in ("full_name", "sex")] == [True, False]
