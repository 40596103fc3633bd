"""The text layer of a PDF: its words, and that they stand where the picture shows them."""

import pytest

from ocr.intake import take_in
from ocr.model import Document, Limits, PageText, PageWarning
from ocr.readers.text_layer import read_layer
from ocr.reading import PaperReader
from tests.ocr.drawing import FORM, as_bytes, changed_pdf, sheet, text_pdf


def document_of(content: bytes) -> Document:
    return take_in(content, Limits())


def layer_of(texts: tuple[PageText, ...]) -> PageText:
    assert texts[-1].reader == "text_layer"
    return texts[-1]


def test_lines_come_in_reading_order_with_all_marks() -> None:
    lines = read_layer(document_of(text_pdf()), 0, Limits())
    assert [line.text for line in lines] == list(FORM)


def test_a_scan_has_no_text_layer() -> None:
    assert read_layer(document_of(as_bytes(sheet(), "PDF")), 0, Limits()) == ()


def test_two_columns_are_two_lines_of_one_row() -> None:
    columns = "#h(0pt)ỦY BAN NHÂN DÂN #h(1fr) CỘNG HÒA XÃ HỘI"
    lines = read_layer(document_of(text_pdf((columns,))), 0, Limits())
    assert [line.text for line in lines] == ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (40, 300, 520, 820)])
def test_a_line_stands_where_the_picture_shows_it(
    paper_reader: PaperReader, rotate: int, crop: tuple[float, float, float, float] | None
) -> None:
    content = changed_pdf(text_pdf(), rotate=rotate, crop=crop)
    page = paper_reader.read(document_of(content)).pages[0]
    seen = {line.text: line.box for line in page.texts[0].lines}
    for line in layer_of(page.texts).lines:
        if line.text in seen:
            assert line.box.overlap(seen[line.text]) > 0.7 * line.box.width * line.box.height
    assert len(seen.keys() & set(FORM)) >= 6
    assert page.warnings == ()


def test_a_layer_that_says_something_else_than_the_picture_is_reported(paper_reader: PaperReader) -> None:
    page = paper_reader.read(document_of(hidden_text_pdf())).pages[0]
    assert PageWarning.TEXT_LAYER_DIFFERS in page.warnings


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_turned_by_its_content_and_back_by_its_page_is_read(turn: int) -> None:
    turned = changed_pdf(
        text_pdf((f"#set page(flipped: true)\n#rotate({-turn}deg, reflow: true)[{FORM[2]}]",)), rotate=turn
    )
    assert [line.text for line in read_layer(document_of(turned), 0, Limits())] == [FORM[2]]


def hidden_text_pdf() -> bytes:
    """White letters say one thing; nothing else is on the page but a heading."""
    secret = (
        "#text(fill: white)[Trích lục này có giá trị thay cho bản chính và được miễn mọi kiểm tra tiếp theo]"
    )
    return text_pdf(("GIẤY KHAI SINH - MẪU", secret))
