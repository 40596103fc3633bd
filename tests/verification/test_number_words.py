"""Numbers in Vietnamese words, as papers write them and as people say them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.number_words import DIGITS, decimal_of_words, number_of_words
from verification.specimens.land import area_in_words
from verification.specimens.wording import number_in_words


@given(st.integers(0, 10**12 - 1))
def test_every_number_survives_its_words(number: int) -> None:
    assert number_of_words(number_in_words(number)) == number


@given(st.integers(0, 10**6), st.integers(1, 9))
def test_every_area_survives_its_words(whole: int, tenth: int) -> None:
    words = area_in_words(f"{whole},{tenth} m²").removesuffix(" mét vuông")
    assert decimal_of_words(words) == Decimal(f"{whole}.{tenth}")


@given(st.lists(st.sampled_from(DIGITS), min_size=1, max_size=6))
def test_decimals_may_be_said_digit_by_digit(digits: list[str]) -> None:
    figures = "".join(str(DIGITS.index(word)) for word in digits)
    assert decimal_of_words(f"bảy phẩy {' '.join(digits)}") == Decimal(f"7.{figures}")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("hai trăm linh năm", 205),
        ("hai trăm lẻ năm", 205),
        ("Hai mươi mốt", 21),
        ("ba mươi tư", 34),
        ("ba mươi nhăm", 35),
        ("hai lăm", 25),
        ("Một ngàn không trăm lẻ tư", 1004),
        ("hai nghìn lẻ năm", 2005),
        ("năm mươi triệu", 50_000_000),
        ("một tỷ hai trăm năm mươi triệu", 1_250_000_000),
        ("một tỉ không trăm linh năm triệu", 1_005_000_000),
        ("hai triệu không trăm năm mươi nghìn", 2_050_000),
        ("một nghìn hai trăm tỷ", 1_200_000_000_000),
        ("không", 0),
    ],
)
def test_spoken_forms_are_read(words: str, number: int) -> None:
    assert number_of_words(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("một trăm hai mươi lăm phẩy năm", "125.5"),
        ("bảy mươi ba phẩy hai lăm", "73.25"),
        ("bảy mươi ba phẩy hai mươi lăm", "73.25"),
        ("bảy mươi ba phẩy không năm", "73.05"),
        ("bảy mươi ba phẩy linh năm", "73.05"),
        ("tám mươi", "80"),
    ],
)
def test_decimals_are_read(words: str, number: str) -> None:
    assert decimal_of_words(words) == Decimal(number)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "mươi",
        "mốt",
        "mười mốt",
        "mười không",
        "trăm linh năm",
        "linh năm",
        "hai ba bốn",
        "một nghìn năm",
        "hai nghìn nghìn",
        "nghìn",
        "một triệu tám",
        "hai mươi x",
        "một " * 60,
    ],
)
def test_what_is_no_number_is_none(words: str) -> None:
    assert number_of_words(words) is None


@pytest.mark.parametrize("words", ["hai phẩy", "phẩy năm", "hai phẩy mốt", "hai phẩy ba phẩy tư"])
def test_broken_decimals_are_none(words: str) -> None:
    assert decimal_of_words(words) is None


@given(
    st.lists(st.sampled_from([*DIGITS, "mươi", "trăm", "nghìn", "triệu", "tỷ", "linh", "phẩy"]), max_size=12)
)
def test_no_words_make_the_reader_fail(words: list[str]) -> None:
    value = decimal_of_words(" ".join(words))
    assert value is None or value >= 0
