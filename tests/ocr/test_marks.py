"""Seals, signatures, secrecy stamps and patches are proposed with their places."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.line_marks import lines_unlike_print
from ocr.marks import find_marks
from ocr.model import Box, MarkKind, MarkSeen, Page, PageText, TextLine
from tests.ocr.drawing import sheet, typeface

SEAL = (800, 620, 1040, 860)


def sealed(colour: tuple[int, int, int] = (200, 30, 50)) -> Image.Image:
    """A form with a ring and words in it, over the end of a line."""
    picture = sheet()
    pen = ImageDraw.Draw(picture)
    pen.ellipse(SEAL, outline=colour, width=6)
    pen.ellipse((850, 670, 990, 810), outline=colour, width=3)
    pen.text((880, 715), "MẪU", font=typeface(36), fill=colour)
    return picture


def signed(colour: tuple[int, int, int] = (40, 60, 170)) -> Image.Image:
    picture = sheet()
    x = np.arange(0, 220, 2)
    points = [(int(850 + a), int(900 + 22 * np.sin(a / 11) - a / 12)) for a in x]
    ImageDraw.Draw(picture).line(points, fill=colour, width=3)
    return picture


def marks_of(picture: Image.Image, *lines: TextLine) -> tuple[MarkSeen, ...]:
    page = Page(1, np.asarray(picture.convert("RGB"), dtype=np.uint8), None)
    return find_marks(page, PageText("tesseract", lines))


def line(text: str, box: Box, confidence: float = 0.9) -> TextLine:
    polygon = ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
    return TextLine(text, box, confidence, "tesseract", polygon)


def test_a_red_ring_is_a_seal_and_its_place_is_told() -> None:
    (mark,) = marks_of(sealed())
    assert (mark.what, mark.page) == (MarkKind.SEAL, 1)
    assert np.abs(np.array([mark.box.x0, mark.box.y0, mark.box.x1, mark.box.y1]) - SEAL).max() <= 12


def test_a_copied_seal_is_none() -> None:
    assert marks_of(sealed((70, 70, 70))) == ()


def test_a_red_disc_and_red_print_are_no_seals() -> None:
    picture = sheet()
    pen = ImageDraw.Draw(picture)
    pen.ellipse(SEAL, fill=(200, 30, 40))
    pen.text((90, 850), "GIẤY KHAI SINH - MẪU", font=typeface(64), fill=(190, 20, 40))
    pen.rectangle((20, 20, 1220, 980), outline=(190, 20, 40), width=5)
    assert marks_of(picture) == ()


def test_blue_strokes_are_a_signature() -> None:
    (mark,) = marks_of(signed())
    assert mark.what is MarkKind.SIGNATURE
    assert mark.box.overlap(Box(850, 860, 1070, 930)) > 0.6 * mark.box.width * mark.box.height


def test_blue_words_that_were_read_are_no_signature() -> None:
    assert marks_of(signed(), line("Nguyễn Thị Mẫu", Box(840, 860, 1080, 930))) == ()


@pytest.mark.parametrize("words", ["MẬT", "TỐI MẬT", "[ TUYỆT MẬT ]"])
def test_red_words_of_secrecy_are_a_stamp(words: str) -> None:
    picture = sheet()
    box = Box(80, 850, 480, 930)
    ImageDraw.Draw(picture).text((90, 855), words, font=typeface(48), fill=(200, 30, 50))
    (mark,) = marks_of(picture, line(words, box))
    assert (mark.what, mark.box) == (MarkKind.SECRET_STAMP, box)


def test_black_words_and_other_words_are_no_stamp() -> None:
    picture = sheet()
    pen = ImageDraw.Draw(picture)
    pen.text((90, 855), "MẬT", font=typeface(48), fill=(20, 20, 20))
    pen.text((600, 855), "MẶT TRẬN", font=typeface(48), fill=(200, 30, 50))
    seen = (line("MẬT", Box(80, 850, 300, 930)), line("MẶT TRẬN", Box(590, 850, 900, 930)))
    assert marks_of(picture, *seen) == ()


def by_hand(colour: tuple[int, int, int]) -> tuple[Image.Image, TextLine]:
    """Loops after a label, as the first reader saw them: hardly at all."""
    picture = sheet()
    box = Box(600, 870, 1160, 930)
    steps = np.arange(0, 540, 2)
    loops = [(int(610 + a + 9 * np.sin(a / 5)), int(900 + 20 * np.cos(a / 5 + a / 40))) for a in steps]
    ImageDraw.Draw(picture).line(loops, fill=colour, width=3)
    return picture, line("Mmnvwu", box, 0.2)


def test_blue_writing_that_was_not_read_is_told() -> None:
    picture, seen = by_hand((30, 55, 165))
    marks = lines_unlike_print(np.asarray(picture, dtype=np.uint8), PageText("tesseract", (seen,)), ())
    assert list(marks) == [(MarkKind.HANDWRITING, seen.box)]


def test_black_writing_is_told_as_a_line_that_nobody_read() -> None:
    picture, seen = by_hand((25, 25, 25))
    (mark,) = marks_of(picture, seen)
    assert (mark.what, mark.box) == (MarkKind.UNREAD, seen.box)


def test_print_that_was_read_is_neither() -> None:
    picture, seen = by_hand((25, 25, 25))
    assert marks_of(picture, replace(seen, confidence=0.9)) == ()


def test_a_stamp_of_a_certified_copy_holds_the_lines_below_it() -> None:
    title = line("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", Box(300, 500, 900, 540))
    number = line("Số chứng thực: 4711", Box(320, 560, 800, 600))
    apart = line("Nơi nhận:", Box(20, 560, 200, 600))
    far = line("Trang 1", Box(400, 900, 600, 940))
    (mark,) = marks_of(sheet(()), title, number, apart, far)
    assert (mark.what, mark.box) == (MarkKind.CERTIFIED_COPY_STAMP, Box(300, 500, 900, 600))


def test_a_sentence_about_certified_copies_is_no_stamp() -> None:
    words = "Người dân có thể chứng thực bản sao từ bản chính tại Ủy ban nhân dân cấp xã nơi thuận tiện"
    assert marks_of(sheet(()), line(words, Box(80, 500, 1100, 540))) == ()


def test_what_a_seal_says_is_no_degree_of_secrecy() -> None:
    inside = line("MẬT", Box(880, 715, 960, 765))
    assert {mark.what for mark in marks_of(sealed(), inside)} == {MarkKind.SEAL}


def test_the_emblem_is_no_seal() -> None:
    picture = sheet()
    pen = ImageDraw.Draw(picture)
    pen.ellipse(SEAL, fill=(206, 48, 40), outline=(214, 170, 60), width=14)
    pen.regular_polygon((920, 740, 70), 5, fill=(240, 205, 80))
    assert marks_of(picture) == ()


def grainy() -> Image.Image:
    grain = np.random.default_rng(5).normal(0, 3, (1000, 1240, 1))
    return Image.fromarray(np.clip(np.asarray(sheet(), dtype=float) * 0.95 + grain, 0, 255).astype(np.uint8))


def test_a_whited_out_word_is_a_patch() -> None:
    picture = grainy()
    ImageDraw.Draw(picture).rectangle((500, 255, 800, 305), fill=(247, 247, 247))
    (mark,) = marks_of(picture, line("Họ, chữ đệm, tên:", Box(90, 255, 480, 305)))
    assert mark.what is MarkKind.PATCH
    assert mark.box.overlap(Box(500, 255, 800, 305)) > 0.8 * mark.box.width * mark.box.height


def test_paper_with_grain_and_paper_without_any_have_no_patches() -> None:
    row = line("Họ, chữ đệm, tên:", Box(90, 255, 480, 305))
    assert marks_of(grainy(), row) == ()
    assert marks_of(sheet(), row) == ()


def test_noise_of_all_colours_is_soon_done_with() -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (900, 1200, 3), dtype=np.uint8))
    assert marks_of(noise) == ()
