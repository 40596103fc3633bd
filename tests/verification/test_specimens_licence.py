"""Driving licences: classes of their time, terms, records, and numbers that are no personal numbers."""

from datetime import date

import pytest

from verification.specimens import CHANGES, Grade, draw, sketch
from verification.specimens.drawing import order_for
from verification.specimens.licence import CLASSES_BEFORE, CLASSES_SINCE, Licence, licence

KIND = "driving_licence"


@pytest.fixture(scope="module")
def licences() -> tuple[Licence, ...]:
    return tuple(licence(order_for(KIND, seed, Grade.HARD, None, None)) for seed in range(60))


def test_the_fields_are_those_of_the_interface(licences: tuple[Licence, ...]) -> None:
    names = {"licence_number", "full_name", "date_of_birth", "nationality", "residence", "class"}
    assert all(paper.truth.keys() == names | {"issued_on", "expires_on"} for paper in licences)


def test_a_number_has_twelve_digits_and_at_times_looks_like_the_holders_personal_number(
    licences: tuple[Licence, ...],
) -> None:
    for paper in licences:
        assert len(paper.number) == 12
        assert paper.number.isdigit()
        assert paper.number != paper.holder.personal_number
    alike = [paper.number[:6] == paper.holder.personal_number[:6] for paper in licences]
    assert 0.15 < sum(alike) / len(alike) < 0.5


def test_a_class_is_one_of_its_time_and_motorcycles_have_no_term(licences: tuple[Licence, ...]) -> None:
    for paper in licences:
        classes = CLASSES_SINCE if paper.issued_on >= date(2025, 1, 1) else CLASSES_BEFORE
        assert paper.category in {name for name, _ in classes}
        assert (paper.truth["expires_on"] == "unlimited") == (paper.category in {"A1", "A2", "A"})


def test_the_ministry_is_that_of_the_day() -> None:
    for seed in range(20):
        drawing = sketch(KIND, seed=seed, dpi=100)
        police = drawing.truth["issued_on"] >= "2025-03-01"
        assert ("BỘ CÔNG AN" in drawing.texts) == police
        assert ("BỘ GTVT" in drawing.texts) == (not police)


def test_some_addresses_are_written_in_short_and_some_run_over_two_lines() -> None:
    drawings = [sketch(KIND, seed=seed, dpi=100) for seed in range(30)]
    assert any("TP. " in drawing.truth["residence"] for drawing in drawings)
    assert any(drawing.truth["residence"] not in drawing.texts for drawing in drawings)


def test_the_licence_database_answers_and_a_change_of_the_record_leaves_the_paper() -> None:
    paper = draw(KIND, seed=3, grade=Grade.HARD)
    ((source, record),) = paper.records
    assert source == "driving_licence"
    for field in ("licence_number", "date_of_birth", "class", "issued_on", "expires_on"):
        assert record[field] == paper.truth[field]
    changed = draw(KIND, seed=3, grade=Grade.HARD, record_change=CHANGES["name_letter"])
    assert changed.content == paper.content
    assert dict(changed.records)["driving_licence"]["full_name"] != record["full_name"]
