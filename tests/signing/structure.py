"""What a PDF says of its own structure: bytes in, its structure elements and their words out."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf


def elements(content: bytes) -> list[tuple[str, str | None]]:
    """Every structure element: its type and its alternative text."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [(str(e.S), str(e.Alt) if "/Alt" in e else None) for e in _below(pdf.Root.StructTreeRoot)]


def alternative_texts(content: bytes) -> set[str]:
    """The alternative texts of all figures."""
    return {alt for kind, alt in elements(content) if kind == "/Figure" and alt}


def _below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    children: Any = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _below(child)
