"""Printed words into field values, as interface.md writes them."""

import pytest

from verification.profile import Format
from verification.values import parse_value, tidy


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("......02/03/2020........", "02/03/2020"),
        (" : Nguyễn Thị Mẫu ,", "Nguyễn Thị Mẫu"),
        ("Thôn Đông ,Thụy Lâm,Đông Anh", "Thôn Đông, Thụy Lâm, Đông Anh"),
        ("Nguyễn  Thị\nMẫu", "Nguyễn Thị Mẫu"),
        ("Nguyễn Thị Mẫu", "Nguyễn Thị Mẫu"),
        ("………", ""),
    ],
)
def test_leaders_spaces_and_punctuation_are_tidied(printed: str, value: str) -> None:
    assert tidy(printed) == value


@pytest.mark.parametrize("name", ["NGUYỄN THỊ MẪU", "H'Hen Niê", "Y-Bham Êban", "Trần Văn A. Thử"])
def test_a_name_is_kept_as_printed(name: str) -> None:
    assert parse_value(name, Format.NAME) == name


@pytest.mark.parametrize("name", ["NGUYỄN TH1 MẪU", "Nguyễn (Thị) Mẫu", "Nguyễn_Mẫu", "12", ""])
def test_what_no_name_holds_is_a_misreading(name: str) -> None:
    assert parse_value(name, Format.NAME) is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("02/03/2020", "2020-03-02"),
        ("2/3/2020", "2020-03-02"),
        ("02 / 03 / 2020", "2020-03-02"),
        ("02-03-2020", "2020-03-02"),
        ("ngày 02 tháng 03 năm 2020", "2020-03-02"),
        ("Ngày....02....tháng....03....năm....2020", "2020-03-02"),
        ("sinh ngày 02/03/2020 tại Hà Nội", "2020-03-02"),
        ("1990", "1990"),
    ],
)
def test_a_date_is_written_as_iso(printed: str, value: str) -> None:
    assert parse_value(printed, Format.DATE) == value


@pytest.mark.parametrize("printed", ["31/02/2020", "Thụy Lâm", "99999", "1790"])
def test_what_is_no_date_gives_none(printed: str) -> None:
    assert parse_value(printed, Format.DATE) is None


def test_a_card_may_never_expire() -> None:
    assert parse_value("Không thời hạn", Format.EXPIRY) == "unlimited"
    assert parse_value("KHONG THOI HAN", Format.EXPIRY) == "unlimited"
    assert parse_value("01/01/2039", Format.EXPIRY) == "2039-01-01"


@pytest.mark.parametrize(
    ("printed", "value"),
    [("Nữ", "female"), ("NAM", "male"), ("Female", "female"), ("Nam / Male", "male"), ("F", "female")],
)
def test_the_sex_is_one_of_two_words(printed: str, value: str) -> None:
    assert parse_value(printed, Format.SEX) == value


def test_other_words_are_no_sex() -> None:
    assert parse_value("Nừa", Format.SEX) is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("001 320 012 345", "001320012345"),
        ("001.320.012.345", "001320012345"),
        ("012345678", "012345678"),
        ("0013200123456", None),
        ("00132001234", None),
        ("O01320012345", None),
    ],
)
def test_a_personal_number_has_twelve_digits_or_nine(printed: str, value: str | None) -> None:
    assert parse_value(printed, Format.PERSONAL_NUMBER) == value


def test_a_number_is_written_without_spaces() -> None:
    assert parse_value("15 / 2020", Format.NUMBER) == "15/2020"
    assert parse_value("Bản chính", Format.NUMBER) is None


def test_words_of_a_date_are_kept_when_they_say_one() -> None:
    words = "(Ngày mồng hai tháng ba năm hai nghìn không trăm hai mươi)"
    assert parse_value(words, Format.DATE_WORDS) == words.strip("()")
    assert parse_value("Ngày mồng hai tháng bx", Format.DATE_WORDS) is None
