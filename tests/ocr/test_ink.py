"""Coloured ink over black print is taken away, and nothing else is."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.ink import without_coloured_ink
from ocr.model import Pixels
from ocr.readers.tesseract import Tesseract
from tests.ocr.drawing import typeface

NAME = "Phan Thị Mẫu Lan"


def line(*, pen: tuple[int, int, int] | None, words: tuple[int, int, int] = (25, 25, 25)) -> Pixels:
    picture = Image.new("RGB", (420, 64), (244, 242, 238))
    draw = ImageDraw.Draw(picture)
    draw.text((16, 8), NAME, font=typeface(36), fill=words)
    if pen:
        mark = Image.new("RGB", picture.size, "white")
        ImageDraw.Draw(mark).ellipse((-60, -90, 150, 52), outline=pen, width=7)
        ImageDraw.Draw(mark).line((90, 60, 150, 10, 190, 50, 230, 4), fill=pen, width=5)
        product = np.asarray(picture, dtype=np.float64) * np.asarray(mark) / 255
        return np.asarray(product, dtype=np.uint8)
    return np.asarray(picture, dtype=np.uint8)


@pytest.mark.parametrize("pen", [(205, 35, 55), (60, 80, 200)])
def test_print_under_a_seal_or_a_signature_is_read(pen: tuple[int, int, int]) -> None:
    marked = line(pen=pen)
    tesseract = Tesseract.open()
    assert tesseract.read([marked])[0].text != NAME
    assert tesseract.read([without_coloured_ink(marked)])[0].text == NAME


def test_a_line_without_coloured_ink_is_left_as_it_is() -> None:
    plain = line(pen=None)
    assert without_coloured_ink(plain) is plain


def test_words_printed_in_a_colour_are_left_as_they_are() -> None:
    blue = line(pen=None, words=(40, 60, 170))
    assert Tesseract.open().read([without_coloured_ink(blue)])[0].text == NAME
