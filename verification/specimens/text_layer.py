"""A seed goes in, a birth certificate comes out as a PDF whose text layer tells the truth, hides, or lies."""

import io
from dataclasses import replace

import pikepdf

from ocr.model import MediaType
from verification.specimens.birth import draw_birth_certificate
from verification.specimens.changes import Change, name_letter
from verification.specimens.drawing import order_for
from verification.specimens.fileform import POINTS_PER_INCH, add_picture_page
from verification.specimens.model import Drawing, Grade, Order, Specimen
from verification.specimens.pdffont import PdfFont, embed
from verification.specimens.records import birth_records
from verification.specimens.sheet import MM_PER_INCH, Run, Sheet

KIND = "birth_certificate"
QUALITY = 92
POINTS_PER_MM = POINTS_PER_INCH / MM_PER_INCH
Face = tuple[str, int, bool]
"""Family, weight, italic."""


def birth_certificate_with_text_layer(seed: int) -> Specimen:
    """As an office program writes it: the print is text of the PDF itself, over a picture without text."""
    order = order_for(KIND, seed, Grade.CLEAN, None, None)
    printed = draw_birth_certificate(replace(order, inked=False))
    return specimen(order, printed, pdf_of(printed.sheet, printed.sheet, hidden=False), "text")


def birth_certificate_with_hidden_layer(seed: int) -> Specimen:
    """As a scanner with text recognition writes it: a picture of the paper, the same text unseen over it."""
    order = order_for(KIND, seed, Grade.CLEAN, None, None)
    drawing = draw_birth_certificate(order)
    return specimen(order, drawing, pdf_of(drawing.sheet, drawing.sheet, hidden=True), "hidden-text")


def birth_certificate_with_lying_layer(seed: int, *, change: Change = name_letter) -> Specimen:
    """A picture of the paper, and unseen over it the text of a paper that differs by the change.

    The truth is what the picture shows.
    """
    order = order_for(KIND, seed, Grade.CLEAN, None, None)
    drawing = draw_birth_certificate(order)
    other = draw_birth_certificate(replace(order, family=change(order.family)))
    return specimen(order, drawing, pdf_of(drawing.sheet, other.sheet, hidden=True), "lying-text")


def specimen(order: Order, drawing: Drawing, content: bytes, layer: str) -> Specimen:
    """The finished file with the truth of the drawing."""
    return Specimen(
        name=f"{KIND}-{order.seed:07d}-{layer}.pdf",
        content=content,
        media_type=MediaType.PDF.value,
        kind=KIND,
        group=None,
        truth=drawing.truth,
        records=birth_records(order, order.family),
        dpi=drawing.sheet.dpi,
    )


def pdf_of(picture: Sheet, written: Sheet, *, hidden: bool) -> bytes:
    """One page: the picture of one sheet, and what is written on the other as text, seen or not."""
    with pikepdf.new() as pdf:
        page = add_picture_page(pdf, picture.pixels(), QUALITY, picture.dpi)
        fonts = fonts_of(pdf, written)
        page.Resources.Font = pikepdf.Dictionary({f"/{font.name}": font.object for font in fonts.values()})
        lines = [line_of(run, fonts[face(run)], written.height, hidden=hidden) for run in written.runs]
        page.contents_add(("\n".join(lines)).encode("ascii"))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def face(run: Run) -> Face:
    """Which font file a run is written with."""
    return run.pen.family, run.pen.weight, run.pen.italic


def fonts_of(pdf: pikepdf.Pdf, sheet: Sheet) -> dict[Face, PdfFont]:
    """One font a face, with the letters the sheet uses of it."""
    letters: dict[Face, set[str]] = {}
    for run in sheet.runs:
        letters.setdefault(face(run), set()).update(run.text)
    return {
        each: embed(pdf, f"F{at}", *each, letters=frozenset(used))
        for at, (each, used) in enumerate(sorted(letters.items()))
    }


def line_of(run: Run, font: PdfFont, sheet_height: float, *, hidden: bool) -> str:
    """The operators that write a run: in its ink, as wide as on the sheet."""
    x, y = run.at[0] * POINTS_PER_MM, (sheet_height - run.at[1]) * POINTS_PER_MM
    wide = 100 * run.length * POINTS_PER_MM / (font.width(run.text) * run.pen.points)
    ink = " ".join(f"{part / 255:.3f}" for part in run.pen.ink)
    return (
        f"BT {3 if hidden else 0} Tr {ink} rg /{font.name} {run.pen.points:.3f} Tf {wide:.3f} Tz "
        f"{x:.3f} {y:.3f} Td <{font.codes(run.text)}> Tj ET"
    )
