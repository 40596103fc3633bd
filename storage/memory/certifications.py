"""What was issued, in memory: `verification.ports.Certifications`."""

from dataclasses import dataclass, replace

from ocr.model import Digest
from storage.lines import as_first_issued
from storage.memory.state import State
from storage.pointers import pointed_at
from verification.certification import Issued, ShortCode, Standing
from verification.errors import NotFoundError, StaleError
from verification.submission import PaperId


@dataclass(frozen=True, slots=True)
class MemoryCertifications:
    """`verification.ports.Certifications` over a `State`."""

    state: State

    def add(self, issued: Issued) -> None:
        kept = self.state.issued.get(issued.entry_id)
        if kept is None and self.by_code(issued.code) is None and self.by_digest(issued.digest) is None:
            self.state.issued[issued.entry_id] = issued
            self.state.codes_issued[issued.code] = issued.entry_id
        elif kept is None or as_first_issued(kept) != as_first_issued(issued):
            raise StaleError

    def by_code(self, code: ShortCode) -> Issued | None:
        entry_id = self.state.codes_issued.get(code)
        return self.state.issued[entry_id] if entry_id else None

    def by_digest(self, digest: Digest) -> Issued | None:
        return next((i for i in self.state.issued.values() if i.digest == digest), None)

    def by_paper(self, paper_id: PaperId) -> tuple[Issued, ...]:
        mine = (i for i in self.state.issued.values() if i.paper_id == paper_id)
        return tuple(sorted(mine, key=lambda i: (i.issued_at, i.entry_id)))

    def set_standing(self, code: ShortCode, standing: Standing, *, reason: str) -> Issued:
        kept = self.by_code(code)
        if kept is None:
            raise NotFoundError
        changed = replace(kept, standing=standing, standing_reason=reason)
        self.state.issued[kept.entry_id] = changed
        return changed

    def digests(self) -> frozenset[Digest]:
        handed_in = {digest for s in self.state.submissions.values() for digest in pointed_at(s)}
        return frozenset(handed_in | {i.digest for i in self.state.issued.values()})
