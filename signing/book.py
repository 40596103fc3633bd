"""The book as a print: its lines in, a PDF for the auditor or for the close of a year out.

PDF/A-2a and PDF/UA-1. It is signed by hand, or as any other file, after it was drawn: the service does not.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

import typst

from signing.errors import RenderError
from signing.fonts import font_book, undrawable
from signing.model import TEST_MARK
from signing.wording import day_in_words, in_hanoi, minute_and_day


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """The cells of one line; those of a cancelled one are struck, but for the last, which says why."""

    cells: tuple[str, ...]
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """`book` is its sign or its year, `part` what was left out; `signatures` asks for the lines in which
    the close of a year is signed. `test` puts TEST_MARK on every page."""

    agency: str
    place: str
    title: str
    book: str
    year: int
    columns: tuple[str, ...]
    lines: tuple[PrintedLine, ...]
    totals: tuple[tuple[str, str], ...]
    printed_at: datetime
    test: bool
    part: str = ""
    signatures: bool = False


@dataclass(frozen=True, slots=True)
class PrintedClose:
    """The close of a year: its totals with their labels, the kinds of paper with how many lines each."""

    agency: str
    place: str
    title: str
    year: int
    closed_at: datetime
    by: str
    totals: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    digest: str
    test: bool


def render_book(book: PrintedBook) -> bytes:
    """Draw it: A4 across, as many pages as it takes. Raises RenderError."""
    return _drawn("book.typ", _book_words(book), book.printed_at)


def render_close(close: PrintedClose) -> bytes:
    """Draw the confirmation of the close (khóa sổ), which is for signing: A4. Raises RenderError."""
    return _drawn("close.typ", _close_words(close), close.closed_at)


def _drawn(template: str, words: dict[str, Any], at: datetime) -> bytes:
    """A letter that the font lacks is written as its code: one odd name must not keep the book from an
    auditor."""
    sources = {"main.typ": _template(template), "frame.typ": _template("frame.typ")}
    try:
        pdf = typst.Compiler(font_paths=font_book()).compile(
            sources,  # type: ignore[type-var]  # a folder of virtual files; the stub lags behind
            sys_inputs={"content": _drawable(json.dumps(words, ensure_ascii=False))},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=in_hanoi(at).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise RenderError(error.message) from error
    if not isinstance(pdf, bytes):
        raise RenderError("typst gave no PDF")
    return pdf


def _drawable(text: str) -> str:
    for letter in undrawable(text):
        text = text.replace(letter, f"[U+{ord(letter):04X}]")
    return text


def _book_words(book: PrintedBook) -> dict[str, Any]:
    return {
        "issuing": {"agency": book.agency, "place": book.place, "number": "", "test": book.test},
        "test_mark": TEST_MARK,
        "title": book.title,
        "book": book.book,
        "year": str(book.year),
        "part": book.part,
        "columns": book.columns,
        "rows": [{"cells": line.cells, "cancelled": line.cancelled} for line in book.lines],
        "totals": book.totals,
        "printed_at": minute_and_day(book.printed_at),
        "day_in_words": day_in_words(book.printed_at),
        "signatures": book.signatures,
    }


def _close_words(close: PrintedClose) -> dict[str, Any]:
    return {
        "issuing": {"agency": close.agency, "place": close.place, "number": "", "test": close.test},
        "test_mark": TEST_MARK,
        "title": close.title,
        "year": str(close.year),
        "closed_at": minute_and_day(close.closed_at),
        "by": close.by,
        "totals": close.totals,
        "kinds": close.kinds,
        "digest": close.digest,
        "day_in_words": day_in_words(close.closed_at),
    }


def _template(name: str) -> bytes:
    return (files("signing") / "templates" / name).read_bytes()
