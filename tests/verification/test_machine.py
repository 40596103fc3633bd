"""What the QR and the machine readable zone of a card give (domain.md 2.3, 2.4)."""

import pytest

from ocr.model import CodeReading
from tests.builders import CARD_QR, ZONE, mrz, page, profile, qr, texts
from verification.machine import machine_values

FRONT, BACK = "citizen_card_2021_front", "citizen_card_2021_back"


def values(code: CodeReading, kind: str = FRONT) -> dict[str, str]:
    found = machine_values(page(texts("Thẻ"), codes=(code,)), profile(kind))
    return {v.field: v.candidate.reading.value for v in found}


ALL = {
    "personal_number": "001199012345",
    "old_id_number": "012345678",
    "full_name": "Nguyễn Thị Mẫu",
    "date_of_birth": "1999-01-01",
    "sex": "female",
    "residence": "Thôn Đông, Thụy Lâm, Đông Anh, Hà Nội",
    "issued_on": "2022-01-01",
}


def test_seven_parts_are_the_fields_of_the_2021_card() -> None:
    assert values(qr(*CARD_QR)) == ALL


def test_the_old_number_may_be_empty() -> None:
    found = values(qr(CARD_QR[0], "", *CARD_QR[2:]))
    assert found == {name: value for name, value in ALL.items() if name != "old_id_number"}


def test_the_date_of_issue_may_be_missing() -> None:
    assert values(qr(*CARD_QR[:6])) == {name: v for name, v in ALL.items() if name != "issued_on"}


def test_the_further_parts_of_the_2024_card_are_passed_over() -> None:
    assert values(qr(*CARD_QR, "", "", "Nguyễn Văn Thử", "Trần Thị Thử")) == ALL


def test_a_byte_order_mark_before_the_number_is_passed_over() -> None:
    assert values(qr(*CARD_QR, start="\ufeff")) == ALL


@pytest.mark.parametrize("parts", [("https://example.vn/abc",), CARD_QR[:5], (*CARD_QR, "x"), ("",)])
def test_a_code_of_another_kind_gives_nothing(parts: tuple[str, ...]) -> None:
    assert values(qr(*parts)) == {}


def test_a_part_of_a_wrong_form_is_left_out() -> None:
    found = values(qr("00119901234X", *CARD_QR[1:3], "32131999", *CARD_QR[4:]))
    assert "personal_number" not in found
    assert "date_of_birth" not in found
    assert found["full_name"] == "Nguyễn Thị Mẫu"


def test_a_code_on_a_paper_that_bears_none_is_not_read() -> None:
    assert values(qr(*CARD_QR), "birth_certificate") == {}
    assert values(mrz(ZONE), FRONT) == {}


def test_the_zone_gives_number_birth_sex_and_expiry() -> None:
    assert values(mrz(ZONE), BACK) == {
        "personal_number": "001199012345",
        "date_of_birth": "1999-01-01",
        "sex": "female",
        "expires_on": "2039-01-01",
        "full_name_unaccented": "NGUYEN THI MAU",
    }


def test_a_zone_with_one_letter_misread_gives_nothing() -> None:
    assert values(mrz(ZONE.replace("001199012345", "001199012346")), BACK) == {}


def test_only_the_name_has_no_check_digit() -> None:
    found = machine_values(page(texts("Thẻ"), codes=(mrz(ZONE),)), profile(BACK))
    assert {v.field for v in found if not v.candidate.checked} == {"full_name_unaccented"}


def test_the_names_line_as_a_reader_of_print_saw_it_is_a_second_means() -> None:
    seen = texts((40, 1080, "NGUYEN<<THI<MAU<<<<<<<<<<<<<<<"), readers=("tesseract",))
    found = machine_values(page(seen, codes=(mrz(ZONE),)), profile(BACK))
    names = [v.candidate.reading.by for v in found if v.field == "full_name_unaccented"]
    assert names == ["mrz", "tesseract"]


def test_a_names_line_with_another_letter_is_no_second_means() -> None:
    seen = texts((40, 1080, "NGUYEN<<THI<MAV<<<<<<<<<<<<<<<"), readers=("tesseract",))
    found = machine_values(page(seen, codes=(mrz(ZONE),)), profile(BACK))
    assert [v.candidate.reading.by for v in found if v.field == "full_name_unaccented"] == ["mrz"]
