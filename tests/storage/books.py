"""Books written as the service writes them, without drawing and signing: how many lines in, the same lines
with their trail, certifications and objects out. All people are invented.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from ocr.model import Digest
from tests.storage.builders import COPIES, LINE, NOW
from verification.audit import AuditEntry
from verification.certification import Issued, ShortCode
from verification.ports import Database, ObjectStore, Transaction
from verification.register import RegisterEntry, Series
from verification.submission import PaperId
from verification.workflow.issue import DOCUMENT_ISSUED, ISSUE_FAILED, NUMBER_HELD, SERVICE

EVERY_CANCELLED = 10
"""The tenth line, the twentieth and so on are cancelled."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where lines are written."""

    database: Database
    objects: ObjectStore

    def write(
        self, numbers: Iterable[int], *, series: Series = COPIES, first_at: datetime = NOW
    ) -> tuple[RegisterEntry, ...]:
        """One line a number, a minute apart, in one transaction; papers are named by the numbers."""
        with self.database.transaction() as tx:
            return tuple(
                self._line(tx, number, series, first_at + timedelta(minutes=number)) for number in numbers
            )

    def _line(self, tx: Transaction, number: int, series: Series, at: datetime) -> RegisterEntry:
        paper = PaperId(f"{series.name.lower()}-{number}.1")
        line = replace(LINE, requester=f"Nguyễn Thị Mẫu {number}")
        entry = tx.register.hold(paper, series, line, at=at)
        detail = (("paper", str(paper)), ("line", entry.fingerprint()))
        tx.audit.add(AuditEntry(at, SERVICE, NUMBER_HELD, entry.id, detail))
        if number % EVERY_CANCELLED == 0:
            tx.audit.add(AuditEntry(at, SERVICE, ISSUE_FAILED, paper, (("code", "KEYS_UNUSABLE"),)))
            return tx.register.cancel(entry.id, at=at, reason="KEYS_UNUSABLE")
        document = self.objects.put_once(f"{series}-{number}".encode())
        issued = issued_under(entry, document)
        tx.certifications.add(issued)
        detail = (("document", str(document)), ("certification", issued.fingerprint()))
        tx.audit.add(AuditEntry(at, SERVICE, DOCUMENT_ISSUED, entry.id, detail))
        return tx.register.issue(entry.id, at=at, document=document)


def issued_under(entry: RegisterEntry, document: Digest) -> Issued:
    """The certification of a line."""
    code = sha256(entry.id.encode()).hexdigest()[:12].upper()
    return Issued(
        entry_id=entry.id,
        series=entry.series,
        number=entry.label,
        book=entry.book,
        paper_id=entry.paper_id,
        title=entry.line.title,
        code=ShortCode(code),
        issued_at=entry.held_at,
        digest=document,
        size=10,
        level="B-T",
    )
