"""Long-term data as rows: `verification.preservation_ports.Preservations` over a connection."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, text, update

from ocr.model import Digest
from storage.dialects import insert
from storage.preservation_tables import issued_version, preservation
from verification.errors import NotFoundError, StaleError
from verification.preservation import IssuedVersion, Preservation, PreservationCounts
from verification.register import EntryId

_versions, _waiting = issued_version, preservation
# Written out, so that both databases see that their partial indexes answer it.
_UNFINISHED = text("level <> 'B-LTA'")
_FAILING = text("failure IS NOT NULL")


@dataclass(frozen=True, slots=True)
class SqlPreservations:
    """`verification.preservation_ports.Preservations` in the transaction of this connection."""

    connection: Connection

    def expect(self, preservation: Preservation) -> None:
        new = insert(self.connection, _waiting).values(**_columns(preservation))
        self.connection.execute(new.on_conflict_do_nothing())

    def get(self, entry_id: EntryId) -> Preservation:
        wanted = select(_waiting).where(_waiting.c.entry_id == entry_id)
        row = self.connection.execute(wanted).one_or_none()
        if row is None:
            raise NotFoundError
        return _preservation(row)

    def due(self, moment: datetime, *, limit: int) -> tuple[Preservation, ...]:
        return self._all(select(_waiting).where(_waiting.c.due_at <= moment), limit)

    def unfinished(self, *, limit: int) -> tuple[Preservation, ...]:
        return self._all(select(_waiting).where(_UNFINISHED), limit)

    def _all(self, wanted: Select[Any], limit: int) -> tuple[Preservation, ...]:
        ordered = wanted.order_by(_waiting.c.due_at, _waiting.c.entry_id).limit(limit)
        return tuple(_preservation(row) for row in self.connection.execute(ordered))

    def save(self, preservation: Preservation) -> Preservation:
        changed = replace(preservation, turn=preservation.turn + 1)
        mine = _waiting.c.entry_id == preservation.entry_id, _waiting.c.turn == preservation.turn
        done = self.connection.execute(update(_waiting).where(*mine).values(**_columns(changed)))
        if done.rowcount == 0:
            self.get(preservation.entry_id)
            raise StaleError
        return changed

    def add(self, version: IssuedVersion) -> None:
        new = insert(self.connection, _versions).values(**_columns(version)).on_conflict_do_nothing()
        if self.connection.execute(new.returning(_versions.c.number)).one_or_none() is None:
            raise StaleError

    def versions(self, entry_id: EntryId) -> tuple[IssuedVersion, ...]:
        mine = select(_versions).where(_versions.c.entry_id == entry_id).order_by(_versions.c.number)
        return tuple(_version(row) for row in self.connection.execute(mine))

    def every_version(self) -> Iterator[IssuedVersion]:
        ordered = select(_versions).order_by(_versions.c.entry_id, _versions.c.number)
        for row in self.connection.execute(ordered.execution_options(yield_per=1000)):
            yield _version(row)

    def newest(self, entry_id: EntryId) -> IssuedVersion | None:
        mine = select(_versions).where(_versions.c.entry_id == entry_id)
        row = self.connection.execute(mine.order_by(_versions.c.number.desc()).limit(1)).one_or_none()
        return None if row is None else _version(row)

    def counts(self, moment: datetime) -> PreservationCounts:
        conditions = _UNFINISHED, _FAILING, _waiting.c.due_at <= moment
        asked = (select(func.count()).select_from(_waiting).where(one) for one in conditions)
        return PreservationCounts(*(self.connection.execute(one).scalar_one() for one in asked))


def _columns(value: IssuedVersion | Preservation) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _preservation(row: Row[Any]) -> Preservation:
    return Preservation(
        entry_id=EntryId(row.entry_id),
        due_at=row.due_at,
        level=row.level,
        turn=row.turn,
        tries=row.tries,
        failure=row.failure,
    )


def _version(row: Row[Any]) -> IssuedVersion:
    return IssuedVersion(
        entry_id=EntryId(row.entry_id),
        number=row.number,
        digest=Digest(row.digest),
        size=row.size,
        level=row.level,
        at=row.at,
        good_until=row.good_until,
    )
