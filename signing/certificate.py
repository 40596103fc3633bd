"""The two papers a commune issues: what a certificate says in, an unsigned PDF/A-3a with its evidence out.

The recipe is the one that veraPDF passed in trials: typst, PDF/A-3a and PDF/UA-1 in one file, the evidence
attached, everything visible drawn in the page.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.resources import files
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
import zxingcpp

from signing.copy_layout import PagePlan, plan_copy
from signing.errors import RenderError
from signing.fonts import font_book, require_drawable
from signing.model import (
    TEST_MARK,
    CopyContent,
    DrawnPicture,
    Issuing,
    ReceiptContent,
    SignatureLook,
    UnsignedPdf,
)
from signing.pages import page_count
from signing.wording import day_in_words, in_hanoi, minute_and_day, signing_time

_DENSITIES = (1.0, 0.92, 0.84, 0.76)
"""Type scales tried until a receipt fits on one page; the last is still 8.4 pt."""
_ROOM_MM = 262


def render_receipt(content: ReceiptContent) -> UnsignedPdf:
    """Draw the no-copy receipt: A4, one page unless it holds more than fits at 8.4 pt.

    Safe to call from several threads. Raises GlyphMissingError naming the letters that the face lacks, and
    RenderError.
    """
    words: dict[str, Any] = {
        "paper": content.paper,
        "subject": content.subject,
        "source": content.source,
        "source_as_of": minute_and_day(content.source_as_of),
        "record": content.record,
        "compared_at": minute_and_day(content.compared_at) if content.compared_at else None,
        "confirmed": content.confirmed,
        "procedure": content.procedure,
        "audience": content.audience,
        "legal_basis": content.legal_basis,
    }
    pdf = b""
    for density in _DENSITIES[_first_density(content) :]:
        pdf = _compile("receipt.typ", content.issuing, {**words, "density": density}, {})
        if page_count(pdf) == 1:
            break
    return UnsignedPdf(pdf)


def _first_density(content: ReceiptContent) -> int:
    """Which to try first: an export costs 11 ms, a guess nothing. The numbers are measured ones."""
    facts = (content.audience, content.procedure, content.paper, content.source + " " * 40, content.record)
    lines = len(content.confirmed) / (2 if len(content.confirmed) > 8 else 1) + len(content.subject)
    lines += sum(ceil(len(fact) / 64) for fact in facts) + sum(ceil(len(b) / 95) for b in content.legal_basis)
    height = 173 + 4.9 * lines
    fits = (n for n, density in enumerate(_DENSITIES[:-1]) if height * density <= _ROOM_MM)
    return next(fits, len(_DENSITIES) - 1)


def render_copy(content: CopyContent) -> UnsignedPdf:
    """Draw the electronic certified copy: each original page on an A4 page, and the statement.

    The statement follows the form annexed to NĐ 23/2015; the block at the upper right of page 1
    follows NĐ 30/2020 (form of copy, agency, signing time). The encoded scans are embedded as they are.
    Raises GlyphMissingError and RenderError.
    """
    if not content.pages:
        raise RenderError("a copy has at least one page")
    if any(min(scan.dpi, scan.width, scan.height) <= 0 for scan in content.pages):
        raise RenderError("a page scan needs a size and a resolution")
    plan = plan_copy(content.pages, statement_on_last=content.statement_on_last)
    names = [_file_name(scan.content) for scan in content.pages]
    numbered = iter(enumerate(names, 1))
    words = {
        "paper": content.paper,
        "book": content.book,
        "legal_basis": content.legal_basis,
        "count": len(names),
        "pages": [_page_words(page, numbered) for page in plan.pages],
        "room": asdict(plan.room) if plan.room else None,
    }
    scans = {name: scan.content for name, scan in zip(names, content.pages, strict=True)}
    pdf = _compile("copy.typ", content.issuing, words, scans)
    _let_go_of_pictures()
    return UnsignedPdf(pdf)


def _let_go_of_pictures() -> None:
    """Typst keeps what it decoded, 26 MB a page at 300 dpi, until some further papers were made without it.
    Three empty ones (3 ms) keep the process below 300 MB instead of 600."""
    for _ in range(3):
        typst.Compiler(font_paths=font_book()).compile(b"")


def _page_words(page: PagePlan, numbered: Iterator[tuple[int, str]]) -> dict[str, Any]:
    scans = []
    for place, (number, name) in zip(page.scans, numbered, strict=False):
        scans.append({"place": asdict(place), "number": number, "file": name})
    return {**asdict(page), "scans": scans}


def _file_name(content: bytes) -> str:
    # Named by content: typst may remember a file by its path.
    return f"{sha256(content).hexdigest()}.{'png' if content.startswith(_PNG) else 'jpg'}"


_PNG = b"\x89PNG"


def _compile(
    template: str, issuing: Issuing, words: Mapping[str, Any], pictures: Mapping[str, bytes]
) -> bytes:
    content = {**words, **_shared_words(issuing)}
    require_drawable(content)
    inputs = {"content": json.dumps(content, ensure_ascii=False), "evidence": _as_text(issuing.evidence)}
    sources = {
        "main.typ": _template(template),
        "frame.typ": _template("frame.typ"),
        "qr.svg": _qr_svg(issuing.verify_url),
    }
    try:
        with _folder({**pictures, **_look_files(issuing.look)}) as root:
            # A compiler of its own for each paper, for one is no place for two threads; what is worth
            # keeping, the fonts, is shared, and making one costs nothing that can be measured.
            pdf = typst.Compiler(font_paths=font_book()).compile(
                sources,  # type: ignore[type-var]  # a folder of virtual files; the stub lags behind
                sys_inputs=inputs,
                pdf_standards=["a-3a", "ua-1"],
                root=root,
                timestamp=in_hanoi(issuing.issued_at).replace(microsecond=0),
            )
    except typst.TypstError as error:
        raise RenderError(error.message) from error
    if not isinstance(pdf, bytes):
        raise RenderError("typst gave no PDF")
    return pdf


@contextmanager
def _folder(pictures: Mapping[str, bytes]) -> Iterator[str | None]:
    """Typst takes pictures from files only; they lie in a private folder while it works."""
    if not pictures:
        yield None
        return
    with TemporaryDirectory(prefix="signing-") as name:
        for file, content in pictures.items():
            (Path(name) / file).write_bytes(content)
        yield name


def _shared_words(issuing: Issuing) -> dict[str, Any]:
    day = day_in_words(issuing.issued_at)
    return {
        "issuing": {
            "number": issuing.number,
            "agency": issuing.agency,
            "place": issuing.place,
            "signer_name": issuing.signer_name,
            "capacity": issuing.capacity,
            "verify_url": issuing.verify_url,
            "short_code": issuing.short_code,
            "test": issuing.test,
            "look": _look_words(issuing.look),
        },
        "test_mark": TEST_MARK,
        "day_in_words": day,
        "day_capital": day[0].upper() + day[1:],
        "signed_at": signing_time(issuing.issued_at),
    }


def _look_words(look: SignatureLook) -> dict[str, Any] | None:
    if look.signature is None and look.seal is None:
        return None
    return {"signature": _picture_words(look.signature), "seal": _picture_words(look.seal)}


def _picture_words(picture: DrawnPicture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    return {
        "file": _file_name(picture.content),
        "width": picture.width_mm,
        "height": picture.height_mm,
    }


def _look_files(look: SignatureLook) -> dict[str, bytes]:
    return {_file_name(p.content): p.content for p in (look.signature, look.seal) if p}


def _as_text(evidence: bytes) -> str:
    try:
        return evidence.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RenderError("the evidence must be JSON in UTF-8") from error


@cache
def _template(name: str) -> bytes:
    return (files("signing") / "templates" / name).read_bytes()


def _qr_svg(url: str) -> bytes:
    """Level M with a quiet zone: reads from a crumpled print on a phone."""
    code = zxingcpp.create_barcode(url, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return str(code.to_svg(add_quiet_zones=True)).encode()
