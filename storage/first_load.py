"""The first delivery of a source: rows come in and fill tables that have no index yet; what could not go in
without looking, and what it grew by, comes out."""

from collections.abc import Iterator
from itertools import chain

from storage.deliveries import Winners, batches
from storage.row_writing import writer
from storage.seen import Seen
from storage.source_rows import SourceRows
from verification.source import IncomingRecord

_BATCH = 2000
"""Rows a COPY: each waits for the server to have taken it."""
_MOST_WAITING = 20_000
"""Rows, about 2 kB each. A delivery that names so many records twice is no list of them."""


def fill(
    kept: SourceRows, rows: Iterator[IncomingRecord], winners: Winners, *, most_waiting: int = _MOST_WAITING
) -> tuple[int, Iterator[IncomingRecord]]:
    """By how many live records the copy grew, and the rows that must be put in when there are indexes.

    A row of a record that may have come before waits, and so do all later ones of that record: which of them
    counts is found as in any delivery, in the order they came.
    """
    seen, write, grown = Seen(), writer(kept.connection, kept.tables, unseen=True), 0
    waiting: list[IncomingRecord] = []
    for batch in batches(rows, _BATCH):
        new: list[IncomingRecord] = []
        for row in batch:
            (waiting if seen.before(row.record.record_id) else new).append(row)
        kept.add(new, write)
        grown += winners.new(new)
        if len(waiting) >= most_waiting:
            break
    return grown, chain(waiting, rows)
