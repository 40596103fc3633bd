"""Past deliveries as rows: `verification.ports.Deliveries` over a connection."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from storage import tables
from storage.dialects import insert
from verification.delivery import DeliveryKind, PastDelivery
from verification.source import SourceName

_deliveries = tables.delivery
_sources = tables.source


@dataclass(frozen=True, slots=True)
class SqlDeliveries:
    """`verification.ports.Deliveries` in the transaction of this connection."""

    connection: Connection

    def add(self, delivery: PastDelivery) -> None:
        row = {field.name: getattr(delivery, field.name) for field in fields(PastDelivery)}
        self.connection.execute(_deliveries.insert().values(**row))

    def last_numbered(self, source: SourceName) -> PastDelivery | None:
        numbered = _deliveries.c.source == source, _deliveries.c.sequence.is_not(None)
        newest = select(_deliveries).where(*numbered).order_by(_deliveries.c.id.desc()).limit(1)
        row = self.connection.execute(newest).one_or_none()
        return None if row is None else _delivery(row)

    def newest(self, source: SourceName | None = None, *, limit: int = 20) -> tuple[PastDelivery, ...]:
        asked = [_deliveries.c.source == source] if source else []
        found = select(_deliveries).where(*asked).order_by(_deliveries.c.id.desc()).limit(limit)
        return tuple(_delivery(row) for row in self.connection.execute(found))

    def wait_for_turn(self, source: SourceName, unloaded: datetime) -> None:
        first = insert(self.connection, _sources).values(name=source, sequence=0, as_of=unloaded, records=0)
        self.connection.execute(first.on_conflict_do_nothing())
        mine = select(_sources.c.name).where(_sources.c.name == source).with_for_update()
        self.connection.execute(mine).one()


def _delivery(row: Row[Any]) -> PastDelivery:
    named = row._mapping
    values = {field.name: named[field.name] for field in fields(PastDelivery)}
    return PastDelivery(**{**values, "source": SourceName(row.source), "kind": DeliveryKind(row.kind)})
