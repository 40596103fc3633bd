"""Dates in every notation of a Vietnamese paper."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.dates import (
    PartialDate,
    date_in_words,
    number_in_words,
    parse_date,
    parse_date_in_words,
)
from verification.number_words import number_of_words


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("01/02/1990", "1990-02-01"),
        ("1/2/1990", "1990-02-01"),
        ("01-02-1990", "1990-02-01"),
        ("01.02.1990.", "1990-02-01"),
        ("1 tháng 2 năm 1990", "1990-02-01"),
        ("Ngày 01 tháng 02 năm 1990", "1990-02-01"),
        ("ngày 01, tháng 02, năm 1990", "1990-02-01"),
        ("tháng 2 năm 1990", "1990-02"),
        ("02/1990", "1990-02"),
        ("00/02/1990", "1990-02"),
        ("00/00/1950", "1950"),
        ("năm 1950", "1950"),
        ("1950", "1950"),
        ("1990-02-01", "1990-02-01"),
        ("1990-02", "1990-02"),
        ("29/02/2000", "2000-02-29"),
    ],
)
def test_figures_are_read(text: str, iso: str) -> None:
    parsed = parse_date(text)
    assert parsed is not None
    assert parsed.iso() == iso


@pytest.mark.parametrize(
    "text",
    [
        "31/02/1990",
        "29/02/1900",
        "01/13/1990",
        "5/0/1990",
        "0000",
        "90",
        "1/2/90",
        "",
        "Nguyễn",
        "01/02/19900",
    ],
)
def test_what_is_not_in_the_calendar_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Ngày mười lăm tháng ba năm một nghìn chín trăm chín mươi chín", "1999-03-15"),
        ("ngày mồng một, tháng giêng, năm hai nghìn lẻ năm", "2005-01-01"),
        ("Mùng năm tháng tư năm hai ngàn không trăm hai mươi mốt", "2021-04-05"),
        ("Ngày năm tháng năm năm một nghìn chín trăm năm mươi lăm", "1955-05-05"),
        ("Ngày hai lăm tháng mười hai năm một nghìn chín trăm chín tư", "1994-12-25"),
        ("Ngày hai mươi tư tháng chạp năm một nghìn chín trăm tám mươi bốn", "1984-12-24"),
        ("Ngày ba mươi mốt tháng bẩy năm hai nghìn không trăm linh tư", "2004-07-31"),
        ("tháng năm năm hai nghìn không trăm hai mươi lăm", "2025-05"),
        ("năm một nghìn chín trăm năm mươi", "1950"),
        ("năm hai nghìn", "2000"),
    ],
)
def test_words_are_read(text: str, iso: str) -> None:
    parsed = parse_date_in_words(text)
    assert parsed is not None
    assert parsed.iso() == iso


@pytest.mark.parametrize(
    "text",
    [
        "ngày ba mươi hai tháng ba năm hai nghìn",
        "ngày ba mươi tháng hai năm hai nghìn",
        "ngày mười tháng mười ba năm hai nghìn",
        "ngày mười mốt tháng ba năm hai nghìn",
        "ngày mười lăm tháng ba",
        "hai nghìn",
        "",
    ],
)
def test_words_that_are_no_date_are_none(text: str) -> None:
    assert parse_date_in_words(text) is None


def test_a_birth_paper_gets_the_words_of_an_official_paper() -> None:
    assert (
        date_in_words(PartialDate(1999, 3, 15))
        == "Ngày mười lăm tháng ba năm một nghìn chín trăm chín mươi chín"
    )
    assert (
        date_in_words(PartialDate(2005, 4, 1)) == "Ngày mồng một tháng tư năm hai nghìn không trăm linh năm"
    )
    assert date_in_words(PartialDate(1950)) == "Năm một nghìn chín trăm năm mươi"


def test_every_number_of_four_digits_survives_its_words() -> None:
    assert all(number_of_words(number_in_words(number)) == number for number in range(10_000))


def test_a_number_past_four_digits_has_no_words() -> None:
    with pytest.raises(ValueError, match="not within"):
        number_in_words(10_000)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_every_date_survives_its_words(day: date) -> None:
    value = PartialDate(day.year, day.month, day.day)
    assert parse_date_in_words(date_in_words(value)) == value
    assert parse_date(value.iso()) == value
    assert parse_date(f"{day.day:02}/{day.month:02}/{day.year}") == value


@given(st.text(max_size=30))
def test_no_text_makes_the_parsers_fail(text: str) -> None:
    for parsed in (parse_date(text), parse_date_in_words(text)):
        assert parsed is None or parse_date(parsed.iso()) == parsed


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="leave the day out"):
        PartialDate(1990, None, 5)
