"""What the two papers say and how they are made."""

import io
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp

from signing.certificate import render_copy, render_receipt
from signing.copy_layout import FOOT_MM
from signing.errors import FontMissingError, GlyphMissingError, RenderError
from signing.fonts import MINORITY, SERIF_FOLDERS, VIETNAMESE, check_fonts, font_book_of
from signing.model import TEST_MARK, SignatureLook
from signing.pages import embedded_scans
from signing.text import printed_text
from tests.signing.contents import COPY, ISSUING, LOOK, RECEIPT, VERIFY_URL, letter_scan, page_scan
from tests.signing.structure import alternative_texts


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


def test_a_machine_without_the_font_says_which_package_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontMissingError) as refused:
        font_book_of((tmp_path,))
    assert "fonts-croscore" in refused.value.message_en
    assert "fonts-croscore" in refused.value.message_vi


def test_a_folder_with_a_part_of_the_font_is_refused_with_the_styles_it_lacks(tmp_path: Path) -> None:
    shutil.copy(SERIF_FOLDERS[0] / "Tinos-Regular.ttf", tmp_path)
    with pytest.raises(FontMissingError, match="Tinos 700 normal"):
        font_book_of((tmp_path,))


def test_a_receipt_claims_the_listed_items_and_no_more(receipt: bytes) -> None:
    [text] = texts(receipt)
    told = " ".join(text.split())
    assert "Các mục ghi ở bảng dưới đây trên giấy tờ khớp với dữ liệu của nguồn nêu dưới đây." in told
    assert "Phiếu không xác nhận mục nào ngoài các mục trong bảng" in told
    assert "what this paper says" not in told


def test_a_receipt_says_in_words_that_no_copy_is_needed(receipt: bytes) -> None:
    [text] = texts(receipt)
    assert "Không cần bản sao chứng thực" in text
    assert "công chứng" not in text.lower()
    for part in (RECEIPT.audience, RECEIPT.source, "08:00 ngày 05/11/2026", *RECEIPT.legal_basis):
        assert part in text


def test_every_vietnamese_letter_comes_back_as_text() -> None:
    letters = [letter for letter in VIETNAMESE + MINORITY if letter.isalpha()]
    words = tuple((f"{number}:", f"<{letter}>") for number, letter in enumerate(letters))
    text = "".join(texts(render_receipt(replace(RECEIPT, confirmed=words)).content))
    assert {letter for letter in letters if f"<{letter}>" not in text} == set()


@pytest.mark.parametrize("count", [1, 8, 26, 50])
def test_a_receipt_is_one_page(count: int) -> None:
    fields = tuple((f"Thông tin thứ {n}", "Tương đương: địa danh sau sắp xếp 2025") for n in range(count))
    assert len(texts(render_receipt(replace(RECEIPT, confirmed=fields)).content)) == 1


def test_an_ordinary_receipt_is_set_in_eleven_points(receipt: bytes) -> None:
    with pdfplumber.open(io.BytesIO(receipt)) as pdf:
        sizes = {round(letter["size"], 1) for letter in pdf.pages[0].chars if letter["text"] == "ố"}
    assert 11.0 in sizes


@pytest.mark.parametrize(
    "name", ["H'Hen Niê", "Y Ƀlŏ Êban", "Nguyễn Phúc Công Tằng Tôn Nữ Thị Bạch Tuyết Huyền Trân"]
)
def test_names_of_all_peoples_come_back_as_text(name: str) -> None:
    issuing = replace(ISSUING, signer_name=name)
    receipt = replace(RECEIPT, issuing=issuing, subject=(("Họ, chữ đệm, tên", name),))
    told = printed_text(render_receipt(receipt).content)
    assert told.count("".join(name.split())) == 2


def test_threads_render_at_the_same_time(receipt: bytes) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: render_receipt(RECEIPT).content, range(12)))
    assert {texts(content)[0] for content in made} == {texts(receipt)[0]}


def test_a_signed_receipt_is_at_most_110_kilobytes(signed_receipt: bytes) -> None:
    assert len(signed_receipt) <= 110_000


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


def test_both_sides_of_a_card_are_on_one_page_and_are_told_apart() -> None:
    front, back = page_scan(1, width=674, height=425, dpi=200), page_scan(2, width=674, height=425, dpi=200)
    content = render_copy(replace(COPY, pages=(front, back), paper="Thẻ căn cước")).content
    assert [len(scans) for scans in embedded_scans(content)] == [2, 0]
    assert alternative_texts(content) >= {
        "Trang 1 của bản chính: Thẻ căn cước",
        "Trang 2 của bản chính: Thẻ căn cước",
    }
    assert "(2 trang)" in texts(content)[-1]


@pytest.mark.parametrize(("width", "height"), [(1754, 1240), (640, 400), (3000, 6000)])
def test_a_page_of_any_shape_gives_one_page(width: int, height: int) -> None:
    scan = page_scan(width=width, height=height, dpi=200)
    pages = texts(render_copy(replace(COPY, pages=(scan,))).content)
    assert len(pages) == 2
    assert all(TEST_MARK in page for page in pages)


# -- where things stand --------------------------------------------------------------------------------


def drawn(content: bytes, index: int) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    """A page at 100 dpi, in grey."""
    with pdfium.PdfDocument(content) as document:
        picture: np.ndarray[Any, np.dtype[np.uint8]] = np.asarray(
            document[index].render(scale=100 / 72).to_pil().convert("L")
        )
    return picture


def test_the_block_of_page_one_is_seen_where_the_scan_fills_the_page() -> None:
    content = render_copy(replace(COPY, pages=(letter_scan(),))).content
    corner = drawn(content, 0)[20:80, -330:-30]
    assert (corner < 100).sum() > 300


def test_what_is_added_covers_no_ink_of_the_original() -> None:
    scan = letter_scan(foot_mm=110)
    plain = drawn(render_copy(replace(COPY, pages=(scan,))).content, 0)
    content = render_copy(replace(COPY, pages=(scan,), statement_on_last=True)).content
    added = drawn(content, 0).astype(int) - plain < -60
    assert added.sum() > 2000
    original = (plain < 200)[: -round(FOOT_MM / 25.4 * 100)]
    assert original.sum() > 2000
    assert not (added[: len(original)] & original).any()


def test_an_a4_scan_with_margins_is_drawn_in_its_real_size() -> None:
    content = render_copy(replace(COPY, pages=(letter_scan(),))).content
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        [image] = pdf.pages[0].images
    assert image["width"] / 72 * 25.4 == pytest.approx(210, abs=0.5)


@pytest.mark.parametrize(("foot_mm", "pages"), [(110, 1), (20, 2)])
def test_the_statement_stands_on_the_last_page_where_that_is_blank(foot_mm: float, pages: int) -> None:
    content = replace(COPY, pages=(letter_scan(foot_mm=foot_mm),), statement_on_last=True)
    told = texts(render_copy(content).content)
    assert len(told) == pages
    for part in ("Chứng thực bản sao đúng với bản chính", "01/2026-SCTĐT/BS", "Nguyễn Thị Mẫu", TEST_MARK):
        assert part in told[-1]


def test_a_statement_too_tall_for_the_blank_place_gets_a_page() -> None:
    capacity = ("TUQ. CHỦ TỊCH", *(f"DÒNG CHỨC VỤ SỐ {n}" for n in range(10)))
    content = replace(COPY, pages=(letter_scan(foot_mm=110),), statement_on_last=True)
    tall = replace(content, issuing=replace(content.issuing, capacity=capacity))
    assert len(texts(render_copy(tall).content)) == 2


# -- seal and signature ----------------------------------------------------------------------------------


def test_seal_and_signature_are_drawn_with_words_for_who_cannot_see_them() -> None:
    content = render_receipt(replace(RECEIPT, issuing=replace(ISSUING, look=LOOK))).content
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        signature, seal = sorted(pdf.pages[0].images, key=lambda image: image["width"], reverse=True)
    assert seal["width"] / 72 * 25.4 == pytest.approx(36, abs=0.2)
    overlap = seal["x1"] - signature["x0"]
    assert overlap == pytest.approx(signature["width"] / 3, abs=1)
    assert alternative_texts(content) >= {
        "Hình chữ ký của Nguyễn Thị Mẫu",
        "Hình dấu của Ủy ban nhân dân xã Mẫu Sơn",
    }


@pytest.mark.parametrize("test", [True, False])
def test_pictures_of_a_test_paper_say_so(test: bool) -> None:
    issuing = replace(ISSUING, look=LOOK, test=test, signer_name="Trần Văn Thử")
    letters = printed_text(render_receipt(replace(RECEIPT, issuing=issuing)).content)
    assert letters.replace("MẪUSƠN", "").count("MẪU") == (2 if test else 0)


def test_no_line_ends_within_the_code() -> None:
    code = "SEN2-5P9E-Y8G6-G"
    issuing = replace(
        ISSUING, look=LOOK, short_code=code, verify_url=f"https://ct.xa-mau.example.vn/v/{code}"
    )
    for content in (
        render_receipt(replace(RECEIPT, issuing=issuing)),
        render_copy(replace(COPY, issuing=issuing)),
    ):
        last = texts(content.content)[-1]
        assert last.count(code) >= 2
        assert last.count("SEN2-") == last.count(code)


def test_a_seal_alone_is_drawn_too() -> None:
    issuing = replace(ISSUING, look=SignatureLook(seal=LOOK.seal))
    with pdfplumber.open(io.BytesIO(render_receipt(replace(RECEIPT, issuing=issuing)).content)) as pdf:
        assert len(pdf.pages[0].images) == 1


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
    short = replace(COPY, pages=(letter_scan(foot_mm=110),), statement_on_last=True)
    assert codes_on(render_copy(short).content) == {VERIFY_URL}


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
    with pytest.raises(GlyphMissingError, match="字漢"):
        render_receipt(replace(RECEIPT, audience="漢字"))
