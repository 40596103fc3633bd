"""A photo inside a PDF is a photo: cut out and flattened, its text layer moved along; a drawn page is not."""

import io

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image

from ocr.intake import take_in
from ocr.model import CodeKind, Limits, PageReading
from ocr.pdf_picture import is_one_picture
from ocr.reading import PaperReader
from tests.ocr.drawing import CARD_QR, as_bytes, card, on_a_desk, saved, sheet, text_pdf

CORNERS = ((420, 350), (1580, 420), (1540, 1180), (380, 1060))
FRAME = (2000, 1500)
DPI = 200
# Where the card's number begins and how high it is, pixels of the card.
NUMBER_AT = (300, 190)


def with_text(content: bytes, words: str, at: tuple[float, float], *, mode: int) -> bytes:
    """The page with words in Helvetica at a place in points from the lower left; mode 3 is no ink."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page = opened.pages[0]
        name = page.add_resource(font, pikepdf.Name.Font)
        page.contents_add(f"BT {mode} Tr {name} 14 Tf {at[0]} {at[1]} Td ({words}) Tj ET".encode())
        return saved(opened)


def in_photo(x: float, y: float) -> tuple[float, float]:
    """A place on the card, as points of the PDF's page."""
    edges = np.array([(0, 0), (1011, 0), (1011, 638), (0, 638)], np.float32)
    view = cv2.getPerspectiveTransform(edges, np.array(CORNERS, np.float32))
    px, py = cv2.perspectiveTransform(np.array([[(x, y)]], np.float32), view)[0, 0]
    return float(px) * 72 / DPI, (FRAME[1] - float(py)) * 72 / DPI


def read(reader: PaperReader, content: bytes) -> PageReading:
    (page,) = reader.read(take_in(content, Limits()), both=False).pages
    return page


@pytest.fixture(scope="module")
def photo() -> bytes:
    return as_bytes(on_a_desk(card(), CORNERS, size=FRAME), "PDF", resolution=DPI)


def test_a_photo_in_a_pdf_is_cut_out_and_read(paper_reader: PaperReader, photo: bytes) -> None:
    page = read(paper_reader, photo)
    assert page.page.width / page.page.height == pytest.approx(85.6 / 53.98, rel=0.01)
    assert [code.text for code in page.codes if code.kind is CodeKind.QR] == [CARD_QR]


def test_the_layer_of_a_scanner_app_is_moved_with_its_photo(paper_reader: PaperReader, photo: bytes) -> None:
    content = with_text(photo, "001199012345", in_photo(*NUMBER_AT), mode=3)
    page = read(paper_reader, content)
    (layer,) = (line for text in page.texts if text.reader == "text_layer" for line in text.lines)
    (seen,) = (line for line in page.texts[0].lines if "001199012345" in line.text)
    assert layer.text == "001199012345"
    assert layer.box.overlap(seen.box) > 0.5 * layer.box.width * layer.box.height


def test_a_scan_in_a_pdf_is_one_picture_and_is_not_cut(paper_reader: PaperReader) -> None:
    content = as_bytes(sheet(), "PDF", resolution=150)
    page = read(paper_reader, content)
    assert is_one_picture(content, 0)
    assert page.page.width / page.page.height == pytest.approx(1240 / 1000, rel=0.01)


def test_print_over_a_picture_print_alone_and_a_small_picture_are_no_photo(photo: bytes) -> None:
    small = Image.new("RGB", FRAME, "white")
    assert not is_one_picture(with_text(photo, "MAU", (20, 20), mode=0), 0)
    assert not is_one_picture(text_pdf(), 0)
    assert not is_one_picture(shrunk(as_bytes(small, "PDF", resolution=DPI)), 0)


def test_a_picture_with_a_note_over_it_is_no_photo(photo: bytes) -> None:
    with pikepdf.open(io.BytesIO(photo)) as opened:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[9, 9, 90, 90])
        opened.pages[0].obj.Annots = pikepdf.Array([opened.make_indirect(note)])
        assert not is_one_picture(saved(opened), 0)


def shrunk(content: bytes) -> bytes:
    """The page twice as wide as what it shows."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        left, bottom, right, top = (float(value) for value in opened.pages[0].obj.MediaBox)
        opened.pages[0].obj.MediaBox = pikepdf.Array([left, bottom, 2 * right, top])
        return saved(opened)
