"""What is taken in and what is refused, and with which code."""

import hashlib
import io
import zipfile
from collections.abc import Callable

import pillow_heif
import pytest

from ocr.errors import OcrError
from ocr.intake import take_in
from ocr.model import Limits, MediaType
from tests.ocr import hostile
from tests.ocr.drawing import as_bytes, blank_pdf, sheet, text_pdf


def code_of(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(OcrError) as refused:
        take_in(content, limits or Limits())
    return refused.value.code


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("JPEG", MediaType.JPEG),
        ("PNG", MediaType.PNG),
        ("WEBP", MediaType.WEBP),
        ("TIFF", MediaType.TIFF),
        ("PDF", MediaType.PDF),
    ],
)
def test_a_file_is_told_by_its_content(kind: str, media_type: MediaType) -> None:
    assert take_in(as_bytes(sheet(), kind), Limits()).media_type is media_type


def test_a_heic_photo_of_a_telephone_is_taken_in() -> None:
    stream = io.BytesIO()
    pillow_heif.from_pillow(sheet()).save(stream)
    assert take_in(stream.getvalue(), Limits()).media_type is MediaType.HEIC


def test_the_bytes_are_kept_as_they_came() -> None:
    content = text_pdf()
    document = take_in(content, Limits())
    assert document.content == content
    assert document.digest == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "EMPTY_FILE"),
        (hostile.truncated_jpeg, "FILE_DAMAGED"),
        (hostile.png_bomb, "PAGE_TOO_LARGE"),
        (hostile.large_png, "PAGE_TOO_LARGE"),
        (hostile.locked_pdf, "PDF_ENCRYPTED"),
        (hostile.cut_pdf, "FILE_DAMAGED"),
        (hostile.pdf_without_pages, "NO_PAGES"),
        (lambda: blank_pdf(51), "TOO_MANY_PAGES"),
        (lambda: hostile.tiff_of_pages(51), "TOO_MANY_PAGES"),
        (hostile.huge_page_pdf, "PAGE_TOO_LARGE"),
        (hostile.huge_picture_pdf, "PAGE_TOO_LARGE"),
        (hostile.unpacking_pdf, "PAGE_TOO_COMPLEX"),
        (hostile.doubling_pdf, "PAGE_TOO_COMPLEX"),
        (hostile.form_that_draws_itself_pdf, "PAGE_TOO_COMPLEX"),
        (hostile.page_tree_loop_pdf, "FILE_DAMAGED"),
        (lambda: b"%PDF-1.7 this is a text file that somebody named .pdf", "FILE_DAMAGED"),
        ("Kính gửi Ủy ban nhân dân xã".encode, "FILE_TYPE_NOT_ACCEPTED"),
        (lambda: as_bytes(sheet(), "GIF"), "FILE_TYPE_NOT_ACCEPTED"),
    ],
)
def test_a_bad_file_is_refused_with_its_code(make: Callable[[], bytes], code: str) -> None:
    assert code_of(make()) == code


def test_an_archive_that_holds_a_pdf_is_no_pdf() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("giay-khai-sinh.pdf", blank_pdf())
    assert code_of(stream.getvalue()) == "FILE_TYPE_NOT_ACCEPTED"


def test_a_file_past_the_limit_of_bytes_is_refused_before_it_is_looked_at() -> None:
    assert code_of(b"\xff\xd8\xff" + bytes(100), Limits(max_bytes=50)) == "FILE_TOO_LARGE"


def test_a_picture_past_the_limit_of_pixels_is_refused() -> None:
    assert code_of(as_bytes(sheet()), Limits(max_pixels=1_000_000)) == "PAGE_TOO_LARGE"


@pytest.mark.parametrize("cut", [3, 20, 100, 1000])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_file_cut_anywhere_gives_an_error_of_ours(kind: str, cut: int) -> None:
    assert code_of(as_bytes(sheet(), kind)[:cut]) in {"FILE_DAMAGED", "FILE_TYPE_NOT_ACCEPTED"}
