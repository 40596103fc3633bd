"""Papers that offices issue: what is drawn is what the truth says, and the records say the same."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from verification.records import parse_row
from verification.source_profile import shipped_sources, source_of
from verification.specimens import CHANGES, PUBLISHED_SEEDS, Cohort, Drawing, Grade, draw, family
from verification.specimens.birth_extract import extract_cohort
from verification.specimens.drawing import RECIPES, order_for
from verification.specimens.marriage_book import HUSBAND_AGE, WIFE_AGE
from verification.specimens.model import RecordLine

PERSON = ("full_name", "date_of_birth", "ethnicity", "nationality", "residence")
SPOUSE = (*PERSON, "identity_paper")
FIELDS = {
    kind: frozenset(names.split())
    for kind, names in {
        "birth_extract": (
            "number registration_number full_name date_of_birth date_of_birth_in_words sex ethnicity "
            "nationality place_of_birth place_of_origin personal_number registered_at registered_on "
            + " ".join(f"{side}_{name}" for side in ("mother", "father") for name in PERSON)
        ),
        "marriage_certificate": (
            "number registered_at registered_on "
            + " ".join(f"{side}_{name}" for side in ("wife", "husband") for name in SPOUSE)
        ),
        "marital_status_certificate": (
            "number full_name date_of_birth personal_number residence status purpose issued_on"
        ),
        "residence_confirmation": (
            "number full_name date_of_birth sex personal_number ethnicity nationality place_of_origin "
            "permanent_residence temporary_residence current_residence head_full_name head_relation "
            "head_personal_number issued_on"
        ),
        "official_letter": "issuer number place issued_on type subject signer_title signer_full_name",
    }.items()
}
"""As interface.md names them."""
MAY_BE_ABSENT = {"personal_number", "temporary_residence", "type"}
NORMAL_FORMS = ("date_of_birth", "registered_on", "issued_on", "sex")
"""Truth that is not the printed text."""
SEEDS = (*range(14), *range(PUBLISHED_SEEDS, PUBLISHED_SEEDS + 4))


@cache
def drawn(kind: str, seed: int) -> Drawing:
    """The paper, coarse enough to be quick."""
    order = order_for(kind, seed, Grade.CLEAN, None, None)
    return RECIPES[kind].draw(replace(order, dpi=60))


@cache
def records(kind: str, seed: int) -> tuple[RecordLine, ...]:
    """What the sources know of it."""
    order = order_for(kind, seed, Grade.CLEAN, None, None)
    return RECIPES[kind].records(order, order.family)


def record_of(kind: str, seed: int, source: str = "civil_status") -> Mapping[str, Any]:
    """The first record of that source."""
    return next(record for name, record in records(kind, seed) if name == source)


def years_between(born: str, day: str) -> float:
    """Roughly, in years."""
    return (date.fromisoformat(day) - date.fromisoformat(born)).days / 365.25


@pytest.mark.parametrize("kind", FIELDS)
def test_the_fields_are_those_of_the_interface_and_all_occur(kind: str) -> None:
    truths = [set(drawn(kind, seed).truth) for seed in SEEDS]
    assert set.union(*truths) == FIELDS[kind]
    assert all(FIELDS[kind] - truth <= MAY_BE_ABSENT for truth in truths)


@pytest.mark.parametrize("kind", FIELDS)
def test_every_value_stands_on_the_sheet_as_the_truth_has_it(kind: str) -> None:
    for seed in SEEDS:
        written = " ".join(drawn(kind, seed).texts)
        values = [v for name, v in drawn(kind, seed).truth.items() if not name.endswith(NORMAL_FORMS)]
        assert [value for value in values if value not in written.replace(" /", "/")] == []
        assert "MẪU" in written
        assert "SPECIMEN" in written


@pytest.mark.parametrize("kind", FIELDS)
def test_a_long_value_runs_over_two_lines_now_and_then(kind: str) -> None:
    broken = [
        value
        for seed in SEEDS
        for name, value in drawn(kind, seed).truth.items()
        if not name.endswith(NORMAL_FORMS) and not any(value in text for text in drawn(kind, seed).texts)
    ]
    assert broken


@pytest.mark.parametrize("kind", FIELDS)
def test_no_text_is_written_over_another(kind: str) -> None:
    for seed in SEEDS:
        runs = [run for run in drawn(kind, seed).sheet.runs if "SPECIMEN" not in run.text]
        for at, one in enumerate(runs):
            for other in runs[at + 1 :]:
                apart = abs(one.at[1] - other.at[1]) > 2.4
                after = one.at[0] >= other.at[0] + other.length - 0.5
                before = other.at[0] >= one.at[0] + one.length - 0.5
                assert apart or after or before, (seed, one.text, other.text)


@pytest.mark.parametrize("kind", FIELDS)
def test_the_same_seed_draws_the_same_paper(kind: str) -> None:
    assert draw(kind, seed=3, grade=Grade.HARD) == draw(kind, seed=3, grade=Grade.HARD)


@pytest.mark.parametrize("kind", FIELDS)
def test_every_record_can_be_imported(kind: str) -> None:
    for seed in SEEDS[:6]:
        for name, record in records(kind, seed):
            source = source_of(name, shipped_sources())
            assert source is not None
            row = parse_row(record, source, as_of=datetime(2026, 11, 24, tzinfo=UTC))
            assert row.keys


@pytest.mark.parametrize("kind", ["marital_status_certificate", "official_letter"])
def test_no_source_knows_of_it(kind: str) -> None:
    assert records(kind, 1) == ()


def test_an_extract_has_a_number_of_its_own_and_names_that_of_the_book() -> None:
    for seed in SEEDS:
        truth, entry = drawn("birth_extract", seed).truth, record_of("birth_extract", seed)
        assert truth["number"].endswith("/TLKS-BS")
        assert truth["registration_number"] == entry["number"]
        assert (truth["registered_at"], truth["registered_on"]) == (
            entry["registered_at"],
            entry["registered_on"],
        )
        assert entry["child"]["full_name"].casefold() == truth["full_name"].casefold()


def test_an_extract_of_the_child_of_a_certificate_is_answered_by_the_same_entry() -> None:
    cohorts = {seed: extract_cohort(seed) for seed in SEEDS}
    assert set(cohorts.values()) >= {Cohort.GROWN, Cohort.INFANT}
    for seed, cohort in cohorts.items():
        same = records("birth_extract", seed) == records("birth_certificate", seed)
        same_id = (
            record_of("birth_extract", seed)["record_id"] == record_of("birth_certificate", seed)["record_id"]
        )
        assert same == same_id == (cohort is not Cohort.GROWN)


def test_a_couple_is_of_age_and_the_entry_says_what_the_certificate_says() -> None:
    for seed in SEEDS:
        truth, entry = drawn("marriage_certificate", seed).truth, record_of("marriage_certificate", seed)
        assert years_between(truth["wife_date_of_birth"], truth["registered_on"]) > WIFE_AGE - 0.01
        assert years_between(truth["husband_date_of_birth"], truth["registered_on"]) > HUSBAND_AGE - 0.01
        for field in ("number", "registered_at", "registered_on"):
            assert entry[field] == truth[field]
        for side in ("wife", "husband"):
            assert entry[side]["full_name"].casefold() == truth[f"{side}_full_name"].casefold()
            assert entry[side]["date_of_birth"] == truth[f"{side}_date_of_birth"]


def test_the_husband_stands_on_the_left_before_2016_and_the_wife_since() -> None:
    lefts = set()
    for seed in SEEDS:
        drawing = drawn("marriage_certificate", seed)
        at = {
            side: next(run.at[0] for run in drawing.sheet.runs if word in run.text)
            for side, word in (("wife", "tên vợ:"), ("husband", "tên chồng:"))
        }
        assert abs(at["wife"] - at["husband"]) > 60
        old_form = drawing.truth["registered_on"] < "2016"
        assert (at["husband"] < at["wife"]) == old_form
        lefts.add(old_form)
    assert lefts == {True, False}


def test_a_changed_father_is_a_changed_husband_in_the_record_and_not_on_paper() -> None:
    plain = draw("marriage_certificate", seed=2, grade=Grade.HARD)
    changed = draw("marriage_certificate", seed=2, grade=Grade.HARD, record_change=CHANGES["fathers_name"])
    assert changed.content == plain.content
    (before,), (after,) = (
        [record for name, record in paper.records if name == "civil_status"] for paper in (plain, changed)
    )
    assert [name for name in before if before[name] != after[name]] == ["husband"]


def test_whoever_shows_an_old_paper_alone_has_no_personal_number_on_it() -> None:
    texts = {seed: " ".join(drawn("marital_status_certificate", seed).texts) for seed in SEEDS}
    for seed, text in texts.items():
        person = order_for("marital_status_certificate", seed, Grade.CLEAN, None, None).family.child
        has_number = "personal_number" in drawn("marital_status_certificate", seed).truth
        assert (person.personal_number in text) == has_number
        assert has_number or (person.old_id_number or "none") in text


def test_a_young_person_has_never_been_married() -> None:
    people = family(1, Cohort.GROWN)
    people = replace(people, child=replace(people.child, date_of_birth=date(2004, 5, 6)))
    for seed in range(6):
        order = replace(
            order_for("marital_status_certificate", seed, Grade.CLEAN, people, old_address=False), dpi=60
        )
        assert (
            "hưa đăng ký kết hôn với ai" in RECIPES["marital_status_certificate"].draw(order).truth["status"]
        )


def test_the_head_of_the_household_is_the_same_on_paper_and_in_the_record() -> None:
    relations = set()
    for seed in SEEDS:
        truth = drawn("residence_confirmation", seed).truth
        record = record_of("residence_confirmation", seed, "population")
        assert record["head"] == {
            "full_name": truth["head_full_name"],
            "personal_number": truth["head_personal_number"],
            "relation": truth["head_relation"],
        }
        assert record["personal_number"] == truth["personal_number"]
        is_head = truth["head_relation"] == "Chủ hộ"
        assert is_head == (truth["head_personal_number"] == truth["personal_number"])
        relations.add(is_head)
    assert relations == {True, False}


def test_the_table_of_the_household_holds_everyone_but_the_resident() -> None:
    for seed in SEEDS:
        drawing = drawn("residence_confirmation", seed)
        people = order_for("residence_confirmation", seed, Grade.CLEAN, None, None).family
        ruled = [text for text in drawing.texts if text.isdigit() and len(text) == 12]
        assert {people.mother.personal_number, people.father.personal_number} <= set(ruled)
        assert ruled.count(people.child.personal_number) == 1 + (drawing.truth["head_relation"] == "Chủ hộ")


def test_a_letter_without_a_type_bears_its_subject_below_the_number() -> None:
    untyped = [seed for seed in SEEDS if "type" not in drawn("official_letter", seed).truth]
    assert 0 < len(untyped) < len(SEEDS)
    for seed in untyped:
        drawing = drawn("official_letter", seed)
        number = next(run for run in drawing.sheet.runs if run.text.startswith("Số: "))
        subject = next(run for run in drawing.sheet.runs if run.text.startswith("V/v "))
        assert 4 < subject.at[1] - number.at[1] < 10
        assert subject.at[0] + subject.length < 105
        assert drawing.truth["subject"].startswith(subject.text.removeprefix("V/v "))


def test_a_subject_has_no_label_and_a_number_no_space() -> None:
    for seed in SEEDS:
        truth = drawn("official_letter", seed).truth
        assert not truth["subject"].startswith(("V/v", "Về việc"))
        assert " " not in truth["number"]
        assert "/" in truth["number"]


def test_a_deputy_signs_on_behalf_and_the_title_is_the_deputys() -> None:
    titles = {drawn("official_letter", seed).truth["signer_title"] for seed in SEEDS}
    assert any(title.startswith("PHÓ ") for title in titles)
    assert not any(title.startswith(("KT.", "TM.")) for title in titles)
