"""Which row of a delivery counts: takes what is kept and what comes in, says which of the two stays."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import NamedTuple, TypeVar

from verification.source import IncomingRecord

T = TypeVar("T")


class Kept(NamedTuple):
    """What is known of a record that was delivered before: how new it is, and whether it was removed."""

    updated_at: datetime
    deleted: bool


def counts(incoming: IncomingRecord, kept: Kept | None) -> bool:
    """Whether a row replaces what is kept: the newer one does.

    At the same moment a removal wins over a record, so that no order of delivery brings a removed record
    back; and a record delivered again is written again, so that keys folded by newer rules reach the copy.
    """
    if kept is None or incoming.updated_at > kept.updated_at:
        return True
    return incoming.updated_at == kept.updated_at and (incoming.deleted or not kept.deleted)


def winners(rows: Iterable[IncomingRecord], kept: Mapping[str, Kept]) -> dict[str, IncomingRecord]:
    """Of a batch, the one row a record that counts, by record id."""
    known = dict(kept)
    won: dict[str, IncomingRecord] = {}
    for row in rows:
        record_id = row.record.record_id
        if counts(row, known.get(record_id)):
            known[record_id] = Kept(row.updated_at, row.deleted)
            won[record_id] = row
    return won


def growth(won: Mapping[str, IncomingRecord], kept: Mapping[str, Kept]) -> int:
    """By how many live records the copy grows when the winners are put in."""
    before = sum(1 for record_id in won if record_id in kept and not kept[record_id].deleted)
    return sum(1 for row in won.values() if not row.deleted) - before


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in lists of at most `size`, so that a delivery of any length is never held whole."""
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch
