"""Every hostile file gets one sentence or a clean reading, soon; never anything else."""

import inspect
import time
import unicodedata
from collections.abc import Callable
from types import ModuleType

import pytest

from ocr import raster
from ocr.errors import OcrError
from ocr.intake import take_in
from ocr.model import Document, Limits, MediaType, PdfFinding
from ocr.pdf_findings import structure_findings
from ocr.pdf_unseen import unseen_text
from ocr.readers.text_layer import read_layer
from ocr.sandbox import SandboxedReader
from ocr.weights import Weights
from tests.ocr import hostile_pdfs, hostile_pictures
from tests.ocr.drawing import as_bytes, sheet

LIMITS = Limits()
SOON_S = 10.0
REFUSED = {
    "annotations_without_number_pdf": "PAGE_TOO_COMPLEX",
    "broken_stream_pdf": "FILE_DAMAGED",
    "drawing_by_formula": "FILE_TYPE_NOT_ACCEPTED",
    "empty_tiff": "FILE_DAMAGED",
    "everything_of_the_wrong_type_pdf": "FILE_DAMAGED",
    "heavy_annotation_pdf": "PAGE_TOO_COMPLEX",
    "jpeg_bomb": "PAGE_TOO_LARGE",
    "letters_without_end_pdf": "PAGE_TOO_COMPLEX",
    "many_large_streams_pdf": "PAGE_TOO_COMPLEX",
    "many_letters_pdf": "PAGE_TOO_COMPLEX",
    "many_samples_tiff": "FILE_DAMAGED",
    "nothing_but_zeros": "FILE_TYPE_NOT_ACCEPTED",
    "one_large_picture_many_times_pdf": "PAGE_TOO_COMPLEX",
    "one_page_again_and_again_pdf": "TOO_MANY_PAGES",
    "page_tree_of_ten_milliards_pdf": "FILE_DAMAGED",
    "page_tree_that_goes_down_for_ever_pdf": "FILE_DAMAGED",
    "pattern_of_a_milliard_tiles_pdf": "PAGE_TOO_COMPLEX",
    "pdf_in_an_email": "FILE_TYPE_NOT_ACCEPTED",
    "pdf_that_begins_as_a_picture": "FILE_DAMAGED",
    "printer_program": "FILE_TYPE_NOT_ACCEPTED",
    "profile_bomb_png": "FILE_DAMAGED",
    "resources_that_contain_themselves_pdf": "FILE_DAMAGED",
    "shading_by_a_slow_function_pdf": "PAGE_TOO_COMPLEX",
    "stream_without_end_pdf": "FILE_DAMAGED",
    "text_bomb_png": "FILE_DAMAGED",
    "tiff_bomb": "PAGE_TOO_LARGE",
    "tiff_of_ten_thousand_pages": "TOO_MANY_PAGES",
    "twice_packed_pdf": "PAGE_TOO_COMPLEX",
    "upright_widths_without_end_pdf": "PAGE_TOO_COMPLEX",
    "web_page": "FILE_TYPE_NOT_ACCEPTED",
    "webp_bomb": "PAGE_TOO_LARGE",
    "widths_without_end_pdf": "PAGE_TOO_COMPLEX",
}
"""What is refused; all others are one page, or the first."""
TOO_SLOW = {"strokes_without_number_pdf"}
"""What no look at the file tells, and only the clock ends."""


def made_by(*modules: ModuleType) -> list[Callable[[], bytes]]:
    """The functions without parameters that make a file."""
    found = [
        maker
        for module in modules
        for name, maker in vars(module).items()
        if inspect.isfunction(maker) and maker.__module__ == module.__name__ and name[0] != "_"
    ]
    return [
        maker for maker in found if inspect.signature(maker) == inspect.Signature(return_annotation=bytes)
    ]


MAKERS = [maker for maker in made_by(hostile_pdfs, hostile_pictures) if maker.__name__ not in TOO_SLOW]


def looked_over(document: Document) -> int:
    """How many pages it has, after all that is done to them before any is read."""
    pages = 0
    for pages, page in enumerate(raster.pages(document, LIMITS), 1):
        if document.media_type is MediaType.PDF:
            unseen_text(document.content, pages - 1, page.image)
            read_layer(document, pages - 1, LIMITS)
    if document.media_type is MediaType.PDF:
        structure_findings(document.content)
    return pages


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_hostile_file_gets_one_sentence_or_a_clean_reading_soon(make: Callable[[], bytes]) -> None:
    content, began = make(), time.monotonic()
    assert answer_to(content) == REFUSED.get(make.__name__, 1)
    assert time.monotonic() - began < SOON_S


def answer_to(content: bytes) -> str | int:
    """The code, or how many pages were looked over."""
    try:
        return looked_over(take_in(content, LIMITS))
    except OcrError as refused:
        return refused.code


def test_what_only_the_clock_ends_is_ended_by_it_and_the_next_paper_is_read(weights: Weights) -> None:
    reader = SandboxedReader.open(weights.folder, limits=LIMITS, seconds=3.0)
    endless = take_in(hostile_pdfs.strokes_without_number_pdf(), LIMITS)
    with pytest.raises(OcrError) as refused:
        reader.read(endless)
    assert refused.value.code == "READING_TOO_SLOW"
    assert reader.look(take_in(as_bytes(sheet()), LIMITS)).pages
    reader.close()


def layer_of(words: str) -> str:
    document = take_in(hostile_pdfs.marked_words_pdf(words), LIMITS)
    return " ".join(line.text for line in read_layer(document, 0, LIMITS))


@pytest.mark.parametrize(
    "mark", ["\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\u0007", "\u0000", "\ue000"]
)
def test_marks_that_print_cannot_show_are_dropped_from_a_text_layer(mark: str) -> None:
    assert layer_of(f"MA{mark}U") == "MAU"


def test_a_text_layer_of_loose_marks_comes_out_joined() -> None:
    assert layer_of(unicodedata.normalize("NFD", "Nguyễn")) == "Nguyễn"


def test_words_of_marks_alone_are_no_words() -> None:
    assert layer_of("\u202e\u202c") == ""


def test_names_of_scripts_that_go_round_are_found() -> None:
    found = structure_findings(hostile_pdfs.names_that_go_round_pdf())
    assert PdfFinding.EMBEDDED_FILE in found
