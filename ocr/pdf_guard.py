"""A PDF's bytes in, nothing out: refuses pages built to exhaust time or memory before anything draws them."""

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

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
from ocr.pdf_fonts import check_fonts
from ocr.pdf_paint import check_paint

# What one page may draw, all its forms counted as often as they are drawn. A page of print has 0.2 MB, a
# detailed map some 20 MB.
_MOST_DRAWN_BYTES = 64 * 1024 * 1024
# How often the largest allowed picture may be drawn on one page; 500 times took 35 s.
_MOST_PICTURES = 20
# LZW can grow a thousandfold and has no decoder here that stops in time.
_MOST_LZW_BYTES = 256 * 1024
_MOST_ANNOTATIONS = 10_000
_DEEPEST = 20
_NODES_A_PAGE = 20
_A4 = 595.0 * 842.0
_DRAWS = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")


def check(content: bytes, limits: Limits) -> None:
    """Look at every page's content and at the pictures it draws, without drawing.

    1. There are pages, and not too many; they are counted here, for libraries make a page of every mention.
    2. No stream unpacks past the bound (a small file that unpacks to gigabytes), nor all of a page together.
    3. No form draws itself, and forms that draw forms stay within the bound when multiplied out; looks of
    annotations count as forms. 4. No picture declares more pixels than a page may have, nor do all that are
    drawn together have many times as many. 5. No pattern, shading or font takes hours. Raises the errors of
    `ocr.errors`.
    """
    with guarded_pdf(content) as opened:
        _check_tree(opened.Root.get("/Pages"), limits)
        if len(opened.pages) == 0:
            raise NoPagesError
        if len(opened.pages) > limits.max_pages:
            raise TooManyPagesError
        for page in opened.pages:
            _Guard(limits).page(page.obj)


def drawn_bytes(content: bytes, index: int, limits: Limits) -> int:
    """How much page `index` (from 0) draws, in bytes of content with its forms multiplied out."""
    with guarded_pdf(content) as opened:
        return _Guard(limits).page(opened.pages[index].obj).size


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


def _check_tree(root: pikepdf.Object | None, limits: Limits) -> None:
    """Count the pages of a page tree without following it further than there may be pages."""
    waiting, branches, pages = [root], set[tuple[int, int]](), 0
    while waiting:
        node = waiting.pop()
        kids = node.get("/Kids") if isinstance(node, pikepdf.Dictionary) else None
        if node is None or not isinstance(kids, pikepdf.Array):
            pages += 1
        elif node.is_indirect and node.objgen in branches:
            raise FileDamagedError
        else:
            branches.add(node.objgen)
            _bound(len(kids) + len(waiting) + len(branches), limits)
            waiting.extend(list(kids))
        if pages > limits.max_pages:
            raise TooManyPagesError


def _bound(nodes: int, limits: Limits) -> None:
    if nodes > _NODES_A_PAGE * limits.max_pages:
        raise TooManyPagesError


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn: bytes of content, and pixels of pictures."""

    size: int = 0
    pixels: int = 0

    def plus(self, other: "_Drawn", times: int = 1) -> "_Drawn":
        return _Drawn(self.size + times * other.size, self.pixels + times * other.pixels)


class _Guard:
    """Measures one page; each form is unpacked once, however often it is drawn."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._known: dict[tuple[int, int], _Drawn] = {}
        self._being_measured: set[tuple[int, int]] = set()
        self._area = _A4

    def page(self, page: pikepdf.Object) -> _Drawn:
        contents = page.get("/Contents", pikepdf.Array())
        resources = _inherited(page, "/Resources")
        self._area = _area(_inherited(page, "/MediaBox"))
        parts, size = list[bytes](), 0
        for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
            parts.append(_unpacked(stream))
            size += len(parts[-1])
            self._bound(_Drawn(size))
        total = self._total(b"\n".join(parts), resources, depth=0)
        for look in _looks(page):
            total = self._bound(total.plus(self._drawn(look, resources, depth=0)))
        return total

    def _total(self, content: bytes, resources: pikepdf.Object | None, *, depth: int) -> _Drawn:
        if resources is not None:
            check_paint(resources, self._area)
            check_fonts(resources, _unpacked)
        drawable = (resources or pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
        total = _Drawn(len(content))
        for name, times in Counter(_DRAWS.findall(content)).items():
            drawn = drawable.get(f"/{name.decode('latin-1')}")
            if drawn is not None:
                total = self._bound(total.plus(self._drawn(drawn, resources, depth=depth), times))
        return total

    def _bound(self, drawn: _Drawn) -> _Drawn:
        if drawn.size > _MOST_DRAWN_BYTES or drawn.pixels > _MOST_PICTURES * self._limits.max_pixels:
            raise PageTooComplexError
        return drawn

    def _drawn(self, drawn: pikepdf.Object, outer: pikepdf.Object | None, *, depth: int) -> _Drawn:
        if drawn.get("/Subtype") == "/Image":
            return self._picture(drawn)
        if drawn.objgen in self._being_measured or depth > _DEEPEST:
            raise PageTooComplexError
        if drawn.objgen not in self._known:
            self._being_measured.add(drawn.objgen)
            inner = drawn.get("/Resources", outer)
            self._known[drawn.objgen] = self._total(_unpacked(drawn), inner, depth=depth + 1)
            self._being_measured.remove(drawn.objgen)
        return self._known[drawn.objgen]

    def _picture(self, picture: pikepdf.Object) -> _Drawn:
        pixels = 0
        for one in (picture, picture.get("/SMask"), picture.get("/Mask")):
            if isinstance(one, pikepdf.Stream):
                pixels = max(pixels, int(one.get("/Width", 0)) * int(one.get("/Height", 0)))
        if pixels > self._limits.max_pixels:
            raise PageTooLargeError
        return _Drawn(0, pixels)


def _inherited(page: pikepdf.Object, name: str) -> pikepdf.Object | None:
    """What stands in the page or, if nothing does, in the nearest branch above it (ISO 32000-1, 7.7.3.4)."""
    for _ in range(_DEEPEST):
        if name in page or "/Parent" not in page:
            break
        page = page.Parent
    return page.get(name)


def _area(box: pikepdf.Object | None) -> float:
    """In square points; readers take a page of no size for a sheet of paper."""
    corners = [float(value) for value in box] if isinstance(box, pikepdf.Array) and len(box) == 4 else []
    return (corners and abs((corners[2] - corners[0]) * (corners[3] - corners[1]))) or _A4


def _looks(page: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """How the annotations of the page look, in all their states."""
    annotations = page.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return
    if len(annotations) > _MOST_ANNOTATIONS:
        raise PageTooComplexError
    for each in annotations:
        look = (
            each.get("/AP", pikepdf.Dictionary()).get("/N") if isinstance(each, pikepdf.Dictionary) else None
        )
        states = [state for _, state in look.items()] if isinstance(look, pikepdf.Dictionary) else [look]
        yield from (state for state in states if isinstance(state, pikepdf.Stream))


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
