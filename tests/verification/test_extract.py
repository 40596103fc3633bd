"""Papers out of files: pages put together, fields settled, and what the paper says twice."""

from ocr.model import PageWarning
from tests.builders import (
    BIRTH,
    PROFILES,
    STAMP,
    birth_lines,
    birth_page,
    card_back,
    card_front,
    certified_birth_page,
    diploma_page,
    field_on,
    page,
    paper_on,
    papers_on,
    text,
    texts,
)
from verification.extract import join_sides


def warnings(paper_page: object) -> set[str]:
    return {w.code for w in paper_page.warnings}  # type: ignore[attr-defined]


def test_a_clean_paper_gives_every_field_sure() -> None:
    paper = paper_on(birth_page())
    assert paper.sure
    assert {f.name for f in paper.fields if not f.sure} == set()
    assert paper.value("full_name") == BIRTH["full_name"]
    assert paper.value("mother_date_of_birth") == "1990"


def test_what_one_reader_misread_is_unsure_and_nothing_else_is() -> None:
    paper = paper_on(birth_page(tesseract={"full_name": "NGUYỄN THI MẪU"}))
    assert {f.name for f in paper.fields if not f.sure} == {"full_name"}


def test_each_page_with_a_title_begins_a_paper() -> None:
    papers = papers_on(birth_page(), diploma_page())
    assert [(p.kind, p.pages) for p in papers] == [("birth_certificate", (1,)), ("diploma", (1,))]


def test_two_pages_without_a_title_are_one_unknown_paper() -> None:
    (paper,) = papers_on(page(texts("Một trang")), page(texts("Trang nữa"), number=2))
    assert (paper.kind, paper.pages, paper.fields) == ("unknown", (1, 2), ())


def test_a_page_of_another_unknown_kind_is_not_joined_to_a_known_paper() -> None:
    papers = papers_on(birth_page(), page(texts("Một trang khác hẳn"), number=2))
    assert [p.kind for p in papers] == ["birth_certificate", "unknown"]


def test_blank_pages_are_left_out() -> None:
    blank = page(texts(""), warnings=(PageWarning.BLANK,), number=2)
    assert [p.pages for p in papers_on(birth_page(), blank)] == [(1,)]


def test_a_file_of_blank_pages_is_one_unknown_paper() -> None:
    blank = page(texts(""), warnings=(PageWarning.BLANK,))
    paper = paper_on(blank, blank)
    assert (paper.kind, warnings(paper)) == ("unknown", {"PAGE_BLANK"})


def test_what_is_wrong_with_a_page_is_said_with_its_number() -> None:
    (warning,) = paper_on(birth_page(warnings=(PageWarning.BLURRED,))).warnings
    assert (warning.code, warning.page) == ("PAGE_BLURRED", 1)


# -- the text layer --------------------------------------------------------------------------------


def test_a_text_layer_is_one_means_more() -> None:
    seen = (text("asternet", birth_lines()), text("text_layer", birth_lines()))
    assert field_on(paper_on(page(seen)), "full_name").sure


def test_a_text_layer_that_says_otherwise_makes_the_field_unsure() -> None:
    layer = text("text_layer", birth_lines(full_name="LÊ VĂN KHÁC"))
    seen = (*texts(*birth_lines()), layer)
    found = field_on(paper_on(page(seen)), "full_name")
    assert (found.value, found.sure) == (BIRTH["full_name"], False)


# -- a date in figures and words --------------------------------------------------------------------


def test_figures_and_words_that_agree_make_each_other_sure() -> None:
    paper = paper_on(birth_page(tesseract={"date_of_birth": "02/08/2020", "in_words": "Ngày mồng"}))
    assert field_on(paper, "date_of_birth").sure
    assert field_on(paper, "date_of_birth_in_words").sure


def test_figures_and_words_that_differ_are_a_doubt() -> None:
    paper = paper_on(birth_page(in_words="Ngày mồng ba tháng ba năm hai nghìn không trăm hai mươi"))
    assert warnings(paper) == {"DATE_WORDS_DIFFER"}


def test_unsure_words_that_differ_make_the_figures_unsure() -> None:
    words = "Ngày mồng ba tháng ba năm hai nghìn không trăm hai mươi"
    paper = paper_on(birth_page(in_words=words, tesseract={"in_words": "Ngày mồng ba thg"}))
    assert not field_on(paper, "date_of_birth").sure
    assert warnings(paper) == {"DATE_WORDS_DIFFER"}


def test_words_that_say_no_date_decide_nothing() -> None:
    paper = paper_on(birth_page(in_words="Ngày mồng hai tháng bx"))
    assert field_on(paper, "date_of_birth").sure
    assert warnings(paper) == set()


# -- the personal number --------------------------------------------------------------------------


def test_a_number_that_contradicts_the_sex_is_a_doubt() -> None:
    assert warnings(paper_on(birth_page(sex="Nam"))) == {"PERSONAL_NUMBER_CONTRADICTS"}


def test_a_number_that_contradicts_the_birth_year_is_a_doubt() -> None:
    changed = birth_page(personal_number="001319012345")
    assert warnings(paper_on(changed)) == {"PERSONAL_NUMBER_CONTRADICTS"}


def test_a_number_of_no_known_province_is_a_doubt() -> None:
    assert warnings(paper_on(birth_page(personal_number="999320012345"))) == {"PERSONAL_NUMBER_IMPOSSIBLE"}


def test_an_old_number_of_nine_digits_is_none() -> None:
    assert warnings(paper_on(birth_page(personal_number="012345678"))) == set()


# -- machine zones beside print ---------------------------------------------------------------------


def test_a_code_that_says_otherwise_than_two_readers_is_a_doubt() -> None:
    paper = paper_on(card_front(full_name="NGUYỄN THỊ MẬU"))
    assert not field_on(paper, "full_name").sure
    assert warnings(paper) == {"CODE_DIFFERS_FROM_PRINT", "QR_NOT_SIGNED"}


def test_what_only_the_code_says_is_sure() -> None:
    paper = paper_on(card_front())
    assert [(f.name, f.value) for f in paper.fields if {r.by for r in f.readings} == {"qr"}] == [
        ("old_id_number", "012345678"),
        ("issued_on", "2022-01-01"),
    ]
    assert field_on(paper, "old_id_number").sure


def test_the_name_of_the_zone_is_sure_where_a_reader_saw_its_very_letters() -> None:
    assert field_on(paper_on(card_back()), "full_name_unaccented").sure


def test_the_name_of_the_zone_is_unsure_without_that() -> None:
    back = card_back()
    bare = page(texts("Đặc điểm nhận dạng", "Ngón trỏ trái", "Ngón trỏ phải"), codes=back.codes)
    found = field_on(paper_on(bare), "full_name_unaccented")
    assert (found.value, found.sure) == ("NGUYEN THI MAU", False)
    assert field_on(paper_on(bare), "personal_number").sure


# -- a copy brought as an original -----------------------------------------------------------------


def test_a_stamped_paper_is_a_certified_copy_of_its_kind() -> None:
    paper = paper_on(certified_birth_page())
    assert (paper.kind, paper.sure, paper.value("copy_of")) == ("certified_copy", True, "birth_certificate")
    assert paper.value("certification_number") == "4711"
    assert paper.value("certification_book") == "02/2025-SCT/BS"


def test_the_number_of_the_stamp_is_not_the_papers() -> None:
    assert paper_on(certified_birth_page()).value("number") == BIRTH["number"]
    assert paper_on(page(texts(*birth_lines(number=""), *STAMP))).value("number") is None


def test_a_stamp_on_a_page_of_its_own_belongs_to_the_paper_before() -> None:
    (paper,) = papers_on(birth_page(), page(texts(*STAMP), number=2))
    assert (paper.kind, paper.value("copy_of"), paper.pages) == (
        "certified_copy",
        "birth_certificate",
        (1, 2),
    )


# -- the sides of a card ------------------------------------------------------------------------------


def test_the_sides_of_one_card_are_a_group() -> None:
    papers = join_sides(papers_on(card_front(), card_back()), PROFILES)
    assert [p.group for p in papers] == ["citizen_card_2021-1", "citizen_card_2021-1"]


def test_the_sides_of_two_cards_are_two_groups() -> None:
    other = card_front(personal_number="001199012346", code=card_back().codes[0])
    papers = join_sides(papers_on(other, card_back()), PROFILES)
    assert len({p.group for p in papers}) == 2


def test_a_side_whose_number_is_unsure_joins_no_group() -> None:
    contradicted = card_front(personal_number="001199012346")
    papers = join_sides(papers_on(contradicted, card_back()), PROFILES)
    assert [p.group for p in papers] == [None, "citizen_card_2021-1"]


def test_papers_that_are_no_cards_join_no_group() -> None:
    assert [p.group for p in join_sides(papers_on(birth_page(), diploma_page()), PROFILES)] == [None, None]
