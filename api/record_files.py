"""A file of a delivery in (NDJSON or CSV, also .gz); its rows with their lines, or why a row is none, out."""

import csv
import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from verification.errors import DeliveryCutError, RecordRowError
from verification.record_text import encoding_of, old_encoding
from verification.records import from_dotted
from verification.workflow.synchronise import Row

_MAX_LINE = 1_000_000
"""Letters. A record has some thousand; a longer line is skipped without being held."""


def opened(path: Path) -> IO[str]:
    """The text of the file; bytes that are no UTF-8 stay visible as lone surrogates, row by row."""
    encoding = _encoding(path)
    errors = "strict" if encoding == "utf-16" else "surrogateescape"
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding=encoding, errors=errors, newline="")
    return path.open(encoding=encoding, errors=errors, newline="")


def rows_of(stream: IO[str], name: str) -> Iterator[Row]:
    """Line by line; a line that is no object is a rejected row, not an end.

    Raises DeliveryCutError: the file ends in the middle, so whatever was read of it must not be kept.
    """
    try:
        yield from _csv_rows(stream) if ".csv" in Path(name).suffixes else _json_rows(stream)
    except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise DeliveryCutError from error


def _encoding(path: Path) -> str:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return encoding_of(file.read(4))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DeliveryCutError from error


def _json_rows(stream: IO[str]) -> Iterator[Row]:
    for number, line in _lines(stream):
        row = line if isinstance(line, RecordRowError) else _object(line)
        if isinstance(row, RecordRowError) and isinstance(line, str) and not line.endswith("\n"):
            raise DeliveryCutError
        yield number, row


def _lines(stream: IO[str]) -> Iterator[tuple[int, str | RecordRowError]]:
    number = 0
    while line := stream.readline(_MAX_LINE):
        number += 1
        if len(line) == _MAX_LINE and not line.endswith("\n"):
            while (rest := stream.readline(_MAX_LINE)) and not rest.endswith("\n"):
                continue
            yield number, RecordRowError(f"longer than {_MAX_LINE} letters")
        elif line.strip():
            yield number, line


def _csv_rows(stream: IO[str]) -> Iterator[Row]:
    ends: list[bool] = []
    reader = csv.reader(_watched(stream, ends))
    head = next(reader, [])
    before = reader.line_num
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield before + 1, RecordRowError(f"not a CSV row: {error}")
            before = reader.line_num
            continue
        if cells is None:
            return
        row = _nested(head, cells)
        if isinstance(row, RecordRowError) and not ends[-1]:
            raise DeliveryCutError
        if cells:
            yield before + 1, row
        before = reader.line_num


def _watched(stream: IO[str], ends: list[bool]) -> Iterator[str]:
    """The lines; `ends` holds whether the last one was complete."""
    for line in stream:
        ends[:] = [line.endswith(("\n", "\r"))]
        yield line


def _nested(head: list[str], cells: list[str]) -> dict[str, object] | RecordRowError:
    if len(cells) != len(head):
        return RecordRowError(f"{len(cells)} cells where the head names {len(head)}")
    if refused := _not_unicode("\n".join(cells)):
        return refused
    try:
        return from_dotted(dict(zip(head, cells, strict=True)))
    except RecordRowError as error:
        return error


def _object(line: str) -> dict[str, object] | RecordRowError:
    if refused := _not_unicode(line):
        return refused
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return RecordRowError("not a JSON object")
    return value if isinstance(value, dict) else RecordRowError("not a JSON object")


def _not_unicode(text: str) -> RecordRowError | None:
    try:
        text.encode()
    except UnicodeEncodeError:
        name = old_encoding(text.encode("utf-8", "surrogateescape"))
        written = f"it is written in {name}" if name else "its encoding is not known"
        return RecordRowError(f"not UTF-8: {written}; convert the file first")
    return None
