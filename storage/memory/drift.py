"""What rests on a record, and the work list, in memory: `verification.ports.Drift`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from storage.memory.state import State
from storage.moments import utc
from verification.drift import DriftLine, DriftState, RestsOn
from verification.errors import NotFoundError, StaleError
from verification.source import SourceName
from verification.submission import PaperId


@dataclass(frozen=True, slots=True)
class MemoryDrift:
    """`verification.ports.Drift` over a `State`. Transactions take turns, so `rest` need hold nobody back."""

    state: State

    def rest(self, rests: RestsOn) -> None:
        self.state.rests_on[rests.paper_id, rests.source, rests.record_id] = rests

    def resting(self, source: SourceName, record_ids: Iterable[str]) -> tuple[RestsOn, ...]:
        ids = set(record_ids)
        found = (r for r in self.state.rests_on.values() if r.source == source and r.record_id in ids)
        return tuple(sorted(found, key=lambda rests: (rests.record_id, rests.paper_id)))

    def add(self, line: DriftLine) -> DriftLine:
        last = self.last_of(line.paper_id)
        if line.state is DriftState.OPEN and last and last.state is DriftState.OPEN:
            raise StaleError
        return self._keep(replace(line, id=len(self.state.drift) + 1))

    def save(self, line: DriftLine) -> DriftLine:
        if self.line(line.id).version != line.version:
            raise StaleError
        return self._keep(replace(line, version=line.version + 1))

    def _keep(self, line: DriftLine) -> DriftLine:
        settled_at = utc(line.settled_at) if line.settled_at else None
        self.state.drift[line.id] = replace(line, at=utc(line.at), settled_at=settled_at)
        return self.state.drift[line.id]

    def line(self, line_id: int) -> DriftLine:
        if line_id not in self.state.drift:
            raise NotFoundError
        return self.state.drift[line_id]

    def last_of(self, paper_id: PaperId) -> DriftLine | None:
        mine = (line for line in self.state.drift.values() if line.paper_id == paper_id)
        return max(mine, key=lambda line: line.id, default=None)

    def lines(self, states: tuple[DriftState, ...], *, limit: int) -> tuple[DriftLine, ...]:
        found = (line for line in self.state.drift.values() if line.state in states)
        return tuple(sorted(found, key=lambda line: (line.at, line.id), reverse=True)[:limit])

    def open_lines(self) -> int:
        return len(self.lines((DriftState.OPEN,), limit=len(self.state.drift)))
