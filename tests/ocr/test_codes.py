"""QR codes and barcodes on pages."""

import numpy as np
import zxingcpp
from PIL import Image, ImageFilter

from ocr.codes import read_codes
from ocr.model import CodeKind, Page
from tests.ocr.drawing import CARD_QR, card, qr


def page_of(picture: Image.Image) -> Page:
    return Page(1, np.asarray(picture.convert("RGB"), dtype=np.uint8), None)


def test_the_code_of_a_card_is_read_in_vietnamese_with_its_place() -> None:
    (code,) = read_codes(page_of(card()))
    assert (code.kind, code.text) == (CodeKind.QR, CARD_QR)
    assert 40 <= code.box.x0 < code.box.x1 <= 300


def test_a_small_blurred_code_is_read_at_another_scale() -> None:
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste(qr(CARD_QR, 2).filter(ImageFilter.GaussianBlur(0.9)), (100, 60))
    assert [code.text for code in read_codes(page_of(picture))] == [CARD_QR]


def test_two_codes_are_two_readings() -> None:
    picture = Image.new("RGB", (600, 300), "white")
    picture.paste(qr("MẪU 1", 4), (20, 20))
    picture.paste(qr("MẪU 2", 4), (320, 20))
    assert {code.text for code in read_codes(page_of(picture))} == {"MẪU 1", "MẪU 2"}


def test_a_barcode_is_told_from_a_qr_code() -> None:
    bars = zxingcpp.create_barcode("H29.13-260203-0001", zxingcpp.BarcodeFormat.Code128)
    picture = Image.new("RGB", (900, 260), "white")
    picture.paste(Image.fromarray(np.array(bars.to_image(scale=3))), (60, 60))
    assert [(code.kind, code.text) for code in read_codes(page_of(picture))] == [
        (CodeKind.BARCODE, "H29.13-260203-0001")
    ]


def test_a_page_without_codes_gives_none() -> None:
    assert read_codes(page_of(card(with_qr=False))) == ()
