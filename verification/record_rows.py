"""Rows of a delivery as they are read in; records and rejected rows, in the same order, out.

A block of rows may be parsed in another process: what it makes of them comes back as one message.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from verification.errors import RecordRowError
from verification.record_lines import json_object
from verification.record_values import PackedValues, packed
from verification.records import RowParser, named_in
from verification.source import IncomingRecord, RejectedRow, Source, SourceName, SourceRecord, SubjectKey

Row = tuple[int, Mapping[str, object] | str | RecordRowError]
"""A line number with its parsed object, with its line of NDJSON, or with why it is none."""
Parsed = IncomingRecord | RejectedRow
ParseRows = Callable[[Iterable[Row], Source, datetime], Iterator[Parsed]]
"""Rows, the source they are of and the moment they show, into what they are."""

_Good = tuple[int, str, str, str, datetime, bool, tuple[SubjectKey, ...], tuple[str, ...]]
_Bad = tuple[int, str, str, tuple[str, datetime] | None]
_Block = tuple[list[_Good], list[_Bad]]
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_Block)


def parse_rows(rows: Iterable[Row], source: Source, as_of: datetime) -> Iterator[Parsed]:
    """One after the other, here."""
    parser = RowParser(source, as_of)
    for line, row in rows:
        try:
            if isinstance(row, RecordRowError):
                raise row
            yield parser.parse(row, line)
        except RecordRowError as error:
            yield RejectedRow(line, error.code, error.detail, _speaks_of(row, source, as_of))


def _speaks_of(
    row: Mapping[str, object] | str | RecordRowError, source: Source, as_of: datetime
) -> tuple[str, datetime] | None:
    said = json_object(row) if isinstance(row, str) else row
    return None if isinstance(said, RecordRowError) else named_in(said, source, as_of=as_of)


# -- to another process and back ---------------------------------------------------------------------------


def parsed_block(rows: Sequence[Row], source: Source, as_of: datetime) -> bytes:
    """What `parse_rows` makes of them, as a message for `block_rows`."""
    good: list[_Good] = []
    bad: list[_Bad] = []
    for found in parse_rows(rows, source, as_of):
        if isinstance(found, RejectedRow):
            detail = found.detail.encode(errors="backslashreplace").decode()
            bad.append((found.line, found.code, detail, found.speaks_of))
        else:
            good.append(_sent(found))
    return _ENCODER.encode((good, bad))


def block_rows(message: bytes, source: SourceName) -> Iterator[Parsed]:
    """The records of a block, then its rejected rows."""
    good, bad = _DECODER.decode(message)
    for line, record_id, status, values, updated_at, deleted, keys, unknown in good:
        record = SourceRecord(source, record_id, status, PackedValues(values))
        yield IncomingRecord(record, keys, updated_at, deleted, line, unknown)
    for rejected in bad:
        yield RejectedRow(*rejected)


def _sent(row: IncomingRecord) -> _Good:
    record = row.record
    values = packed(record.values)
    return (
        row.line,
        record.record_id,
        record.status,
        values,
        row.updated_at,
        row.deleted,
        row.keys,
        row.unknown,
    )
