"""Sweep: what a crash left behind in, a store with nothing that nobody points at out.

1. Whatever was being written and never finished.
2. Objects that no submission, nothing issued and no signature waited for points at, put before yesterday: a
   file put just now may be about to be pointed at, and putting again what lies there already makes it new.
"""

from dataclasses import dataclass
from datetime import timedelta

from verification.audit import AuditEntry
from verification.services import Services

KEEP_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was removed."""

    unfinished: int
    orphans: int


def sweep(services: Services) -> Swept:
    """Safe at any time, by several workers at once. Raises StoreUnavailableError."""
    before = services.now() - KEEP_FOR
    unfinished = services.objects.sweep(before)
    candidates = list(services.objects.stored_before(before))
    with services.database.transaction() as tx:
        pointed_at = tx.certifications.digests() | tx.pending.documents()
    orphans = [digest for digest in candidates if digest not in pointed_at]
    for digest in orphans:
        services.objects.delete(digest)
    if orphans:
        detail = (("orphans", str(len(orphans))),)
        with services.database.transaction() as tx:
            tx.audit.add(AuditEntry(services.now(), "service", "store.swept", "objects", detail))
    return Swept(unfinished, len(orphans))
