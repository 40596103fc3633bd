"""Find issued: words that an officer typed in, what was issued out; and all that is known of one document.

Changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from verification.audit import AuditEntry
from verification.certification import Issued, Search, ShortCode, Standing, StandingChange
from verification.errors import NotFoundError
from verification.ports import PaperCase, Transaction
from verification.preservation import IssuedVersion
from verification.register import EntryId, EntryState, RegisterEntry, Series
from verification.services import Services
from verification.standing import Words, book_note
from verification.workflow.supersede import is_replaceable
from verification.workflow.validate import successor_of

_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Listed:
    """Something issued, and its line of the register."""

    issued: Issued
    entry: RegisterEntry


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is known of something issued. The `changes` have notes that may name people."""

    issued: Issued
    entry: RegisterEntry
    dossier: str
    successor: Issued | None
    replaces: Issued | None
    """What it took the place of."""
    on_its_way: tuple[PaperCase, ...]
    """Papers that are, or were, to replace it."""
    changes: tuple[StandingChange, ...]
    versions: tuple[IssuedVersion, ...]
    """With long-term data, oldest first; none before the first was made."""
    trail: tuple[AuditEntry, ...]
    names: dict[str, str]
    """Full names of officers, by their ids."""

    @property
    def replaceable(self) -> bool:
        """Whether a new one may take its place, as it stands."""
        return is_replaceable(self.issued)


def find_issued(services: Services, search: Search) -> tuple[Listed, ...]:
    """Newest first."""
    with services.database.reading() as tx:
        return tuple(Listed(i, tx.register.entry(i.entry_id)) for i in tx.certifications.find(search))


def whole(services: Services, code: ShortCode | None) -> Whole:
    """Raises NotFoundError."""
    with services.database.reading() as tx:
        issued = tx.certifications.by_code(code) if code else None
        if issued is None:
            raise NotFoundError
        paper = tx.submissions.paper(issued.paper_id)
        return Whole(
            issued=issued,
            entry=tx.register.entry(issued.entry_id),
            dossier=tx.submissions.get(paper.submission_id).code,
            successor=successor_of(tx, issued),
            replaces=tx.certifications.by_code(paper.replaces) if paper.replaces else None,
            on_its_way=tx.submissions.replacing(issued.code),
            changes=tx.certifications.changes(issued.entry_id),
            versions=tx.preservations.versions(issued.entry_id),
            trail=tx.audit.about(issued.entry_id),
            names=_names(tx),
        )


def book_notes(tx: Transaction, series: Series, year: int) -> dict[EntryId, Words]:
    """What the book's last column says beside the lines of a year whose documents are not good any more; the
    lines themselves never change."""
    notes: dict[EntryId, Words] = {}
    for standing in (Standing.SUPERSEDED, Standing.REVOKED):
        search = Search(receipts=series is Series.RECEIPTS, standing=standing, limit=_EVERY)
        for issued in tx.certifications.find(search):
            note = book_note(issued, successor_of(tx, issued))
            if note and issued.series is series and issued.number.endswith(f"/{year}"):
                notes[issued.entry_id] = note
    return notes


def notes_beside(tx: Transaction, entries: Iterable[RegisterEntry]) -> dict[EntryId, Words]:
    """As `book_notes`, of a few lines."""
    found = (tx.certifications.by_entry(e.id) for e in entries if e.state is EntryState.ISSUED)
    told = ((i.entry_id, book_note(i, successor_of(tx, i))) for i in found if i)
    return {entry_id: note for entry_id, note in told if note}


def _names(tx: Transaction) -> dict[str, str]:
    return {str(officer.id): officer.full_name for officer in tx.officers.all()}
