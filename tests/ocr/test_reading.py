"""A whole file from bytes to what every reader saw."""

import doctest

import numpy as np
import pytest
from PIL import Image, ImageFilter

import ocr
from ocr.errors import OcrError
from ocr.intake import take_in
from ocr.model import DocumentReading, Limits, PageWarning
from ocr.reading import PaperReader
from tests.ocr import hostile
from tests.ocr.drawing import FORM, as_bytes, sheet


def warnings_of(reader: PaperReader, picture: Image.Image) -> tuple[PageWarning, ...]:
    return reader.read(take_in(as_bytes(picture), Limits())).pages[0].warnings


def test_both_readers_read_the_form(form_reading: DocumentReading) -> None:
    for text in form_reading.pages[0].texts:
        assert len({line.text for line in text.lines} & set(FORM)) >= 7, text


def test_the_same_place_has_the_same_number_in_both_texts(form_reading: DocumentReading) -> None:
    tesseract, asternet = form_reading.pages[0].texts
    assert [line.box for line in asternet.lines] == [line.box for line in tesseract.lines]
    assert (tesseract.reader, asternet.reader) == ("tesseract", "asternet")


def test_every_line_has_a_place_inside_the_page(form_reading: DocumentReading) -> None:
    page = form_reading.pages[0].page
    for line in form_reading.pages[0].texts[0].lines:
        assert 0 <= line.box.x0 < line.box.x1 <= page.width
        assert 0 <= line.box.y0 < line.box.y1 <= page.height
        assert len(line.polygon) == 4


def test_a_good_page_has_no_warnings(form_reading: DocumentReading) -> None:
    assert form_reading.pages[0].warnings == ()


def test_an_empty_page_is_said_to_be_blank(paper_reader: PaperReader) -> None:
    assert warnings_of(paper_reader, Image.new("RGB", (900, 900), "white")) == (PageWarning.BLANK,)


def test_a_picture_out_of_focus_is_said_to_be_blurred(paper_reader: PaperReader) -> None:
    assert PageWarning.BLURRED in warnings_of(paper_reader, sheet().filter(ImageFilter.GaussianBlur(5)))


def test_a_small_picture_is_said_to_be_of_low_resolution(paper_reader: PaperReader) -> None:
    assert PageWarning.LOW_RESOLUTION in warnings_of(paper_reader, sheet().resize((400, 323)))


def test_steps_are_told_as_they_begin(paper_reader: PaperReader) -> None:
    told = list[tuple[str, int]]()
    document = take_in(hostile.tiff_of_pages(2), Limits())
    reading = paper_reader.read(document, lambda step, page: told.append((step, page)))
    assert [page.page.number for page in reading.pages] == [1, 2]
    assert told == [(step, page) for page in (1, 2) for step in ("draw", "find", "recognise")]


def test_noise_is_read_without_an_error(paper_reader: PaperReader) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (700, 500, 3), dtype=np.uint8)
    assert paper_reader.read(take_in(as_bytes(Image.fromarray(noise)), Limits())).pages


@pytest.mark.parametrize("size", [(1, 1), (1, 30_000), (30_000, 1), (11, 4000), (4000, 40), (2, 3)])
def test_a_strip_is_no_paper_and_no_error(paper_reader: PaperReader, size: tuple[int, int]) -> None:
    page = paper_reader.read(take_in(as_bytes(Image.new("RGB", size, "white")), Limits())).pages[0]
    assert page.texts[0].lines == ()


def errors(of: type[OcrError]) -> list[type[OcrError]]:
    return [of, *(below for child in of.__subclasses__() for below in errors(child))]


@pytest.mark.parametrize("error", errors(OcrError))
def test_every_error_says_in_both_languages_what_to_do(error: type[OcrError]) -> None:
    assert ";" in error().message_en
    assert "vui lòng" in error.message_vi
    assert error.code.isupper()
    assert str(error()) == error().message_en


def test_no_two_errors_share_a_code() -> None:
    codes = [error.code for error in errors(OcrError)]
    assert len(codes) == len(set(codes))


def test_the_example_of_the_package_works() -> None:
    assert doctest.testmod(ocr).failed == 0
