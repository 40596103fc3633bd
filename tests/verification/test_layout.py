"""Which words belong to which field, on pages laid out by hand."""

from dataclasses import replace

import pytest

from tests.builders import Words, profile, texts
from verification.layout import collect

CARD = "citizen_card_2021_front"


def seen(
    *words: Words, kind: str = "birth_certificate", other: dict[int, str] | None = None
) -> dict[str, list[str]]:
    """Field name → what each reader saw."""
    found = collect(texts(*words, other=other), profile(kind), 1)
    return {s.spec.name: [c.reading.value for c in s.candidates] for s in found}


def first(*words: Words, kind: str = "birth_certificate") -> dict[str, str]:
    return {name: values[0] for name, values in seen(*words, kind=kind).items() if values}


def test_a_page_without_lines_has_no_fields() -> None:
    assert collect((), profile("birth_certificate"), 1) == ()
    assert collect(texts(), profile("birth_certificate"), 1) == ()


def test_two_values_in_one_row_are_parted_at_the_label() -> None:
    found = first("Giới tính: Nữ Dân tộc: Kinh Quốc tịch: Việt Nam")
    assert found == {"sex": "female", "ethnicity": "Kinh", "nationality": "Việt Nam"}


def test_a_value_may_stand_to_the_right_of_its_label() -> None:
    found = first((40, 100, "Họ, chữ đệm, tên:"), (400, 104, "NGUYỄN THỊ MẪU"))
    assert found == {"full_name": "NGUYỄN THỊ MẪU"}


def test_what_stands_right_of_another_label_is_not_taken() -> None:
    found = first((40, 100, "Giới tính:"), (300, 100, "Dân tộc: Kinh"))
    assert found == {"ethnicity": "Kinh"}


def test_a_value_may_stand_under_its_label_where_the_profile_says_so() -> None:
    found = first((40, 100, "Họ và tên / Full name:"), (42, 140, "NGUYỄN THỊ MẪU"), kind=CARD)
    assert found == {"full_name": "NGUYỄN THỊ MẪU"}


def test_what_stands_under_a_label_of_another_paper_is_not_its_value() -> None:
    assert first((40, 100, "Họ, chữ đệm, tên:"), (42, 140, "NGUYỄN THỊ MẪU")) == {}


def test_a_full_line_goes_on_underneath() -> None:
    found = first(
        (40, 100, "Nơi sinh: Bệnh viện Đa khoa Đức Giang, phường Đức Giang, quận Long Biên,"),
        (40, 140, "thành phố Hà Nội"),
    )
    assert found["place_of_birth"].endswith("quận Long Biên, thành phố Hà Nội")


def test_a_short_line_does_not_go_on_underneath() -> None:
    found = first(
        (40, 100, "Nơi sinh: Hà Nội"),
        (
            40,
            140,
            "Một dòng khác dài hơn nhiều, tới tận lề bên phải của trang, và không phải địa chỉ",
        ),
    )
    assert found["place_of_birth"] == "Hà Nội"


def test_a_line_with_a_label_ends_the_one_above() -> None:
    found = first(
        (40, 100, "Nơi sinh: Bệnh viện Đa khoa Đức Giang, phường Đức Giang, quận Long Biên,"),
        (40, 140, "Quê quán: Hà Nội"),
    )
    assert found["place_of_birth"].endswith("quận Long Biên")
    assert found["place_of_origin"] == "Hà Nội"


def test_a_stop_ends_the_value_before_it() -> None:
    assert first("Nơi sinh: Hà Nội NGƯỜI KÝ GIẤY KHAI SINH")["place_of_birth"] == "Hà Nội"


def test_the_same_label_means_child_mother_and_father_in_turn() -> None:
    found = first(
        "Dân tộc: Kinh",
        "Họ, chữ đệm, tên người mẹ: TRẦN THỊ THỬ",
        "Năm sinh: 1990 Dân tộc: Tày",
        "Họ, chữ đệm, tên người cha: NGUYỄN VĂN THỬ",
        "Năm sinh: 1988 Dân tộc: Nùng",
    )
    assert (found["ethnicity"], found["mother_ethnicity"], found["father_ethnicity"]) == (
        "Kinh",
        "Tày",
        "Nùng",
    )
    assert (found["mother_date_of_birth"], found["father_date_of_birth"]) == ("1990", "1988")


def test_a_birth_year_of_a_parent_is_never_the_childs() -> None:
    found = first("Họ, chữ đệm, tên người mẹ: TRẦN THỊ THỬ", "Ngày, tháng, năm sinh: 1990")
    assert found == {"mother_full_name": "TRẦN THỊ THỬ", "mother_date_of_birth": "1990"}


def test_a_title_is_never_a_label() -> None:
    titled = replace(profile("birth_certificate"), titles=("BẢN CHÍNH GIẤY KHAI SINH SỐ",))
    line = "BẢN CHÍNH GIẤY KHAI SINH SỐ: 15/2020"
    assert collect(texts(line), titled, 1) == ()
    assert first(line) == {"number": "15/2020"}


def test_a_name_that_sounds_like_a_label_is_one_value() -> None:
    assert first("Họ, chữ đệm, tên: NGUYỄN QUANG TRÍ") == {"full_name": "NGUYỄN QUANG TRÍ"}


def test_a_label_seen_by_one_reader_marks_the_place_for_both() -> None:
    found = seen(
        "Họ, chữ đệm, tên: NGUYỄN THỊ MẪU",
        other={0: "H0, cnứ d3m, t3m: NGUYỄN THỊ MẪU"},
    )
    assert found == {"full_name": ["NGUYỄN THỊ MẪU", "NGUYỄN THỊ MẪU"]}


def test_half_a_label_seen_is_no_place_to_cut() -> None:
    found = seen(
        "Họ, chữ đệm, tên người mẹ: TRẦN THỊ THỬ",
        other={0: "Họ, chữ đệm, tên: người me: TRẦN THỊ THỬ"},
    )
    assert found == {"mother_full_name": ["TRẦN THỊ THỬ", "TRẦN THỊ THỬ"]}


def test_dotted_leaders_are_no_value() -> None:
    assert seen("Số định danh cá nhân: ...................") == {"personal_number": []}
    assert first("Họ, chữ đệm, tên: .....NGUYỄN THỊ MẪU.....") == {"full_name": "NGUYỄN THỊ MẪU"}


def test_a_value_of_a_wrong_form_is_shown_as_it_stands() -> None:
    (found,) = collect(texts("Ngày, tháng, năm sinh: 31/02/2020"), profile("birth_certificate"), 1)
    assert {c.reading.value for c in found.candidates} == {"31/02/2020"}
    assert not any(c.parsed for c in found.candidates)


def test_a_reading_says_where_its_words_stand() -> None:
    (found,) = collect(texts((40, 100, "Số: 15/2020")), profile("birth_certificate"), 7)
    reading = found.candidates[0].reading
    assert (reading.page, reading.by) == (7, "asternet")
    assert 40 < reading.box.x0 < reading.box.x1 <= 40 + 12 * len("Số: 15/2020")
    assert (reading.box.y0, reading.box.y1) == (100, 130)


@pytest.mark.parametrize("label", ["Ngày, tháng, năm sinh:", "Ngày tháng năm sinh:", "Ngày sinh:"])
def test_every_wording_of_a_label_leads_to_the_same_field(label: str) -> None:
    assert first(f"{label} 02/03/2020") == {"date_of_birth": "2020-03-02"}


def test_the_first_of_two_values_of_one_field_stays() -> None:
    assert first("Số: 15/2020", "Số: 99/2021")["number"] == "15/2020"
