"""Papers in two columns, values over several lines, values without a label: pages laid out by hand."""

from tests.builders import Words, profile, texts
from verification.layout import collect
from verification.unlabelled import collect_unlabelled

MARRIAGE = (
    (40, 50, "Họ, chữ đệm, tên vợ: CHẾ THỊ NỮ"),
    (500, 50, "Họ, chữ đệm, tên chồng: ÂU XUÂN KHOA"),
    (40, 100, "Ngày, tháng, năm sinh: 12/2/1979"),
    (500, 100, "Ngày, tháng, năm sinh: 05/11/1967"),
    (40, 150, "Dân tộc: Chăm"),
    (500, 150, "Dân tộc: Kinh"),
    (40, 200, "Nơi đăng ký kết hôn: UBND xã Vĩnh Định"),
)


def fields(*words: Words, kind: str) -> dict[str, str]:
    seen = texts(*words)
    found = (*collect(seen, profile(kind), 1), *collect_unlabelled(seen, profile(kind), 1))
    return {s.spec.name: s.candidates[0].reading.value for s in found if s.candidates}


def test_labels_go_by_the_column_they_stand_in() -> None:
    found = fields(*MARRIAGE, kind="marriage_certificate")
    assert (found["wife_date_of_birth"], found["husband_date_of_birth"]) == ("1979-02-12", "1967-11-05")
    assert (found["wife_ethnicity"], found["husband_ethnicity"]) == ("Chăm", "Kinh")


def test_what_follows_the_columns_is_in_neither() -> None:
    assert fields(*MARRIAGE, kind="marriage_certificate")["registered_at"] == "UBND xã Vĩnh Định"


def test_one_spouse_above_the_other_is_read_as_well() -> None:
    left, right = MARRIAGE[:6:2], MARRIAGE[1:6:2]
    stacked = [(40, 50 * n, words) for n, (_, _, words) in enumerate((*left, *right), 1)]
    found = fields(*stacked, kind="marriage_certificate")
    assert (found["wife_ethnicity"], found["husband_ethnicity"]) == ("Chăm", "Kinh")


def test_half_a_name_is_never_parsed() -> None:
    words = ((40, 50, "Họ, chữ đệm, tên: NGUYỄN VĂN KỲ PHÚ ĐỨC QUANG MINH TRẦN LÊ HỒ"), (40, 90, "THỊNH"))
    (seen,) = collect(texts(*words), profile("birth_certificate"), 1)
    assert not any(c.parsed for c in seen.candidates)


def test_a_short_line_is_not_continued() -> None:
    words = (
        (40, 50, "Nơi sinh: Hà Nội"),
        (40, 90, "Bản này có giá trị như bản chính và được lưu tại sổ gốc của xã"),
    )
    assert fields(*words, kind="birth_certificate")["place_of_birth"] == "Hà Nội"


def test_a_numbered_label_does_not_leave_its_number_in_the_value_before() -> None:
    words = ("12. Họ tên chủ hộ: Vì Văn Púa 13. Quan hệ với chủ hộ: Con",)
    found = fields(*words, kind="residence_confirmation")
    assert (found["head_full_name"], found["head_relation"]) == ("Vì Văn Púa", "Con")


LETTER = (
    (60, 40, "UBND XÃ SÔNG MẪU"),
    (40, 80, "TRƯỜNG TIỂU HỌC SÔNG MẪU"),
    (80, 130, "Số: 145 /KH-THSM"),
    (500, 130, "Sông Mẫu, ngày 02 tháng 01 năm 2024"),
    (360, 190, "KẾ HOẠCH"),
    (300, 230, "Về việc tuyên truyền pháp luật"),
    (40, 400, "Nơi nhận:"),
    (600, 400, "KT. HIỆU TRƯỞNG"),
    (600, 440, "PHÓ HIỆU TRƯỞNG"),
    (600, 560, "Nguyễn Hoài Ngân"),
)


def test_a_letter_is_read_by_the_places_of_its_parts() -> None:
    found = fields(*LETTER, kind="official_letter")
    assert found["issuer"] == "UBND XÃ SÔNG MẪU TRƯỜNG TIỂU HỌC SÔNG MẪU"
    assert found["number"] == "145/KH-THSM"
    assert (found["place"], found["issued_on"]) == ("Sông Mẫu", "2024-01-02")
    assert (found["type"], found["subject"]) == ("KẾ HOẠCH", "tuyên truyền pháp luật")
    assert found["signer_full_name"] == "Nguyễn Hoài Ngân"


def test_a_day_that_cannot_be_read_leaves_no_year_behind() -> None:
    found = fields("Ngày, tháng, năm sinh: ngày 2x tháng 07 năm 2024", kind="birth_certificate")
    assert found["date_of_birth"] != "2024"
