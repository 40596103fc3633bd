"""The resources of a PDF page in, nothing out: refuses fonts whose tables a reader unrolls without end."""

import re
from collections.abc import Callable, Iterator

import pikepdf

from ocr.errors import PageTooComplexError

# A glyph's number has two bytes (ISO 32000-1, 9.7.4.3): more widths than that are no widths.
_MOST_WIDTHS = 2 * 65_536
# All of Unicode once. pdfminer makes an entry of every code of a range: 23 GB for a range of four bytes.
_MOST_CODES = 1_200_000
_RANGE = re.compile(rb"<\s*([0-9a-fA-F\s]{1,40})>\s*<\s*([0-9a-fA-F\s]{1,40})>")
_RANGES = re.compile(rb"begin(?:cid|bf|notdef)range(.*?)end", re.DOTALL)

Unpack = Callable[[pikepdf.Object], bytes]
"""A stream's content, refused where it is too much."""


def check_fonts(resources: pikepdf.Object, unpack: Unpack) -> None:
    """Look at every font, whether or not it is used.

    Raises PageTooComplexError, and what pikepdf raises at a value of the wrong type.
    """
    for _, font in resources.get("/Font", pikepdf.Dictionary()).items():
        if not isinstance(font, pikepdf.Dictionary):
            continue
        for table in (font.get("/ToUnicode"), font.get("/Encoding")):
            if isinstance(table, pikepdf.Stream):
                _check_codes(unpack(table))
        for glyphs in _below(font):
            _check_widths(glyphs.get("/W"), 3)
            _check_widths(glyphs.get("/W2"), 5)


def _below(font: pikepdf.Object) -> Iterator[pikepdf.Object]:
    below = font.get("/DescendantFonts")
    for glyphs in list(below) if isinstance(below, pikepdf.Array) else []:
        if isinstance(glyphs, pikepdf.Dictionary):
            yield glyphs


def _check_widths(widths: pikepdf.Object | None, size: int) -> None:
    """A list of `first [w w …]`, and of `first last w` in groups of `size` numbers."""
    if not isinstance(widths, pikepdf.Array):
        return
    if len(widths) > _MOST_WIDTHS:
        raise PageTooComplexError
    total, numbers = 0, list[float]()
    for each in widths.as_list():
        if isinstance(each, pikepdf.Array):
            total, numbers = total + len(each), []
        else:
            numbers.append(float(each))
        if len(numbers) == size:
            total, numbers = total + max(int(numbers[1] - numbers[0]), 0), []
        if total > _MOST_WIDTHS:
            raise PageTooComplexError


def _check_codes(table: bytes) -> None:
    total = 0
    for ranges in _RANGES.findall(table):
        for first, last in _RANGE.findall(ranges):
            total += max(_number(last) - _number(first), 0)
            if total > _MOST_CODES:
                raise PageTooComplexError


def _number(code: bytes) -> int:
    return int(b"0" + b"".join(code.split()), 16)
