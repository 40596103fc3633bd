"""Signing as rows: `verification.signing_ports.Batches` and `PendingSignatures` over a connection."""

from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from ocr.model import Digest
from storage.dialects import insert
from storage.signing_tables import pending_signature, signing_batch
from verification.batch import Batch, BatchId, BatchState
from verification.errors import NotFoundError, StaleError
from verification.pending import Pending, PendingToken
from verification.register import EntryId
from verification.signing_errors import BatchRunningError
from verification.submission import OfficerId, PaperId

_batches, _pending = signing_batch, pending_signature


@dataclass(frozen=True, slots=True)
class SqlBatches:
    """`verification.signing_ports.Batches` in the transaction of this connection."""

    connection: Connection

    def begin(self, batch: Batch) -> None:
        # The index that lets one be RUNNING decides, whoever asks at the same moment.
        new = insert(self.connection, _batches).values(**_columns(batch)).on_conflict_do_nothing()
        if self.connection.execute(new.returning(_batches.c.id)).one_or_none() is None:
            raise BatchRunningError

    def report(self, batch: Batch) -> Batch:
        still = _batches.c.id == batch.id, _batches.c.state == BatchState.RUNNING
        kept = {name: value for name, value in _columns(batch).items() if name != "stopping"}
        changed = update(_batches).where(*still).values(**kept).returning(_batches.c.stopping)
        row = self.connection.execute(changed).one_or_none()
        if row is None:
            raise StaleError
        return replace(batch, stopping=row.stopping)

    def stop(self, batch_id: BatchId) -> None:
        running = _batches.c.id == batch_id, _batches.c.state == BatchState.RUNNING
        self.connection.execute(update(_batches).where(*running).values(stopping=True))

    def get(self, batch_id: BatchId) -> Batch:
        row = self.connection.execute(select(_batches).where(_batches.c.id == batch_id)).one_or_none()
        if row is None:
            raise NotFoundError
        return _batch(row)

    def running(self) -> tuple[Batch, ...]:
        wanted = select(_batches).where(_batches.c.state == BatchState.RUNNING)
        return tuple(_batch(row) for row in self.connection.execute(wanted.order_by(_batches.c.id)))

    def last_of(self, officer_id: OfficerId, *, limit: int) -> tuple[Batch, ...]:
        mine = select(_batches).where(_batches.c.officer_id == officer_id)
        newest_first = mine.order_by(_batches.c.started_at.desc(), _batches.c.id.desc()).limit(limit)
        return tuple(_batch(row) for row in self.connection.execute(newest_first))


@dataclass(frozen=True, slots=True)
class SqlPendingSignatures:
    """`verification.signing_ports.PendingSignatures` in the transaction of this connection."""

    connection: Connection

    def keep(self, pending: Pending) -> None:
        row = _columns(pending)
        new = insert(self.connection, _pending).values(**row)
        self.connection.execute(new.on_conflict_do_update(index_elements=["paper_id"], set_=row))

    def of(self, paper_id: PaperId) -> Pending | None:
        row = self.connection.execute(select(_pending).where(_pending.c.paper_id == paper_id)).one_or_none()
        return None if row is None else _waited_for(row)

    def drop(self, paper_id: PaperId) -> None:
        self.connection.execute(_pending.delete().where(_pending.c.paper_id == paper_id))

    def documents(self) -> frozenset[Digest]:
        return frozenset(
            Digest(each) for each in self.connection.execute(select(_pending.c.document)).scalars()
        )


def _columns(value: Batch | Pending) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _batch(row: Row[Any]) -> Batch:
    return Batch(
        id=BatchId(row.id),
        officer_id=OfficerId(row.officer_id),
        owner=row.owner,
        state=BatchState(row.state),
        started_at=row.started_at,
        seen_at=row.seen_at,
        papers=row.papers,
        stopping=row.stopping,
        ended_at=row.ended_at,
        reason=row.reason,
    )


def _waited_for(row: Row[Any]) -> Pending:
    return Pending(
        paper_id=PaperId(row.paper_id),
        token=PendingToken(row.token),
        officer_id=OfficerId(row.officer_id),
        entry_id=EntryId(row.entry_id),
        document=Digest(row.document),
        signed_attributes=row.signed_attributes,
        certificate=row.certificate,
        chain=row.chain,
        reason=row.reason,
        begun_at=row.begun_at,
        expires_at=row.expires_at,
    )
