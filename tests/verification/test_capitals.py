"""Of spellings that differ in capitals the one that print most likely has, word by word."""

import pytest

from verification.capitals import best_spelling


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (("XÓm Trung, Phụng Hiệp", "Xóm Trung, Phụng Hiệp"), "Xóm Trung, Phụng Hiệp"),
        (("TỔ 10, Phước Hòa", "Tổ 10, Phước Hòa"), "Tổ 10, Phước Hòa"),
        (("NGUYễN THỊ MẪU", "NGUYỄN THỊ mẫu"), "NGUYỄN THỊ MẪU"),
        (("hồ Sơ xin việc", "Hồ sơ xin việc"), "Hồ sơ xin việc"),
        (("UBND phường 5", "UBnd phường 5"), "UBND phường 5"),
        (("TRưởNG PHÒNG", "Trưởng phòng"), "TRƯỞNG PHÒNG"),
        (("Hà Nội",), "Hà Nội"),
    ],
)
def test_words_are_taken_as_one_of_the_readers_has_them(printed: tuple[str, ...], shown: str) -> None:
    assert best_spelling(printed) == shown


def test_names_are_rather_capitalised() -> None:
    assert best_spelling(("Chợ cầu Ngang", "Chợ Cầu Ngang"), names=True) == "Chợ Cầu Ngang"


def test_a_code_decides_between_readers_of_print_and_does_not_overrule_them() -> None:
    assert best_spelling(("xã Đức Mẫu", "Xã Đức Mẫu"), ("xã Đức Mẫu",)) == "xã Đức Mẫu"
    assert best_spelling(("NGUYỄN VĂN MẪU",), ("Nguyễn Văn Mẫu",)) == "NGUYỄN VĂN MẪU"


def test_spellings_of_another_number_of_words_are_left_out() -> None:
    assert best_spelling(("Hà Nội", "HàNội")) == "Hà Nội"
