"""The records of a specimen agree with its paper, but for a change that was asked for."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from verification.specimens import CHANGES, Cohort, Grade, Specimen, draw, family, place_named


def record_of(specimen: Specimen, source: str) -> Mapping[str, Any]:
    """The one record of that source."""
    (record,) = (record for name, record in specimen.records if name == source)
    return record


def text_of(place: Any) -> str:
    """A place of a record as text."""
    return str(place["text"] if isinstance(place, dict) else place)


@pytest.fixture(scope="module")
def birth() -> Specimen:
    people = family(11, Cohort.INFANT, place_named("Thụy Lâm"))
    return draw("birth_certificate", seed=11, grade=Grade.HARD, people=people, old_address=True)


def test_a_card_and_the_population_record_say_the_same() -> None:
    for seed in range(3):
        card = draw("citizen_card_2021_front", seed=seed, grade=Grade.HARD)
        record = record_of(card, "population")
        for field in ("personal_number", "date_of_birth", "sex", "nationality"):
            assert record[field] == card.truth[field]
        assert record["full_name"].upper() == card.truth["full_name"]
        assert record["old_id_numbers"] == [card.truth["old_id_number"]] * ("old_id_number" in card.truth)


def test_a_birth_certificate_and_its_entry_say_the_same(birth: Specimen) -> None:
    record = record_of(birth, "civil_status")
    for field in ("number", "registered_on", "registered_at"):
        assert record[field] == birth.truth[field]
    for side in ("mother", "father"):
        assert record[side]["full_name"] == birth.truth[f"{side}_full_name"]
        assert record[side]["date_of_birth"][:4] == birth.truth[f"{side}_date_of_birth"][:4]
    assert record["child"]["personal_number"] == birth.truth["personal_number"]
    assert record["child"]["full_name"].upper() == birth.truth["full_name"].upper()


def test_the_paper_names_three_levels_and_the_record_the_two_of_today(birth: Specimen) -> None:
    record = record_of(birth, "civil_status")
    for word in ("Thụy Lâm", "Đông Anh", "Hà Nội"):
        assert word in birth.truth["mother_residence"]
    assert "Thư Lâm" in text_of(record["mother"]["residence"])
    assert "Đông Anh" not in text_of(record["mother"]["residence"])
    assert birth.truth["mother_residence"].split(",")[0] in text_of(record["mother"]["residence"])


def test_a_paper_of_today_and_its_record_name_the_same_commune() -> None:
    people = family(12, Cohort.INFANT, place_named("Thụy Lâm"))
    paper = draw("birth_certificate", seed=12, grade=Grade.HARD, people=people, old_address=False)
    assert "Thư Lâm" in paper.truth["registered_at"]
    assert paper.truth["registered_on"] > "2025-07-01"


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_asked_for_changes_the_record_in_one_field_and_not_the_paper(
    name: str, birth: Specimen
) -> None:
    people = family(11, Cohort.INFANT, place_named("Thụy Lâm"))
    changed = draw(
        "birth_certificate",
        seed=11,
        grade=Grade.HARD,
        people=people,
        old_address=True,
        record_change=CHANGES[name],
    )
    assert (changed.truth, changed.content) == (birth.truth, birth.content)
    before, after = (flat(record_of(paper, "civil_status")) for paper in (birth, changed))
    assert len([field for field in before if before[field] != after[field]]) == 1


def flat(record: Mapping[str, Any]) -> dict[str, str]:
    """Every leaf under its path."""
    return {
        f"{outer}.{inner}": json.dumps(value)
        for outer, part in record.items()
        for inner, value in (part.items() if isinstance(part, Mapping) else [("", part)])
    }


def test_a_diploma_is_in_no_source() -> None:
    assert draw("diploma", seed=1, grade=Grade.HARD).records == ()
