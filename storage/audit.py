"""The audit chain as rows: `verification.ports.AuditTrail` over a connection."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from storage import tables
from storage.moments import utc
from verification.audit import AuditEntry, chained

_entries = tables.audit_entry
_head = tables.audit_head
_AT_ONCE = 1000
"""Entries fetched at a time."""


@dataclass(frozen=True, slots=True)
class SqlAuditTrail:
    """`verification.ports.AuditTrail` in the transaction of this connection."""

    connection: Connection

    def add(self, entry: AuditEntry) -> AuditEntry:
        """Chain the entry behind the last one.

        From here to the end of the transaction the head is ours, and every other writer of the chain
        waits: add entries last, when all else that may wait is done.
        """
        # The hash is over the text of the time: kept in UTC, it must be hashed in UTC.
        placed = chained(replace(entry, at=utc(entry.at)), after=self._last())
        row = {field.name: getattr(placed, field.name) for field in fields(AuditEntry)}
        self.connection.execute(_entries.insert().values(**row))
        self.connection.execute(update(_head).values(sequence=placed.sequence))
        return placed

    def _last(self) -> AuditEntry | None:
        head = self.connection.execute(select(_head).with_for_update()).one()
        last = select(_entries).where(_entries.c.sequence == head.sequence)
        row = self.connection.execute(last).one_or_none()
        return None if row is None else _entry(row)

    def about(self, subject: str) -> tuple[AuditEntry, ...]:
        told = select(_entries).where(_entries.c.subject == subject)
        return tuple(_entry(row) for row in self.connection.execute(told.order_by(_entries.c.sequence)))

    def all(self) -> tuple[AuditEntry, ...]:
        return tuple(self.chain())

    def chain(self) -> Iterator[AuditEntry]:
        entries = select(_entries).order_by(_entries.c.sequence).execution_options(yield_per=_AT_ONCE)
        for row in self.connection.execute(entries):
            yield _entry(row)


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        detail=row.detail,
        sequence=row.sequence,
        previous=row.previous,
        digest=row.digest,
    )
