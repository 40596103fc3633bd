"""Preserve: what was issued in, the same file with long-term data behind it out. Runs as a job.

1. Outside any transaction: the newest file of the document.
2. One revision more: what authorities say, and a document time-stamp (`signing.long_term`).
3. Put the object under its digest.
4. One transaction: the version is kept, and when the next one is due; an audit entry.
The issued file, its digest and its line in the book stay as they are: every version has its bytes first.
What fails is put off, by hours, then by days, and never given up; everything is in the rows, and the engine
is handed only what is due.
"""

from datetime import datetime, timedelta

from ocr.model import Digest
from signing.long_term import Extended
from signing.model import SignatureLevel
from verification.audit import AuditEntry
from verification.certification import Issued
from verification.errors import (
    NotFoundError,
    ObjectDamagedError,
    ObjectMissingError,
    StaleError,
    VersionDiffersError,
)
from verification.ports import Transaction
from verification.preservation import IssuedVersion, Preservation, PreservationCounts, wait_after
from verification.register import EntryId
from verification.services import Services

PRESERVE_JOB = "preserve"
DOCUMENT_PRESERVED = "document.preserved"
SERVICE = "service"
_AT_ONCE = 50
"""So many are handed over in one transaction: whoever issues does not wait for it."""
_AT_LEAST = timedelta(days=7)
"""Two time-stamps of one document are never nearer to each other, whatever a certificate says."""


def expect(tx: Transaction, services: Services, issued: Issued) -> None:
    """Part of step 4 of issuing. A signature that no time-stamp dates cannot wait: nothing proves yet that it
    was there; for the others the authorities must first say something newer than the signature."""
    now = services.now()
    dated = issued.level != SignatureLevel.B_B
    due = now + services.long_term_after if dated else now
    tx.preservations.expect(Preservation(issued.entry_id, due, issued.level))


def job_key(waiting: Preservation) -> str:
    """Another for every turn: the engine takes each key once."""
    return f"{waiting.entry_id}#{waiting.turn}"


def enqueue_due(services: Services, *, limit: int = 1000) -> int:
    """Hand what is due to the engine; again changes nothing. How many were handed over."""
    if services.long_term is None:
        return 0
    with services.database.reading() as tx:
        due = tx.preservations.due(services.now(), limit=limit)
    for first in range(0, len(due), _AT_ONCE):
        with services.database.transaction() as tx:
            for waiting in due[first : first + _AT_ONCE]:
                tx.jobs.enqueue(PRESERVE_JOB, job_key(waiting))
    return len(due)


def preserve(services: Services, key: str) -> None:
    """Steps 1 to 4; a turn that is over changes nothing. Raises SigningError, VerificationError."""
    entry_id, turn = _parsed(key)
    with services.database.reading() as tx:
        waiting, newest = tx.preservations.get(entry_id), tx.preservations.newest(entry_id)
        issued = tx.certifications.by_entry(entry_id)
    if waiting.turn != turn or services.long_term is None:
        return
    if issued is None:
        raise NotFoundError
    # 1
    content = services.objects.get(newest.digest if newest else issued.digest)
    # 2
    extended = services.long_term.extend(content, at=services.now())
    if not extended.content.startswith(content):
        raise VersionDiffersError
    # 3
    services.objects.put_once(extended.content)
    # 4
    _complete(services, waiting, extended, number=newest.number + 1 if newest else 1)


def put_off(services: Services, key: str, error: Exception) -> None:
    """It is tried again after a while that grows; why it failed can be seen. A turn that is over stays."""
    entry_id, turn = _parsed(key)
    with services.database.transaction() as tx:
        waiting = tx.preservations.get(entry_id)
        if waiting.turn != turn:
            return
        tries = waiting.tries + 1
        due = services.now() + wait_after(tries)
        code = str(getattr(error, "code", type(error).__name__))
        tx.preservations.save(
            Preservation(entry_id, due, waiting.level, turn=turn, tries=tries, failure=code)
        )


def counts(services: Services) -> PreservationCounts:
    """How it stands now."""
    with services.database.reading() as tx:
        return tx.preservations.counts(services.now())


def to_do(services: Services, *, everything: bool, limit: int) -> tuple[Preservation, ...]:
    """What is due, or with `everything` also what lacks long-term data and is not due yet."""
    with services.database.reading() as tx:
        due = tx.preservations.due(services.now(), limit=limit)
        if not everything:
            return due
        more = tx.preservations.unfinished(limit=limit)
    return tuple({one.entry_id: one for one in (*due, *more)}.values())[:limit]


def newest_file(services: Services, issued: Issued) -> bytes:
    """What is handed over: the file with the newest long-term data, or, should that be lost or damaged, as it
    was issued, which is as valid. Raises ObjectMissingError, ObjectDamagedError."""
    with services.database.reading() as tx:
        newest = tx.preservations.newest(issued.entry_id)
    if newest is not None:
        try:
            return services.objects.get(newest.digest)
        except (ObjectMissingError, ObjectDamagedError):
            return services.objects.get(issued.digest)
    return services.objects.get(issued.digest)


def _parsed(key: str) -> tuple[EntryId, int]:
    entry_id, _, turn = key.rpartition("#")
    return EntryId(entry_id), int(turn)


def _complete(services: Services, waiting: Preservation, extended: Extended, *, number: int) -> None:
    at = services.now()
    version = IssuedVersion(
        entry_id=waiting.entry_id,
        number=number,
        digest=Digest(extended.digest),
        size=len(extended.content),
        level=extended.level.value,
        at=at,
        good_until=extended.good_until,
    )
    done = Preservation(version.entry_id, _next(services, version, at), version.level, turn=waiting.turn)
    detail = (("document", version.digest), ("level", version.level), ("version", str(number)))
    try:
        with services.database.transaction() as tx:
            tx.preservations.save(done)
            tx.preservations.add(version)
            tx.audit.add(AuditEntry(at, SERVICE, DOCUMENT_PRESERVED, version.entry_id, detail))
    except StaleError:
        # Somebody else did this turn meanwhile; theirs is kept, and the sweep removes ours.
        return


def _next(services: Services, version: IssuedVersion, at: datetime) -> datetime:
    """A file that only now is dated lacks what authorities say after it; one that has all waits for years."""
    if version.level == SignatureLevel.B_LTA:
        return max(version.renew_before, at + _AT_LEAST)
    return at + services.long_term_after
