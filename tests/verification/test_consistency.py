"""What follows from a contradiction: nothing it touches is sure, and the officer is told where."""

from dataclasses import replace

import pytest

from ocr.model import Box
from tests.builders import PROFILES
from tests.read_papers import field, read_paper, true_paper
from verification.consistency import GRAVE, NOTES, check_sides, cross_check
from verification.contradiction import ReadPaper
from verification.extraction import Extraction, Field, Kind
from verification.specimens import KINDS, PUBLISHED_SEEDS
from verification.wording import SENTENCES

WRONG_SEX = {"full_name": "Nguyễn Thị Mẫu", "sex": "male", "personal_number": "001320012345"}
IN_WORDS = {
    "date_of_birth": "2020-03-02",
    "date_of_birth_in_words": "Ngày mồng hai tháng ba năm hai nghìn không trăm hai mươi",
}


def sure_after(paper: ReadPaper) -> set[str]:
    return {f.name for f in cross_check(paper)[0] if f.sure}


def test_what_contradicts_is_sure_no_more_and_the_rest_stays() -> None:
    assert sure_after(read_paper("birth_certificate", WRONG_SEX)) == {"full_name"}


def test_a_note_makes_nothing_unsure() -> None:
    values = {"wife_date_of_birth": "2005-01-01", "registered_on": "2021-01-01"}
    paper = read_paper("marriage_certificate", values)
    assert sure_after(paper) == set(values)
    assert [f.code for f in cross_check(paper)[1]] == ["BELOW_MARRIAGE_AGE"]


def test_the_fields_and_their_order_stay() -> None:
    fields, _ = cross_check(read_paper("birth_certificate", WRONG_SEX))
    assert [(f.name, f.value) for f in fields] == list(WRONG_SEX.items())


def test_a_finding_stands_around_the_fields_it_is_about() -> None:
    (found,) = cross_check(read_paper("birth_certificate", WRONG_SEX))[1]
    assert (found.page, found.box) == (1, Box(0, 30, 100, 80))


def test_a_finding_over_two_pages_stands_on_the_first() -> None:
    paper = read_paper("birth_certificate", WRONG_SEX)
    there = field("sex", "male", page=2)
    (found,) = cross_check(replace(paper, fields={**paper.fields, "sex": there}))[1]
    assert (found.page, found.box) == (1, Box(0, 60, 100, 80))


def test_figures_and_words_that_agree_make_each_other_sure() -> None:
    paper = read_paper("birth_certificate", IN_WORDS)
    unsure = {name: replace(f, sure=False) for name, f in paper.fields.items()}
    assert sure_after(replace(paper, fields=unsure)) == set(IN_WORDS)


def test_agreeing_figures_and_words_do_not_outweigh_another_contradiction() -> None:
    paper = read_paper("birth_certificate", {**IN_WORDS, "personal_number": "001321012345"})
    assert sure_after(paper) == {"date_of_birth_in_words"}


def test_a_contradiction_is_said_once() -> None:
    old = {"date_of_birth": "1880-01-01", "issued_on": "2022-01-01"}
    codes = [f.code for f in cross_check(read_paper("citizen_card_2021_front", old))[1]]
    assert codes.count("AGE_IMPLAUSIBLE") == 1


def test_every_code_has_its_sentence_and_is_grave_or_a_note() -> None:
    assert set(GRAVE) | set(NOTES) <= set(SENTENCES)
    assert not set(GRAVE) & set(NOTES)


# -- the sides of a card ------------------------------------------------------------------------------


def side(kind: str, *fields: Field, group: str | None = "citizen_card_2021-1") -> Extraction:
    return Extraction(Kind(kind), True, group, (1,), None, fields)


def front(*fields: Field, group: str | None = "citizen_card_2021-1") -> Extraction:
    return side("citizen_card_2021_front", *fields, group=group)


def back(*fields: Field) -> Extraction:
    return side("citizen_card_2021_back", *fields)


def test_sides_that_say_different_things_are_both_in_doubt() -> None:
    sides = (front(field("date_of_birth", "1999-01-01")), back(field("date_of_birth", "1999-01-02")))
    checked = check_sides(sides, PROFILES)
    assert [(p.fields[0].sure, [w.code for w in p.warnings]) for p in checked] == [
        (False, ["SIDES_DIFFER"])
    ] * 2


@pytest.mark.parametrize(
    "sides",
    [
        (front(field("date_of_birth", "1999-01-01")), back(field("date_of_birth", "1999-01-01"))),
        (front(field("date_of_birth", "1999-01-01")), back(field("date_of_birth", "1999-01-02", sure=False))),
        (front(field("date_of_birth", "1999-01-01"), group=None), back(field("date_of_birth", "1999-01-02"))),
        (front(field("full_name", "NGUYỄN THỊ MẪU")), back(field("full_name_unaccented", "NGUYEN THI MAU"))),
        (front(field("residence", "Hà Nội")), back()),
    ],
)
def test_sides_that_agree_or_are_not_read_are_left_as_they_are(sides: tuple[Extraction, ...]) -> None:
    assert check_sides(sides, PROFILES) == sides


def test_the_name_of_the_front_is_that_of_the_zone_on_the_back() -> None:
    sides = (
        front(field("full_name", "NGUYỄN THỊ MẪU")),
        back(field("full_name_unaccented", "NGUYEN THI MAI")),
    )
    checked = check_sides(sides, PROFILES)
    assert [[w.code for w in p.warnings] for p in checked] == [["SIDES_DIFFER"]] * 2


# -- true papers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_said_of_a_true_paper(kind: str) -> None:
    for seed in (*range(5), *range(PUBLISHED_SEEDS, PUBLISHED_SEEDS + 3)):
        fields, found = cross_check(true_paper(kind, seed))
        assert (seed, [f.code for f in found], [f.name for f in fields if not f.sure]) == (seed, [], [])
