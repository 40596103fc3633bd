"""What a paper says of its time beside its own date."""

import pytest

from tests.read_papers import codes_of, read_paper, said_of

BIRTH, LICENCE, RESIDENCE = "birth_certificate", "driving_licence", "residence_confirmation"
OLD_OFFICE, NEW_OFFICE = (
    "UBND xã Thụy Lâm, huyện Đông Anh, thành phố Hà Nội",
    "UBND xã Thư Lâm, thành phố Hà Nội",
)


@pytest.mark.parametrize(
    ("kind", "day", "fits"),
    [
        ("citizen_card_2021_back", "2021-03-01", True),
        ("citizen_card_2021_back", "2020-12-31", False),
        ("citizen_card_2021_front", "2024-07-01", False),
        ("citizen_card_2021_front", "2021", True),
        ("citizen_card_2024_back", "2024-07-01", True),
        ("citizen_card_2024_back", "2024-06-30", False),
        ("citizen_card_2024_back", "2023", False),
    ],
)
def test_a_form_is_issued_while_it_is_in_use(kind: str, day: str, fits: bool) -> None:
    assert said_of(kind, {"issued_on": day}) == (set() if fits else {"ISSUED_OUTSIDE_PERIOD"})


@pytest.mark.parametrize(
    ("office", "day", "fits"),
    [
        ("BỘ CÔNG AN", "2025-03-01", True),
        ("BỘ CÔNG AN", "2025-02-28", False),
        ("BỘ GTVT", "2025-02-28", True),
        ("BỘ GTVT", "2025-03-01", False),
        ("SỞ GIAO THÔNG VẬN TẢI TỈNH LÀO CAI", "2026-01-01", False),
        ("Nơi cư trú: khu tập thể Bộ Công an", "2020-01-01", True),
    ],
)
def test_the_office_is_that_of_the_day(office: str, day: str, fits: bool) -> None:
    assert said_of(LICENCE, {"issued_on": day}, office) == (set() if fits else {"WORDING_OUTSIDE_PERIOD"})


def test_an_office_that_one_reader_saw_proves_nothing() -> None:
    paper = read_paper(LICENCE, {"issued_on": "2020-01-01"}, "BỘ CÔNG AN", other=("BỘ GTVT",))
    assert codes_of(paper) == set()


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("Mẫu CT07 ban hành theo Thông tư số 66/2023/TT-BCA", True),
        ("Căn cứ Nghị định số 280/2025/NĐ-CP", False),
        ("Quyết định công nhận thuận tình ly hôn số 277/2026/QĐST-HNGĐ", False),
        ("Số: 12/2027/ABC", True),
        ("ngày 12/10/2030", True),
    ],
)
def test_no_act_of_a_later_year_is_cited(line: str, fits: bool) -> None:
    said = said_of(RESIDENCE, {"issued_on": "2024-05-06"}, line)
    assert said == (set() if fits else {"CITES_LATER_ACT"})


def test_the_stamp_of_a_copy_is_younger_than_the_paper() -> None:
    line = "Căn cứ Nghị định số 280/2025/NĐ-CP"
    assert codes_of(read_paper(RESIDENCE, {"issued_on": "2024-05-06"}, line, stamped=True)) == set()


@pytest.mark.parametrize(
    ("office", "day", "fits"),
    [
        (OLD_OFFICE, "2025-06-30", True),
        (OLD_OFFICE, "2025-07-01", False),
        ("Ủy ban nhân dân phường Phú Lâm, thành phố Tuy Hòa, tỉnh Phú Yên", "2025-08-01", False),
        ("Ủy ban nhân dân quận Ba Đình", "2026-01-01", False),
        (NEW_OFFICE, "2025-07-01", True),
        (NEW_OFFICE, "2020-03-10", False),
        (NEW_OFFICE, "2020", False),
        ("UBND xã Đông Anh, thành phố Hà Nội", "2020-03-10", True),
        ("UBND xã Thụy Lâm, thành phố Hà Nội", "2020-03-10", True),
        ("UBND xã Mẫu, tỉnh Mẫu", "2020-03-10", True),
        ("UBND xã Liên Hà, thành phố Hà Nội", "2020-03-10", True),
    ],
)
def test_the_office_of_registration_stood_on_that_day(office: str, day: str, fits: bool) -> None:
    said = said_of(BIRTH, {"registered_at": office, "registered_on": day})
    assert said == (set() if fits else {"AUTHORITY_OUTSIDE_PERIOD"})


def test_an_extract_may_name_an_office_of_another_time() -> None:
    assert said_of("birth_extract", {"registered_at": NEW_OFFICE, "registered_on": "2020-03-10"}) == set()
