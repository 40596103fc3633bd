"""The two papers a commune issues: what a certificate says in, an unsigned PDF/A-3a with its evidence out."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
import zxingcpp

from signing.errors import RenderError
from signing.fonts import font_book
from signing.model import TEST_MARK, CopyContent, Issuing, PageScan, ReceiptContent, UnsignedPdf
from signing.pages import page_count
from signing.wording import day_in_words, in_hanoi, minute_and_day, signing_time

_DENSITIES = (1.0, 0.92, 0.84, 0.76)
"""Type scales tried until a receipt fits on one page; the last is still 7.6 pt."""

_POINTS_PER_INCH = 72


def render_receipt(content: ReceiptContent) -> UnsignedPdf:
    """Draw the no-copy receipt: A4, one page unless it holds more than fits at 7.6 pt.

    Raises RenderError, e.g. for a letter that the fonts lack.
    """
    words: dict[str, Any] = {
        "paper": content.paper,
        "subject": content.subject,
        "source": content.source,
        "source_as_of": minute_and_day(content.source_as_of),
        "confirmed": content.confirmed,
        "procedure": content.procedure,
        "audience": content.audience,
        "legal_basis": content.legal_basis,
    }
    pdf = b""
    for density in _DENSITIES:
        pdf = _compile("receipt.typ", content.issuing, words, extra={"density": str(density)})
        if page_count(pdf) == 1:
            break
    return UnsignedPdf(pdf)


def render_copy(content: CopyContent) -> UnsignedPdf:
    """Draw the electronic certified copy: each original page on an A4 page, then the statement.

    The statement follows the form annexed to NĐ 23/2015; the block at the upper right of page 1
    follows NĐ 30/2020 (form of copy, agency, signing time). Raises RenderError.
    """
    if not content.pages:
        raise RenderError("a copy has at least one page")
    with _scan_folder(content.pages) as (folder, scans):
        words = {
            "paper": content.paper,
            "book": content.book,
            "legal_basis": content.legal_basis,
            "pages": scans,
        }
        return UnsignedPdf(_compile("copy.typ", content.issuing, words, root=folder))


@contextmanager
def _scan_folder(pages: tuple[PageScan, ...]) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Typst takes pictures from files only; they lie in a private folder while it works."""
    with TemporaryDirectory(prefix="signing-") as name:
        folder = Path(name)
        yield folder, [_write_scan(folder, page) for page in pages]


def _write_scan(folder: Path, scan: PageScan) -> dict[str, Any]:
    if min(scan.dpi, scan.width, scan.height) <= 0:
        raise RenderError("a page scan needs a size and a resolution")
    suffix = "png" if scan.content.startswith(b"\x89PNG") else "jpg"
    # Named by content: typst may remember a file by its path.
    name = f"{sha256(scan.content).hexdigest()}.{suffix}"
    (folder / name).write_bytes(scan.content)
    return {
        "file": name,
        "width_pt": scan.width / scan.dpi * _POINTS_PER_INCH,
        "height_pt": scan.height / scan.dpi * _POINTS_PER_INCH,
        "landscape": scan.width > scan.height,
    }


def _compile(
    template: str,
    issuing: Issuing,
    words: Mapping[str, Any],
    *,
    extra: Mapping[str, str] | None = None,
    root: Path | None = None,
) -> bytes:
    inputs = {
        "content": json.dumps({**words, **_shared_words(issuing)}, ensure_ascii=False),
        "evidence": _as_text(issuing.evidence),
        **(extra or {}),
    }
    sources = {"main.typ": _template(template), "frame.typ": _template("frame.typ")}
    sources["qr.svg"] = _qr_svg(issuing.verify_url)
    try:
        pdf = typst.Compiler(font_paths=font_book()).compile(
            sources,  # type: ignore[type-var]  # a folder of virtual files; the stub lags behind
            sys_inputs=inputs,
            pdf_standards=["a-3a", "ua-1"],
            root=str(root) if root else None,
            timestamp=in_hanoi(issuing.issued_at).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise RenderError(error.message) from error
    if not isinstance(pdf, bytes):
        raise RenderError("typst gave no PDF")
    return pdf


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
        },
        "test_mark": TEST_MARK,
        "day_in_words": day,
        "day_capital": day[0].upper() + day[1:],
        "signed_at": signing_time(issuing.issued_at),
    }


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
