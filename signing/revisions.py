"""A PDF's revisions as a second parser (qpdf) sees them: bytes in, byte ranges, forms and marks out.

It looks at the file apart from pyHanko, so that a file built to fool one parser meets another.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf

ByteRange = tuple[int, int, int, int]

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_CUT_SIGNATURE = re.compile(rb"/Contents\s*<30[0-9A-Fa-f]{400}")
_MAX_DEPTH = 30
_MAX_FIELDS = 5_000
_APPEND_ONLY = 2  # SigFlags bit 2, ISO 32000-1 table 219: set once something was signed


@dataclass(frozen=True, slots=True)
class Form:
    """One revision: its pages, the values of its plain fields, and the marks of its signature fields.

    `marks` holds a digest of each signature widget's place and appearance; `signed` and `empty` are
    names of signature fields; `flagged` is true where the catalog says "signed" (append-only flag,
    certification, validation data) whether or not a field does; `signature_ranges` are the byte
    ranges of signature dictionaries that no field needs to point at, `rights` those that grant
    usage rights (Reader-enabled forms) and sign nothing.
    """

    pages: int
    values: Mapping[str, str]
    marks: Mapping[str, str]
    signed: frozenset[str]
    empty: frozenset[str]
    flagged: bool
    signature_ranges: frozenset[ByteRange]
    rights: frozenset[ByteRange]


@dataclass(frozen=True, slots=True)
class Widget:
    """Where a signature field shows: page index, box in PDF points (left, bottom, right, top), and the
    upper left corner of the page."""

    field: str
    page: int
    box: tuple[float, float, float, float]
    corner: tuple[float, float]


def written_byte_ranges(content: bytes) -> frozenset[ByteRange]:
    """Every byte range that stands anywhere in the file, reachable or not."""
    return frozenset(
        (int(a), int(b), int(c), int(d))
        for a, b, c, d in (match.groups() for match in _BYTE_RANGE.finditer(content))
    )


def was_signed(content: bytes) -> bool:
    """True when a signature dictionary stands in the file, be it only its beginning."""
    return bool(_BYTE_RANGE.search(content) or _CUT_SIGNATURE.search(content))


def is_gap_a_signature(content: bytes, byte_range: ByteRange) -> bool:
    """True when the range starts at 0, stays inside the file and leaves out one hexadecimal string only."""
    start, length, resume, rest = byte_range
    if start != 0 or length <= 0 or resume <= length or resume + rest > len(content):
        return False
    gap = content[length:resume]
    return gap[:1] == b"<" and gap[-1:] == b">" and re.fullmatch(rb"[0-9A-Fa-f\s]*", gap[1:-1]) is not None


def signed_revision(content: bytes, byte_range: ByteRange) -> bytes:
    """The file as it was when that signature was made."""
    return content[: byte_range[2] + byte_range[3]]


def read_form(content: bytes) -> Form:
    """Raises pikepdf.PdfError for what qpdf cannot read (pikepdf.PasswordError when locked)."""
    with pikepdf.open(BytesIO(content)) as pdf:
        values: dict[str, str] = {}
        marks: dict[str, str] = {}
        filled: dict[str, bool] = {}
        for name, item in _terminal_fields(pdf):
            if item.get("/FT") == "/Sig" or _inherited(item, "/FT") == "/Sig":
                filled[name] = "/V" in item or filled.get(name, False)
                marks[name] = _digest([item.get("/Rect"), item.get("/AP"), item.get("/F")])
            else:
                values[name] = _shown_value(item)
        signed = frozenset(name for name, has in filled.items() if has)
        permissions = pdf.Root.get("/Perms", pikepdf.Dictionary())
        return Form(
            len(pdf.pages),
            values,
            marks,
            signed,
            empty=frozenset(filled) - signed,
            flagged=_flagged(pdf),
            signature_ranges=_ranges(pdf.objects),
            rights=_ranges([permissions.get("/UR3"), permissions.get("/UR")]),
        )


def signature_widgets(content: bytes) -> tuple[Widget, ...]:
    """Every signature widget that has a size, page by page. Raises as read_form."""
    with pikepdf.open(BytesIO(content)) as pdf:
        found = [
            _widget(item, index, page)
            for index, page in enumerate(pdf.pages)
            for item in page.obj.get("/Annots", pikepdf.Array())
            if isinstance(item, pikepdf.Dictionary) and _inherited(item, "/FT") == "/Sig"
        ]
    return tuple(one for one in found if one.box[0] < one.box[2] and one.box[1] < one.box[3])


def _widget(item: Any, index: int, page: pikepdf.Page) -> Widget:
    try:
        x0, y0, x1, y1 = (float(part) for part in item.get("/Rect", pikepdf.Array()))
    except (TypeError, ValueError):
        x0 = y0 = x1 = y1 = 0.0  # no rectangle, nothing to see
    box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    edges = [float(part) for part in page.cropbox]
    return Widget(_full_name(item), index, box, (edges[0], edges[3]))


def _full_name(item: Any) -> str:
    parts: list[str] = []
    for _ in range(_MAX_DEPTH):
        if "/T" in item:
            parts.insert(0, str(item["/T"]))
        item = item.get("/Parent")
        if not isinstance(item, pikepdf.Dictionary):
            break
    return ".".join(parts)


def _flagged(pdf: pikepdf.Pdf) -> bool:
    flags = pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/SigFlags", 0)
    certified = "/DocMDP" in pdf.Root.get("/Perms", pikepdf.Dictionary())
    return certified or "/DSS" in pdf.Root or bool(int(flags) & _APPEND_ONLY)


def _ranges(objects: Iterable[Any]) -> frozenset[ByteRange]:
    found = set()
    for item in objects:
        if isinstance(item, pikepdf.Dictionary) and "/ByteRange" in item:
            numbers = [int(part) for part in item["/ByteRange"]]
            if len(numbers) == 4:
                found.add((numbers[0], numbers[1], numbers[2], numbers[3]))
    return frozenset(found)


def _terminal_fields(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Each field without children that have names, with its full name; bounded, as loops can be built."""
    roots = pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields", pikepdf.Array())
    waiting = [(item, "", 0) for item in reversed(list(roots))]
    seen = 0
    while waiting and seen < _MAX_FIELDS:
        item, parent, depth = waiting.pop()
        seen += 1
        if not isinstance(item, pikepdf.Dictionary) or depth > _MAX_DEPTH:
            continue
        own = str(item.get("/T", ""))
        name = ".".join(part for part in (parent, own) if part)
        children = list(item.get("/Kids", pikepdf.Array()))
        waiting += [(child, name, depth + 1) for child in reversed(children)]
        if not children or "/V" in item:
            yield name, item


def _inherited(item: Any, key: str) -> Any:
    for _ in range(_MAX_DEPTH):
        if key in item:
            return item.get(key)
        item = item.get("/Parent")
        if not isinstance(item, pikepdf.Dictionary):
            return None
    return None


def _shown_value(item: Any) -> str:
    """The value and how it is drawn: a changed drawing over an unchanged value is a change, too."""
    value = _inherited(item, "/V")
    text = str(value) if isinstance(value, pikepdf.String | pikepdf.Name) else _digest([value])
    return f"{text}\0{_digest([item.get('/Rect'), item.get('/AP'), item.get('/AS')])}"


def _digest(values: list[Any]) -> str:
    out = sha256()
    seen: set[tuple[int, int]] = set()
    for value in values:
        _feed(out, value, seen, 0)
    return out.hexdigest()


def _feed(out: Any, value: Any, seen: set[tuple[int, int]], depth: int) -> None:
    """Everything a value leads to, streams included, but not back up to pages and parents."""
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if value.objgen in seen:
            return
        seen.add(value.objgen)
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, pikepdf.Stream):
        out.update(b"stream")
        out.update(value.read_raw_bytes())
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key in sorted(value.keys()):
            if key not in {"/P", "/Parent", "/StructParent", "/Length"}:
                out.update(key.encode())
                _feed(out, value.get(key), seen, depth + 1)
    elif isinstance(value, pikepdf.Array):
        for part in value:
            _feed(out, part, seen, depth + 1)
    else:
        out.update(repr(value).encode())
