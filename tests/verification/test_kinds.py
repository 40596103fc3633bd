"""What kind of paper a page is, and how sure that is."""

from tests.builders import (
    PROFILES,
    STAMP,
    birth_lines,
    birth_page,
    card_back,
    card_front,
    diploma_page,
    page,
    qr,
    texts,
)
from verification.kinds import classify


def test_each_paper_is_told_by_its_title() -> None:
    pages = (birth_page(), card_front(), card_back(), diploma_page())
    assert [classify(p, PROFILES).kind for p in pages] == [
        "birth_certificate",
        "citizen_card_2021_front",
        "citizen_card_2021_back",
        "diploma",
    ]


def test_a_kind_that_two_readers_see_is_sure() -> None:
    assert classify(birth_page(), PROFILES).sure


def test_a_kind_that_one_reader_sees_is_not_sure() -> None:
    found = classify(birth_page(tesseract={"title": "G1AV KNA1 S1MH"}), PROFILES)
    assert (found.kind, found.sure) == ("birth_certificate", False)


def test_readers_that_see_different_kinds_make_none_sure() -> None:
    found = classify(page(texts("GIẤY KHAI SINH", other={0: "BẰNG TỐT NGHIỆP"})), PROFILES)
    assert not found.sure


def test_a_title_named_in_a_sentence_makes_no_kind() -> None:
    seen = texts("Kèm theo giấy khai sinh bản chính và hai ảnh chân dung của người được cấp thẻ")
    assert classify(page(seen), PROFILES).kind == "unknown"


def test_the_words_of_both_cards_make_neither() -> None:
    assert classify(page(texts("CĂN CƯỚC", "IDENTITY CARD")), PROFILES).kind == "unknown"


def test_the_title_of_an_extract_is_not_that_of_a_certificate() -> None:
    assert classify(page(texts("TRÍCH LỤC KHAI SINH", "GIẤY KHAI SINH")), PROFILES).kind == "birth_extract"


def test_a_page_without_words_is_unknown() -> None:
    assert classify(page(texts("")), PROFILES).kind == "unknown"


def test_a_stamp_of_certification_is_seen_beside_the_kind() -> None:
    found = classify(page(texts(*birth_lines(), *STAMP)), PROFILES)
    assert (found.kind, found.stamped, found.stamp_sure) == ("birth_certificate", True, True)


def test_a_stamp_that_one_reader_sees_counts_but_is_not_sure() -> None:
    lines = (*birth_lines(), STAMP[0])
    found = classify(page(texts(*lines, other={len(lines) - 1: "~~~"})), PROFILES)
    assert (found.stamped, found.stamp_sure) == (True, False)


CARD_QR = qr("001199012345", "", "Nguyễn Thị Mẫu", "01011999", "Nữ", "Hà Nội", "01012022")


def test_a_card_whose_vietnamese_title_was_not_found_is_told_by_its_english_one() -> None:
    kind = classify(page(texts("Citizen Identity Card", "Quê quán / Place of origin:")), PROFILES)
    assert (kind.kind, kind.sure) == ("citizen_card_2021_front", True)


def test_a_cards_code_is_a_second_means_where_one_reader_lost_both_titles() -> None:
    words = ("CĂN CƯỚC CÔNG DÂN", "Citizen Identity Card")
    seen = texts(*words, other={0: "", 1: ""})
    assert not classify(page(seen), PROFILES).sure
    kind = classify(page(seen, codes=(CARD_QR,)), PROFILES)
    assert (kind.kind, kind.sure) == ("citizen_card_2021_front", True)


def test_a_code_that_speaks_of_another_make_leaves_the_kind_unsure() -> None:
    words = ("CĂN CƯỚC CÔNG DÂN", "Citizen Identity Card")
    of_2024 = qr(*CARD_QR.text.split("|"), "", "", "", "")
    assert not classify(page(texts(*words), codes=(of_2024,)), PROFILES).sure


def test_any_other_code_says_nothing_of_the_kind() -> None:
    assert classify(page(texts("GIẤY KHAI SINH"), codes=(qr("https://mau.vn"),)), PROFILES).sure
