"""What signing by batches and signing elsewhere need kept; parts of `verification.ports.Transaction`."""

from typing import Protocol

from ocr.model import Digest
from verification.batch import Batch, BatchId
from verification.pending import Pending
from verification.submission import OfficerId, PaperId


class Batches(Protocol):
    """The batches of all officers; of each at most one is RUNNING."""

    def begin(self, batch: Batch) -> None:
        """Keep a new RUNNING one. Raises BatchRunningError while its officer has another."""

    def report(self, batch: Batch) -> Batch:
        """Keep what became of a RUNNING one; it comes back with `stopping` as it was asked for.

        Raises StaleError when it is RUNNING no more: somebody took it for lost.
        """

    def stop(self, batch_id: BatchId) -> None:
        """Ask for its end; nothing happens to one that has ended."""

    def get(self, batch_id: BatchId) -> Batch:
        """Raises NotFoundError."""

    def running(self) -> tuple[Batch, ...]:
        """All that are RUNNING."""

    def last_of(self, officer_id: OfficerId, *, limit: int) -> tuple[Batch, ...]:
        """The officer's batches, newest first."""


class PendingSignatures(Protocol):
    """What was handed out to be signed elsewhere; one a paper."""

    def keep(self, pending: Pending) -> None:
        """In the place of what was handed out for this paper before."""

    def of(self, paper_id: PaperId) -> Pending | None:
        """What was handed out last for this paper."""

    def drop(self, paper_id: PaperId) -> None:
        """Forget it; nothing happens when there is none."""

    def documents(self) -> frozenset[Digest]:
        """The PDFs that the sweep must leave."""
