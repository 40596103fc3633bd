"""A PDF's bytes in, nothing out: refuses pages built to exhaust time or memory before anything draws them."""

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf

from ocr.errors import (
    FileDamagedError,
    NoPagesError,
    PageTooComplexError,
    PageTooLargeError,
    PdfEncryptedError,
    TooManyPagesError,
)
from ocr.model import Limits

# What one page may draw, all its forms counted as often as they are drawn. A page of print has 0.2 MB, a
# detailed map some 20 MB.
_MOST_DRAWN_BYTES = 64 * 1024 * 1024
# LZW can grow a thousandfold and has no decoder here that stops in time.
_MOST_LZW_BYTES = 256 * 1024
_DEEPEST = 20
_DRAWS = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")


def check(content: bytes, limits: Limits) -> None:
    """Look at every page's content and at the pictures it draws, without drawing.

    1. There are pages, and not too many. 2. No stream unpacks past the bound (a small file that unpacks
    to gigabytes). 3. No form draws itself, and forms that draw forms stay within the bound when multiplied
    out. 4. No picture declares more pixels than a page may have. Raises the errors of `ocr.errors`.
    """
    with guarded_pdf(content) as opened:
        if len(opened.pages) == 0:
            raise NoPagesError
        if len(opened.pages) > limits.max_pages:
            raise TooManyPagesError
        for page in opened.pages:
            _Guard(limits).page(page.obj)


def drawn_bytes(content: bytes, index: int, limits: Limits) -> int:
    """How much page `index` (from 0) draws, in bytes of content with its forms multiplied out."""
    with guarded_pdf(content) as opened:
        return _Guard(limits).page(opened.pages[index].obj)


@contextmanager
def guarded_pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            yield opened
    except pikepdf.PasswordError as locked:
        raise PdfEncryptedError from locked
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError) as broken:
        # A key of the wrong type in a broken file comes out of pikepdf as any of these.
        raise FileDamagedError from broken


class _Guard:
    """Measures one page; each form is unpacked once, however often it is drawn."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._known: dict[tuple[int, int], int] = {}
        self._being_measured: set[tuple[int, int]] = set()

    def page(self, page: pikepdf.Object) -> int:
        contents = page.get("/Contents", pikepdf.Array())
        streams = contents if isinstance(contents, pikepdf.Array) else [contents]
        content = b"\n".join(_unpacked(stream) for stream in streams)
        return self._total(content, page.get("/Resources"), depth=0)

    def _total(self, content: bytes, resources: pikepdf.Object | None, *, depth: int) -> int:
        drawable = (resources or pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
        total = len(content)
        for name, times in _counted(_DRAWS.findall(content)).items():
            drawn = drawable.get(f"/{name.decode('latin-1')}")
            if drawn is not None:
                total += times * self._drawn(drawn, resources, depth=depth)
            if total > _MOST_DRAWN_BYTES:
                raise PageTooComplexError
        return total

    def _drawn(self, drawn: pikepdf.Object, outer: pikepdf.Object | None, *, depth: int) -> int:
        if drawn.get("/Subtype") == "/Image":
            if int(drawn.get("/Width", 0)) * int(drawn.get("/Height", 0)) > self._limits.max_pixels:
                raise PageTooLargeError
            return 0
        if drawn.objgen in self._being_measured or depth > _DEEPEST:
            raise PageTooComplexError
        if drawn.objgen not in self._known:
            self._being_measured.add(drawn.objgen)
            inner = drawn.get("/Resources", outer)
            self._known[drawn.objgen] = self._total(_unpacked(drawn), inner, depth=depth + 1)
            self._being_measured.remove(drawn.objgen)
        return self._known[drawn.objgen]


def _counted(names: list[bytes]) -> dict[bytes, int]:
    return {name: names.count(name) for name in set(names)}


def _unpacked(stream: pikepdf.Object) -> bytes:
    """The stream's content; refused before it is unpacked when that would pass the bound."""
    filters = stream.get("/Filter", pikepdf.Array())
    names = [str(each) for each in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    packed = stream.read_raw_bytes()
    if any(name in ("/LZWDecode", "/LZW") for name in names) and len(packed) > _MOST_LZW_BYTES:
        raise PageTooComplexError
    for name in names:
        if name not in ("/FlateDecode", "/Fl"):
            break
        packed = _inflated(packed)
    return bytes(stream.read_bytes())


def _inflated(packed: bytes) -> bytes:
    try:
        inflated = zlib.decompressobj().decompress(packed, _MOST_DRAWN_BYTES + 1)
    except zlib.error:
        # A broken stream: what readers make of it is not longer than what could be inflated.
        return b""
    if len(inflated) > _MOST_DRAWN_BYTES:
        raise PageTooComplexError
    return inflated
