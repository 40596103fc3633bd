"""What rests on a record, and the work list, as rows: `verification.ports.Drift` over a connection."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, select, text, update

from storage import tables
from storage.deliveries import batches
from storage.dialects import insert
from storage.moments import utc
from verification.drift import Drifted, DriftLine, DriftState, Loss, RestsOn, Settled
from verification.errors import NotFoundError, StaleError
from verification.register import EntryId
from verification.source import SourceName
from verification.submission import OfficerId, PaperId

_BATCH = 1000
_GATE = 1_803_2026
"""Any number of our own: the first half of the advisory locks of PostgreSQL, a source's name the other."""

_lines = tables.drift
_rests = tables.rests_on


@dataclass(frozen=True, slots=True)
class SqlDrift:
    """`verification.ports.Drift` in the transaction of this connection."""

    connection: Connection

    def rest(self, rests: RestsOn) -> None:
        _pass_gate(self.connection, rests.source, alone=False)
        new = insert(self.connection, _rests)
        self.connection.execute(
            new.on_conflict_do_update(
                index_elements=["paper_id", "source", "record_id"], set_={"said": new.excluded["said"]}
            ).values(paper_id=rests.paper_id, source=rests.source, record_id=rests.record_id, said=rests.said)
        )

    def resting(self, source: SourceName, record_ids: Iterable[str]) -> tuple[RestsOn, ...]:
        found: list[RestsOn] = []
        for batch in batches(sorted(record_ids), _BATCH):
            asked = select(_rests).where(_rests.c.source == source, _rests.c.record_id.in_(batch))
            found += [_rest(row) for row in self.connection.execute(asked)]
        return tuple(sorted(found, key=lambda rests: (rests.record_id, rests.paper_id)))

    def add(self, line: DriftLine) -> DriftLine:
        added = _lines.insert().values(**_row(line)).returning(_lines)
        return _line(self.connection.execute(added).one())

    def save(self, line: DriftLine) -> DriftLine:
        saved = replace(line, version=line.version + 1)
        same = (_lines.c.id == line.id, _lines.c.version == line.version)
        changed = self.connection.execute(update(_lines).where(*same).values(**_row(saved)))
        if changed.rowcount == 0:
            self.line(line.id)
            raise StaleError
        return saved

    def line(self, line_id: int) -> DriftLine:
        row = self.connection.execute(select(_lines).where(_lines.c.id == line_id)).one_or_none()
        if row is None:
            raise NotFoundError
        return _line(row)

    def last_of(self, paper_id: PaperId) -> DriftLine | None:
        mine = select(_lines).where(_lines.c.paper_id == paper_id).order_by(_lines.c.id.desc()).limit(1)
        row = self.connection.execute(mine).one_or_none()
        return None if row is None else _line(row)

    def lines(self, states: tuple[DriftState, ...], *, limit: int) -> tuple[DriftLine, ...]:
        newest_first = _lines.c.at.desc(), _lines.c.id.desc()
        found = select(_lines).where(_lines.c.state.in_(states)).order_by(*newest_first).limit(limit)
        return tuple(_line(row) for row in self.connection.execute(found))

    def open_lines(self) -> int:
        counted = select(func.count()).select_from(_lines).where(_lines.c.state == DriftState.OPEN)
        return self.connection.execute(counted).scalar_one()


def watched(connection: Connection, source: SourceName) -> frozenset[str]:
    """The ids of the records of a source that something rests on."""
    ids = select(_rests.c.record_id).where(_rests.c.source == source).distinct()
    return frozenset(connection.execute(ids).scalars())


def watched_since(connection: Connection, source: SourceName, before: frozenset[str]) -> frozenset[str]:
    """Those that came to be watched while a delivery was put in: whether it touched them nobody has noted.

    From here to the end of the transaction nobody can begin to rest on a record of this source.
    """
    _pass_gate(connection, source, alone=True)
    return watched(connection, source) - before


def _pass_gate(connection: Connection, source: SourceName, *, alone: bool) -> None:
    """On PostgreSQL papers pass together, the end of a delivery alone; on SQLite writers take turns anyway.

    Without it a paper compared and kept while a delivery is put in would be unknown to that delivery, and
    the delivery, not yet committed, unknown to the paper.
    """
    if connection.dialect.name == "postgresql":
        lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        which = zlib.crc32(source.encode()) - 2**31
        connection.execute(text(f"SELECT {lock}(:gate, :source)"), {"gate": _GATE, "source": which})


def _rest(row: Row[Any]) -> RestsOn:
    return RestsOn(PaperId(row.paper_id), SourceName(row.source), row.record_id, row.said)


def _row(line: DriftLine) -> dict[str, Any]:
    return {
        "at": line.at,
        "source": line.source,
        "record_id": line.record_id,
        "paper_id": line.paper_id,
        "entry_id": line.entry_id,
        "what": line.loss.what,
        "fields": line.loss.fields,
        "answers_again": line.answers_again,
        "state": line.state,
        "settled": line.settled,
        "by": line.by,
        "settled_at": utc(line.settled_at) if line.settled_at else None,
        "note": line.note,
        "version": line.version,
    }


def _line(row: Row[Any]) -> DriftLine:
    return DriftLine(
        at=row.at,
        source=SourceName(row.source),
        record_id=row.record_id,
        paper_id=PaperId(row.paper_id),
        entry_id=EntryId(row.entry_id) if row.entry_id else None,
        loss=Loss(Drifted(row.what), row.fields),
        answers_again=row.answers_again,
        state=DriftState(row.state),
        settled=Settled(row.settled) if row.settled else None,
        by=OfficerId(row.by) if row.by else None,
        settled_at=row.settled_at,
        note=row.note,
        id=row.id,
        version=row.version,
    )
