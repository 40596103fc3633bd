"""Pages as pictures: what is drawn, how large, which way up."""

import numpy as np
import pikepdf
import pytest
from PIL import Image

from ocr import raster
from ocr.intake import take_in
from ocr.model import Limits, Page
from tests.ocr import hostile
from tests.ocr.drawing import as_bytes, blank_pdf, changed_pdf, saved, sheet, text_pdf


def pages_of(content: bytes, limits: Limits | None = None) -> list[Page]:
    limits = limits or Limits()
    return list(raster.pages(take_in(content, limits), limits))


def test_a_pdf_page_is_drawn_at_200_dpi() -> None:
    (page,) = pages_of(text_pdf())
    assert page.dpi == 200
    assert page.width == pytest.approx(1654, abs=2)
    assert page.height == pytest.approx(2339, abs=2)


def test_a_page_past_the_limit_of_pixels_is_drawn_coarser() -> None:
    (page,) = pages_of(text_pdf(), Limits(max_pixels=1_000_000))
    assert page.dpi is not None
    assert page.dpi < 200
    assert page.width * page.height < 1_010_000


def test_a_page_the_size_of_a_card_is_drawn_finer() -> None:
    (page,) = pages_of(blank_pdf())
    assert page.dpi == 400


def middle_of_page_with(annotation: dict[str, object]) -> list[int]:
    """The colour in the middle of a page on which an annotation with a blue look stands there."""
    with pikepdf.new() as opened:
        opened.add_blank_page(page_size=(200, 200))
        look = opened.make_stream(
            b"0 0 1 rg 0 0 100 100 re f",
            {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 100, 100]},
        )
        place = {"/Type": pikepdf.Name.Annot, "/F": 4, "/Rect": [50, 50, 150, 150], "/AP": {"/N": look}}
        placed = opened.make_indirect(pikepdf.Dictionary(place | annotation))
        opened.pages[0].obj.Annots = pikepdf.Array([placed])
        if "/FT" in annotation:
            opened.Root.AcroForm = pikepdf.Dictionary(Fields=[placed], SigFlags=3)
        (page,) = pages_of(saved(opened))
    colour: list[int] = page.image[page.height // 2, page.width // 2].tolist()
    return colour


def test_annotations_are_drawn() -> None:
    assert middle_of_page_with({"/Subtype": pikepdf.Name.Stamp}) == [0, 0, 255]


def test_the_look_of_a_signature_field_is_drawn() -> None:
    field = middle_of_page_with(
        {"/Subtype": pikepdf.Name.Widget, "/FT": pikepdf.Name.Sig, "/T": "Signature1"}
    )
    assert field == [0, 0, 255]


def test_a_turned_pdf_page_is_shown_as_readers_show_it() -> None:
    (page,) = pages_of(changed_pdf(text_pdf(), rotate=90))
    assert page.width > page.height


def test_a_photo_is_turned_as_its_camera_says() -> None:
    upright = Image.new("RGB", (300, 200), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = pages_of(as_bytes(upright, "JPEG", exif=exif))
    assert (page.width, page.height) == (200, 300)


def test_every_page_of_a_tiff_is_given_and_numbered() -> None:
    assert [page.number for page in pages_of(hostile.tiff_of_pages(3))] == [1, 2, 3]


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert pages_of(as_bytes(clear))[0].image.min() == 255


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA"])
def test_any_kind_of_colour_becomes_rgb(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    (page,) = pages_of(as_bytes(sheet().convert(mode), kind))
    assert page.image.shape == (1000, 1240, 3)
    assert page.image[5, 5].min() > 250
    assert page.image.min() < 120


def test_sixteen_bits_keep_their_greys() -> None:
    deep = np.full((20, 20), 40_000, dtype=np.uint16)
    (page,) = pages_of(as_bytes(Image.fromarray(deep)))
    assert page.image[0, 0].tolist() == [155, 155, 155]


def test_only_a_believable_resolution_is_kept() -> None:
    assert pages_of(as_bytes(sheet(), "JPEG", dpi=(300, 300)))[0].dpi == 300
    assert pages_of(as_bytes(sheet(), "JPEG", dpi=(72, 72)))[0].dpi is None
