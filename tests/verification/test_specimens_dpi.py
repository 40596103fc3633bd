"""Specimens say how finely their files show the paper."""

import io

import pytest
import zxingcpp
from PIL import Image

from verification.specimens import Grade, Specimen, draw

CARD = "citizen_card_2021_front"
CARD_WIDTH_INCHES = 85.6 / 25.4


def picture(specimen: Specimen) -> Image.Image:
    return Image.open(io.BytesIO(specimen.content))


def code_width(specimen: Specimen) -> float:
    """Pixels between the corners of the QR code, a measure that knows nothing of how the file was made."""
    (code,) = zxingcpp.read_barcodes(picture(specimen))
    at = code.position
    return float(abs(complex(at.top_right.x - at.top_left.x, at.top_right.y - at.top_left.y)))


@pytest.mark.parametrize("grade", [Grade.CLEAN, Grade.HARD])
def test_a_file_that_is_all_paper_has_as_many_pixels_an_inch_as_it_says(grade: Grade) -> None:
    specimen = draw(CARD, seed=3, grade=grade)
    assert picture(specimen).width / CARD_WIDTH_INCHES == pytest.approx(specimen.dpi, rel=0.01)


def test_a_photograph_shows_the_card_at_least_as_finely_as_it_says() -> None:
    clean, photo = (draw(CARD, seed=3, grade=grade) for grade in (Grade.CLEAN, Grade.PHOTO))
    measured = clean.dpi * code_width(photo) / code_width(clean)
    assert 0.95 * photo.dpi < measured < 1.15 * photo.dpi


def test_a_photograph_is_no_finer_than_its_drawing() -> None:
    assert draw("diploma", seed=3, grade=Grade.PHOTO).dpi == draw("diploma", seed=3, grade=Grade.SCAN).dpi
