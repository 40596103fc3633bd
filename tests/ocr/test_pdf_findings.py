"""What a PDF holds besides what its pages show."""

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from ocr import raster
from ocr.intake import take_in
from ocr.model import DocumentReading, Limits, PdfFinding, Pixels
from ocr.pdf_findings import structure_findings
from ocr.pdf_unseen import unseen_text
from ocr.reading import PaperReader
from tests.ocr.drawing import blank_pdf, changed_pdf, saved, text_pdf

Change = Callable[[pikepdf.Pdf], None]
SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert('MẪU')")


def with_change(change: Change) -> bytes:
    with pikepdf.new() as opened:
        opened.add_blank_page(page_size=(300, 300))
        change(opened)
        return saved(opened)


def hidden_layer(opened: pikepdf.Pdf) -> None:
    layer = opened.make_indirect(Dictionary(Type=Name.OCG, Name="MẪU"))
    opened.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def opening_script(opened: pikepdf.Pdf) -> None:
    opened.Root.OpenAction = SCRIPT


def named_script(opened: pikepdf.Pdf) -> None:
    opened.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", SCRIPT])))


def page_action(opened: pikepdf.Pdf) -> None:
    opened.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.URI, URI="https://example.invalid/"))


def launching_link(opened: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F="a.exe")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    opened.pages[0].obj.Annots = Array([link])


def attached_file(opened: pikepdf.Pdf) -> None:
    opened.attachments["mau.txt"] = pikepdf.AttachedFileSpec(opened, b"MAU")


def text_put_over_the_page(opened: pikepdf.Pdf) -> None:
    note = Dictionary(Subtype=Name.FreeText, Rect=Array([50, 50, 150, 90]), Contents="MẪU")
    opened.pages[0].obj.Annots = Array([note])


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (hidden_layer, PdfFinding.HIDDEN_LAYER),
        (opening_script, PdfFinding.SCRIPT),
        (named_script, PdfFinding.SCRIPT),
        (page_action, PdfFinding.ACTION),
        (launching_link, PdfFinding.ACTION),
        (attached_file, PdfFinding.EMBEDDED_FILE),
        (text_put_over_the_page, PdfFinding.ANNOTATION),
    ],
)
def test_what_a_page_does_not_show_is_found(change: Change, finding: PdfFinding) -> None:
    assert finding in structure_findings(with_change(change))


@pytest.mark.parametrize("make", [blank_pdf, text_pdf])
def test_a_plain_pdf_has_no_findings(make: Callable[[], bytes]) -> None:
    assert structure_findings(make()) == ()


def test_a_file_whose_objects_cannot_be_listed_is_a_finding() -> None:
    assert structure_findings(b"%PDF-1.7\n") == (PdfFinding.DAMAGED_PARTS,)


def page_that_draws(content: bytes, colour: bytes = b"1 1 1 rg") -> bytes:
    """A page of one colour with these words on it."""
    with pikepdf.new() as opened:
        opened.add_blank_page(page_size=(300, 300))
        face = opened.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        opened.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=face))
        ground = colour + b" 0 0 300 300 re f "
        opened.pages[0].obj.Contents = opened.make_stream(ground + b"BT /F 14 Tf " + content + b" ET")
        return saved(opened)


def drawn(content: bytes) -> Pixels:
    return next(raster.pages(take_in(content, Limits()), Limits())).image


@pytest.mark.parametrize(
    ("words", "findings"),
    [
        (b"0 g 20 200 Td (MAU SPECIMEN) Tj", set()),
        (b"3 Tr 20 200 Td (MAU SPECIMEN) Tj", {PdfFinding.INVISIBLE_TEXT}),
        (b"1 g 20 200 Td (MAU SPECIMEN) Tj", {PdfFinding.INVISIBLE_TEXT}),
        (b"1 g 20 200 Td (MAU) Tj", set()),
        (b"0 g 20 -40 Td (MAU SPECIMEN) Tj", {PdfFinding.OFF_PAGE_TEXT}),
        (b"0 g 400 200 Td (MAU SPECIMEN) Tj", {PdfFinding.OFF_PAGE_TEXT}),
    ],
)
@pytest.mark.parametrize("rotate", [0, 90])
def test_words_that_nobody_sees_are_found(words: bytes, findings: set[PdfFinding], rotate: int) -> None:
    content = changed_pdf(page_that_draws(words), rotate=rotate)
    assert unseen_text(content, 0, drawn(content)) == findings


def test_white_words_on_a_dark_ground_are_seen() -> None:
    content = page_that_draws(b"1 g 20 200 Td (MAU SPECIMEN) Tj", colour=b"0 0 0.4 rg")
    assert unseen_text(content, 0, drawn(content)) == frozenset()


def test_words_under_a_patch_are_not_seen() -> None:
    content = page_that_draws(b"0 g 20 200 Td (MAU SPECIMEN) Tj ET 1 g 0 150 300 100 re f BT")
    assert unseen_text(content, 0, drawn(content)) == {PdfFinding.INVISIBLE_TEXT}


def test_findings_come_with_the_reading_and_the_bytes_stay(paper_reader: PaperReader) -> None:
    content = with_change(attached_file)
    reading = paper_reader.read(take_in(content, Limits()), both=False)
    assert reading.findings == (PdfFinding.EMBEDDED_FILE,)
    assert reading.document.content == content


def test_a_picture_has_no_findings(form_reading: DocumentReading) -> None:
    assert form_reading.findings == ()
