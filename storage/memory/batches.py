"""Signing in memory: `verification.signing_ports.Batches` and `PendingSignatures` over a `State`."""

from dataclasses import dataclass, replace

from ocr.model import Digest
from storage.memory.state import State
from verification.batch import Batch, BatchId, BatchState
from verification.errors import NotFoundError, StaleError
from verification.pending import Pending
from verification.signing_errors import BatchRunningError
from verification.submission import OfficerId, PaperId


@dataclass(frozen=True, slots=True)
class MemoryBatches:
    """`verification.signing_ports.Batches` over a `State`."""

    state: State

    def begin(self, batch: Batch) -> None:
        if any(each.officer_id == batch.officer_id for each in self.running()):
            raise BatchRunningError
        self.state.batches[batch.id] = batch

    def report(self, batch: Batch) -> Batch:
        kept = self.get(batch.id)
        if kept.state is not BatchState.RUNNING:
            raise StaleError
        changed = replace(batch, stopping=kept.stopping)
        self.state.batches[batch.id] = changed
        return changed

    def stop(self, batch_id: BatchId) -> None:
        kept = self.state.batches.get(batch_id)
        if kept and kept.state is BatchState.RUNNING:
            self.state.batches[batch_id] = replace(kept, stopping=True)

    def get(self, batch_id: BatchId) -> Batch:
        if batch_id not in self.state.batches:
            raise NotFoundError
        return self.state.batches[batch_id]

    def running(self) -> tuple[Batch, ...]:
        found = (each for each in self.state.batches.values() if each.state is BatchState.RUNNING)
        return tuple(sorted(found, key=lambda each: each.id))

    def last_of(self, officer_id: OfficerId, *, limit: int) -> tuple[Batch, ...]:
        mine = (each for each in self.state.batches.values() if each.officer_id == officer_id)
        return tuple(sorted(mine, key=lambda each: (each.started_at, each.id), reverse=True)[:limit])


@dataclass(frozen=True, slots=True)
class MemoryPendingSignatures:
    """`verification.signing_ports.PendingSignatures` over a `State`."""

    state: State

    def keep(self, pending: Pending) -> None:
        self.state.pending[pending.paper_id] = pending

    def of(self, paper_id: PaperId) -> Pending | None:
        return self.state.pending.get(paper_id)

    def drop(self, paper_id: PaperId) -> None:
        self.state.pending.pop(paper_id, None)

    def documents(self) -> frozenset[Digest]:
        return frozenset(pending.document for pending in self.state.pending.values())
