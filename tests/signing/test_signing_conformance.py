"""What PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask of a file and can be seen in it once signed.

It is no substitute for veraPDF; it holds what our own steps could break.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest

from signing.certificate import render_copy, render_receipt
from signing.model import Verdict
from signing.pades import prepare
from tests.signing.conftest import Home
from tests.signing.contents import COPY, ISSUING, LOOK, RECEIPT, letter_scan
from tests.signing.structure import elements


@pytest.fixture(scope="module")
def papers(home: Home) -> dict[str, bytes]:
    """Both products with pictures, transparent as they are, and signed twice."""
    issuing = replace(ISSUING, look=LOOK)
    copy = replace(COPY, pages=(letter_scan(foot_mm=130),), statement_on_last=True, issuing=issuing)
    made = {
        "receipt": render_receipt(replace(RECEIPT, issuing=issuing)),
        "added": render_copy(COPY),
        "last": render_copy(copy),
    }
    return {name: home.sign(prepare(pdf)).content for name, pdf in made.items()}


@pytest.fixture(params=["receipt", "added", "last"])
def paper(papers: dict[str, bytes], request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(papers[request.param])) as pdf:
        yield pdf


def test_it_claims_both_standards_in_metadata_that_are_not_packed(paper: pikepdf.Pdf) -> None:
    with paper.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
        assert xmp["dc:title"]
    assert "/Filter" not in paper.Root.Metadata


def test_it_has_an_output_intent_with_a_profile(paper: pikepdf.Pdf) -> None:
    [intent] = paper.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert len(intent.DestOutputProfile.read_bytes()) > 100


def test_every_font_is_embedded_and_maps_to_unicode(paper: pikepdf.Pdf) -> None:
    fonts = [o for o in paper.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
    composite = [font for font in fonts if font.Subtype == "/Type0"]
    assert composite
    for font in composite:
        [descendant] = font.DescendantFonts
        described = descendant.FontDescriptor
        assert "/FontFile2" in described or "/FontFile3" in described
        assert re.match(r"/[A-Z]{6}\+Tinos", str(font.BaseFont))
        assert "/ToUnicode" in font
    assert all(font.Subtype in ("/Type0", "/CIDFontType2") for font in fonts)


def test_nothing_in_it_runs_is_locked_or_points_outside(paper: pikepdf.Pdf) -> None:
    assert not paper.is_encrypted
    assert not {"/OpenAction", "/AA"} & set(paper.Root.keys())
    assert "/JavaScript" not in paper.Root.get("/Names", {})
    dictionaries = [o for o in paper.objects if isinstance(o, pikepdf.Dictionary)]
    assert not [o for o in dictionaries if o.get("/S") in ("/JavaScript", "/Launch", "/URI")]


def test_the_evidence_is_an_associated_file(paper: pikepdf.Pdf) -> None:
    [associated] = paper.Root.AF
    assert associated.AFRelationship == "/Data"
    assert associated.UF == "evidence.json"
    assert associated.EF.F.Subtype == "/application/json"


def test_it_is_tagged_in_vietnamese_and_shows_its_title(paper: pikepdf.Pdf) -> None:
    assert paper.Root.MarkInfo.Marked
    assert paper.Root.Lang == "vi-VN"
    assert paper.Root.ViewerPreferences.DisplayDocTitle
    assert all("/StructParents" in page for page in paper.pages)


def test_every_picture_has_words_and_headings_begin_at_one(papers: dict[str, bytes]) -> None:
    for content in papers.values():
        found = elements(content)
        assert all(alt for kind, alt in found if kind == "/Figure")
        headings = [kind for kind, _ in found if re.fullmatch(r"/H\d", kind)]
        assert headings[0] == "/H1"
        assert all(int(b[2]) <= int(a[2]) + 1 for a, b in pairwise(headings))


def test_signature_fields_are_named_invisible_and_keep_the_tab_order(paper: pikepdf.Pdf) -> None:
    fields = [field for field in paper.Root.AcroForm.Fields if field.FT == "/Sig"]
    assert len(fields) == 2
    for field in fields:
        assert str(field.TU)
        assert [float(edge) for edge in field.Rect] == [0, 0, 0, 0]
        assert int(field.F) & 4
    annotated = [page for page in paper.pages if "/Annots" in page]
    assert annotated
    assert all(page.get("/Tabs") == "/S" for page in annotated)


def test_transparent_pictures_are_masked_and_not_smoothed(papers: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(papers["receipt"])) as pdf:
        images = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        masked = [image for image in images if "/SMask" in image]
        assert len(masked) == 2
        assert all("/Interpolate" not in image or not image.Interpolate for image in images)


def test_what_is_drawn_in_real_size_with_pictures_is_valid_once_signed(
    home: Home, papers: dict[str, bytes]
) -> None:
    assert {name: home.validate(content).verdict for name, content in papers.items()} == dict.fromkeys(
        papers, Verdict.VALID
    )
