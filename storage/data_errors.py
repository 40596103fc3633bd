"""Slips about wrong data as rows: `verification.ports.DataErrors` over a connection."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from storage import tables
from verification.data_error import DataError, SlipState
from verification.errors import NotFoundError, StaleError
from verification.source import SourceName
from verification.submission import OfficerId, PaperId

_slips = tables.data_error


@dataclass(frozen=True, slots=True)
class SqlDataErrors:
    """`verification.ports.DataErrors` in the transaction of this connection."""

    connection: Connection

    def add(self, slip: DataError) -> DataError:
        added = _slips.insert().values(**_row(slip)).returning(_slips)
        return _slip(self.connection.execute(added).one())

    def save(self, slip: DataError) -> DataError:
        saved = replace(slip, version=slip.version + 1)
        same = (_slips.c.id == slip.id, _slips.c.version == slip.version)
        changed = self.connection.execute(update(_slips).where(*same).values(**_row(saved)))
        if changed.rowcount == 0:
            self.get(slip.id)
            raise StaleError
        return saved

    def get(self, slip_id: int) -> DataError:
        row = self.connection.execute(select(_slips).where(_slips.c.id == slip_id)).one_or_none()
        if row is None:
            raise NotFoundError
        return _slip(row)

    def of_papers(self, paper_ids: tuple[PaperId, ...]) -> tuple[DataError, ...]:
        mine = select(_slips).where(_slips.c.paper_id.in_(paper_ids)).order_by(_slips.c.id)
        return tuple(_slip(row) for row in self.connection.execute(mine))

    def all(self, states: tuple[SlipState, ...], *, limit: int = 500) -> tuple[DataError, ...]:
        newest_first = _slips.c.at.desc(), _slips.c.id.desc()
        found = select(_slips).where(_slips.c.state.in_(states)).order_by(*newest_first).limit(limit)
        return tuple(_slip(row) for row in self.connection.execute(found))


def _row(slip: DataError) -> dict[str, Any]:
    return {
        "at": slip.at,
        "officer_id": slip.officer_id,
        "paper_id": slip.paper_id,
        "source": slip.source,
        "record_id": slip.record_id,
        "as_of": slip.as_of,
        "fields": slip.fields,
        "note": slip.note,
        "state": slip.state,
        "answered_by": slip.answered_by,
        "answered_at": slip.answered_at,
        "answer": slip.answer,
        "version": slip.version,
    }


def _slip(row: Row[Any]) -> DataError:
    return DataError(
        id=row.id,
        at=row.at,
        officer_id=OfficerId(row.officer_id),
        paper_id=PaperId(row.paper_id),
        source=SourceName(row.source),
        record_id=row.record_id,
        as_of=row.as_of,
        fields=row.fields,
        note=row.note,
        state=SlipState(row.state),
        answered_by=OfficerId(row.answered_by) if row.answered_by else None,
        answered_at=row.answered_at,
        answer=row.answer,
        version=row.version,
    )
