"""A second look is taken at lines that two readers read differently, and at no others."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from ocr.looks import SECOND, look_again
from ocr.model import Box, Page, PageReading, PageText, Pixels, Recognition, TextLine
from ocr.readers.tesseract import Tesseract
from tests.ocr.drawing import typeface

ROWS = ("Họ và tên: Phan Thị Mẫu", "Nơi sinh: Bệnh viện Mẫu")


def drawn() -> Page:
    picture = Image.new("RGB", (900, 200), "white")
    for i, words in enumerate(ROWS):
        ImageDraw.Draw(picture).text((20, 20 + 90 * i), words, font=typeface(40), fill="black")
    return Page(1, np.asarray(picture, dtype=np.uint8), None)


def text(reader: str, *words: str) -> PageText:
    boxes = [Box(10, 10 + 90 * i, 890, 80 + 90 * i) for i in range(len(words))]
    corners = [((b.x0, b.y0), (b.x1, b.y0), (b.x1, b.y1), (b.x0, b.y1)) for b in boxes]
    return PageText(
        reader, tuple(TextLine(w, b, 0.9, reader, c) for w, b, c in zip(words, boxes, corners, strict=True))
    )


def looked(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[PageReading, list[int]]:
    asked: list[int] = []
    tesseract = Tesseract.open()

    def read(lines: Sequence[Pixels]) -> list[Recognition]:
        asked.append(len(lines))
        return tesseract.read_otherwise(lines)

    page = PageReading(drawn(), (text("tesseract", *first), text("asternet", *second)), ())
    return look_again(page, {"tesseract": read}), asked


def test_only_the_line_in_doubt_is_looked_at_again() -> None:
    page, asked = looked((ROWS[0], "Nơi sinh: Bệnh viện Mỗu"), ROWS)
    assert asked == [1]
    assert [(t.reader, t.look) for t in page.texts] == [
        ("tesseract", 1),
        ("asternet", 1),
        ("tesseract", SECOND),
    ]
    assert [line.text for line in page.texts[2].lines] == list(ROWS)


def test_agreement_and_unread_lines_need_no_second_look() -> None:
    assert looked(ROWS, ROWS)[1] == []
    assert looked(ROWS, (ROWS[0], ""))[1] == []


def test_a_second_look_is_no_further_reader() -> None:
    page, _ = looked((ROWS[0], "Nơi sinh: Bệnh viện Mỗu"), ROWS)
    assert [text.reader for text in page.by_reader] == ["tesseract", "asternet"]


def test_looking_once_more_does_not_pile_up() -> None:
    page, _ = looked((ROWS[0], "Nơi sinh: Bệnh viện Mỗu"), ROWS)
    again = look_again(page, {"tesseract": Tesseract.open().read_otherwise})
    assert len(again.texts) == 3
