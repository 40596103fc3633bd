"""Which fields of a paper are compared with its record, and which are left out since no source holds them."""

from pathlib import Path

import pytest

from tests.builders import NOW, card_row, profile
from tests.pairs import source
from verification.agreement import Agreement
from verification.extraction import Field
from verification.match import compare
from verification.matching import Comparison
from verification.profile import shipped_profiles
from verification.records import parse_row
from verification.source_profile import shipped_sources, source_of, with_own_sources

LIMITS = Path("docs/limits.md").read_text("utf-8")
NOT_COMPARED = {
    "birth_certificate": {"book", "date_of_birth_in_words", "declarant", "declarant_paper"},
    "birth_extract": {"number", "book", "date_of_birth_in_words"},
    "citizen_card_2024_back": {"place_of_birth_registration"},
    "household_business_certificate": {"change_number", "trade"},
    "residence_confirmation": {
        "number", "religion", "temporary_residence", "current_residence", "issued_on",
    },
}  # fmt: skip
"""Kinds that a source answers: the fields that it holds nothing about (or the paper says twice)."""
OWN = """
[population.fields]
issued_on = "date"
expires_on = "expiry"
"""


def test_every_field_is_compared_but_those_that_the_limits_name() -> None:
    answered = [p for p in shipped_profiles() if p.source]
    left_out = {p.kind: {f.name for f in p.fields if not f.record} for p in answered}
    assert {kind: names for kind, names in left_out.items() if names} == NOT_COMPARED
    assert [n for names in NOT_COMPARED.values() for n in names if f"`{n}`" not in LIMITS] == []


def test_every_name_in_a_record_that_a_profile_speaks_of_is_in_its_sources_schema() -> None:
    for kind in (p for p in shipped_profiles() if p.source):
        known = source(str(kind.source)).schema.fields
        unknown = {f.name: f.record for f in kind.fields if f.record and f.record not in known}
        assert {name for name in unknown if not kind.field(name).not_in_source} == set()  # type: ignore[union-attr]


def _issued_on(value: str, *, sure: bool, recorded: str | None) -> Comparison:
    """The day of issue on the back of a card, against the population database of somebody who gives it."""
    own = source_of("population", with_own_sources(OWN) if recorded else shipped_sources())
    spec = profile("citizen_card_2021_back").field("issued_on")
    assert own is not None
    assert spec is not None
    row = {**card_row(), **({"issued_on": recorded} if recorded else {})}
    record = parse_row(row, own, as_of=NOW).record
    (found,) = compare({"issued_on": Field("issued_on", value, sure, ())}, (spec,), record)
    return found


@pytest.mark.parametrize(
    ("recorded", "sure", "agreement", "passes"),
    [
        (None, True, Agreement.MISSING_IN_RECORD, True),
        (None, False, Agreement.MISSING_IN_RECORD, True),
        ("2022-01-01", True, Agreement.EXACT, True),
        ("2022-01-01", False, Agreement.EXACT, False),
        ("2022-01-02", True, Agreement.DIFFERENT, False),
    ],
)
def test_the_day_a_card_was_issued_counts_where_the_source_gives_it(
    recorded: str | None, sure: bool, agreement: Agreement, passes: bool
) -> None:
    found = _issued_on("2022-01-01", sure=sure, recorded=recorded)
    assert (found.agreement, found.passes) == (agreement, passes)


def test_a_residence_that_was_not_read_off_a_residence_confirmation_is_not_confirmed() -> None:
    """It is what the paper is for."""
    own = source_of("population", shipped_sources())
    spec = profile("residence_confirmation").field("permanent_residence")
    assert own is not None
    assert spec is not None
    (found,) = compare({}, (spec,), parse_row(card_row(), own, as_of=NOW).record)
    assert (found.agreement, found.passes) == (Agreement.MISSING_ON_PAPER, False)
