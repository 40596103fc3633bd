"""The slip that asks the owner of a record to correct it: its content in, a PDF for print and post out.

It is signed by hand and proves nothing: no digital signature, no QR code.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

import typst

from signing.errors import RenderError
from signing.fonts import font_book, require_drawable
from signing.model import TEST_MARK
from signing.wording import day_in_words, in_hanoi, minute_and_day

_NOTHING = "[ ]"

Span = tuple[int, int]
"""From which letter, to before which letter of a text in NFC."""


@dataclass(frozen=True, slots=True)
class SlipField:
    """One field that differs, and the letters to mark on each side."""

    title: str
    paper: str
    record: str
    paper_differs: tuple[Span, ...] = ()
    record_differs: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipContent:
    """Who asks whom to correct what. `test` puts TEST_MARK on every page."""

    number: str
    at: datetime
    agency: str
    place: str
    owner: str
    source: str
    source_as_of: datetime
    record_id: str
    applicant: str
    officer: str
    dossier: str
    paper: str
    fields: tuple[SlipField, ...]
    note: str
    legal_basis: tuple[str, ...]
    test: bool


def render_slip(content: SlipContent) -> bytes:
    """Draw it: A4, as many pages as it takes. Raises GlyphMissingError naming the letters that the face
    lacks, and RenderError."""
    words = _words(content)
    require_drawable(words)
    sources = {"main.typ": _template("slip.typ"), "frame.typ": _template("frame.typ")}
    try:
        pdf = typst.Compiler(font_paths=font_book()).compile(
            sources,  # type: ignore[type-var]  # a folder of virtual files; the stub lags behind
            sys_inputs={"content": json.dumps(words, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=in_hanoi(content.at).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise RenderError(error.message) from error
    if not isinstance(pdf, bytes):
        raise RenderError("typst gave no PDF")
    return pdf


def _words(content: SlipContent) -> dict[str, Any]:
    issuing = {
        "number": content.number,
        "agency": content.agency,
        "place": content.place,
        "test": content.test,
    }
    return {
        "issuing": issuing,
        "test_mark": TEST_MARK,
        "day_in_words": day_in_words(content.at),
        "owner": content.owner,
        "source": content.source,
        "as_of": minute_and_day(content.source_as_of),
        "record_id": content.record_id,
        "applicant": content.applicant,
        "officer": content.officer,
        "dossier": content.dossier,
        "paper": content.paper,
        "fields": [_field(field) for field in content.fields],
        "note": content.note,
        "legal_basis": content.legal_basis,
    }


def _field(field: SlipField) -> dict[str, Any]:
    return {
        "title": field.title,
        "paper": list(_pieces(field.paper, field.paper_differs)),
        "record": list(_pieces(field.record, field.record_differs)),
    }


def _pieces(text: str, spans: tuple[Span, ...]) -> Iterator[dict[str, Any]]:
    """The text cut into runs. An empty span is shown as a mark for letters that only the other side has."""
    done = 0
    for start, stop in spans:
        yield {"text": text[done:start], "differs": False}
        yield {"text": text[start:stop] or _NOTHING, "differs": True}
        done = stop
    yield {"text": text[done:], "differs": False}


def _template(name: str) -> bytes:
    return (files("signing") / "templates" / name).read_bytes()
