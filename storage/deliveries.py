"""Which row of a delivery counts: takes what is kept and what comes in, says which of the two stays."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple, TypeVar

from verification.source import CONFLICTING, DOUBTFUL, Change, IncomingRecord, SourceRecord, Tally

T = TypeVar("T")


class Kept(NamedTuple):
    """What is known of a record that was delivered before: how new it is, and whether it was removed.

    `record` is what it says, known where a row of the same moment is to be compared with it.
    """

    updated_at: datetime
    deleted: bool
    record: SourceRecord | None = None


class Winners:
    """Chooses, batch by batch, the rows that count, and counts what all rows do.

    `watched` are the ids of records that something rests on: those of them that change are noted.
    `full_as_of` is the moment of a full load: what it names lives then, even if it was removed before; and
    `latest`, that nothing was loaded of a later one: what it names in the old words is doubted no longer.
    """

    def __init__(
        self,
        watched: frozenset[str] = frozenset(),
        full_as_of: datetime | None = None,
        *,
        latest: bool = True,
    ) -> None:
        self._full_as_of = full_as_of
        self._cures = full_as_of is not None and latest
        self._removed_now: dict[str, datetime] = {}
        self._counts: Counter[Change] = Counter()
        self._conflicts: list[int] = []
        self._watched = watched
        self._touched: set[str] = set()

    def of(self, rows: Iterable[IncomingRecord], kept: Mapping[str, Kept]) -> dict[str, IncomingRecord]:
        """Of a batch, the one row a record that counts, by record id."""
        known = dict(kept)
        won: dict[str, IncomingRecord] = {}
        for row in rows:
            record_id = row.record.record_id
            change = self._change(row, known.get(record_id))
            self._counts[change] += 1
            if change is Change.OLDER:
                continue
            if change is not Change.UNCHANGED and record_id in self._watched:
                self._touched.add(record_id)
            if change is Change.CONFLICTING:
                self._conflicts.append(row.line)
            counted = _in_doubt(row) if change is Change.CONFLICTING else row
            known[record_id] = Kept(row.updated_at, row.deleted, counted.record)
            won[record_id] = counted
        return won

    def _change(self, row: IncomingRecord, kept: Kept | None) -> Change:
        if self._full_as_of is None:
            return change_by(row, kept, cures=False)
        record_id = row.record.record_id
        removed_now = self._removed_now.get(record_id)
        if row.deleted:
            self._removed_now[record_id] = max(removed_now or row.updated_at, row.updated_at)
            return change_by(row, kept, cures=self._cures)
        # Removed before; or by a row of this very load, which counts when it is the newer of the two.
        before = kept and kept.deleted and kept.updated_at < self._full_as_of
        if before and (removed_now is None or removed_now < row.updated_at):
            return Change.NEW
        return change_by(row, kept, cures=self._cures)

    def new(self, rows: Sequence[IncomingRecord]) -> int:
        """All rows count: nothing is kept of their records, and each is of another one. How many live."""
        gone = sum(1 for row in rows if row.deleted)
        self._counts[Change.GONE] += gone
        self._counts[Change.NEW] += len(rows) - gone
        if self._full_as_of is not None:
            self._removed_now.update((row.record.record_id, row.updated_at) for row in rows if row.deleted)
        if self._watched:
            self._touched.update(self._watched.intersection(row.record.record_id for row in rows))
        return len(rows) - gone

    def removed(self, count: int, watched: Iterable[str] = ()) -> None:
        """A full load did not name so many live records, `watched` ones among them."""
        self._counts[Change.GONE] += count
        self._touched.update(watched)

    def touched(self, unnoted: Iterable[str] = ()) -> tuple[str, ...]:
        """The watched records that changed, with those that came to be watched meanwhile."""
        return tuple(sorted(self._touched.union(unnoted)))

    @property
    def tally(self) -> Tally:
        """Of all batches so far; a kind of change that did not happen counts 0."""
        return Tally({change: self._counts[change] for change in Change}, tuple(sorted(self._conflicts)))


def _in_doubt(row: IncomingRecord) -> IncomingRecord:
    return replace(row, record=replace(row.record, status=CONFLICTING))


def change_by(incoming: IncomingRecord, kept: Kept | None, *, cures: bool) -> Change:
    """What a row does to what is kept: the newer one counts.

    At the same moment a removal wins over a record, so that no order of delivery brings a removed record
    back; and a record delivered again (UNCHANGED) is written again, so that keys folded by newer rules
    reach the copy. A record in doubt stays so while only its old row comes again, which says nothing of the
    newer one that could not be read; a full load of a later moment `cures`: so it stands there still.
    """
    if kept is None:
        return Change.GONE if incoming.deleted else Change.NEW
    if incoming.updated_at < kept.updated_at:
        return Change.OLDER
    if incoming.deleted:
        return Change.UNCHANGED if kept.deleted else Change.GONE
    if incoming.updated_at > kept.updated_at:
        return Change.NEW if kept.deleted else Change.CHANGED
    return Change.OLDER if kept.deleted else _told_again(incoming.record, kept.record, cures=cures)


def _told_again(incoming: SourceRecord, kept: SourceRecord | None, *, cures: bool) -> Change:
    if kept is None or dict(incoming.values) != dict(kept.values):
        return Change.CONFLICTING
    if kept.status == DOUBTFUL:
        return Change.CHANGED if cures else Change.OLDER
    return Change.UNCHANGED if incoming.status == kept.status else Change.CONFLICTING


def again(rows: Iterable[IncomingRecord], kept: Mapping[str, Kept]) -> list[str]:
    """The ids of the rows that speak of the very moment of which something is kept already."""
    said = {(row.record.record_id, row.updated_at) for row in rows}
    return [record_id for record_id, known in kept.items() if (record_id, known.updated_at) in said]


def growth(won: Mapping[str, IncomingRecord], kept: Mapping[str, Kept]) -> int:
    """By how many live records the copy grows when the winners are put in."""
    before = sum(1 for record_id in won if record_id in kept and not kept[record_id].deleted)
    return sum(1 for row in won.values() if not row.deleted) - before


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in lists of at most `size`, so that a delivery of any length is never held whole."""
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch
