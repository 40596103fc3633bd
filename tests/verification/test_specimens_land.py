"""Land-use certificates: two forms, one page or two in one file, areas in digits and words."""

import re

import pypdfium2
import pytest

from verification.specimens import Drawing, Grade, draw, sketch
from verification.specimens.land import area_in_words

KIND = "land_certificate"
Drawings = tuple[Drawing, ...]
FIELDS = {"serial_number", "holder_full_name", "parcel_number", "map_sheet_number", "address", "area"}
FURTHER = {"purpose", "term", "register_number", "issued_on"}


@pytest.fixture(scope="module")
def some() -> Drawings:
    return tuple(sketch(KIND, seed=seed, dpi=60) for seed in range(24))


def test_a_first_page_alone_has_every_field_but_the_register_number(
    some: Drawings,
) -> None:
    for drawing in some:
        missing = set() if drawing.more else {"register_number"}
        assert drawing.truth.keys() == (FIELDS | FURTHER) - missing


def test_both_forms_occur_with_their_own_title_and_first_pages_alone(some: Drawings) -> None:
    kinds = {(drawing.sheet.width, len(drawing.pages)) for drawing in some}
    assert kinds == {(190.0, 2), (210.0, 1), (210.0, 2)}
    for drawing in some:
        old = any("NHÀ Ở VÀ TÀI SẢN KHÁC" in text for text in drawing.sheet.texts)
        assert old == (drawing.truth["issued_on"] < "2025-01-01")


@pytest.mark.parametrize("grade", Grade)
def test_two_pages_are_one_pdf_in_every_grade(grade: Grade, some: Drawings) -> None:
    seed = next(at for at, drawing in enumerate(some) if drawing.more)
    specimen = draw(KIND, seed=seed, grade=grade)
    assert specimen.media_type == "application/pdf"
    pages = pypdfium2.PdfDocument(specimen.content)
    assert [min(page.get_size()) > 400 for page in pages] == [True, True]
    assert specimen == draw(KIND, seed=seed, grade=grade)


def test_serial_and_register_number_are_without_the_space_of_the_print(some: Drawings) -> None:
    for drawing in some:
        assert re.fullmatch(r"[A-Z]{2}(\d{6}|\d{8})", drawing.truth["serial_number"])
        bare = "".join(drawing.texts).replace(" ", "")
        assert drawing.truth["serial_number"] in bare
        assert drawing.truth.get("register_number", "") in bare


def test_values_stand_on_the_pages_as_printed(some: Drawings) -> None:
    for drawing in some:
        written = " ".join(drawing.texts).replace("m2", "m²")
        for field in ("holder_full_name", "address", "area", "purpose", "term"):
            assert drawing.truth[field] in written


def test_holders_are_one_or_two_and_the_truth_is_the_first(some: Drawings) -> None:
    second = [text for drawing in some for text in drawing.texts if text.startswith(("Và vợ", "Và chồng"))]
    assert second
    assert len(second) < len(some)


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("125,5 m²", "một trăm hai mươi lăm phẩy năm mét vuông"),
        ("1205 m2", "một nghìn hai trăm linh năm mét vuông"),
    ],
)
def test_an_area_in_words(area: str, words: str) -> None:
    assert area_in_words(area) == words


def test_no_source_knows_land_certificates() -> None:
    assert draw(KIND, seed=1, grade=Grade.HARD).records == ()
