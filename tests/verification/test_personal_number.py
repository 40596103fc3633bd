"""What twelve digits say, and where they contradict a paper."""

from datetime import date

import pytest

from verification.dates import PartialDate
from verification.normalise import canonical
from verification.personal_number import (
    PROVINCES_OF_REGISTRATION,
    contradictions,
    is_old_card_number,
    parse_personal_number,
)
from verification.units import load_units

TODAY = date(2026, 11, 24)


def test_the_digits_say_province_sex_and_year() -> None:
    number = parse_personal_number("001 199 012345", latest_year=2026)
    assert number is not None
    assert (number.digits, number.province, number.sex, number.birth_year) == (
        "001199012345",
        "001",
        "female",
        1999,
    )


def test_the_third_digit_is_the_century() -> None:
    number = parse_personal_number("024205000001", latest_year=2026)
    assert number is not None
    assert (number.sex, number.birth_year) == ("male", 2005)


@pytest.mark.parametrize(
    "text",
    [
        "00119901234",
        "0011990123456",
        "003199012345",
        "001985012345",
        "001227012345",
        "00119901234O",
        "",
        "٠٠١١٩٩٠١٢٣٤٥",
    ],
)
def test_a_number_of_the_wrong_form_is_none(text: str) -> None:
    assert parse_personal_number(text, latest_year=2026) is None


def test_a_child_born_this_year_has_a_number() -> None:
    assert parse_personal_number("001226012345", latest_year=2026) is not None


def test_the_nine_digits_of_an_old_card_are_told_apart() -> None:
    assert is_old_card_number("012 345 678")
    assert not is_old_card_number("001199012345")


@pytest.mark.parametrize(
    ("sex", "year", "found"),
    [
        ("female", 1999, ()),
        ("male", 1999, ("sex",)),
        ("female", 1998, ("birth_year",)),
        ("male", 1998, ("sex", "birth_year")),
    ],
)
def test_what_the_paper_says_otherwise_is_named(sex: str, year: int, found: tuple[str, ...]) -> None:
    said = contradictions("001199012345", sex=sex, birth_date=PartialDate(year, 5, 1), today=TODAY)
    assert said == found


def test_what_is_not_on_the_paper_contradicts_nothing() -> None:
    assert contradictions("001199012345", sex=None, birth_date=None, today=TODAY) == ()


def test_a_wrong_form_is_the_only_thing_said() -> None:
    assert contradictions("123", sex="male", birth_date=None, today=TODAY) == ("form",)


def test_the_codes_are_those_of_the_provinces_of_early_2025() -> None:
    before = {f"0{code}": canonical(old.name) for code, old in load_units().provinces_before.items()}
    ours = {code: canonical(name) for code, name in PROVINCES_OF_REGISTRATION.items()}
    assert ours | {"046": "huế"} == before
