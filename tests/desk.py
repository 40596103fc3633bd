"""A service point for tests: real signing, memory for rows and objects, and a reader that is told beforehand
what each file says. Papers go in; cases, decisions and issued files come out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from ocr.errors import FileDamagedError, OcrError
from ocr.intake import take_in
from ocr.model import Document, DocumentReading, Limits, PageReading
from signing.errors import KeysUnusableError, SigningError, TimeStampError
from signing.model import PendingSignature, PreparedPdf, Signatory, SignedPdf, SigningWay
from signing.pades import PadesSigner
from signing.timestamp import LocalTimeStamps
from signing.trial_pki import TestPki
from signing.trust import TrustStore
from storage.memory import MemoryDatabase, MemoryObjects
from tests.builders import NOW, PROFILES, picture
from verification.certification import Issued
from verification.decision import (
    Approval,
    Decision,
    Delegation,
    NotNeeded,
    Officer,
    OriginalSeen,
    Role,
)
from verification.errors import VerificationError
from verification.ports import PaperCase, Transaction
from verification.register import RegisterEntry, Series
from verification.services import Services, Unit
from verification.source_profile import shipped_sources
from verification.submission import Applicant, Channel, OfficerId, PaperId, Submission, SubmissionId
from verification.workflow.check import AssessedPaper, cross_check, joined, read_file
from verification.workflow.decide import ISSUE_JOB, decide, paper_of
from verification.workflow.inquire import Purpose
from verification.workflow.issue import abandon, hold, sign_and_keep
from verification.workflow.process import process
from verification.workflow.receive import PROCESS_JOB, Request, Upload, receive
from verification.workflow.synchronise import Delivery, Loaded, synchronise

OFFICER = OfficerId("mau.officer")
OFFICER_NAME = "Trần Văn Thử"
UNIT = Unit("H26.10.05", "Ủy ban nhân dân xã Sông Mẫu", "Sông Mẫu")
PURPOSE = Purpose("test", "H26.10.05-261124-0001", "2.000815")
REQUEST = Request(
    applicant=Applicant("Nguyễn Thị Mẫu", birth_year="1999", number_tail="2345"),
    channel=Channel.COUNTER,
    procedure="2.000815 Chứng thực bản sao từ bản chính",
    audience="Trường THPT Mẫu",
    actor=OFFICER,
)


class PreparedPapers:
    """`verification.services.PaperReading` for files whose reading was laid down beforehand."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[PageReading, ...] | OcrError] = {}

    def lay_down(self, content: bytes, found: tuple[PageReading, ...] | OcrError) -> bytes:
        """From now on a file of these bytes reads so; the bytes again."""
        self._known[content] = found
        return content

    def read(self, document: Document, *, both: bool = True) -> DocumentReading:
        """What was laid down, by all readers at once. Raises what was laid down, and FileDamagedError for
        any other file."""
        found = self._known.get(document.content, FileDamagedError())
        if isinstance(found, OcrError):
            raise found
        return DocumentReading(document, found)

    def look(self, document: Document) -> DocumentReading:
        """The pages of `read`, of which nothing has been read yet."""
        found = self.read(document)
        return replace(found, pages=tuple(replace(page, texts=(), codes=()) for page in found.pages))

    def read_again(self, reading: DocumentReading, wanted: Mapping[int, Collection[int]]) -> DocumentReading:
        """Nothing is left to be read."""
        return reading


class RefusingSigner:
    """A signer whose keys cannot be used; it counts how often it was asked."""

    test = True

    def __init__(self) -> None:
        self.asked = 0

    def way_of(self, person: Signatory) -> SigningWay:
        return SigningWay.AT_ONCE

    def certificates_of(self, person: Signatory) -> tuple[bytes, ...]:
        raise KeysUnusableError

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator["RefusingSigner"]:
        yield self

    def sign(self, prepared: PreparedPdf, *, person: Signatory, reason: str, at: datetime) -> SignedPdf:
        self.asked += 1
        raise KeysUnusableError

    def begin(
        self, prepared: PreparedPdf, *, certificates: tuple[bytes, ...], reason: str, at: datetime
    ) -> PendingSignature:
        self.asked += 1
        raise KeysUnusableError

    def finish(self, pending: PendingSignature, value: bytes) -> SignedPdf:
        self.asked += 1
        raise KeysUnusableError


class SilentTimeStamps:
    """A time-stamp authority that does not answer."""

    def token(self, digest: bytes, *, at: datetime) -> bytes:
        raise TimeStampError


@dataclass(slots=True)
class Clock:
    """Stands still until it is moved on."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def move(self, **time: float) -> None:
        self.at += timedelta(**time)


class Desk:
    """One counter, one officer with a delegation, and everything at hand that a test wants to see."""

    def __init__(self, pki: TestPki, folder: Path) -> None:
        self.clock = Clock()
        self.database = MemoryDatabase()
        self.objects = MemoryObjects(self.clock)
        self.papers = PreparedPapers()
        self.pki = pki
        self._count = 0
        self.services = Services(
            database=self.database,
            objects=self.objects,
            take_in=take_in,
            papers=self.papers,
            signer=PadesSigner(pki, UNIT.agency, LocalTimeStamps(pki.time_stamping)),
            trust=TrustStore(folder / "trust", own=pki),
            profiles=PROFILES,
            sources=shipped_sources(),
            unit=UNIT,
            limits=Limits(),
            public_url="https://xa-mau.example.vn",
            code_secret=b"m" * 32,
            now=self.clock,
            new_id=self._next_id,
        )
        appoint(self.services)

    def _next_id(self) -> str:
        self._count += 1
        return f"s{self._count}"

    # -- records and papers -----------------------------------------------------------------------

    def load(self, source: str, *rows: dict[str, object], as_of: datetime = NOW) -> Loaded:
        return synchronise(self.services, enumerate(rows, 1), Delivery(source, as_of, OFFICER))

    def upload(self, *pages: PageReading) -> Upload:
        """A file that will be read as these pages."""
        self._count += 1
        content = self.papers.lay_down(picture(self._count), pages)
        return Upload(f"giay-{self._count}.png", content)

    def check(self, *pages: PageReading) -> AssessedPaper:
        """A file read and compared, nothing kept."""
        (assessed,) = self.check_all(pages)
        return assessed

    def check_all(self, *files: Sequence[PageReading]) -> tuple[AssessedPaper, ...]:
        """Several files of one call."""
        contents = [self.upload(*pages).content for pages in files]
        read = [read_file(self.services, take_in(content, Limits())) for content in contents]
        return cross_check(self.services, joined(self.services, read), PURPOSE)

    def submit(self, *uploads: Upload, request: Request = REQUEST) -> Submission:
        """Handed in and read."""
        received = receive(self.services, uploads, request)
        assert received.submission is not None
        self.work()
        with self.database.transaction() as tx:
            return tx.submissions.get(received.submission.id)

    def hand_in(self, *pages: PageReading) -> PaperCase:
        """One file with one paper, handed in, read and compared."""
        submission = self.submit(self.upload(*pages))
        with self.database.transaction() as tx:
            (paper,) = tx.submissions.papers(submission.id)
        return paper

    # -- work -----------------------------------------------------------------------------------------

    def work(self) -> None:
        """Run what is queued, as the worker would: what no retry may cure is recorded at once."""
        self.database.drain({PROCESS_JOB: self._process, ISSUE_JOB: self._issue})

    def _process(self, key: str) -> None:
        process(self.services, SubmissionId(key))

    def _issue(self, key: str) -> None:
        try:
            hold(self.services, paper_of(key))
            sign_and_keep(self.services, paper_of(key))
        except (VerificationError, SigningError) as error:
            abandon(self.services, paper_of(key), error)

    def replace(self, **parts: object) -> None:
        """Put other parts in the place of these services'."""
        self.services = replace(self.services, **parts)  # type: ignore[arg-type]

    def decide(self, decision: Decision) -> PaperCase:
        """Decided at the version that is there now."""
        return decide(self.services, decision, version=self.case(decision.paper_id).version)

    def issue(self, decision: Decision) -> Issued:
        """Decided and issued."""
        self.decide(decision)
        self.work()
        (issued,) = self.issued(decision.paper_id)
        return issued

    # -- what is there --------------------------------------------------------------------------------

    def case(self, paper_id: PaperId) -> PaperCase:
        with self.database.transaction() as tx:
            return tx.submissions.paper(paper_id)

    def issued(self, paper_id: PaperId) -> tuple[Issued, ...]:
        with self.database.transaction() as tx:
            return tx.certifications.by_paper(paper_id)

    def lines(self, series: Series = Series.COPIES) -> tuple[RegisterEntry, ...]:
        with self.database.transaction() as tx:
            return tx.register.entries(series, self.clock.at.year)

    def actions(self) -> list[str]:
        with self.database.transaction() as tx:
            return [entry.action for entry in tx.audit.all()]


def appoint(
    services: Services,
    officer: OfficerId = OFFICER,
    *,
    roles: frozenset[Role] = frozenset({Role.OFFICER}),
    valid_from: date = date(2026, 1, 1),
    valid_to: date = date(2026, 12, 31),
    revoked: bool = False,
) -> None:
    """An officer with one delegation."""
    with services.database.transaction() as tx:
        tx.officers.add(Officer(officer, OFFICER_NAME, roles))
        delegate(tx, officer, valid_from=valid_from, valid_to=valid_to, revoked=revoked)


def delegate(
    tx: Transaction, officer: OfficerId, *, valid_from: date, valid_to: date, revoked: bool = False
) -> None:
    """A delegation; one an officer."""
    capacity = ("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH")
    tx.officers.add_delegation(
        Delegation(f"d-{officer}", officer, "01/QĐ-MẪU", capacity, valid_from, valid_to, revoked)
    )


def approval(
    paper: PaperCase, *, officer: OfficerId = OFFICER, copies: int = 1, demander: str | None = None
) -> Approval:
    """Certify it, the original having been seen at the counter."""
    seen = OriginalSeen(officer, NOW, "Quầy số 1")
    return Approval(paper.id, officer, NOW, seen, copies=copies, demander=demander)


def not_needed(paper: PaperCase, *, officer: OfficerId = OFFICER) -> NotNeeded:
    return NotNeeded(paper.id, officer, NOW)
