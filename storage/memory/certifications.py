"""What was issued, in memory: `verification.ports.Certifications`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import islice

from ocr.model import Digest
from storage.lines import as_first_issued
from storage.memory.state import State
from storage.moments import utc
from storage.pointers import pointed_at
from storage.words import NAME, name_word, number_prefix
from verification.certification import Issued, Search, ShortCode, Standing, StandingChange, parse_code
from verification.errors import NotFoundError, StaleError
from verification.register import EntryId, Series
from verification.same_original import OriginalKey
from verification.standing_errors import AlreadyRevokedError
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
        longer = {version.entry_id for version in self.state.versions.values() if version.digest == digest}
        found = (i for i in self.state.issued.values() if i.digest == digest or i.entry_id in longer)
        return next(found, None)

    def by_entry(self, entry_id: EntryId) -> Issued | None:
        return self.state.issued.get(entry_id)

    def by_paper(self, paper_id: PaperId) -> tuple[Issued, ...]:
        mine = (i for i in self.state.issued.values() if i.paper_id == paper_id)
        return tuple(sorted(mine, key=lambda i: (i.issued_at, i.entry_id)))

    def to_change(self, code: ShortCode) -> Issued:
        kept = self.by_code(code)
        if kept is None:
            raise NotFoundError
        return kept

    def stand(self, change: StandingChange) -> Issued:
        kept = self.to_change(change.code)
        if kept.standing is Standing.REVOKED:
            raise AlreadyRevokedError
        changed = replace(
            kept,
            standing=change.standing,
            standing_reason=change.reason,
            standing_at=utc(change.at),
            decision_number=change.decision_number,
            replaced_by=change.replaced_by,
        )
        self.state.issued[kept.entry_id] = changed
        before = self.state.standing_changes.get(kept.entry_id, ())
        self.state.standing_changes[kept.entry_id] = (*before, replace(change, at=utc(change.at)))
        return changed

    def changes(self, entry_id: EntryId) -> tuple[StandingChange, ...]:
        return self.state.standing_changes.get(entry_id, ())

    def know(self, entry_id: EntryId, *, requester: str, keys: Iterable[OriginalKey]) -> None:
        for key in {*keys, name_word(requester)}:
            self.state.issued_keys[key, entry_id] = None

    def of_original(self, keys: Collection[OriginalKey]) -> tuple[Issued, ...]:
        known = {entry_id for key, entry_id in self.state.issued_keys if key in keys}
        return tuple(i for i in self._newest_first() if i.entry_id in known)

    def find(self, search: Search) -> tuple[Issued, ...]:
        wanted = (i for i in self._newest_first() if self._asked(i, search))
        return tuple(islice(wanted, search.skip, search.skip + search.limit))

    def _newest_first(self) -> list[Issued]:
        return sorted(self.state.issued.values(), key=lambda i: (i.issued_at, i.entry_id), reverse=True)

    def _asked(self, issued: Issued, search: Search) -> bool:
        words = search.words.strip()
        return (
            search.receipts in (None, issued.series is Series.RECEIPTS)
            and search.standing in (None, issued.standing)
            and (not words or self._meant(issued, words))
        )

    def _meant(self, issued: Issued, words: str) -> bool:
        prefix, named = number_prefix(words), name_word(words).removeprefix(NAME)
        paper = self.state.papers.get(issued.paper_id)
        dossier = self.state.submissions[paper.submission_id].code if paper else None
        names = (k for k, entry_id in self.state.issued_keys if entry_id == issued.entry_id)
        return (
            (prefix is not None and issued.number.startswith(prefix))
            or issued.code == parse_code(words)
            or dossier == words.upper()
            or (bool(named) and any(k.startswith(NAME) and named in k for k in names))
        )

    def digests(self) -> frozenset[Digest]:
        handed_in = {digest for s in self.state.submissions.values() for digest in pointed_at(s)}
        longer = {version.digest for version in self.state.versions.values()}
        return frozenset(handed_in | longer | {i.digest for i in self.state.issued.values()})
