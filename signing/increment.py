"""Revisions appended to a PDF: its bytes and the objects that change in, the bytes of the next revision out.

Everything before stays as it is, byte for byte (ISO 32000-1, 7.5.6). Objects are read by qpdf, so that it
does not matter how the PDF was written.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf

from signing.errors import NotPreparedError

_END = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_END_WITHIN = 64
_ENTRY = b"%010d 00000 n \n"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a revision ends, as far as the next one must go on from it."""

    cross_references: int
    """Where the last ones begin."""
    as_stream: bool
    size: int
    """The first object number that is free."""
    trailer: bytes
    """The entries that every trailer repeats."""


class Revised:
    """A PDF opened to be read, and the objects of the revision to come, as they are to be written."""

    def __init__(self, content: bytes, pdf: pikepdf.Pdf) -> None:
        self.content, self.pdf = content, pdf
        self._ending = _ending(content, pdf)
        self._objects: dict[int, bytes] = {}
        self._next = self._ending.size

    def new_number(self) -> int:
        """Of an object that is to be added."""
        self._next += 1
        return self._next - 1

    def write(self, number: int, text: bytes) -> None:
        """What object `number` is from this revision on."""
        self._objects[number] = text

    def tail(self) -> bytes:
        """The bytes of the revision."""
        return _tail(self.content, self._objects, self._ending, self._next)


@contextmanager
def opened(content: bytes) -> Iterator[Revised]:
    """Raises NotPreparedError for what is broken, locked or no PDF at all."""
    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise NotPreparedError("encrypted")
            yield Revised(content, pdf)
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotPreparedError(str(error)) from error


def text_of(value: Any) -> bytes:
    """An object as it is written, references within it kept."""
    return bytes(value.unparse(resolved=True))


def with_entries(dictionary: Any, **entries: bytes) -> bytes:
    """A dictionary as it is written, with these entries instead of any it has under their names."""
    for name in entries:
        if f"/{name}" in dictionary:
            del dictionary[f"/{name}"]
    added = b" ".join(b"/%s %s" % (name.encode(), value) for name, value in entries.items())
    return text_of(dictionary)[:-2] + added + b" >>"


def string(text: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2)."""
    if text.isascii() and text.isalnum():
        return b"(%s)" % text.encode()
    return b"<%s>" % (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode()


def reference(number: int) -> bytes:
    """An indirect reference."""
    return b"%d 0 R" % number


def _ending(content: bytes, pdf: pikepdf.Pdf) -> Ending:
    found = _END.search(content, max(0, len(content) - _END_WITHIN))
    if found is None:
        raise NotPreparedError("startxref")
    trailer: Any = pdf.trailer
    kept = [(name, trailer.get(name)) for name in ("/Root", "/Info") if name in trailer]
    entries = [b"%s %s" % (name.encode(), value.unparse()) for name, value in kept]
    entries.append(b"/ID [ %s " % trailer["/ID"][0].unparse())
    at = int(found[1])
    return Ending(at, not content.startswith(b"xref", at), int(trailer["/Size"]), b" ".join(entries))


def _tail(content: bytes, objects: Mapping[int, bytes], ending: Ending, size: int) -> bytes:
    parts = [b"" if content.endswith(b"\n") else b"\n"]
    at, places = len(content) + len(parts[0]), {}
    for number, text in objects.items():
        places[number] = at
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, text))
        at += len(parts[-1])
    # The second identifier changes with every revision (14.4).
    identifier = sha256(content[-4096:] + b"".join(parts)).hexdigest()[:32].encode()
    trailer = b"%s<%s> ] /Prev %d" % (ending.trailer, identifier, ending.cross_references)
    if ending.as_stream:
        places[size] = at
        parts.append(_cross_reference_stream(size, places, trailer))
    else:
        parts.append(_cross_reference_table(size, places, trailer))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join(parts)


def _cross_reference_table(size: int, places: Mapping[int, int], trailer: bytes) -> bytes:
    sections = b"".join(
        b"%d %d\n" % (first, len(run)) + b"".join(_ENTRY % places[number] for number in run)
        for first, run in _runs(places)
    )
    return b"xref\n%strailer\n<< /Size %d %s >>\n" % (sections, size, trailer)


def _cross_reference_stream(number: int, places: Mapping[int, int], trailer: bytes) -> bytes:
    """Object `number` is the stream itself (ISO 32000-1, 7.5.8)."""
    rows = b"".join(b"\x01" + places[one].to_bytes(5, "big") + b"\0" for one in sorted(places))
    index = b" ".join(b"%d %d" % (first, len(run)) for first, run in _runs(places))
    head = b"/Type /XRef /Size %d /W [ 1 5 1 ] /Index [ %s ] /Length %d" % (number + 1, index, len(rows))
    return b"%d 0 obj\n<< %s %s >>\nstream\n%s\nendstream\nendobj\n" % (number, head, trailer, rows)


def _runs(places: Mapping[int, int]) -> list[tuple[int, list[int]]]:
    """The numbers in runs without a gap, each with its first."""
    runs: list[tuple[int, list[int]]] = []
    for number in sorted(places):
        if runs and runs[-1][1][-1] + 1 == number:
            runs[-1][1].append(number)
        else:
            runs.append((number, [number]))
    return runs
