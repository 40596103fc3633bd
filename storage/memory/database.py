"""Rows in memory with all-or-nothing transactions: `verification.ports.Database`; its jobs run by hand."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from storage.memory.access_log import MemoryAccessLog
from storage.memory.batches import MemoryBatches, MemoryPendingSignatures
from storage.memory.certifications import MemoryCertifications
from storage.memory.data_errors import MemoryDataErrors
from storage.memory.delivery_history import MemoryDeliveries
from storage.memory.demands import MemoryDemands
from storage.memory.drift import MemoryDrift
from storage.memory.officers import MemoryAuditTrail, MemoryOfficers
from storage.memory.preservations import MemoryPreservations
from storage.memory.register import MemoryRegister
from storage.memory.sources import MemorySources
from storage.memory.state import State
from storage.memory.submissions import MemorySubmissions


@dataclass(frozen=True, slots=True)
class MemoryJobs:
    """`verification.ports.Jobs` over a `State`: jobs wait until `MemoryDatabase.drain`."""

    state: State

    def enqueue(self, name: str, key: str) -> None:
        if (name, key) not in self.state.jobs_done:
            self.state.jobs[name, key] = None

    def waits(self, name: str, begins: str) -> bool:
        return any(of == name and key.startswith(begins) for of, key in self.state.jobs)


@dataclass(frozen=True, slots=True)
class MemoryTransaction:
    """`verification.ports.Transaction` over the copy that becomes the database on a clean exit."""

    state: State

    @property
    def submissions(self) -> MemorySubmissions:
        return MemorySubmissions(self.state)

    @property
    def sources(self) -> MemorySources:
        return MemorySources(self.state)

    @property
    def deliveries(self) -> MemoryDeliveries:
        return MemoryDeliveries(self.state)

    @property
    def register(self) -> MemoryRegister:
        return MemoryRegister(self.state)

    @property
    def certifications(self) -> MemoryCertifications:
        return MemoryCertifications(self.state)

    @property
    def preservations(self) -> MemoryPreservations:
        return MemoryPreservations(self.state)

    @property
    def officers(self) -> MemoryOfficers:
        return MemoryOfficers(self.state)

    @property
    def batches(self) -> MemoryBatches:
        return MemoryBatches(self.state)

    @property
    def pending(self) -> MemoryPendingSignatures:
        return MemoryPendingSignatures(self.state)

    @property
    def drift(self) -> MemoryDrift:
        return MemoryDrift(self.state)

    @property
    def data_errors(self) -> MemoryDataErrors:
        return MemoryDataErrors(self.state)

    @property
    def demands(self) -> MemoryDemands:
        return MemoryDemands(self.state)

    @property
    def audit(self) -> MemoryAuditTrail:
        return MemoryAuditTrail(self.state)

    @property
    def jobs(self) -> MemoryJobs:
        return MemoryJobs(self.state)


class MemoryDatabase:
    """`verification.ports.Database` in memory. Transactions are one at a time, never one inside another."""

    def __init__(self) -> None:
        self._state = State()
        self._turn = threading.Lock()
        self._owner: int | None = None
        self.access_log = MemoryAccessLog()

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        """Commit on a clean exit, forget everything on an exception."""
        if self._owner == threading.get_ident():
            raise RuntimeError("a transaction inside a transaction would wait for itself for ever")
        with self._turn:
            self._owner = threading.get_ident()
            try:
                work = self._state.copy()
                yield MemoryTransaction(work)
                self._state = work
            finally:
                self._owner = None

    @contextmanager
    def reading(self) -> Iterator[MemoryTransaction]:
        """What was committed last; nothing is kept of what is done to it."""
        if self._owner == threading.get_ident():
            raise RuntimeError("a transaction inside a transaction would wait for itself for ever")
        yield MemoryTransaction(self._state.copy())

    def waiting(self) -> tuple[tuple[str, str], ...]:
        """The jobs enqueued and not yet run, by name and key, oldest first."""
        return tuple(self._state.jobs)

    def drain(self, handlers: Mapping[str, Callable[[str], None]]) -> int:
        """Run all waiting jobs, and those that they enqueue, oldest first; how many ran.

        A job whose handler raises stays waiting, and the exception goes to the caller.
        """
        ran = 0
        while self._state.jobs:
            name, key = job = next(iter(self._state.jobs))
            handlers[name](key)
            with self.transaction() as work:
                del work.state.jobs[job]
                work.state.jobs_done[job] = None
            ran += 1
        return ran
