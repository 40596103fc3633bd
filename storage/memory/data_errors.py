"""Slips about wrong data in memory: `verification.ports.DataErrors`."""

from dataclasses import dataclass, replace

from storage.memory.state import State
from storage.moments import utc
from verification.data_error import DataError, SlipState
from verification.errors import NotFoundError, StaleError
from verification.submission import PaperId


@dataclass(frozen=True, slots=True)
class MemoryDataErrors:
    """`verification.ports.DataErrors` over a `State`."""

    state: State

    def add(self, slip: DataError) -> DataError:
        open_ones = (s for s in self.of_papers((slip.paper_id,)) if s.state is SlipState.SENT)
        if slip.state is SlipState.SENT and any(open_ones):
            raise StaleError
        return self._keep(replace(slip, id=len(self.state.data_errors) + 1))

    def save(self, slip: DataError) -> DataError:
        if self.get(slip.id).version != slip.version:
            raise StaleError
        return self._keep(replace(slip, version=slip.version + 1))

    def _keep(self, slip: DataError) -> DataError:
        answered_at = utc(slip.answered_at) if slip.answered_at else None
        kept = replace(slip, at=utc(slip.at), as_of=utc(slip.as_of), answered_at=answered_at)
        self.state.data_errors[slip.id] = kept
        return kept

    def get(self, slip_id: int) -> DataError:
        if slip_id not in self.state.data_errors:
            raise NotFoundError
        return self.state.data_errors[slip_id]

    def of_papers(self, paper_ids: tuple[PaperId, ...]) -> tuple[DataError, ...]:
        return tuple(slip for slip in self.state.data_errors.values() if slip.paper_id in paper_ids)

    def all(self, states: tuple[SlipState, ...], *, limit: int = 500) -> tuple[DataError, ...]:
        found = (slip for slip in self.state.data_errors.values() if slip.state in states)
        return tuple(sorted(found, key=lambda slip: (slip.at, slip.id), reverse=True)[:limit])
