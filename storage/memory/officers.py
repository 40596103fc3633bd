"""Officers, delegations and the audit chain in memory: `verification.ports.Officers` and `AuditTrail`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from storage.memory.state import State
from storage.moments import utc
from verification.audit import AuditEntry, chained
from verification.decision import Delegation, Officer
from verification.errors import NotFoundError
from verification.submission import OfficerId


@dataclass(frozen=True, slots=True)
class MemoryOfficers:
    """`verification.ports.Officers` over a `State`."""

    state: State

    def add(self, officer: Officer) -> None:
        self.state.officers[officer.id] = officer

    def get(self, officer_id: OfficerId) -> Officer:
        if officer_id not in self.state.officers:
            raise NotFoundError
        return self.state.officers[officer_id]

    def all(self) -> tuple[Officer, ...]:
        return tuple(self.state.officers[key] for key in sorted(self.state.officers))

    def add_delegation(self, delegation: Delegation) -> None:
        self.get(delegation.officer_id)
        self.state.delegations[delegation.id] = delegation

    def delegations(self, officer_id: OfficerId) -> tuple[Delegation, ...]:
        mine = (d for d in self.state.delegations.values() if d.officer_id == officer_id)
        return tuple(sorted(mine, key=lambda d: (d.valid_from, d.id), reverse=True))


@dataclass(frozen=True, slots=True)
class MemoryAuditTrail:
    """`verification.ports.AuditTrail` over a `State`."""

    state: State

    def add(self, entry: AuditEntry) -> AuditEntry:
        # The hash is over the text of the time: kept in UTC, it must be hashed in UTC.
        last = self.state.audit[-1] if self.state.audit else None
        placed = chained(replace(entry, at=utc(entry.at)), after=last)
        self.state.audit.append(placed)
        return placed

    def about(self, subject: str) -> tuple[AuditEntry, ...]:
        return tuple(entry for entry in self.state.audit if entry.subject == subject)

    def all(self) -> tuple[AuditEntry, ...]:
        return tuple(self.state.audit)

    def chain(self) -> Iterator[AuditEntry]:
        yield from self.state.audit
