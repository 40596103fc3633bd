"""Rows of a delivery as they are read in; records and rejected rows, in the same order, out.

A block of rows may be parsed in another process: what it makes of them comes back as one message.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from verification.errors import RecordRowError
from verification.record_text import old_encoding
from verification.record_values import PackedValues, packed
from verification.records import parse_row
from verification.source import IncomingRecord, RejectedRow, Source, SourceName, SourceRecord, SubjectKey

Row = tuple[int, Mapping[str, object] | str | RecordRowError]
"""A line number with its parsed object, with its line of NDJSON, or with why it is none."""
Parsed = IncomingRecord | RejectedRow
ParseRows = Callable[[Iterable[Row], Source, datetime], Iterator[Parsed]]
"""Rows, the source they are of and the moment they show, into what they are."""

_Key = tuple[str | None, str | None, str | None]
_Good = tuple[int, str, str, str, datetime, bool, list[_Key], list[str]]
_Bad = tuple[int, str, str]
_Block = tuple[list[_Good], list[_Bad]]
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_Block)


def parse_rows(rows: Iterable[Row], source: Source, as_of: datetime) -> Iterator[Parsed]:
    """One after the other, here."""
    for line, row in rows:
        try:
            yield parse_row(_object(row), source, as_of=as_of, line=line)
        except RecordRowError as error:
            yield RejectedRow(line, error.code, error.detail)


def json_object(line: str) -> dict[str, object] | RecordRowError:
    """A line of NDJSON, or why it is no row."""
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return _closer_look(line)
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


def _closer_look(line: str) -> dict[str, object] | RecordRowError:
    """Python's own reader takes what the quick one does not: half a surrogate, a number that is none."""
    if refused := not_unicode(line):
        return refused
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return RecordRowError("not a JSON object")
    return value if isinstance(value, dict) else RecordRowError("not a JSON object")


def _object(row: Mapping[str, object] | str | RecordRowError) -> Mapping[str, object]:
    found = json_object(row) if isinstance(row, str) else row
    if isinstance(found, RecordRowError):
        raise found
    return found


# -- to another process and back ---------------------------------------------------------------------------


def parsed_block(rows: Sequence[Row], source: Source, as_of: datetime) -> bytes:
    """What `parse_rows` makes of them, as a message for `block_rows`."""
    good: list[_Good] = []
    bad: list[_Bad] = []
    for found in parse_rows(rows, source, as_of):
        if isinstance(found, RejectedRow):
            bad.append((found.line, found.code, found.detail.encode(errors="backslashreplace").decode()))
        else:
            good.append(_sent(found))
    return _ENCODER.encode((good, bad))


def block_rows(message: bytes, source: SourceName) -> Iterator[Parsed]:
    """The records of a block, then its rejected rows."""
    good, bad = _DECODER.decode(message)
    for line, record_id, status, values, updated_at, deleted, keys, unknown in good:
        record = SourceRecord(source, record_id, status, PackedValues(values))
        found = tuple([SubjectKey(*key) for key in keys])
        yield IncomingRecord(record, found, updated_at, deleted, line, tuple(unknown))
    for rejected in bad:
        yield RejectedRow(*rejected)


def _sent(row: IncomingRecord) -> _Good:
    record = row.record
    keys = [(key.number, key.birth_date, key.name_key) for key in row.keys]
    values, unknown = packed(record.values), list(row.unknown)
    return row.line, record.record_id, record.status, values, row.updated_at, row.deleted, keys, unknown
