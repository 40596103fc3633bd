"""Which lines the second reader is asked about."""

from dataclasses import replace

from ocr.model import Digest, Document, DocumentReading, MediaType
from tests.builders import PROFILES, page, texts
from verification.wanted import lines_still_wanted, lines_wanted


def wanted(*pages: tuple[str, ...]) -> dict[int, tuple[int, ...]]:
    document = Document(Digest("0" * 64), MediaType.PNG, b"")
    read = tuple(page(texts(*words)[:1], number=n) for n, words in enumerate(pages, 1))
    return lines_wanted(DocumentReading(document, read), PROFILES)


def test_titles_and_fields_are_wanted_and_nothing_else() -> None:
    lines = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "GIẤY KHAI SINH", "Họ, chữ đệm, tên: AN", "Lời ghi bên lề")
    assert wanted(lines) == {0: (1, 2)}


def test_a_page_of_an_unknown_kind_is_read_whole() -> None:
    assert wanted(("Một trang", "không có tên")) == {0: (0, 1)}


def test_a_second_page_is_looked_through_as_the_first_ones_kind() -> None:
    first = ("GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT", "Bà: Lương Thị Mẫu")
    assert wanted(first, ("Sơ đồ", "Số vào sổ cấp GCN: CN64186"))[1] == (1,)


def test_the_stamp_of_a_copy_is_wanted_too() -> None:
    lines = ("GIẤY KHAI SINH", "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "Số chứng thực: 12", "chữ khác")
    assert wanted(lines) == {0: (0, 1, 2)}


def test_what_tells_the_kind_beside_the_title_is_wanted_too() -> None:
    lines = ("Đặc điểm nhận dạng / Personal identification:", "nốt ruồi", "Ngón trỏ trái", "IDVNM")
    assert {0, 2} <= set(wanted(lines)[0])


def test_lines_that_only_a_check_looks_at_are_wanted_too() -> None:
    licence = ("GIẤY PHÉP LÁI XE", "BỘ CÔNG AN", "chữ khác", "theo Thông tư số 66/2023/TT-BCA")
    assert wanted(licence) == {0: (0, 1, 3)}


def test_the_words_of_an_amount_are_wanted_as_far_as_they_run() -> None:
    land = (
        "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT",
        "(bằng chữ: năm trăm",
        "hai mươi tám mét vuông)",
        "hết",
        "chữ khác",
    )
    assert wanted(land) == {0: (0, 1, 2, 3)}
    assert wanted((land[0], "(bằng chữ: năm trăm mét vuông)", *land[2:])) == {0: (0, 1)}


def test_a_zone_that_no_machine_read_is_wanted_too() -> None:
    lines = (
        "Đặc điểm nhận dạng / Personal identification:",
        "Ngón trỏ trái",
        "9901018F3901016VNM<<<<<<<<<<<8",
    )
    assert 2 in wanted(lines)[0]


def test_a_line_that_may_begin_with_a_misread_label_is_wanted() -> None:
    lines = ("GIẤY KHAI SINH", "Nợi ginh: Bệnh viện Mẫu", "một câu của ai đó")
    assert wanted(lines) == {0: (0, 1)}


def test_labels_that_the_second_reader_finds_lead_to_more_lines() -> None:
    first = ("CĂN CƯỚC CÔNG DÂN", "xxxx", "PHAN THỊ MẪU")
    second = ("CĂN CƯỚC CÔNG DÂN", "Họ và tên / Full name:", "")
    seen = tuple(
        text
        if i == 0
        else replace(text, lines=tuple(replace(x, text=w) for x, w in zip(text.lines, second, strict=True)))
        for i, text in enumerate(texts(*first))
    )
    reading = DocumentReading(Document(Digest("0" * 64), MediaType.PNG, b""), (page(seen),))
    assert lines_still_wanted(reading, PROFILES) == {0: (2,)}
    alone = replace(reading, pages=(page(seen[:1]),))
    assert lines_still_wanted(alone, PROFILES) == {}
