"""Birth certificates with a text layer that is printed, hidden, or lies."""

import pypdfium2
import pytest

from ocr.intake import take_in
from ocr.model import Limits
from ocr.readers.text_layer import read_layer
from verification.specimens import CHANGES, Specimen
from verification.specimens.text_layer import (
    birth_certificate_with_hidden_layer,
    birth_certificate_with_lying_layer,
    birth_certificate_with_text_layer,
)


def layer(specimen: Specimen) -> str:
    """All lines of the text layer."""
    return " ".join(line.text for line in read_layer(take_in(specimen.content, Limits()), 0, Limits()))


def darkness(specimen: Specimen) -> float:
    """The share of dark pixels of the page as it is shown."""
    page = pypdfium2.PdfDocument(specimen.content)[0].render(scale=1.5).to_numpy()
    return float((page.max(axis=2) < 110).mean())


@pytest.fixture(scope="module")
def printed() -> Specimen:
    return birth_certificate_with_text_layer(3)


def values(specimen: Specimen) -> list[str]:
    """Those fields whose truth is printed as it is."""
    parts = ("name", "place", "residence", "personal_number", "registered_at", "in_words")
    return [value for field, value in specimen.truth.items() if field.endswith(parts)]


def test_a_printed_layer_says_every_value_with_all_its_marks(printed: Specimen) -> None:
    assert [value for value in values(printed) if value not in layer(printed)] == []


def test_a_printed_layer_is_what_the_page_shows(printed: Specimen) -> None:
    hidden = birth_certificate_with_hidden_layer(3)
    assert darkness(printed) == pytest.approx(darkness(hidden), rel=0.15)
    assert layer(printed) == layer(hidden)


def test_the_same_seed_gives_the_same_bytes(printed: Specimen) -> None:
    assert birth_certificate_with_text_layer(3) == printed


def test_a_lying_layer_says_another_name_than_the_picture_shows(printed: Specimen) -> None:
    lying = birth_certificate_with_lying_layer(3, change=CHANGES["fathers_name"])
    assert lying.truth == printed.truth
    assert lying.truth["full_name"] in layer(lying)
    assert lying.truth["father_full_name"] not in layer(lying)
