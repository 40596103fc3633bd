"""A line of NDJSON in; the object that stands in it, or why it is no row of a delivery, out."""

import json

from verification.errors import RecordRowError
from verification.record_text import old_encoding


def json_object(line: str) -> dict[str, object] | RecordRowError:
    """The object of a line; bytes that were no UTF-8 stand in it as lone surrogates."""
    if refused := not_unicode(line):
        return refused
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return RecordRowError("not a JSON object")
    return value if isinstance(value, dict) else RecordRowError("not a JSON object")


def not_unicode(text: str) -> RecordRowError | None:
    """Why a text that stood in a file as bytes is no row, if it is none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        name = old_encoding(text.encode("utf-8", "surrogateescape"))
        written = f"it is written in {name}" if name else "its encoding is not known"
        return RecordRowError(f"not UTF-8: {written}; convert the file first")
    return None
