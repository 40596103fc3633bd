"""The machine readable zone of a card: check digits, values, and finding it on a picture."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.intake import take_in
from ocr.model import CodeKind, Limits
from ocr.mrz import check_digit, names, parse
from ocr.reading import PaperReader
from tests.ocr.drawing import MRZ, as_bytes, card

ZONE = "\n".join(MRZ)


def test_a_zone_gives_its_values() -> None:
    found = parse(ZONE)
    assert found is not None
    assert (found.document_number, found.personal_number) == ("199012345", "001199012345")
    assert (found.date_of_birth, found.sex, found.expires_on) == (date(1999, 1, 1), "F", date(2039, 1, 1))
    assert (found.nationality, found.full_name) == ("VNM", "NGUYEN THI MAU")


def test_the_check_digit_of_the_standards_own_example_holds() -> None:
    assert check_digit("D23145890734") == "9"
    assert check_digit("520727") == "3"


@given(place=st.integers(0, 59), letter=st.sampled_from("0123456789"))
def test_a_digit_misread_in_the_checked_lines_is_never_given(place: int, letter: str) -> None:
    row, column = divmod(place, 30)
    was = MRZ[row][column]
    if not was.isdigit() or letter == was:
        return
    lines = list(MRZ)
    lines[row] = lines[row][:column] + letter + lines[row][column + 1 :]
    assert parse("\n".join(lines)) is None


@pytest.mark.parametrize(
    "text", ["", "\n\n", ZONE[:-1], ZONE + "\n", MRZ[0], ZONE.lower(), ZONE.replace("<", " ")]
)
def test_what_is_no_zone_gives_nothing(text: str) -> None:
    assert parse(text) is None


def test_a_card_without_expiry_has_none() -> None:
    second = f"300101{check_digit('300101')}M991231{check_digit('991231')}VNM<<<<<<<<<<<"
    second += check_digit(MRZ[0][5:30] + second[0:7] + second[8:15] + second[18:29])
    found = parse("\n".join((MRZ[0], second, MRZ[2])))
    assert found is not None
    assert found.expires_on is None


def test_a_date_that_does_not_exist_gives_nothing() -> None:
    second = "991301" + check_digit("991301") + MRZ[1][7:29]
    second += check_digit(MRZ[0][5:30] + second[0:7] + second[8:15] + second[18:29])
    assert parse("\n".join((MRZ[0], second, MRZ[2]))) is None


def test_the_zone_on_a_card_is_found_and_read(paper_reader: PaperReader) -> None:
    page = paper_reader.read(take_in(as_bytes(card(with_mrz=True)), Limits())).pages[0]
    zones = [code for code in page.codes if code.kind is CodeKind.MRZ]
    assert [zone.text for zone in zones] == [ZONE]
    assert zones[0].box.y0 > 400
    assert replace(zones[0], text="").page == 1


@pytest.mark.parametrize(
    ("line", "surname", "given_names"),
    [
        ("PHAN<<THI<MAU<<<<<<<<<<<<<<<<<", "PHAN", "THI MAU"),
        ("PHAN<<THI<MAU<<<<<<<<A<<<<A<A<", "PHAN", "THI MAU"),
        ("Y<<MAU<<<<<<<<<<<<<<<<<<<<<<<<", "Y", "MAU"),
        ("TON<NU<<MAU<<<<<<<<<<<<<<<<<<<", "TON NU", "MAU"),
    ],
)
def test_names_end_at_the_second_two_fillers(line: str, surname: str, given_names: str) -> None:
    assert names(line) == (surname, given_names)
