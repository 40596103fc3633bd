"""What a command prints: one JSON document on standard output, words for people on standard error."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

OK, SOME_FAILED, USAGE, FAULT = 0, 1, 64, 70


def print_json(document: BaseModel | Mapping[str, Any]) -> None:
    """The one JSON document of a command."""
    data = (
        document.model_dump(mode="json", by_alias=True) if isinstance(document, BaseModel) else dict(document)
    )
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def print_line(text: str = "") -> None:
    """A line of the answer, for people."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """A word beside the answer: progress, a reason, a hint."""
    sys.stderr.write(text + "\n")


def progress(text: str) -> None:
    """Where long work stands; only a terminal sees it, and each word replaces the last."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def progress_done() -> None:
    """Clear the line of progress."""
    progress("")


def table(rows: list[list[str]]) -> list[str]:
    """Rows as columns, left aligned, two spaces between."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
