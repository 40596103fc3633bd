"""What is wrong with a picture is told before anything on it is read, and nothing is told of a good one."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from ocr.intake import take_in
from ocr.model import Limits, PageWarning
from ocr.reading import PaperReader
from tests.ocr.drawing import as_bytes, card, on_a_desk, sheet, typeface

WHOLE = ((420, 350), (1580, 420), (1540, 1180), (380, 1060))
FRAME = (2000, 1500)


@pytest.fixture(scope="module")
def photo() -> Image.Image:
    return on_a_desk(card(), WHOLE, size=FRAME)


def warnings_of(reader: PaperReader, picture: Image.Image) -> tuple[PageWarning, ...]:
    (page,) = reader.look(take_in(as_bytes(picture, "JPEG", quality=90), Limits())).pages
    assert (page.texts, page.codes) == ((), ())
    return page.warnings


def with_glare(picture: Image.Image) -> Image.Image:
    """A lamp over the middle."""
    y, x = np.mgrid[: picture.height, : picture.width]
    away = ((x - picture.width / 2) ** 2 + (y - picture.height / 2) ** 2) / (0.07 * picture.width) ** 2
    lit = np.asarray(picture, dtype=float) + 260 * np.exp(-away / 2)[:, :, None]
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))


def darkened(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: value // 4)


def test_a_good_photo_and_a_good_scan_have_no_warnings(paper_reader: PaperReader, photo: Image.Image) -> None:
    assert warnings_of(paper_reader, photo) == ()
    assert warnings_of(paper_reader, sheet()) == ()


def test_glare_is_told(paper_reader: PaperReader, photo: Image.Image) -> None:
    assert PageWarning.GLARE in warnings_of(paper_reader, with_glare(photo))


def test_a_white_patch_of_print_is_no_glare(paper_reader: PaperReader) -> None:
    patched = card()
    patched.paste((255, 255, 255), (700, 300, 960, 560))
    assert PageWarning.GLARE not in warnings_of(paper_reader, on_a_desk(patched, WHOLE, size=FRAME))


def test_paper_lit_to_white_under_black_print_is_no_glare(paper_reader: PaperReader) -> None:
    """Light multiplies what the paper gives back: white is lost, ink is not."""
    paper = np.asarray(sheet(), dtype=float) * 0.85
    lamp = np.interp(np.arange(paper.shape[1]), (0, 400, 800, 1240), (0.9, 1.25, 1.25, 0.9))
    lit = Image.fromarray(np.clip(paper * lamp[None, :, None], 0, 255).astype(np.uint8))
    assert PageWarning.GLARE not in warnings_of(paper_reader, lit)


def test_a_dark_photo_is_told(paper_reader: PaperReader, photo: Image.Image) -> None:
    assert PageWarning.TOO_DARK in warnings_of(paper_reader, darkened(photo))


def test_a_blurred_photo_is_told(paper_reader: PaperReader, photo: Image.Image) -> None:
    assert PageWarning.BLURRED in warnings_of(paper_reader, photo.filter(ImageFilter.GaussianBlur(7)))


def test_a_soft_photo_is_legible_and_its_small_marks_are_not(
    paper_reader: PaperReader, photo: Image.Image
) -> None:
    soft = photo.filter(ImageFilter.GaussianBlur(2.5))
    assert warnings_of(paper_reader, soft) == (PageWarning.MARKS_UNCLEAR,)


@pytest.mark.parametrize("part", [(600, 0, 2000, 1500), (0, 0, 1300, 1500), (0, 500, 2000, 1500)])
def test_a_paper_that_runs_out_of_the_picture_is_told(
    paper_reader: PaperReader, photo: Image.Image, part: tuple[int, int, int, int]
) -> None:
    assert PageWarning.CORNER_CUT in warnings_of(paper_reader, photo.crop(part))


def test_a_paper_that_fills_the_picture_is_not_cut(paper_reader: PaperReader) -> None:
    noise = np.random.default_rng(3).normal(0, 3, (1000, 1240, 1))
    scan = np.clip(np.asarray(sheet(), dtype=float) * 0.95 + noise, 0, 255).astype(np.uint8)
    tilted = cv2.warpAffine(
        scan, cv2.getRotationMatrix2D((620, 500), 1.2, 1), (1240, 1000), borderValue=(236, 236, 236)
    )
    assert warnings_of(paper_reader, Image.fromarray(np.asarray(tilted, dtype=np.uint8))) == ()


def test_pale_words_on_white_paper_are_no_glare(paper_reader: PaperReader) -> None:
    page = sheet()
    pen = ImageDraw.Draw(page)
    for row in (820, 900):
        pen.text((90, row), "MẪU KHÔNG CÓ GIÁ TRỊ PHÁP LÝ", font=typeface(44), fill=(205, 205, 205))
    assert PageWarning.GLARE not in warnings_of(paper_reader, page)
