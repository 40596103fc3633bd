"""Past deliveries in memory: `verification.ports.Deliveries`."""

from dataclasses import dataclass, replace
from datetime import datetime

from storage.memory.state import State
from storage.moments import utc
from verification.delivery import PastDelivery
from verification.source import SourceName


@dataclass(frozen=True, slots=True)
class MemoryDeliveries:
    """`verification.ports.Deliveries` over a `State`."""

    state: State

    def add(self, delivery: PastDelivery) -> None:
        kept = replace(delivery, at=utc(delivery.at), as_of=utc(delivery.as_of))
        self.state.deliveries.append(kept)

    def last_numbered(self, source: SourceName) -> PastDelivery | None:
        numbered = (d for d in reversed(self.state.deliveries) if d.source == source)
        return next((d for d in numbered if d.sequence is not None), None)

    def newest(self, source: SourceName | None = None, *, limit: int = 20) -> tuple[PastDelivery, ...]:
        found = [d for d in reversed(self.state.deliveries) if source in (None, d.source)]
        return tuple(found[:limit])

    def wait_for_turn(self, source: SourceName, unloaded: datetime) -> None:
        """Transactions are one at a time."""
