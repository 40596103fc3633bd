"""Dossiers and papers in memory: `verification.ports.Submissions`."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from storage.codes import dossier_code, ordinal
from storage.memory.state import State
from storage.moments import vietnam_day
from verification.certification import ShortCode
from verification.decision import Decision
from verification.errors import NotFoundError, StaleError
from verification.extraction import Kind
from verification.ports import PaperCase, QueueItem
from verification.submission import PaperId, PaperStage, Submission, SubmissionId


@dataclass(frozen=True, slots=True)
class MemorySubmissions:
    """`verification.ports.Submissions` over a `State`."""

    state: State

    def next_code(self, unit: str, day: datetime) -> str:
        key = unit, vietnam_day(day)
        self.state.codes[key] = self.state.codes.get(key, 0) + 1
        return dossier_code(*key, self.state.codes[key])

    def add(self, submission: Submission) -> None:
        if submission.id in self.state.submissions or self.by_code(submission.code):
            raise StaleError
        self.state.submissions[submission.id] = submission

    def get(self, submission_id: SubmissionId) -> Submission:
        if submission_id not in self.state.submissions:
            raise NotFoundError
        return self.state.submissions[submission_id]

    def by_code(self, code: str) -> Submission | None:
        return next((s for s in self.state.submissions.values() if s.code == code), None)

    def save(self, submission: Submission) -> Submission:
        if self.get(submission.id).version != submission.version:
            raise StaleError
        saved = replace(submission, version=submission.version + 1)
        self.state.submissions[saved.id] = saved
        return saved

    def add_papers(self, papers: Iterable[PaperCase]) -> None:
        for paper in papers:
            self.get(paper.submission_id)
            self.state.papers.setdefault(paper.id, paper)

    def paper(self, paper_id: PaperId) -> PaperCase:
        if paper_id not in self.state.papers:
            raise NotFoundError
        return self.state.papers[paper_id]

    def to_change(self, paper_id: PaperId) -> PaperCase:
        return self.paper(paper_id)

    def papers(self, submission_id: SubmissionId) -> tuple[PaperCase, ...]:
        mine = (p for p in self.state.papers.values() if p.submission_id == submission_id)
        return tuple(sorted(mine, key=lambda paper: ordinal(paper.id)))

    def save_paper(self, paper: PaperCase) -> PaperCase:
        if self.paper(paper.id).version != paper.version:
            raise StaleError
        saved = replace(paper, version=paper.version + 1)
        self.state.papers[saved.id] = saved
        return saved

    def replacing(self, code: ShortCode) -> tuple[PaperCase, ...]:
        mine = (p for p in self.state.papers.values() if p.replaces == code)
        return tuple(sorted(mine, key=lambda paper: paper.id))

    def queue(self, stages: tuple[PaperStage, ...], *, limit: int = 100) -> tuple[QueueItem, ...]:
        return tuple(i for i in self._oldest_first() if i.paper.stage in stages)[:limit]

    def kept(self, first: datetime, until: datetime, kinds: Collection[Kind]) -> Iterator[QueueItem]:
        received = self._received(first, until)
        return (i for i in received if any(side.extraction.kind in kinds for side in i.paper.sides))

    def decided(self, first: datetime, until: datetime) -> Iterator[tuple[PaperStage, Decision | None]]:
        return ((i.paper.stage, i.paper.decision) for i in self._received(first, until))

    def _received(self, first: datetime, until: datetime) -> list[QueueItem]:
        return [i for i in self._oldest_first() if first <= i.submission.received_at < until]

    def _oldest_first(self) -> list[QueueItem]:
        items = [QueueItem(paper, self.get(paper.submission_id)) for paper in self.state.papers.values()]
        return sorted(items, key=lambda i: (i.submission.received_at, i.submission.id, ordinal(i.paper.id)))
