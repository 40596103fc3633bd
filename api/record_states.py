"""The sources in; how each stands now, our copy and its last delivery with it, out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from verification.assess import VIETNAM
from verification.delivery import PastDelivery
from verification.ports import Transaction
from verification.pulling import PullStanding
from verification.services import Services
from verification.source import Publication, Snapshot, Source


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source: our copy of it, its last delivery, and the owner's last number."""

    source: Source
    snapshot: Snapshot | None
    last: PastDelivery | None
    last_number: int | None
    at: datetime
    pull: PullStanding | None
    """How asking its platform goes; None where our copy alone answers."""

    @property
    def age(self) -> timedelta | None:
        """How old our copy is; None when there is none."""
        return self.at - self.snapshot.as_of if self.snapshot else None

    @property
    def fresh(self) -> bool:
        """Whether anything may be concluded from it."""
        return self.snapshot is not None and self.source.is_fresh(self.snapshot.as_of, self.at)

    @property
    def published(self) -> Publication | None:
        """By which text it stands announced today."""
        return self.source.published_on(self.at.astimezone(VIETNAM).date())


def source_states(services: Services, tx: Transaction) -> tuple[SourceState, ...]:
    """Of all sources, loaded or not."""
    return tuple(_state(services, source, tx) for source in services.sources)


def _state(services: Services, source: Source, tx: Transaction) -> SourceState:
    at = services.now()
    last = next(iter(tx.deliveries.newest(source.name, limit=1)), None)
    numbered = tx.deliveries.last_numbered(source.name)
    snapshot = tx.sources.snapshot(source.name)
    pull = services.pull.standing(source.name) if services.pull else None
    return SourceState(source, snapshot, last, numbered.sequence if numbered else None, at, pull)
