"""What is kept of long-term data: `verification.ports.Preservations`. `storage` implements it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from verification.preservation import IssuedVersion, Preservation, PreservationCounts
from verification.register import EntryId


class Preservations(Protocol):
    """The versions of what was issued, and what comes next for each document."""

    def expect(self, preservation: Preservation) -> None:
        """Keep that it is to be preserved; one that is known already stays as it is."""

    def get(self, entry_id: EntryId) -> Preservation:
        """Raises NotFoundError."""

    def due(self, moment: datetime, *, limit: int) -> tuple[Preservation, ...]:
        """What should have been done by `moment`, the longest due first."""

    def unfinished(self, *, limit: int) -> tuple[Preservation, ...]:
        """What lacks long-term data, due or not, the longest due first."""

    def save(self, preservation: Preservation) -> Preservation:
        """Keep a changed one; its `turn` must be the stored one, and comes back one higher.

        Raises NotFoundError, StaleError.
        """

    def add(self, version: IssuedVersion) -> None:
        """Keep the next version of a document. Raises StaleError when there is one of this number."""

    def versions(self, entry_id: EntryId) -> tuple[IssuedVersion, ...]:
        """All of a document, the newest last; none before the first was made."""

    def every_version(self) -> Iterator[IssuedVersion]:
        """All of every document, those of one document in order; a few at a time."""

    def newest(self, entry_id: EntryId) -> IssuedVersion | None:
        """The last of them."""

    def counts(self, moment: datetime) -> PreservationCounts:
        """How it stands at `moment`."""
