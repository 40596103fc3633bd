"""What people do to a signed PDF: a good file in, a changed one out."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.revisions import signed_revision, written_byte_ranges

Attack = Callable[[bytes], bytes]


def flip_byte(content: bytes, position: int) -> bytes:
    """One bit of one byte changed."""
    return content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]


def update(content: bytes, change: Callable[[Any], None]) -> bytes:
    """One more revision, as an editor would save it."""
    writer: Any = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _field(writer: Any, name: str) -> Any:
    fields = [item.get_object() for item in writer.root["/AcroForm"]["/Fields"]]
    return next(field for field in fields if field["/T"] == name)


def draw_over_page(content: bytes) -> bytes:
    """A black box over the middle of page 1."""

    def change(writer: Any) -> None:
        stream = generic.StreamObject(stream_data=b"q 0 g 100 300 400 200 re f Q")
        writer.add_stream_to_page(0, writer.add_object(stream))

    return update(content, change)


def note_on_page(content: bytes) -> bytes:
    """A text annotation on page 1."""

    def change(writer: Any) -> None:
        note = generic.DictionaryObject(  # type: ignore[no-untyped-call]
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
                generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 300, 90))),
                generic.pdf_name("/Contents"): generic.pdf_string("Thêm vào sau"),
            }
        )
        writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))

    return update(content, change)


def say_nothing(content: bytes) -> bytes:
    """A revision that changes the document's title entry only."""

    def change(writer: Any) -> None:
        writer.root["/NewKey"] = generic.pdf_string("x")
        writer.update_root()

    return update(content, change)


def clear_field(content: bytes, field: str) -> bytes:
    """Take a signature out of its field, as some editors do."""

    def change(writer: Any) -> None:
        item = _field(writer, field)
        del item["/V"]
        writer.update_container(item)

    return update(content, change)


def drop_form(content: bytes) -> bytes:
    """Take the whole form out, so that no reader shows a signature."""

    def change(writer: Any) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    return update(content, change)


def move_widget(content: bytes, field: str) -> bytes:
    """Give an invisible signature a place on the page after the fact."""

    def change(writer: Any) -> None:
        item = _field(writer, field)
        item["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (50, 50, 200, 100)))
        writer.update_container(item)

    return update(content, change)


def rewrite(content: bytes) -> bytes:
    """Saved anew by another program: one revision, all offsets moved."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out)
    return out.getvalue()


def as_first_signed(content: bytes) -> bytes:
    """The file as it was after the first signature."""
    first = min(written_byte_ranges(content), key=lambda one: one[2] + one[3])
    return signed_revision(content, first)


def repeat_time_stamp(content: bytes) -> bytes:
    """The document time-stamp again, with its old byte range, in a new field at the end."""

    def change(writer: Any) -> None:
        form = writer.root["/AcroForm"]
        fields = [item.get_object() for item in form["/Fields"]]
        signed = (one for one in fields if one["/FT"] == "/Sig")
        old = next(one for one in signed if one["/V"]["/Type"] == "/DocTimeStamp")
        value = generic.DictionaryObject({key: old["/V"].raw_get(key) for key in old["/V"]})  # type: ignore[no-untyped-call]
        new = generic.DictionaryObject({key: old.raw_get(key) for key in old})  # type: ignore[no-untyped-call]
        new[generic.pdf_name("/T")] = generic.pdf_string("Lần nữa")
        new[generic.pdf_name("/V")] = writer.add_object(value)
        form["/Fields"].append(writer.add_object(new))
        writer.update_container(form["/Fields"])

    return update(content, change)
