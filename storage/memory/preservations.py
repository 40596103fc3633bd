"""Long-term data in memory: `verification.preservation_ports.Preservations` over a `State`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from storage.memory.state import State
from verification.errors import NotFoundError, StaleError
from verification.preservation import IssuedVersion, Preservation, PreservationCounts
from verification.register import EntryId

_LAST = "B-LTA"


@dataclass(frozen=True, slots=True)
class MemoryPreservations:
    """`verification.preservation_ports.Preservations` over a `State`."""

    state: State

    def expect(self, preservation: Preservation) -> None:
        self.state.preservations.setdefault(preservation.entry_id, preservation)

    def get(self, entry_id: EntryId) -> Preservation:
        kept = self.state.preservations.get(entry_id)
        if kept is None:
            raise NotFoundError
        return kept

    def due(self, moment: datetime, *, limit: int) -> tuple[Preservation, ...]:
        return _sorted(one for one in self.state.preservations.values() if one.due_at <= moment)[:limit]

    def unfinished(self, *, limit: int) -> tuple[Preservation, ...]:
        return _sorted(one for one in self.state.preservations.values() if one.level != _LAST)[:limit]

    def save(self, preservation: Preservation) -> Preservation:
        if self.get(preservation.entry_id).turn != preservation.turn:
            raise StaleError
        changed = replace(preservation, turn=preservation.turn + 1)
        self.state.preservations[preservation.entry_id] = changed
        return changed

    def add(self, version: IssuedVersion) -> None:
        key = version.entry_id, version.number
        known = {one.digest for one in self.state.versions.values()}
        if key in self.state.versions or version.digest in known:
            raise StaleError
        self.state.versions[key] = version

    def versions(self, entry_id: EntryId) -> tuple[IssuedVersion, ...]:
        mine = (one for one in self.state.versions.values() if one.entry_id == entry_id)
        return tuple(sorted(mine, key=lambda one: one.number))

    def every_version(self) -> Iterator[IssuedVersion]:
        yield from sorted(self.state.versions.values(), key=lambda one: (one.entry_id, one.number))

    def newest(self, entry_id: EntryId) -> IssuedVersion | None:
        return next(reversed(self.versions(entry_id)), None)

    def counts(self, moment: datetime) -> PreservationCounts:
        every = tuple(self.state.preservations.values())
        return PreservationCounts(
            waiting=sum(one.level != _LAST for one in every),
            failing=sum(one.failure is not None for one in every),
            due=sum(one.due_at <= moment for one in every),
        )


def _sorted(found: Iterable[Preservation]) -> tuple[Preservation, ...]:
    return tuple(sorted(found, key=lambda one: (one.due_at, one.entry_id)))
