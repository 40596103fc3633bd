"""What the two papers say and how they are made."""

import io
from dataclasses import replace

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp

from signing.certificate import render_copy, render_receipt
from signing.errors import GlyphMissingError, RenderError
from signing.fonts import VIETNAMESE, check_fonts
from signing.model import TEST_MARK
from tests.signing.contents import COPY, ISSUING, RECEIPT, VERIFY_URL, page_scan


def texts(content: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def codes_on(content: bytes) -> set[str]:
    document = pdfium.PdfDocument(content)
    pictures = [np.asarray(page.render(scale=3).to_pil().convert("L")) for page in document]
    document.close()
    return {code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)}


@pytest.fixture(scope="module")
def receipt() -> bytes:
    return render_receipt(RECEIPT).content


@pytest.fixture(scope="module")
def copy() -> bytes:
    return render_copy(COPY).content


def test_the_fonts_draw_every_vietnamese_letter() -> None:
    check_fonts()


def test_a_letter_that_a_font_lacks_is_named() -> None:
    with pytest.raises(GlyphMissingError, match="漢"):
        check_fonts("Nguyễn 漢")


def test_a_receipt_says_in_words_that_no_copy_is_needed(receipt: bytes) -> None:
    [text] = texts(receipt)
    assert "Không cần bản sao chứng thực" in text
    assert "công chứng" not in text.lower()
    for part in (RECEIPT.audience, RECEIPT.source, "08:00 ngày 05/11/2026", *RECEIPT.legal_basis):
        assert part in text


def test_every_vietnamese_letter_comes_back_as_text() -> None:
    letters = [letter for letter in VIETNAMESE if letter.isalpha()]
    words = tuple((f"{number}:", f"<{letter}>") for number, letter in enumerate(letters))
    text = "".join(texts(render_receipt(replace(RECEIPT, confirmed=words)).content))
    assert {letter for letter in letters if f"<{letter}>" not in text} == set()


@pytest.mark.parametrize("count", [1, 8, 26])
def test_a_receipt_is_one_page(count: int) -> None:
    fields = tuple((f"Thông tin thứ {n}", "Tương đương: địa danh sau sắp xếp 2025") for n in range(count))
    assert len(texts(render_receipt(replace(RECEIPT, confirmed=fields)).content)) == 1


def test_a_receipt_too_full_for_a_page_is_marked_on_each() -> None:
    fields = tuple((f"Thông tin thứ {n}", "Tương đương: địa danh sau sắp xếp 2025") for n in range(200))
    pages = texts(render_receipt(replace(RECEIPT, confirmed=fields)).content)
    assert len(pages) > 1
    assert all(TEST_MARK in page for page in pages)


def test_a_copy_holds_the_pages_and_then_the_statement(copy: bytes) -> None:
    first, _, last = texts(copy)
    assert "BẢN SAO ĐIỆN TỬ CHỨNG THỰC TỪ BẢN CHÍNH" in first
    assert "05/11/2026 09:30:00 +07:00" in first
    for part in ("Chứng thực bản sao đúng với bản chính", "01/2026-SCTĐT/BS", "Ngày 05 tháng 11 năm 2026"):
        assert part in last


def test_a_page_keeps_the_pixels_it_was_scanned_with(copy: bytes) -> None:
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        images = [image for page in pdf.pages for image in page.get_images().values()]
        kept = [image.read_raw_bytes() for image in images]
    assert all(page.content in kept for page in COPY.pages)


@pytest.mark.parametrize(("width", "height"), [(1754, 1240), (640, 400), (3000, 6000)])
def test_a_page_of_any_shape_gives_one_page(width: int, height: int) -> None:
    scan = page_scan(width=width, height=height, dpi=200)
    pages = texts(render_copy(replace(COPY, pages=(scan,))).content)
    assert len(pages) == 2
    assert all(TEST_MARK in page for page in pages)


def test_the_test_mark_stands_on_every_page_of_a_test_paper(receipt: bytes, copy: bytes) -> None:
    assert all(TEST_MARK in page for page in texts(receipt) + texts(copy))


def test_a_real_paper_has_no_test_mark() -> None:
    real = replace(ISSUING, test=False)
    pages = texts(render_receipt(replace(RECEIPT, issuing=real)).content)
    pages += texts(render_copy(replace(COPY, issuing=real)).content)
    assert not any("THỬ NGHIỆM" in page for page in pages)


def test_the_qr_code_leads_to_the_verify_address(receipt: bytes, copy: bytes) -> None:
    assert codes_on(receipt) == {VERIFY_URL}
    assert codes_on(copy) == {VERIFY_URL}


def test_both_papers_claim_pdf_a_3a_and_pdf_ua_1(receipt: bytes, copy: bytes) -> None:
    for content in (receipt, copy):
        with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as xmp:
            claimed = xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]
            assert claimed == ("3", "A", "1")
            assert pdf.Root.Lang == "vi-VN"


def test_the_evidence_is_attached_byte_for_byte(receipt: bytes) -> None:
    with pikepdf.open(io.BytesIO(receipt)) as pdf:
        attached = pdf.attachments["evidence.json"]
        assert attached.get_file().read_bytes() == ISSUING.evidence
        assert attached.obj.AFRelationship == "/Data"


def test_words_are_shown_and_never_read_as_markup() -> None:
    name = '#read("frame.typ") *x* $y$ "; panic()'
    [text] = texts(render_receipt(replace(RECEIPT, audience=name)).content)
    assert name in text.replace("\n", " ")


def test_a_page_that_is_no_picture_is_refused() -> None:
    broken = replace(COPY.pages[0], content=b"\xff\xd8\xff not a picture")
    with pytest.raises(RenderError):
        render_copy(replace(COPY, pages=(broken,)))


def test_a_letter_no_font_has_is_refused_and_not_dropped() -> None:
    with pytest.raises(RenderError):
        render_receipt(replace(RECEIPT, audience="漢字"))
