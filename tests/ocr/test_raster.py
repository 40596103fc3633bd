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


def scan_pdf(*pictures: tuple[int, int, tuple[float, float, float, float]]) -> bytes:
    """An A4 page with pictures: pixels across and down; left, bottom, width and height in points."""
    with pikepdf.new() as opened:
        page = opened.add_blank_page(page_size=(595, 842))
        drawn = []
        for number, (across, down, (left, bottom, width, height)) in enumerate(pictures):
            jpeg = as_bytes(Image.new("RGB", (across, down), "#dddddd"), "JPEG")
            kind = {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image}
            looks = {
                "/ColorSpace": pikepdf.Name.DeviceRGB,
                "/BitsPerComponent": 8,
                "/Filter": pikepdf.Name.DCTDecode,
            }
            stream = opened.make_stream(jpeg, {**kind, **looks, "/Width": across, "/Height": down})
            page.add_resource(stream, pikepdf.Name.XObject, pikepdf.Name(f"/Im{number}"))
            drawn.append(f"q {width} 0 0 {height} {left} {bottom} cm /Im{number} Do Q")
        page.contents_add("\n".join(drawn).encode())
        return saved(opened)


A4 = (0.0, 0.0, 595.0, 842.0)


@pytest.mark.parametrize(
    ("pictures", "dpi"),
    [
        ([(827, 1170, A4)], 100),
        ([(2480, 3508, A4)], 300),
        ([(827, 585, (0, 421, 595, 421)), (827, 585, (0, 0, 595, 421))], 100),
        ([(413, 585, A4), (2480, 3508, A4)], 300),
        ([(50, 50, (20, 20, 60, 60))], None),
        ([(1240, 877, (0, 421, 595, 421))], 150),
    ],
    ids=[
        "coarse",
        "fine",
        "two strips",
        "a coarse ground under fine letters",
        "a small picture",
        "half a page",
    ],
)
def test_a_pdf_says_how_fine_the_scan_in_it_is(
    pictures: list[tuple[int, int, tuple[float, float, float, float]]], dpi: int | None
) -> None:
    (page,) = pages_of(scan_pdf(*pictures))
    assert (page.dpi, page.scanned_dpi) == (200, dpi if dpi is None else pytest.approx(dpi, abs=1))


def test_a_picture_file_holds_no_scan_but_is_one() -> None:
    (page,) = pages_of(as_bytes(sheet(), "PNG", dpi=(300, 300)))
    assert (page.dpi, page.scanned_dpi) == (300, None)
