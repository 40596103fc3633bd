"""Dotted leaders are taken out of lines before they are read."""

import numpy as np
import pytest

from ocr.leaders import without_leaders
from ocr.readers.asternet import AsterNet
from ocr.readers.tesseract import Tesseract
from ocr.weights import Weights
from tests.ocr.drawing import line_picture

DOTTED = (
    "Giới tính: Nữ..............",
    "Dân tộc: Kinh ...................",
    "........Quê quán: Hà Nội.........",
)
PLAIN = ("Giới tính: Nữ", "Dân tộc: Kinh", "Quê quán: Hà Nội")


@pytest.mark.parametrize("text", [*PLAIN, "và những người khác...", "Số: 1.234.567 / 8.9", "i i i i j j j j"])
def test_letters_and_an_ellipsis_are_left_alone(text: str) -> None:
    line = line_picture(text)
    assert without_leaders(line) is line


@pytest.mark.parametrize("shape", [(1, 1), (5, 300), (40, 400)])
def test_a_picture_without_ink_is_left_alone(shape: tuple[int, int]) -> None:
    blank = np.full((*shape, 3), 240, dtype=np.uint8)
    assert without_leaders(blank) is blank


def test_both_readers_read_a_dotted_line_as_if_it_had_no_dots(weights: Weights) -> None:
    lines = [without_leaders(line_picture(text)) for text in DOTTED]
    for reader in (AsterNet.open(weights.asternet), Tesseract.open()):
        assert [seen.text for seen in reader.read(lines)] == list(PLAIN)
