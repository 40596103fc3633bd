"""Figures beside the words that spell them out."""

import pytest

from tests.read_papers import codes_of, read_paper, said_of

LAND, BUSINESS, BIRTH = "land_certificate", "household_business_certificate", "birth_certificate"


@pytest.mark.parametrize(
    ("area", "line"),
    [
        ("528 m²", "c) Diện tích: 528 m², (bằng chữ: năm trăm hai mươi tám mét vuông)"),
        ("73,3 m²", "Diện tích: 73,3 m² (Bằng chữ: bảy mươi ba phẩy ba mét vuông)"),
        ("73.3 m²", "Diện tích: 73.3 m² (bằng chữ: Bảy mươi ba phẩy ba mét vuông)"),
        ("1.250 m²", "(bằng chữ: một nghìn hai trăm năm mươi mét vuông)"),
        ("1.250,5 m²", "(bằng chữ: một nghìn hai trăm năm mươi phẩy năm mét vuông)"),
        ("528 m²", "(bằng chữ: năm trăm hai)"),
        ("528 m²", "c) Diện tích: 528 m²"),
    ],
)
def test_an_area_that_its_words_confirm_or_do_not_tell_is_fine(area: str, line: str) -> None:
    assert said_of(LAND, {"area": area}, line) == set()


def test_an_area_that_its_words_deny_is_a_doubt() -> None:
    line = "Diện tích: 528 m², (bằng chữ: năm trăm hai mươi ba mét vuông)"
    assert said_of(LAND, {"area": "528 m²"}, line) == {"AMOUNT_WORDS_DIFFER"}


def test_words_go_on_in_the_next_line() -> None:
    lines = ("Diện tích: 528 m², (bằng chữ: năm trăm", "hai mươi ba mét vuông)")
    assert said_of(LAND, {"area": "528 m²"}, *lines) == {"AMOUNT_WORDS_DIFFER"}


def test_words_that_one_reader_saw_rightly_are_enough() -> None:
    seen, misread = (
        "(bằng chữ: năm trăm hai mươi tám mét vuông)",
        "(bằng chữ: năm trăm hai mươi ba mét vuông)",
    )
    assert codes_of(read_paper(LAND, {"area": "528 m²"}, seen, other=(misread,))) == set()


@pytest.mark.parametrize("figures", ["250.000.000 đồng", "250 triệu đồng", "250,000,000 đồng"])
def test_an_amount_in_any_figures_is_compared(figures: str) -> None:
    said = [
        said_of(BUSINESS, {"capital": figures}, f"Bằng chữ: Hai trăm {ten} mươi triệu đồng chẵn")
        for ten in ("năm", "sáu")
    ]
    assert said == [set(), {"AMOUNT_WORDS_DIFFER"}]


def test_the_words_of_a_date_are_no_amount() -> None:
    assert said_of(LAND, {"area": "528 m²"}, "bằng chữ: Ngày mồng hai tháng ba năm hai nghìn") == set()


def test_the_parts_of_an_area_make_up_the_whole() -> None:
    purpose = "Đất ở tại nông thôn: 100 m²; Đất trồng cây lâu năm: 428,5 m2"
    assert said_of(LAND, {"area": "528,5 m²", "purpose": purpose}) == set()
    assert said_of(LAND, {"area": "628,5 m²", "purpose": purpose}) == {"AREA_PARTS_DIFFER"}


def test_one_part_alone_proves_nothing() -> None:
    assert said_of(LAND, {"area": "528 m²", "form_of_use": "riêng: 500 m²; chung: không"}) == set()


def test_a_date_that_its_words_deny_is_a_doubt() -> None:
    words = "Ngày mồng hai tháng ba năm hai nghìn không trăm hai mươi"
    said = [
        said_of(BIRTH, {"date_of_birth": d, "date_of_birth_in_words": words})
        for d in ("2020-03-02", "2020-03-03")
    ]
    assert said == [set(), {"DATE_WORDS_DIFFER"}]
