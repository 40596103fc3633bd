"""Several cards on one page or in one photo are told apart, and nothing is moved."""

import pytest
from PIL import Image, ImageDraw

from ocr.intake import take_in
from ocr.model import CodeKind, DocumentReading, Limits, PageReading
from ocr.reading import PaperReader
from ocr.regions import by_region
from tests.ocr.drawing import CARD_QR, as_bytes, card, on_a_desk, sheet, typeface

PALE = (236, 240, 237)


def copied(*, caption: int = 0) -> Image.Image:
    """An A4 page at 200 dpi with both sides of a card, pale on white, and lines of a caption below."""
    page = Image.new("RGB", (1654, 2339), "white")
    for at, side in (((480, 260), card()), ((470, 900), card(with_qr=False, with_mrz=True))):
        page.paste(side.resize((674, 425)), at)
    pen = ImageDraw.Draw(page)
    for row in range(caption):
        pen.text((400, 1500 + 90 * row), "CHỨNG THỰC BẢN SAO - MẪU", font=typeface(40), fill=(20, 20, 20))
    return page


def read(reader: PaperReader, picture: Image.Image, dpi: int | None = None) -> DocumentReading:
    content = as_bytes(picture, dpi=(dpi, dpi)) if dpi else as_bytes(picture)
    return reader.read(take_in(content, Limits()), both=False)


def holds(part: PageReading) -> bool:
    region = part.page.region
    assert region is not None
    return all(region.overlap(line.box) for line in part.texts[0].lines)


@pytest.fixture(scope="module")
def two_sides(paper_reader: PaperReader) -> DocumentReading:
    return read(paper_reader, copied(), 200)


def test_two_sides_on_a_page_are_two_regions_of_one_picture(two_sides: DocumentReading) -> None:
    (page,) = two_sides.pages
    front, back = by_region(two_sides).pages
    assert page.regions == (front.page.region, back.page.region)
    assert front.page.picture is back.page.picture is page.page.picture
    assert (front.page.number, back.page.number) == (1, 1)


def test_each_line_and_code_goes_where_it_stands(two_sides: DocumentReading) -> None:
    front, back = by_region(two_sides).pages
    assert holds(front)
    assert holds(back)
    assert [code.text for code in front.codes if code.kind is CodeKind.QR] == [CARD_QR]
    assert back.codes == () or {code.kind for code in back.codes} == {CodeKind.MRZ}
    parts = (*front.texts[0].lines, *back.texts[0].lines)
    assert set(parts) == set(two_sides.pages[0].texts[0].lines)


def test_the_second_reader_reads_lines_of_a_region(
    paper_reader: PaperReader, two_sides: DocumentReading
) -> None:
    split = by_region(two_sides)
    again = paper_reader.read_again(split, {1: [0]})
    assert [text.reader for text in again.pages[0].texts] == ["tesseract"]
    assert again.pages[1].texts[1].lines[0].text


def test_what_stands_outside_the_cards_comes_last(paper_reader: PaperReader) -> None:
    *cards, outside = by_region(read(paper_reader, copied(caption=3), 200)).pages
    assert len(cards) == 2
    assert outside.page.region is None
    assert {line.text for line in outside.texts[0].lines} == {"CHỨNG THỰC BẢN SAO - MẪU"}


def test_two_cards_in_a_photo_are_two_regions(paper_reader: PaperReader) -> None:
    desk = on_a_desk(card(), ((100, 100), (900, 110), (890, 610), (95, 600)), size=(2000, 1500))
    other = on_a_desk(card(), ((1000, 800), (1800, 810), (1790, 1310), (995, 1300)), size=(2000, 1500))
    desk.paste(other.crop((950, 750, 1900, 1400)), (950, 750))
    reading = read(paper_reader, desk)
    assert len(reading.pages[0].regions) == 2
    assert [len(part.codes) for part in by_region(reading).pages] == [1, 1]


@pytest.mark.parametrize("make", [sheet, card])
def test_one_paper_is_no_region(paper_reader: PaperReader, make: object) -> None:
    assert callable(make)
    reading = read(paper_reader, make())
    assert reading.pages[0].regions == ()
    assert by_region(reading) == reading
