"""Pages brought upright, flat and level."""

import numpy as np
import pytest
from PIL import Image

from ocr import flatten
from ocr.geometry import moved, quarter_turned
from ocr.intake import take_in
from ocr.model import CodeKind, Limits, Page, PageReading
from ocr.reading import PaperReader
from tests.ocr.drawing import CARD_QR, FORM, as_bytes, card, on_a_desk, sheet

CORNERS = ((420, 350), (1580, 420), (1540, 1180), (380, 1060))
FRAME = (2000, 1500)


def read(reader: PaperReader, picture: Image.Image) -> PageReading:
    (page,) = reader.read(take_in(as_bytes(picture), Limits())).pages
    return page


def texts_of(page: PageReading) -> list[str]:
    return [line.text for line in page.texts[0].lines]


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    return on_a_desk(card(), CORNERS, size=FRAME)


def test_the_corners_of_a_card_on_a_desk_are_found(photo: Image.Image) -> None:
    corners = flatten.find_paper(np.asarray(photo))
    assert corners is not None
    assert np.abs(corners - np.array(CORNERS)).max() < 12


def test_a_photographed_card_is_cut_out_and_read(paper_reader: PaperReader, photo: Image.Image) -> None:
    page = read(paper_reader, photo)
    assert page.page.width / page.page.height == pytest.approx(85.6 / 53.98, rel=0.01)
    assert [code.text for code in page.codes if code.kind is CodeKind.QR] == [CARD_QR]
    assert any("001199012345" in text for text in texts_of(page))


def test_two_cards_on_a_desk_are_left_as_they_lie(paper_reader: PaperReader) -> None:
    desk = on_a_desk(card(), ((100, 100), (900, 110), (890, 610), (95, 600)), size=FRAME)
    other = on_a_desk(card(), ((1000, 800), (1800, 810), (1790, 1310), (995, 1300)), size=FRAME)
    desk.paste(other.crop((950, 750, 1900, 1400)), (950, 750))
    page = read(paper_reader, desk)
    assert (page.page.width, page.page.height) == FRAME


def test_a_scan_is_not_cut(form: Image.Image) -> None:
    assert flatten.find_paper(np.asarray(form)) is None


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_brought_upright(paper_reader: PaperReader, form: Image.Image, turn: int) -> None:
    page = read(paper_reader, form.rotate(-turn, expand=True))
    assert page.page.rotation == 360 - turn
    assert len(set(texts_of(page)) & set(FORM)) >= 6


def test_a_tilted_page_is_levelled(paper_reader: PaperReader, form: Image.Image) -> None:
    page = read(paper_reader, form.rotate(4, fillcolor="white"))
    heights = [line.box.height for line in page.texts[0].lines]
    assert max(heights) < 75
    assert len(set(texts_of(page)) & set(FORM)) >= 6


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_map_of_a_quarter_turn_goes_where_the_pixel_goes(turn: int) -> None:
    image = np.zeros((30, 50, 3), dtype=np.uint8)
    image[7, 11] = 255
    picture, matrix = quarter_turned(image, turn)
    ((x, y),) = moved(np.array([(11.5, 7.5)]), matrix)
    assert picture[int(y), int(x)].tolist() == [255, 255, 255]


@pytest.fixture(scope="module")
def form() -> Image.Image:
    return sheet()


def test_an_upright_page_is_left_alone(paper_reader: PaperReader, form: Image.Image) -> None:
    page: Page = read(paper_reader, form).page
    assert np.array_equal(page.image, np.asarray(form))
