"""Where printed labels stand in a line, and what is not a label."""

import pytest

from tests.builders import profile
from verification.labels import find_labels, flat, is_title, labels_of, letters

BIRTH = profile("birth_certificate")
CARD = profile("citizen_card_2021_front")


def fields_in(line: str, kind: str = "birth_certificate") -> list[set[str]]:
    found = find_labels(line, labels_of(profile(kind)))
    return [{spec.name for _, spec in span.label.fields} for span in found]


def rest_of(line: str, kind: str = "birth_certificate") -> str:
    (span,) = find_labels(line, labels_of(profile(kind)))
    return line[span.end :]


def test_folding_keeps_every_letter_in_its_place() -> None:
    assert flat("Đường Ờ Quê") == "duong o que"
    assert len(flat("Nguyễn Thị Mẫu")) == len("Nguyễn Thị Mẫu")


def test_letters_are_all_that_is_left_of_a_line() -> None:
    assert letters("Họ, chữ đệm - tên: 12") == "hochudemten12"


@pytest.mark.parametrize(
    "line",
    [
        "Họ, chữ đệm, tên: NGUYỄN THỊ MẪU",
        "HỌ, CHỮ ĐỆM, TÊN: NGUYỄN THỊ MẪU",
        "Ho, chu dem, ten: NGUYỄN THỊ MẪU",
        "Họ chữ đệm tên : NGUYỄN THỊ MẪU",
        "Họ, chữ đệm và tên: NGUYỄN THỊ MẪU",
        "Họ và tên: NGUYỄN THỊ MẪU",
        "Họ, chữ đêm, tên; NGUYỄN THỊ MẪU",
        "Hq, chữ đệm, tên: NGUYỄN THỊ MẪU",
    ],
)
def test_a_label_is_found_however_it_is_written_or_misread(line: str) -> None:
    assert rest_of(line).strip() == "NGUYỄN THỊ MẪU"


@pytest.mark.parametrize("name", ["NGUYỄN THỊ MẪU", "TRẦN ME AN", "CHU VĂN THỬ"])
def test_a_misread_label_takes_nothing_of_the_name_behind_it(name: str) -> None:
    line = f"Hq, chữ đậm, tên: {name}"
    assert fields_in(line) == [{"full_name"}]
    assert rest_of(line) == name


def test_labels_side_by_side_are_found_in_their_order() -> None:
    line = "Giới tính: Nữ Dân tộc: Kinh Quốc tịch: Việt Nam"
    sex, ethnicity, nationality = fields_in(line)
    assert sex == {"sex"}
    assert "ethnicity" in ethnicity
    assert "nationality" in nationality


def test_the_two_languages_of_one_label_are_one_label() -> None:
    line = "Họ và tên Full name: NGUYỄN THỊ MẪU"
    assert fields_in(line, "citizen_card_2021_front") == [{"full_name"}]
    assert rest_of(line, "citizen_card_2021_front") == "NGUYỄN THỊ MẪU"


def test_the_longer_of_two_labels_is_taken() -> None:
    assert fields_in("Họ, chữ đệm, tên người mẹ: TRẦN THỊ THỬ") == [{"mother_full_name"}]


@pytest.mark.parametrize(
    "line",
    ["NGUYỄN QUANG TRÍ", "Nguyễn Quang", "Nguyễn Quán Trí", "HỒ VĂN TÊN", "Đỗ Giới Tính An", "Số Phận"],
)
def test_a_name_that_sounds_like_a_label_is_none(line: str) -> None:
    assert fields_in(line) == []


def test_a_name_that_sounds_like_a_label_stays_whole_behind_its_own() -> None:
    assert rest_of("Họ và tên: NGUYỄN QUANG TRÍ") == "NGUYỄN QUANG TRÍ"
    assert fields_in("Nguyên quán: Thụy Lâm") == [{"place_of_origin"}]


def test_a_label_is_no_part_of_a_longer_word() -> None:
    assert fields_in("Cơ số: 12") != []
    assert fields_in("Họ tên: ANSỐ: 12") == [{"full_name"}]


def test_a_stop_ends_a_value_and_begins_none() -> None:
    assert fields_in("Ghi chú: không") == [set()]


@pytest.mark.parametrize("line", ["GIẤY KHAI SINH", "Giấy khai sinh", "GIAY KHAI SINH", "GIẤY KHAI SINM"])
def test_a_title_is_told_by_its_letters(line: str) -> None:
    assert is_title(line, "GIẤY KHAI SINH")


@pytest.mark.parametrize(
    "line",
    ["Người đi làm giấy khai sinh cho trẻ nộp tờ khai", "GIẤY", "", "GIẤY KẾT HÔN"],
)
def test_a_sentence_that_names_a_title_is_none(line: str) -> None:
    assert not is_title(line, "GIẤY KHAI SINH")


@pytest.mark.parametrize(
    ("line", "title"),
    [("tiền sử dụng đất", "QUYỀN SỬ DỤNG ĐẤT"), ("UBND XÃ LONG ĐIỀN", "CÔNG ĐIỆN")],
)
def test_words_of_a_sentence_and_of_a_name_are_no_title(line: str, title: str) -> None:
    assert not is_title(line, title)
