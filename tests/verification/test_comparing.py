"""One function for each kind of field value."""

import pytest

from verification.agreement import Agreement, Compared
from verification.code_lists import ethnic_code
from verification.comparing import (
    compare_dates,
    compare_ethnicity,
    compare_names,
    compare_nationality,
    compare_numbers,
    compare_sex,
)

EXACT, DIFFERENT = Compared(Agreement.EXACT), Compared(Agreement.DIFFERENT)


def test_a_value_that_is_not_there_is_said_of_the_paper_first() -> None:
    for compare in (
        compare_names,
        compare_dates,
        compare_sex,
        compare_ethnicity,
        compare_nationality,
        compare_numbers,
    ):
        assert compare(None, None) == Compared(Agreement.MISSING_ON_PAPER)
        assert compare(" ", "x") == Compared(Agreement.MISSING_ON_PAPER)
        assert compare("x", "") == Compared(Agreement.MISSING_IN_RECORD)


def test_names_are_compared_without_regard_to_case() -> None:
    assert compare_names("TRẦN THỊ MẪU", "Trần Thị Mẫu") == EXACT
    assert compare_names("TRẦN THỊ MẪU", "Trần Thị Mậu") == DIFFERENT


@pytest.mark.parametrize(
    ("paper", "record", "expected"),
    [
        ("01/02/1990", "1990-02-01", EXACT),
        ("1990-02-01", "1990-01-02", DIFFERENT),
        ("1990", "1990-02-01", Compared(Agreement.PARTIAL, "year_only")),
        ("1990-02-01", "1990", Compared(Agreement.PARTIAL, "year_only")),
        ("1990-02", "1990-02-01", Compared(Agreement.PARTIAL, "month_only")),
        ("1990-03", "1990-02-01", DIFFERENT),
        ("1991", "1990-02-01", DIFFERENT),
        ("1950", "1950", EXACT),
        (
            "Ngày mồng một tháng hai năm một nghìn chín trăm chín mươi",
            "1990-02-01",
            Compared(Agreement.EQUIVALENT, "in_words"),
        ),
        ("31/02/1990", "1990-02-01", Compared(Agreement.UNREADABLE)),
        ("1990-02-01", "unbekannt", Compared(Agreement.UNDECIDED, "record_not_a_date")),
        ("unlimited", "Không thời hạn", EXACT),
        ("unlimited", "2030-01-01", DIFFERENT),
    ],
)
def test_dates(paper: str, record: str, expected: Compared) -> None:
    assert compare_dates(paper, record) == expected


@pytest.mark.parametrize(
    ("paper", "record", "expected"),
    [
        ("female", "female", EXACT),
        ("Nữ", "female", Compared(Agreement.EQUIVALENT, "sex_code")),
        ("NAM", "male", Compared(Agreement.EQUIVALENT, "sex_code")),
        ("Nam", "female", DIFFERENT),
        ("Nù", "female", Compared(Agreement.UNDECIDED, "unknown_word")),
    ],
)
def test_sex(paper: str, record: str, expected: Compared) -> None:
    assert compare_sex(paper, record) == expected


@pytest.mark.parametrize(
    ("paper", "record"),
    [
        ("Kinh", "Kinh (Việt)"),
        ("H’Mông", "Mông"),
        ("Hmông", "H'Mông"),
        ("Ê Đê", "Ê-đê"),
        ("Cơ-ho", "K'Ho"),
        ("Dân tộc Tày", "Tày"),
        ("Xơ Đăng", "Xơ-đăng"),
        ("Khmer", "Khơ-me"),
    ],
)
def test_an_ethnic_group_has_spellings(paper: str, record: str) -> None:
    assert compare_ethnicity(paper, record) == Compared(Agreement.EQUIVALENT, "ethnic_code")


def test_ethnic_groups_that_look_alike_differ() -> None:
    assert compare_ethnicity("Thái", "Thổ") == DIFFERENT
    assert compare_ethnicity("Mường", "Mông") == DIFFERENT
    assert compare_ethnicity("Kinh", "Kính") == Compared(Agreement.UNDECIDED, "unknown_word")


def test_all_54_ethnic_groups_are_known_and_none_twice() -> None:
    names = ("Kinh", "Hoa", "Rơ-măm", "Ơ-đu", "Brâu", "Co", "Cơ-tu", "Cơ Lao", "La Ha", "La Hủ", "Lự")
    assert len({ethnic_code(name) for name in names}) == len(names)


@pytest.mark.parametrize("word", ["VNM", "Vietnamese", "Viet Nam", "CHXHCN Việt Nam"])
def test_viet_nam_has_many_names(word: str) -> None:
    assert compare_nationality("Việt Nam", word) == Compared(Agreement.EQUIVALENT, "nationality_code")


def test_nationalities_differ_or_are_unknown() -> None:
    assert compare_nationality("Việt Nam", "Lào") == DIFFERENT
    assert compare_nationality("Việt Nam", "Atlantis") == Compared(Agreement.UNDECIDED, "unknown_word")


@pytest.mark.parametrize(
    ("paper", "record", "expected"),
    [
        ("001 199 012345", "001199012345", EXACT),
        ("001199012345", "001199012346", DIFFERENT),
        ("00119901234O", "001199012340", DIFFERENT),
        ("012345678", "001199012345", Compared(Agreement.EQUIVALENT, "old_number")),
        ("15", "015", Compared(Agreement.PARTIAL, "leading_zeros")),
        ("01199012345", "001199012345", DIFFERENT),
        ("ab 1234", "AB1234", EXACT),
    ],
)
def test_numbers(paper: str, record: str, expected: Compared) -> None:
    assert compare_numbers(paper, record, old_numbers=("012 345 678",)) == expected
