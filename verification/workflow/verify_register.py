"""Verify the register: the books in, every fault out; an empty answer proves that no line was lost, changed
or re-used.

1. Numbers: every one from the first to the last is there, once.
2. Every issued line's document is in the store, under its own digest.
3. The audit chain is whole, and the lines are what it says was held, issued or failed, column by column.
"""

from dataclasses import dataclass

from ocr.model import Digest
from verification.audit import AuditEntry, first_broken
from verification.errors import VerificationError
from verification.register import EntryState, RegisterEntry, Series, faults
from verification.services import Services
from verification.workflow.issue import DOCUMENT_ISSUED, ISSUE_FAILED, NUMBER_HELD

Fault = tuple[str, str]
"""A code and what it is about."""


@dataclass(frozen=True, slots=True)
class RegisterProof:
    """How many lines were looked at and what is wrong."""

    lines: int
    faults: tuple[Fault, ...]


def verify_register(services: Services) -> RegisterProof:
    """Reads everything; changes nothing."""
    with services.database.transaction() as tx:
        books = tx.register.books()
        entries = tuple(
            e
            for series in Series
            for year in tx.register.years(series)
            for e in tx.register.entries(series, year)
        )
        trail = tx.audit.all()
    # 1
    found: list[Fault] = [
        (f"NUMBER_{f.what.upper()}", f"{f.number}/{f.year}-{f.series.value}") for f in faults(entries, books)
    ]
    # 2
    issued = [e for e in entries if e.state is EntryState.ISSUED]
    found += [fault for e in issued if (fault := _document_fault(services, e))]
    # 3
    broken = first_broken(trail)
    if broken is not None:
        found.append(("AUDIT_BROKEN", str(broken)))
    found += _against(_witnessed(trail), entries)
    return RegisterProof(len(entries), tuple(found))


def _document_fault(services: Services, entry: RegisterEntry) -> Fault | None:
    try:
        services.objects.get(Digest(entry.document or ""))
    except VerificationError as error:
        return error.code, f"{entry.label}-{entry.series.value}"
    return None


@dataclass(frozen=True, slots=True)
class _Witnessed:
    """What the trail says: lines held (with their fingerprints), lines issued (with their documents), and
    papers whose issuing failed."""

    held: dict[str, str]
    issued: dict[str, str]
    failed: frozenset[str]


def _witnessed(trail: tuple[AuditEntry, ...]) -> _Witnessed:
    return _Witnessed(
        held={e.subject: dict(e.detail).get("line", "") for e in trail if e.action == NUMBER_HELD},
        issued={e.subject: dict(e.detail).get("document", "") for e in trail if e.action == DOCUMENT_ISSUED},
        failed=frozenset(e.subject for e in trail if e.action == ISSUE_FAILED),
    )


def _against(witnessed: _Witnessed, entries: tuple[RegisterEntry, ...]) -> list[Fault]:
    lost = witnessed.held.keys() - {e.id for e in entries}
    changed = [e for e in entries if not _as_witnessed(witnessed, e)]
    return [
        *(("LINE_LOST", entry_id) for entry_id in sorted(lost)),
        *(("LINE_CHANGED", f"{e.label}-{e.series.value}") for e in changed),
    ]


def _as_witnessed(witnessed: _Witnessed, entry: RegisterEntry) -> bool:
    if witnessed.held.get(entry.id) != entry.fingerprint():
        return False
    document = witnessed.issued.get(entry.id)
    match entry.state:
        case EntryState.HELD:
            return document is None
        case EntryState.ISSUED:
            return document == entry.document
        case EntryState.CANCELLED:
            return document is None and entry.paper_id in witnessed.failed
