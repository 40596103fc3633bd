"""A batch: the papers that an officer signs with one entry of the PIN, and what has become of each."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from verification.submission import OfficerId, PaperId

BatchId = NewType("BatchId", str)


class BatchState(StrEnum):
    """RUNNING, and how it ended."""

    RUNNING = "RUNNING"
    DONE = "DONE"
    STOPPED = "STOPPED"
    """The officer stopped it, or the service was going down; what was not reached waits."""
    HALTED = "HALTED"
    """Something that concerns every paper went wrong (the token, the store); `reason` is its code."""
    LOST = "LOST"
    """Nothing more was heard of the process that ran it."""


class PaperState(StrEnum):
    """What became of one paper of a batch."""

    WAITING = "WAITING"
    ISSUED = "ISSUED"
    FAILED = "FAILED"
    """Refused for good; its line is cancelled with the reason."""
    PASSED = "PASSED"
    """Nothing was done: it was taken back or signed elsewhere meanwhile, or lacks a delegation."""


@dataclass(frozen=True, slots=True)
class BatchPaper:
    """`number` as printed, of what was issued; `code` says why nothing was."""

    paper_id: PaperId
    state: PaperState = PaperState.WAITING
    number: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers in the order in which they are numbered. `owner` names the process that signs, and `seen_at` is
    when it was last heard of. A PIN is never part of it."""

    id: BatchId
    officer_id: OfficerId
    owner: str
    state: BatchState
    started_at: datetime
    seen_at: datetime
    papers: tuple[BatchPaper, ...]
    stopping: bool = False
    """Somebody asked for an end after the paper that is being signed."""
    ended_at: datetime | None = None
    reason: str | None = None

    def count(self, state: PaperState) -> int:
        """How many papers are so far in this state."""
        return sum(paper.state is state for paper in self.papers)

    @property
    def reached(self) -> int:
        """How many papers it is through with."""
        return len(self.papers) - self.count(PaperState.WAITING)

    def with_paper(self, changed: BatchPaper) -> "Batch":
        """The same with what became of one paper."""
        same = (changed if p.paper_id == changed.paper_id else p for p in self.papers)
        return replace(self, papers=tuple(same))
