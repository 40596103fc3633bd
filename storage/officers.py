"""Officers and delegations as rows: `verification.ports.Officers` over a connection."""

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from storage import tables
from storage.dialects import insert
from verification.decision import Delegation, DelegationScope, Officer
from verification.errors import NotFoundError
from verification.submission import OfficerId

_delegations = tables.delegation
_officers = tables.officer


@dataclass(frozen=True, slots=True)
class SqlOfficers:
    """`verification.ports.Officers` in the transaction of this connection."""

    connection: Connection

    def add(self, officer: Officer) -> None:
        self._put(_officers, officer)

    def _put(self, table: Table, value: Officer | Delegation) -> None:
        row = {field.name: getattr(value, field.name) for field in fields(value)}
        new = insert(self.connection, table).values(**row)
        self.connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=row))

    def get(self, officer_id: OfficerId) -> Officer:
        row = self.connection.execute(select(_officers).where(_officers.c.id == officer_id)).one_or_none()
        if row is None:
            raise NotFoundError
        return _officer(row)

    def all(self) -> tuple[Officer, ...]:
        return tuple(
            _officer(row) for row in self.connection.execute(select(_officers).order_by(_officers.c.id))
        )

    def add_delegation(self, delegation: Delegation) -> None:
        self._put(_delegations, delegation)

    def delegations(self, officer_id: OfficerId) -> tuple[Delegation, ...]:
        mine = select(_delegations).where(_delegations.c.officer_id == officer_id)
        newest_first = mine.order_by(_delegations.c.valid_from.desc(), _delegations.c.id.desc())
        return tuple(_delegation(row) for row in self.connection.execute(newest_first))


def _officer(row: Row[Any]) -> Officer:
    return Officer(OfficerId(row.id), row.full_name, row.roles)


def _delegation(row: Row[Any]) -> Delegation:
    return Delegation(
        id=row.id,
        officer_id=OfficerId(row.officer_id),
        decision_number=row.decision_number,
        capacity=row.capacity,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        revoked=row.revoked,
        scope=DelegationScope(row.scope),
    )
