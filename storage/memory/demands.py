"""Who demands copies, in memory: `verification.ports.Demands`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from storage.memory.state import State
from storage.moments import utc
from verification.demand import Demand, OrganisationKey
from verification.submission import PaperId


@dataclass(frozen=True, slots=True)
class MemoryDemands:
    """`verification.ports.Demands` over a `State`."""

    state: State

    def note(self, demand: Demand) -> None:
        self.state.demands[demand.paper_id] = replace(demand, at=utc(demand.at))

    def withdraw(self, paper_id: PaperId) -> None:
        self.state.demands.pop(paper_id, None)

    def between(self, first: datetime, last: datetime) -> tuple[Demand, ...]:
        found = (d for d in self.state.demands.values() if utc(first) <= d.at < utc(last))
        return tuple(sorted(found, key=lambda demand: (demand.at, demand.paper_id)))

    def organisations(self, *, limit: int = 200) -> tuple[str, ...]:
        latest: dict[str, datetime] = {}
        for demand in self.state.demands.values():
            latest[demand.organisation] = max(demand.at, latest.get(demand.organisation, demand.at))
        by_name = sorted(latest)
        return tuple(sorted(by_name, key=lambda name: latest[name], reverse=True)[:limit])

    def names(self) -> Mapping[OrganisationKey, str]:
        return dict(self.state.demander_names)

    def call(self, key: OrganisationKey, name: str) -> None:
        self.state.demander_names[key] = name
