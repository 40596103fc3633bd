"""What was issued, as it is kept: `verification.ports.Certifications`. `storage` implements it."""

from collections.abc import Collection, Iterable
from typing import Protocol

from ocr.model import Digest
from verification.certification import Issued, Search, ShortCode, StandingChange
from verification.register import EntryId
from verification.same_original import OriginalKey
from verification.submission import PaperId


class Certifications(Protocol):
    """What was issued, how it stands, and of which original it is."""

    def add(self, issued: Issued) -> None:
        """Keep it. The same again changes nothing."""

    def by_code(self, code: ShortCode) -> Issued | None:
        """By the code people type."""

    def by_digest(self, digest: Digest) -> Issued | None:
        """By the SHA-256 of the file, as it was issued or with long-term data behind it."""

    def by_entry(self, entry_id: EntryId) -> Issued | None:
        """By the line of the register."""

    def by_paper(self, paper_id: PaperId) -> tuple[Issued, ...]:
        """Everything issued for one paper."""

    def to_change(self, code: ShortCode) -> Issued:
        """As `by_code`; from here to the end of the transaction nobody else changes it.

        Raises NotFoundError.
        """

    def stand(self, change: StandingChange) -> Issued:
        """It stands so from now on, and the change is kept.

        Raises NotFoundError; AlreadyRevokedError where it is revoked, which is for good.
        """

    def changes(self, entry_id: EntryId) -> tuple[StandingChange, ...]:
        """Every change of how it stands, oldest first."""

    def know(self, entry_id: EntryId, *, requester: str, keys: Iterable[OriginalKey]) -> None:
        """Keep by what it is found: who asked for it, and its original. The same again changes nothing."""

    def of_original(self, keys: Collection[OriginalKey]) -> tuple[Issued, ...]:
        """Everything issued of an original that has one of these keys, newest first."""

    def find(self, search: Search) -> tuple[Issued, ...]:
        """What the search asks for, newest first."""

    def digests(self) -> frozenset[Digest]:
        """Every file that something points at: what the sweep must leave."""
