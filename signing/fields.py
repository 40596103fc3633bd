"""The signature fields of our papers: a PDF in; with its fields, with room for a value, with the value out.

Both fields exist before the first signature: a field added later would break the officer's
certification (DocMDP P=2 allows filling, not adding).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from signing.errors import NotPreparedError, RoomTooSmallError
from signing.increment import Revised, opened, reference, string, with_entries
from signing.model import AGENCY_FIELD, PERSON_FIELD

_READABLE = (
    (PERSON_FIELD, "Chữ ký số của người thực hiện chứng thực"),
    (AGENCY_FIELD, "Chữ ký số của cơ quan"),
)
_APPEND_ONLY = b"3"  # signatures exist, and only revisions may follow (ISO 32000-1, table 219)
_CERTIFIES = (
    b" /Reference [ << /Type /SigRef /TransformMethod /DocMDP"
    b" /TransformParams << /Type /TransformParams /V /1.2 /P 2 >> >> ]"
)
_RANGE_DIGITS = 44
"""Room for the byte range's numbers, which are known only when the revision is written."""
_BYTE_RANGE = re.compile(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]")


@dataclass(frozen=True, slots=True)
class Act:
    """Which field is filled, why and when; whether that certifies the document (DocMDP P=2)."""

    field: str
    reason: str
    at: datetime
    certifies: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """The place in the last revision that its signature leaves out: from `<` up to after `>`."""

    start: int
    end: int

    def digest(self, content: bytes) -> bytes:
        """SHA-256 of everything else."""
        whole = sha256(memoryview(content)[: self.start])
        whole.update(memoryview(content)[self.end :])
        return whole.digest()


def with_fields(content: bytes) -> bytes:
    """Add both fields, empty, invisible and named for screen readers (PDF/UA-1 7.18.1).

    Raises NotPreparedError when the PDF cannot be read or has a form already.
    """
    with opened(content) as revised:
        root, page = revised.pdf.Root, revised.pdf.pages[0].obj
        if "/AcroForm" in root:
            raise NotPreparedError("/AcroForm")
        form, fields = revised.new_number(), [revised.new_number() for _ in _READABLE]
        for number, (name, readable) in zip(fields, _READABLE, strict=True):
            revised.write(number, widget(name, readable, page))
        listed = b" ".join(map(reference, fields))
        annotations = [item.unparse() for item in page.get("/Annots", ())]
        everything = b" ".join([*annotations, listed])
        revised.write(form, b"<< /Fields [ %s ] /SigFlags 1 >>" % listed)
        revised.write(page.objgen[0], with_entries(page, Annots=b"[ %s ]" % everything))
        revised.write(root.objgen[0], with_entries(root, AcroForm=reference(form)))
        return content + revised.tail()


def widget(name: str, readable: str, page: Any) -> bytes:
    """An empty signature field of no size; flags: printed and locked (ISO 32000-1, table 165)."""
    return b"<< /FT /Sig /T %s /TU %s /Type /Annot /Subtype /Widget /F 132 /Rect [ 0 0 0 0 ] /P %s >>" % (
        string(name),
        string(readable),
        page.unparse(),
    )


def with_room(content: bytes, act: Act, room: int) -> bytes:
    """The next revision, in which the field has a signature whose value is `room` zero bytes.

    Raises NotPreparedError unless both fields are there and those up to this one are filled in order.
    """
    with opened(content) as revised:
        field = _next_field(revised, act.field)
        number = revised.new_number()
        revised.write(field.objgen[0], with_entries(field, V=reference(number)))
        revised.write(number, signature_dictionary(act, room))
        root = revised.pdf.Root
        if act.certifies:
            if "/Perms" in root:
                raise NotPreparedError("/Perms")
            form: Any = root["/AcroForm"]
            certified = b"<< /DocMDP %s >>" % reference(number)
            revised.write(form.objgen[0], with_entries(form, SigFlags=_APPEND_ONLY))
            revised.write(root.objgen[0], with_entries(root, Perms=certified))
        return with_byte_range(content, revised.tail())


def _next_field(revised: Revised, name: str) -> Any:
    fields = list(revised.pdf.Root["/AcroForm"]["/Fields"])
    found = [(str(field["/T"]), "/V" in field) for field in fields if field["/FT"] == "/Sig"]
    wanted = [(PERSON_FIELD, name != PERSON_FIELD), (AGENCY_FIELD, False)]
    if found != wanted or len(fields) != len(found):
        raise NotPreparedError(", ".join(f"{one}: {filled}" for one, filled in found))
    return fields[0 if name == PERSON_FIELD else 1]


def signature_dictionary(act: Act, room: int) -> bytes:
    """PAdES (ETSI EN 319 142-1, 6.3): the time stands here and not in the CMS."""
    return b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached%s /M %s /Reason %s%s >>" % (
        empty_value(room),
        b"(D:%s)" % act.at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode(),
        string(act.reason),
        _CERTIFIES if act.certifies else b"",
    )


def empty_value(room: int) -> bytes:
    """The entries that a value of `room` bytes and what it covers are written into."""
    return b" /ByteRange [0%s] /Contents <%s>" % (b" " * _RANGE_DIGITS, b"0" * 2 * room)


def with_byte_range(content: bytes, tail: bytes) -> bytes:
    """The file with the revision `tail`, which has one empty value, and what that will cover filled in."""
    head, blank, rest = tail.partition(b"/ByteRange [0%s]" % (b" " * _RANGE_DIGITS))
    start = len(content) + len(head) + len(blank) + rest.index(b"<")
    end = len(content) + len(head) + len(blank) + rest.index(b">") + 1
    numbers = b"/ByteRange [0 %d %d %d]" % (start, end, len(content) + len(tail) - end)
    return b"".join((content, head, numbers.ljust(len(blank)), rest))


def gap_of(content: bytes) -> Gap:
    """The gap of the signature in the last revision. Raises NotPreparedError unless it is one, covers the
    whole file and leaves out nothing but the value."""
    found = _BYTE_RANGE.match(content, max(0, content.rfind(b"/ByteRange [0 ")))
    if found is None:
        raise NotPreparedError("/ByteRange")
    start, end, rest = map(int, found.groups())
    whole = found.end() < start < end and end + rest == len(content)
    if not whole or content[start : start + 1] != b"<" or content.find(b">", start) != end - 1:
        raise NotPreparedError("/ByteRange")
    return Gap(start, end)


def with_value(content: bytes, value: bytes) -> bytes:
    """The value written into its room. Raises RoomTooSmallError; the rest is zeros."""
    gap = gap_of(content)
    room = gap.end - gap.start - 2
    if 2 * len(value) > room:
        raise RoomTooSmallError(f"{len(value)} > {room // 2}")
    return b"%s<%s>%s" % (content[: gap.start], value.hex().ljust(room, "0").encode(), content[gap.end :])


def value_of(content: bytes) -> bytes:
    """What stands in the room of the last revision, zeros included. Raises NotPreparedError."""
    gap = gap_of(content)
    try:
        return bytes.fromhex(content[gap.start + 1 : gap.end - 1].decode("ascii"))
    except ValueError as error:
        raise NotPreparedError("/Contents") from error
