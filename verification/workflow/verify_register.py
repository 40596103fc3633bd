"""Verify the register: the books in, every fault out; an empty answer proves that no line was lost, changed
or re-used.

1. The audit chain is whole; what it says of lines, first books and closed years is noted.
2. Numbers, series by series and year by year: every one from the first to the last is there, once, and none
   was taken before the one that precedes it.
3. Every line is what the trail says was held, issued or cancelled, column by column; no paper has two.
4. Every issued line has a certification that says the same, and every certification its issued line; it
   stands as the trail says.
5. Closed years are what they were when they were closed.
6. Every issued line's document is in the store, under its own digest, and so is every version of it with
   long-term data; those are the ones that the trail tells of, and each begins with the issued document.

Codes and their words: `verification.register_faults`. Lines are read a few at a time, documents one by one.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from ocr.model import Digest
from verification.audit import AuditEntry, first_broken
from verification.certification import Standing
from verification.errors import VerificationError
from verification.ports import Transaction
from verification.register import (
    BOOKS_OF_COPIES,
    OVERTAKEN,
    Book,
    Certified,
    Count,
    EntryState,
    RegisterEntry,
    YearClose,
    number_faults,
)
from verification.services import Services
from verification.workflow.cancel_held import LINE_CANCELLED, reason_digest
from verification.workflow.close_year import YEAR_CLOSED, year_id
from verification.workflow.enter_line import LINE_ENTERED
from verification.workflow.issue import DOCUMENT_ISSUED, ISSUE_FAILED, NUMBER_HELD
from verification.workflow.open_book import BOOK_OPENED, book_id
from verification.workflow.preserve import DOCUMENT_PRESERVED
from verification.workflow.trail import standing_told
from verification.workflow.verify_versions import version_faults

Fault = tuple[str, str]
"""A code and what it is about."""
Progress = Callable[[str, int], None]
"""Told what is looked at (`trail`, `lines`, `documents`) and how many were."""


@dataclass(frozen=True, slots=True)
class RegisterProof:
    """How many lines were looked at and what is wrong."""

    lines: int
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Witnessed:
    """What the trail says: lines held (with their fingerprints) and issued (with their documents, and when),
    those of them entered by hand (which have no file), certifications with their fingerprints, papers whose
    issuing failed and lines cancelled (with why and when), books with their first numbers, years with their
    digests."""

    held: dict[str, str] = field(default_factory=dict)
    issued: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    entered: set[str] = field(default_factory=set)
    certified: dict[str, str] = field(default_factory=dict)
    failed: set[tuple[str, str, datetime]] = field(default_factory=set)
    cancelled: set[tuple[str, str, datetime]] = field(default_factory=set)
    opened: set[tuple[str, str]] = field(default_factory=set)
    closed: dict[str, str] = field(default_factory=dict)
    versions: dict[str, list[str]] = field(default_factory=dict)
    stands: dict[str, str] = field(default_factory=dict)

    def see(self, entry: AuditEntry) -> None:
        """One more entry."""
        detail, subject = dict(entry.detail), entry.subject
        if stands := standing_told(entry):
            self.stands[subject] = stands
        if entry.action == NUMBER_HELD:
            self.held[subject] = detail.get("line", "")
        elif entry.action in (DOCUMENT_ISSUED, LINE_ENTERED):
            self.issued[subject] = detail.get("document", ""), entry.at
            self.certified[subject] = detail.get("certification", "")
            self.entered |= {subject} if entry.action == LINE_ENTERED else set()
        elif entry.action == DOCUMENT_PRESERVED:
            self.versions.setdefault(subject, []).append(detail.get("document", ""))
        elif entry.action == ISSUE_FAILED:
            self.failed.add((subject, detail.get("code", ""), entry.at))
        elif entry.action == LINE_CANCELLED:
            self.cancelled.add((detail.get("line", ""), detail.get("reason", ""), entry.at))
        elif entry.action == BOOK_OPENED:
            self.opened.add((subject, detail.get("first", "")))
        elif entry.action == YEAR_CLOSED:
            self.closed[subject] = detail.get("digest", "")


@dataclass(slots=True)
class _Found:
    """What was found so far, and what the last steps need of the lines."""

    witnessed: _Witnessed
    certified: dict[str, Certified]
    versions: dict[str, list[str]]
    progress: Progress
    faults: list[Fault] = field(default_factory=list)
    lines: int = 0
    seen: set[str] = field(default_factory=set)
    papers: Counter[str] = field(default_factory=Counter)
    documents: list[RegisterEntry] = field(default_factory=list)

    def add(self, code: str, what: str) -> None:
        """One more fault."""
        self.faults.append((code, what))


def _silent(_what: str, _count: int) -> None:
    """Nobody watches."""


def verify_register(services: Services, *, progress: Progress = _silent) -> RegisterProof:
    """Reads everything; changes nothing."""
    with services.database.reading() as tx:
        # 1
        witnessed, broken = _trail(tx, progress)
        certified = {str(one.entry_id): one for one in tx.register.certified()}
        versions: dict[str, list[str]] = {}
        for version in tx.preservations.every_version():
            versions.setdefault(version.entry_id, []).append(version.digest)
        found = _Found(witnessed, certified, versions, progress)
        books, closes = tx.register.books(), tx.register.year_closes()
        # 2 to 5
        for series, year in sorted({(book.series, book.year) for book in books}):
            of_year = [book for book in books if (book.series, book.year) == (series, year)]
            close = next((c for c in closes if (c.series, c.year) == (series, year)), None)
            _verify_year(tx, found, of_year, close)
    if broken is not None:
        found.add("AUDIT_BROKEN", str(broken))
    _verify_whole(found)
    # 6
    _verify_documents(services, found)
    return RegisterProof(found.lines, tuple(found.faults))


def _trail(tx: Transaction, progress: Progress) -> tuple[_Witnessed, int | None]:
    witnessed = _Witnessed()

    def watched() -> Iterator[AuditEntry]:
        for count, entry in enumerate(tx.audit.chain(), 1):
            witnessed.see(entry)
            progress("trail", count)
            yield entry

    entries = watched()
    broken = first_broken(entries)
    deque(entries, maxlen=0)  # what follows a broken entry is still noted
    return witnessed, broken


def _verify_year(tx: Transaction, found: _Found, books: list[Book], close: YearClose | None) -> None:
    """Steps 2, 3 and, of a closed year, 5."""
    series, year = books[0].series, books[0].year
    numbers: list[int] = []
    count, before, places = Count(), None, {book.sign: book for book in books}
    for entry in tx.register.lines(series, year):
        numbers.append(entry.number)
        count.add(entry)
        if before and before - entry.held_at > OVERTAKEN:
            found.add("NUMBER_OUT_OF_TIME", _name(entry))
        before = entry.held_at
        if (
            entry.book not in places
            or not places[entry.book].first <= entry.number <= places[entry.book].last
        ):
            found.add("NUMBER_OUTSIDE", _name(entry))
        _verify_line(found, entry)
    for fault in number_faults(books, numbers):
        found.add(f"NUMBER_{fault.what.upper()}", f"{fault.number}/{year}-{series.value}")
    _verify_first(found, min(books, key=lambda book: book.ordinal))
    _verify_close(found, books, close, count)


def _verify_line(found: _Found, entry: RegisterEntry) -> None:
    found.lines += 1
    found.progress("lines", found.lines)
    found.seen.add(entry.id)
    if not _as_witnessed(found.witnessed, entry):
        found.add("LINE_CHANGED", _name(entry))
    if entry.series in BOOKS_OF_COPIES and entry.state is not EntryState.CANCELLED:
        found.papers[entry.paper_id] += 1
    if entry.state is EntryState.ISSUED and entry.id not in found.witnessed.entered:
        found.documents.append(entry)
        _verify_certification(found, entry)


def _verify_certification(found: _Found, entry: RegisterEntry) -> None:
    """Step 4, of a line; what is left of the certifications then has no line."""
    one = found.certified.pop(entry.id, None)
    if one is None:
        found.add("LINE_WITHOUT_CERTIFICATION", _name(entry))
        return
    said = (one.number, one.book, one.paper_id, one.document)
    told = found.witnessed.certified.get(entry.id)  # the first versions did not say
    changed = bool(told) and told != one.fingerprint
    if changed or said != (entry.label, entry.book, entry.paper_id, entry.document):
        found.add("CERTIFICATION_DIFFERS", _name(entry))
    if one.standing != found.witnessed.stands.get(entry.id, Standing.GOOD.value):
        found.add("STANDING_CHANGED", _name(entry))


def _as_witnessed(witnessed: _Witnessed, entry: RegisterEntry) -> bool:
    if witnessed.held.get(entry.id) != entry.fingerprint():
        return False
    issued, ended = witnessed.issued.get(entry.id), (entry.document, entry.closed_at, entry.reason)
    match entry.state:
        case EntryState.HELD:
            return issued is None and ended == (None, None, None)
        case EntryState.ISSUED:
            return issued is not None and ended == (*issued, None)
        case EntryState.CANCELLED:
            return issued is None and _as_cancelled(witnessed, entry)


def _as_cancelled(witnessed: _Witnessed, entry: RegisterEntry) -> bool:
    reason, at = entry.reason or "", entry.closed_at
    if at is None:
        return False
    failed = (entry.paper_id, reason, at) in witnessed.failed
    return failed or (entry.id, reason_digest(reason), at) in witnessed.cancelled


def _verify_first(found: _Found, book: Book) -> None:
    if book.first != 1 and (book_id(book), str(book.first)) not in found.witnessed.opened:
        found.add("BOOK_BEGINS_LATE", book.sign)


def _verify_close(found: _Found, books: list[Book], close: YearClose | None, count: Count) -> None:
    """Step 5. The close must agree with the lines, and with what the trail says of it."""
    series, year = books[0].series, books[0].year
    told = found.witnessed.closed.get(year_id(series, year))
    if close is None:
        if told is not None:
            found.add("YEAR_REOPENED", f"{year}-{series.value}")
        return
    if any(book.open for book in books):
        found.add("YEAR_REOPENED", f"{year}-{series.value}")
    if (told, close.digest, close.totals) != (close.digest, count.digest, count.totals):
        found.add("YEAR_CHANGED", f"{year}-{series.value}")


def _verify_whole(found: _Found) -> None:
    """What shows only when all lines were seen."""
    for entry_id in sorted(found.witnessed.held.keys() - found.seen):
        found.add("LINE_LOST", entry_id)
    for paper_id in sorted(paper for paper, lines in found.papers.items() if lines > 1):
        found.add("PAPER_TWICE", paper_id)
    for one in found.certified.values():
        found.add("CERTIFICATION_WITHOUT_LINE", f"{one.number}, {one.book}")


def _verify_documents(services: Services, found: _Found) -> None:
    for count, entry in enumerate(found.documents, 1):
        content: bytes | None = None
        try:
            content = services.objects.get(Digest(entry.document or ""))
        except VerificationError as error:
            found.add(error.code, _name(entry))
        told = (tuple(known.get(entry.id, ())) for known in (found.versions, found.witnessed.versions))
        for code in version_faults(services, content, *told):
            found.add(code, _name(entry))
        found.progress("documents", count)


def _name(entry: RegisterEntry) -> str:
    return f"{entry.label}-{entry.series.value}"
