"""The first reader on every line, the second on those that are asked for."""

from dataclasses import replace

import pytest

from ocr.intake import take_in
from ocr.model import Document, DocumentReading, Limits, PageText
from ocr.reading import PaperReader
from tests.ocr.drawing import as_bytes, sheet, text_pdf


@pytest.fixture(scope="module")
def document() -> Document:
    return take_in(as_bytes(sheet(), dpi=(150, 150)), Limits())


@pytest.fixture(scope="module")
def first(paper_reader: PaperReader, document: Document) -> DocumentReading:
    return paper_reader.read(document, both=False)


def asternet_of(reading: DocumentReading) -> PageText:
    return next(text for text in reading.pages[0].texts if text.reader == "asternet")


def test_the_first_reader_reads_alone_what_it_reads_beside_the_second(
    first: DocumentReading, form_reading: DocumentReading
) -> None:
    assert [text.reader for text in first.pages[0].texts] == ["tesseract"]
    assert first.pages[0].texts[0] == form_reading.pages[0].texts[0]


def test_the_second_reader_reads_the_wanted_lines_and_no_others(
    paper_reader: PaperReader, first: DocumentReading, form_reading: DocumentReading
) -> None:
    again = asternet_of(paper_reader.read_again(first, {0: {2, 4}}))
    whole = asternet_of(form_reading)
    assert [i for i, line in enumerate(again.lines) if line.text] == [2, 4]
    assert [again.lines[i].text for i in (2, 4)] == [whole.lines[i].text for i in (2, 4)]
    assert [line.box for line in again.lines] == [line.box for line in whole.lines]
    assert {line.reader for line in again.lines} == {"asternet"}


def test_lines_asked_for_later_are_added_to_those_read_before(
    paper_reader: PaperReader, first: DocumentReading
) -> None:
    again = paper_reader.read_again(paper_reader.read_again(first, {0: [1]}), {0: [3]})
    assert [text.reader for text in again.pages[0].texts] == ["tesseract", "asternet"]
    assert [i for i, line in enumerate(asternet_of(again).lines) if line.text] == [1, 3]


def test_no_wanted_lines_leave_an_unread_text(paper_reader: PaperReader, first: DocumentReading) -> None:
    assert not any(line.text for line in asternet_of(paper_reader.read_again(first, {0: []})).lines)


def test_the_text_layer_stays_last(paper_reader: PaperReader) -> None:
    reading = paper_reader.read(take_in(text_pdf(), Limits()), both=False)
    again = paper_reader.read_again(reading, {0: [0]})
    assert [text.reader for text in again.pages[0].texts] == ["tesseract", "asternet", "text_layer"]


def test_lines_are_cut_anew_from_a_packed_page(paper_reader: PaperReader, document: Document) -> None:
    reading = paper_reader.read(document, both=False)
    packed = tuple(replace(page, page=page.page.packed()) for page in reading.pages)
    again = asternet_of(paper_reader.read_again(replace(reading, pages=packed), {0: [2]}))
    assert again.lines[2].text == "Họ, chữ đệm, tên: NGUYỄN THỊ MẪU"
