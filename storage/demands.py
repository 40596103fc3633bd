"""Who demands copies, as rows: `verification.ports.Demands` over a connection."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select

from storage import tables
from storage.dialects import insert
from storage.moments import utc
from verification.demand import Demand, Given, OrganisationKey
from verification.extraction import Kind
from verification.submission import PaperId

_demands = tables.demand
_names = tables.demander_name


@dataclass(frozen=True, slots=True)
class SqlDemands:
    """`verification.ports.Demands` in the transaction of this connection."""

    connection: Connection

    def note(self, demand: Demand) -> None:
        self.withdraw(demand.paper_id)
        row = {
            "paper_id": demand.paper_id,
            "at": demand.at,
            "dossier": demand.dossier,
            "kind": demand.kind,
            "given": demand.given,
            "organisation": demand.organisation,
        }
        self.connection.execute(_demands.insert().values(**row))

    def withdraw(self, paper_id: PaperId) -> None:
        self.connection.execute(delete(_demands).where(_demands.c.paper_id == paper_id))

    def between(self, first: datetime, last: datetime) -> tuple[Demand, ...]:
        within = _demands.c.at >= utc(first), _demands.c.at < utc(last)
        found = select(_demands).where(*within).order_by(_demands.c.at, _demands.c.paper_id)
        return tuple(_demand(row) for row in self.connection.execute(found))

    def organisations(self, *, limit: int = 200) -> tuple[str, ...]:
        last = func.max(_demands.c.at).desc()
        found = (
            select(_demands.c.organisation)
            .group_by(_demands.c.organisation)
            .order_by(last, _demands.c.organisation)
            .limit(limit)
        )
        return tuple(self.connection.execute(found).scalars())

    def names(self) -> Mapping[OrganisationKey, str]:
        return {row.key: row.name for row in self.connection.execute(select(_names))}

    def call(self, key: OrganisationKey, name: str) -> None:
        new = insert(self.connection, _names)
        self.connection.execute(
            new.on_conflict_do_update(index_elements=["key"], set_={"name": new.excluded["name"]}).values(
                key=key, name=name
            )
        )


def _demand(row: Row[Any]) -> Demand:
    return Demand(
        at=row.at,
        paper_id=PaperId(row.paper_id),
        dossier=row.dossier,
        kind=Kind(row.kind),
        given=Given(row.given),
        organisation=row.organisation,
    )
