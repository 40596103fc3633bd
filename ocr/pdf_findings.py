"""A PDF's bytes in, what it holds besides what its pages show out; nothing is changed, run or followed.

A finding is no fault: a signed e-document may well carry a file or a script. It is told so that an officer
knows that what is seen is not all.
"""

from collections.abc import Iterator

import pikepdf

from ocr.errors import OcrError
from ocr.model import PdfFinding
from ocr.pdf_guard import guarded_pdf

# Direct objects nest without numbers of their own; past this depth a file is built to exhaust its reader.
_DEEPEST = 12
_MOST_OBJECTS = 50_000
# Actions that reach outside the file or send something (ISO 32000-1, table 198).
_REACHING = ("/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition")
# Every PDF may have these; all others were put over a page after it was made (ISO 32000-1, table 169).
_PLAIN_ANNOTATIONS = ("/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet")
_LARGE = (pikepdf.Stream, pikepdf.Dictionary, pikepdf.Array)


def structure_findings(content: bytes) -> tuple[PdfFinding, ...]:
    """Layers switched off, scripts, actions, embedded files and annotations, in the order of the enum.

    Every object is looked at, whether or not a page leads to it. What cannot be looked at is a finding too.
    """
    found = set[PdfFinding]()
    try:
        with guarded_pdf(content) as opened:
            found.update(_of_catalogue(opened.Root))
            for number, held in enumerate(opened.objects):
                if number >= _MOST_OBJECTS:
                    found.add(PdfFinding.DAMAGED_PARTS)
                    break
                found.update(_of_object(held, _DEEPEST))
    except OcrError:
        found.add(PdfFinding.DAMAGED_PARTS)
    return in_order(found)


def in_order(found: set[PdfFinding]) -> tuple[PdfFinding, ...]:
    """As the enum lists them, each once."""
    return tuple(finding for finding in PdfFinding if finding in found)


def _of_catalogue(root: pikepdf.Object) -> Iterator[PdfFinding]:
    layers = root.get("/OCProperties", pikepdf.Dictionary()).get("/D", pikepdf.Dictionary())
    if len(layers.get("/OFF", pikepdf.Array())) or layers.get("/BaseState") == "/OFF":
        yield PdfFinding.HIDDEN_LAYER
    opens = root.get("/OpenAction")
    if isinstance(opens, pikepdf.Dictionary) and opens.get("/S") != "/GoTo":
        yield PdfFinding.ACTION
    if "/XFA" in root.get("/AcroForm", pikepdf.Dictionary()):
        yield PdfFinding.SCRIPT
    if len(root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles", pikepdf.Dictionary())):
        yield PdfFinding.EMBEDDED_FILE


def _of_object(held: object, depth: int) -> Iterator[PdfFinding]:
    """Of a numbered object and of the direct objects in it."""
    if depth == 0 or not isinstance(held, _LARGE):
        return
    if isinstance(held, pikepdf.Array):
        values = list(held.as_list())
    else:
        yield from _of_dictionary(held)
        values = [value for _, value in held.items()]
    for value in values:
        if isinstance(value, _LARGE) and not value.is_indirect:
            yield from _of_object(value, depth - 1)


def _of_dictionary(held: pikepdf.Object) -> Iterator[PdfFinding]:
    if "/JS" in held or held.get("/S") == "/JavaScript":
        yield PdfFinding.SCRIPT
    if "/AA" in held or held.get("/S") in _REACHING:
        yield PdfFinding.ACTION
    if "/EF" in held or held.get("/Subtype") == "/RichMedia":
        yield PdfFinding.EMBEDDED_FILE
    if _is_annotation(held) and held.get("/Subtype") not in _PLAIN_ANNOTATIONS:
        yield PdfFinding.ANNOTATION


def _is_annotation(held: pikepdf.Object) -> bool:
    """`/Type` is optional in an annotation; `/Subtype` and `/Rect` together are not (ISO 32000-1, 12.5.2)."""
    return held.get("/Type") == "/Annot" or ("/Subtype" in held and "/Rect" in held)
