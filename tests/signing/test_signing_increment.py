"""Revisions of our own, on PDFs written in one way and another."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from signing.certificate import render_receipt
from signing.errors import NotPreparedError
from signing.increment import opened, reference
from signing.model import PreparedPdf, UnsignedPdf
from signing.pades import prepare
from tests.signing import others
from tests.signing.conftest import Home
from tests.signing.contents import RECEIPT


def packed(content: bytes, mode: pikepdf.ObjectStreamMode = pikepdf.ObjectStreamMode.generate) -> bytes:
    with pikepdf.open(BytesIO(content)) as pdf:
        out = BytesIO()
        pdf.save(out, object_stream_mode=mode)
    return out.getvalue()


def locked(content: bytes) -> bytes:
    with pikepdf.open(BytesIO(content)) as pdf:
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user=""))
    return out.getvalue()


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return render_receipt(RECEIPT).content


@pytest.mark.parametrize("mode", [pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable])
def test_a_pdf_is_signed_whether_or_not_its_objects_are_packed(
    home: Home, unsigned: bytes, tmp_path: Path, mode: pikepdf.ObjectStreamMode
) -> None:
    other = packed(unsigned, mode)
    signed = home.sign(prepare(UnsignedPdf(other))).content
    assert signed.startswith(other)
    assert home.validate(signed).verdict == "VALID"
    assert all(one.bottom_line for one in others.by_pyhanko(signed, home.pki.anchor))
    assert others.by_pdfsig(signed, tmp_path).count("Signature is Valid") == 2


def test_cross_references_go_on_in_the_form_they_have(unsigned: bytes) -> None:
    other = packed(unsigned)
    added = prepare(UnsignedPdf(other)).content[len(other) :]
    assert b"/Type /XRef" in added
    assert b"trailer" not in added
    assert b"trailer" in prepare(UnsignedPdf(unsigned)).content[len(unsigned) :]


def test_annotations_that_were_there_stay(unsigned: bytes) -> None:
    with pikepdf.open(BytesIO(unsigned)) as pdf:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
        pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
        out = BytesIO()
        pdf.save(out)
    with pikepdf.open(BytesIO(prepare(UnsignedPdf(out.getvalue())).content)) as pdf:
        kinds = [str(one.Subtype) for one in pdf.pages[0].Annots]
    assert kinds == ["/Link", "/Widget", "/Widget"]


def test_nothing_that_a_second_parser_reads_was_lost(prepared_receipt: PreparedPdf, home: Home) -> None:
    signed = home.sign(prepared_receipt).content
    with pikepdf.open(BytesIO(signed), attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.Root.Names.EmbeddedFiles
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Metadata.read_bytes().startswith(b"<?xpacket")


def test_the_second_identifier_changes_and_the_first_stays(
    unsigned: bytes, prepared_receipt: PreparedPdf, home: Home
) -> None:
    identifiers = []
    for content in (unsigned, prepared_receipt.content, home.sign(prepared_receipt).content):
        with pikepdf.open(BytesIO(content)) as pdf:
            identifiers.append(tuple(bytes(one) for one in pdf.trailer.ID))
    assert len({first for first, _ in identifiers}) == 1
    assert len({second for _, second in identifiers}) == 3


def broken(unsigned: bytes) -> dict[str, bytes]:
    with pikepdf.open(BytesIO(unsigned)) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())
        out = BytesIO()
        pdf.save(out)
    return {
        "cut": unsigned[: len(unsigned) // 2],
        "garbage behind": unsigned + b"\ngarbage that is longer than a blank line or two, and then some more",
        "locked": locked(unsigned),
        "with a form": out.getvalue(),
        "empty": b"",
        "no identifier": b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\nxref\n0 3\n0000000000 65535 f \n"
        b"0000000009 00000 n \n0000000056 00000 n \ntrailer\n<</Size 3/Root 1 0 R>>\nstartxref\n105\n%%EOF",
    }


@pytest.mark.parametrize("how", ["cut", "garbage behind", "locked", "with a form", "empty", "no identifier"])
def test_what_is_broken_locked_or_has_a_form_is_not_prepared(unsigned: bytes, how: str) -> None:
    with pytest.raises(NotPreparedError):
        prepare(UnsignedPdf(broken(unsigned)[how]))


def test_a_revision_adds_what_is_written_and_nothing_else(unsigned: bytes) -> None:
    with opened(unsigned) as revised:
        number = revised.new_number()
        revised.write(number, b"(added)")
        longer = unsigned + revised.tail()
    with pikepdf.open(BytesIO(longer), attempt_recovery=False) as pdf:
        assert str(pdf.get_object(number, 0)) == "added"
        assert int(pdf.trailer.Size) == number + 1
    assert reference(number) == b"%d 0 R" % number
