"""What a card's machine zones say beside its print."""

import pytest

from ocr.model import Box
from tests.builders import ZONE, mrz
from tests.read_papers import codes_of, read_paper
from verification.consistency import cross_check
from verification.contradiction import ReadPaper
from verification.extraction import Field, Reading

FRONT, BACK = "citizen_card_2021_front", "citizen_card_2021_back"
FIRST, SECOND, THIRD = ZONE.split("\n")


def name_read(**values: str) -> ReadPaper:
    """A front whose name was read so by each of these."""
    paper = read_paper(FRONT, {})
    readings = tuple(Reading(by, value, 0.9, 1, Box(0, 0, 9, 9)) for by, value in values.items())
    field = Field("full_name", readings[0].value, False, readings)
    return ReadPaper(paper.kind, paper.profile, {"full_name": field}, paper.pages, paper.today)


def test_a_zone_against_two_readers_is_a_doubt() -> None:
    paper = name_read(qr="Nguyễn Thị Mẫu", asternet="NGUYỄN THỊ MẬU", tesseract="NGUYỄN THỊ MẬU")
    (found,) = cross_check(paper)[1]
    assert (found.code, found.page, found.box) == ("CODE_DIFFERS_FROM_PRINT", 1, Box(0, 0, 9, 9))


def test_both_values_are_kept() -> None:
    paper = name_read(qr="Nguyễn Thị Mẫu", asternet="NGUYỄN THỊ MẬU", tesseract="NGUYỄN THỊ MẬU")
    (field,), _ = cross_check(paper)
    assert {r.value for r in field.readings} == {"Nguyễn Thị Mẫu", "NGUYỄN THỊ MẬU"}


def test_a_zone_against_one_reader_proves_nothing() -> None:
    assert codes_of(name_read(qr="Nguyễn Thị Mẫu", asternet="NGUYỄN THỊ MẬU")) == set()


def test_capitals_are_no_difference() -> None:
    paper = name_read(qr="Nguyễn Thị Mẫu", asternet="NGUYỄN THỊ MẪU", tesseract="NGUYỄN THỊ MẪU")
    assert codes_of(paper) == set()


@pytest.mark.parametrize(
    ("full", "bare"),
    [
        ("Nguyễn Thị Mẫu", "NGUYEN THI MAU"),
        ("H'Hen Niê", "HHEN NIE"),
        ("Công Tằng Tôn Nữ Hoàng Huyền Trân", "CONG TANG TON NU HOANG HUYE"),
    ],
)
def test_the_zone_writes_a_name_without_accents_and_cuts_it(full: str, bare: str) -> None:
    assert codes_of(read_paper(BACK, {"full_name": full, "full_name_unaccented": bare})) == set()


@pytest.mark.parametrize("bare", ["NGUYEN THI MAI", "NGUYEN THI"])
def test_another_name_in_the_zone_is_a_doubt(bare: str) -> None:
    paper = read_paper(BACK, {"full_name": "Nguyễn Thị Mẫu", "full_name_unaccented": bare})
    assert codes_of(paper) == {"MRZ_NAME_DIFFERS"}


def test_the_card_number_is_the_end_of_the_personal_number() -> None:
    assert codes_of(read_paper(BACK, {"personal_number": "001199012345"}, codes=(mrz(ZONE),))) == set()


def test_another_card_number_is_a_doubt() -> None:
    # 299012345 has the check digit 3; the composite digit of line 2 follows.
    zone = "\n".join(("IDVNM2990123453001199012345<<7", "9901018F3901016VNM<<<<<<<<<<<4", THIRD))
    paper = read_paper(BACK, {"personal_number": "001199012345"}, codes=(mrz(zone),))
    assert codes_of(paper) == {"MRZ_NUMBER_DIFFERS"}


@pytest.mark.parametrize("lines", [(FIRST, SECOND), ("Ngón trỏ trái",), (FIRST.replace("7", "A"),)])
def test_a_zone_in_print_whose_digits_hold_is_fine(lines: tuple[str, ...]) -> None:
    assert codes_of(read_paper(BACK, {}, *lines)) == set()


@pytest.mark.parametrize("line", [FIRST.replace("1234560", "1234570"), SECOND.replace("990101", "990102")])
def test_a_zone_whose_check_digits_fail_is_a_doubt(line: str) -> None:
    assert codes_of(read_paper(BACK, {}, line)) == {"MRZ_CHECK_DIGITS_WRONG"}


def test_a_zone_that_only_one_reader_saw_so_is_none() -> None:
    wrong = SECOND.replace("990101", "990102")
    assert codes_of(read_paper(BACK, {}, wrong, other=(SECOND,))) == set()


def test_a_paper_without_zones_has_no_check_digits() -> None:
    assert codes_of(read_paper("diploma", {}, SECOND.replace("990101", "990102"))) == set()
