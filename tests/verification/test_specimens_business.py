"""Household business certificates: numbers of their time, amounts, owner, record."""

from dataclasses import replace

import pytest

from verification.specimens import Cohort, Drawing, Grade, draw, family, sketch
from verification.specimens.business import TAX_WEIGHTS, tax_number
from verification.specimens.chance import Chance
from verification.specimens.wording import number_in_words

KIND = "household_business_certificate"
Drawings = tuple[Drawing, ...]


@pytest.fixture(scope="module")
def some() -> Drawings:
    return tuple(sketch(KIND, seed=seed, dpi=60) for seed in range(30))


def test_the_fields_are_those_of_the_interface(some: Drawings) -> None:
    owner = {
        f"owner_{name}" for name in ("full_name", "date_of_birth", "sex", "personal_number", "residence")
    }
    names = {"number", "business_name", "address", "capital", "first_registered_on"} | owner
    assert all(drawing.truth.keys() - {"change_number"} == names for drawing in some)


def test_numbers_are_of_every_make(some: Drawings) -> None:
    numbers = [drawing.truth["number"] for drawing in some]
    assert any(drawing.truth["number"] == drawing.truth["owner_personal_number"] for drawing in some)
    assert any(len(number) == 10 and number.isdigit() for number in numbers)
    assert any("-" in number for number in numbers)
    assert any(not number[2].isdigit() for number in numbers)


def test_a_tax_number_carries_its_check_digit() -> None:
    for seed in range(20):
        digits = [int(digit) for digit in tax_number(Chance("tax", seed))]
        total = sum(digit * weight for digit, weight in zip(digits, TAX_WEIGHTS, strict=False))
        assert digits[9] == 10 - total % 11


def test_a_change_is_told_by_its_number_and_absent_where_there_was_none(some: Drawings) -> None:
    with_change = [drawing for drawing in some if "change_number" in drawing.truth]
    assert 3 <= len(with_change) <= 20
    for drawing in with_change:
        line = f"Đăng ký thay đổi lần thứ: {drawing.truth['change_number']},"
        assert any(text.startswith(line) for text in drawing.texts)


def test_trades_stand_in_a_table_or_in_running_text(some: Drawings) -> None:
    tabled = ["STT" in drawing.texts for drawing in some]
    assert True in tabled
    assert False in tabled


def test_long_names_and_addresses_run_over_two_lines_at_times(some: Drawings) -> None:
    for field in ("business_name", "address"):
        assert any(drawing.truth[field] not in drawing.texts for drawing in some)


def test_a_very_long_name_of_the_owner_stays_whole() -> None:
    people = family(2, Cohort.GROWN)
    name = "Công Tằng Tôn Nữ Nguyễn Phước Thị Huyền Trân Thương Hoài Ngọc Quỳnh Như"
    people = replace(people, child=replace(people.child, full_name=name))
    paper = draw(KIND, seed=2, grade=Grade.HARD, people=people)
    assert paper.truth["owner_full_name"] == name.upper()


def test_the_register_of_businesses_answers() -> None:
    paper = draw(KIND, seed=5, grade=Grade.HARD)
    ((source, record),) = paper.records
    assert source == "household_business"
    for field in ("number", "business_name", "capital", "first_registered_on"):
        assert record[field] == paper.truth[field]
    owner = record["owner"]
    assert isinstance(owner, dict)
    assert owner["full_name"].upper() == paper.truth["owner_full_name"]
    assert owner["personal_number"] == paper.truth["owner_personal_number"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (105, "một trăm linh năm"),
        (1_005, "một nghìn không trăm linh năm"),
        (21_000_000, "hai mươi mốt triệu"),
        (505_000_000, "năm trăm linh năm triệu"),
        (1_250_000_000, "một tỷ hai trăm năm mươi triệu"),
    ],
)
def test_an_amount_in_words(number: int, words: str) -> None:
    assert number_in_words(number) == words
