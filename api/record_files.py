"""A file of a delivery in (NDJSON or CSV, also packed); what it says of itself and its rows, or why a row is
none, out."""

import csv
import gzip
import hashlib
import io
import json
import zlib
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO

from verification.delivery import Header, agreed, header_in
from verification.errors import DeliveryCutError, DeliveryHeaderError, RecordRowError
from verification.record_lines import json_object, not_unicode
from verification.record_rows import Row
from verification.record_text import encoding_of
from verification.records import from_dotted

_MAX_LINE = 1_000_000
"""Letters. A record has some thousand; a longer line is skipped without being held."""
_MAX_HEADER = 100_000
_MOST_NAME = 80
_CHUNK = 1024 * 1024
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)
BESIDE = ".delivery.json"
"""Of a CSV, which has no place for it: what it says of itself lies beside it, its name with this ending."""


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file that can be read again from its beginning: once for what it says, once for its rows.

    `beside` is what lies beside it, `{"delivery": {…}}` as text.
    """

    content: IO[bytes]
    csv: bool = False
    packed: bool = False
    beside: str | None = None

    def header(self) -> Header:
        """What the delivery says of itself; nothing when it has no such line.

        Raises DeliveryHeaderError, DeliveryCutError.
        """
        inside = None if self.csv else self._first_line()
        return agreed(inside or Header(), _beside(self.beside) if self.beside is not None else Header())

    def _first_line(self) -> Header | None:
        try:
            with self._text() as stream:
                _, row = next(_json_rows(stream), (0, None))
        except (*_DAMAGED, UnicodeDecodeError) as error:
            raise DeliveryCutError from error
        return header_in(json_object(row) if isinstance(row, str) else row)

    def digest(self) -> str:
        """The SHA-256 of what was packed. Raises DeliveryCutError."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The bytes, unpacked. Raises DeliveryCutError."""
        self.content.seek(0)
        raw = self._unpacked() if self.packed else self.content
        try:
            while chunk := raw.read(_CHUNK):
                yield chunk
        except _DAMAGED as error:
            raise DeliveryCutError from error

    def rows(self) -> Generator[Row, None, None]:
        """As `rows_of`; close it before the file. Raises DeliveryCutError."""
        with self._text() as stream:
            yield from rows_of(stream, "rows.csv" if self.csv else "rows.ndjson")

    def _unpacked(self) -> gzip.GzipFile:
        # Without its mode it takes that of the file, and a spooled one can be written.
        return gzip.GzipFile(fileobj=self.content, mode="rb")

    @contextmanager
    def _text(self) -> Iterator[IO[str]]:
        """Bytes that are no UTF-8 stay visible as lone surrogates, row by row."""
        self.content.seek(0)
        raw = io.BufferedReader(self._unpacked()) if self.packed else self.content
        try:
            encoding = encoding_of(raw.read(4))
        except _DAMAGED as error:
            raise DeliveryCutError from error
        raw.seek(0)
        errors = "strict" if encoding == "utf-16" else "surrogateescape"
        stream = io.TextIOWrapper(raw, encoding, errors, newline="")
        try:
            yield stream
        finally:
            stream.detach()  # closing it would close the file


@contextmanager
def record_file(path: Path) -> Iterator[RecordFile]:
    """The file under this path, by the endings of its name. Raises OSError."""
    beside = path.with_name(path.name + BESIDE)
    with path.open("rb") as content:
        yield RecordFile(
            content,
            csv=".csv" in path.suffixes,
            packed=path.suffix == ".gz",
            beside=_start_of(beside) if beside.exists() else None,
        )


def _start_of(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as stream:
        return stream.read(_MAX_HEADER)


def _beside(text: str) -> Header:
    try:
        found = header_in(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise DeliveryHeaderError("what lies beside is no JSON object") from error
    if found is None:
        raise DeliveryHeaderError("what lies beside does not say delivery")
    return found


def rows_of(stream: IO[str], name: str) -> Iterator[Row]:
    """Line by line; a line that is no object is a rejected row, not an end. A header is no row.

    Raises DeliveryCutError: the file ends in the middle, so whatever was read of it must not be kept.
    """
    try:
        if ".csv" in Path(name).suffixes:
            yield from _csv_rows(stream)
            return
        rows = _json_rows(stream)
        first = [row for row in islice(rows, 1) if not _is_header(row)]
        yield from chain(first, rows)
    except (*_DAMAGED, UnicodeDecodeError) as error:
        raise DeliveryCutError from error


def _is_header(row: Row) -> bool:
    found = json_object(row[1]) if isinstance(row[1], str) else row[1]
    return not isinstance(found, RecordRowError) and set(found) == {"delivery"}


def _json_rows(stream: IO[str]) -> Iterator[Row]:
    """Lines as they stand: whoever parses them reads their JSON too. Only the last one may be cut."""
    for number, line in _lines(stream):
        if isinstance(line, RecordRowError) or line.endswith("\n"):
            yield number, line
            continue
        row = json_object(line)
        if isinstance(row, RecordRowError):
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
    if twice := [name for name, count in Counter(filter(None, head)).items() if count > 1]:
        raise DeliveryHeaderError(f"two columns are called {twice[0][:_MOST_NAME]!a}")
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
    if refused := not_unicode("\n".join(cells)):
        return refused
    try:
        return from_dotted(dict(zip(head, cells, strict=True)))
    except RecordRowError as error:
        return error
