"""Whatever fails while a batch is signed ends in a clear state with words; no number is lost or doubled, and
when the fault is over the next batch signs what is left under the numbers that were held.
"""

import resource
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.routes.showing.failing import failure_words
from api.signing_desk import Ordered, sign_now
from ocr.model import Digest
from signing.errors import (
    CertificateExpiredError,
    FontMissingError,
    GlyphMissingError,
    KeysUnusableError,
    SignatureFaultyError,
    SigningError,
    TokenLostError,
    WrongPinError,
)
from signing.model import Signatory
from signing.pades import PadesSigner
from signing.trial_pki import TestPki
from storage.errors import DatabaseUnavailableError
from storage.memory import MemoryDatabase, MemoryObjects
from storage.memory.database import MemoryTransaction
from storage.objects import FileStore
from tests.builders import NOW, birth_page, birth_row, diploma_page
from tests.chaos.issuing_home import IssuingHome
from tests.desk import (
    OFFICER,
    OFFICER_NAME,
    REQUEST,
    UNIT,
    Desk,
    SilentTimeStamps,
    approval,
    not_needed,
)
from tests.signing_ways import PIN, TokenSigner
from verification.batch import Batch, BatchState, PaperState
from verification.errors import StoreUnavailableError, VerificationError
from verification.register import EntryState, Series
from verification.submission import PaperId, PaperStage
from verification.workflow.decide import decide
from verification.workflow.issue import abandon, hold, sign_and_keep
from verification.workflow.sign_batch import end_lost_of
from verification.workflow.verify_register import verify_register

PERSON = Signatory(OFFICER, OFFICER_NAME)


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TestPki:
    return TestPki.open(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture
def desk(pki: TestPki, tmp_path: Path) -> Desk:
    return Desk(pki, tmp_path)


@pytest.fixture
def token(desk: Desk) -> TokenSigner:
    """The officer's key is on a token."""
    token = TokenSigner(desk.services.signer)
    desk.replace(signer=token)
    return token


def approved(desk: Desk, count: int = 2) -> tuple[PaperId, ...]:
    papers = tuple(desk.hand_in(diploma_page()) for _ in range(count))
    for paper in papers:
        desk.decide(approval(paper))
    return tuple(paper.id for paper in papers)


def signed(desk: Desk, papers: tuple[PaperId, ...], pin: str = PIN) -> Batch:
    return sign_now(desk.services, Ordered(PERSON, papers, pin), "desk", begun=lambda _: None)


def bilingual(code: str | None) -> bool:
    words = failure_words(code or "")
    return bool(words.vi and words.en) and words.vi != words.en and "lỗi hệ thống" not in words.vi


# -- what concerns every paper ------------------------------------------------------------------------


def require_taken_up(desk: Desk, papers: tuple[PaperId, ...]) -> None:
    """The next batch signs all that is left; the book has one line a paper, in order, and its proof holds."""
    batch = signed(desk, papers)
    assert {paper.state for paper in batch.papers} == {PaperState.ISSUED}
    lines = desk.lines()
    assert [line.paper_id for line in lines] == list(papers)
    assert [line.number for line in lines] == list(range(1, len(papers) + 1))
    assert {line.state for line in lines} == {EntryState.ISSUED}
    assert [len(desk.issued(paper)) for paper in papers] == [1] * len(papers)
    assert verify_register(desk.services).faults == ()


@pytest.mark.parametrize(
    "error",
    [
        CertificateExpiredError(),
        TokenLostError(),
        KeysUnusableError(),
        SignatureFaultyError(),
        FontMissingError(),
        StoreUnavailableError(),
    ],
    ids=lambda error: error.code,
)
def test_what_would_meet_every_paper_ends_the_batch_with_its_words(
    desk: Desk, token: TokenSigner, error: SigningError | VerificationError
) -> None:
    papers = approved(desk, 3)
    token.left, token.error = 1, error
    batch = signed(desk, papers)
    assert (batch.state, batch.reason, bilingual(batch.reason)) == (BatchState.HALTED, error.code, True)
    assert [line.state for line in desk.lines()] == [EntryState.ISSUED, EntryState.HELD]
    assert [desk.case(paper).stage for paper in papers[1:]] == [PaperStage.TO_SIGN] * 2
    token.left = None
    require_taken_up(desk, papers)


def test_a_wrong_pin_begins_nothing_and_is_told(desk: Desk, token: TokenSigner) -> None:
    papers = approved(desk)
    with pytest.raises(WrongPinError) as wrong:
        signed(desk, papers, pin="0000")
    assert bilingual(wrong.value.code)
    assert desk.lines() == ()
    require_taken_up(desk, papers)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator["Disk"]:
    """A file system of 16 KB where one may be mounted; else the kernel is asked to refuse longer files."""
    folder = tmp_path / "full"
    folder.mkdir()
    small = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    mounted = subprocess.run(small, capture_output=True, check=False).returncode == 0
    yield Disk(folder, None if mounted else 4096)
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_ends_the_batch_and_keeps_the_number(
    desk: Desk, token: TokenSigner, disk: "Disk"
) -> None:
    papers = approved(desk)
    desk.replace(objects=FullDisk(desk.objects, FileStore(disk.folder), disk))
    batch = signed(desk, papers)
    assert (batch.state, batch.reason, bilingual(batch.reason)) == (
        BatchState.HALTED,
        "STORE_UNAVAILABLE",
        True,
    )
    assert [line.state for line in desk.lines()] == [EntryState.HELD]
    assert list(FileStore(disk.folder).stored_before(datetime(9999, 1, 1, tzinfo=UTC))) == []
    desk.replace(objects=desk.objects)
    require_taken_up(desk, papers)


@dataclass(frozen=True, slots=True)
class Disk:
    """Where it is; how long a file the kernel takes, where it is not small by itself."""

    folder: Path
    max_bytes: int | None

    @contextmanager
    def limited(self) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft if self.max_bytes is None else self.max_bytes, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@dataclass(frozen=True, slots=True)
class FullDisk:
    """`verification.ports.ObjectStore` on a disk that has no room; what is there already lies elsewhere."""

    inner: MemoryObjects
    full: FileStore
    disk: Disk

    def put_once(self, content: bytes) -> Digest:
        with self.disk.limited():
            return self.full.put_once(content)

    def get(self, digest: Digest) -> bytes:
        return self.inner.get(digest)

    def exists(self, digest: Digest) -> bool:
        return self.inner.exists(digest)

    def delete(self, digest: Digest) -> None:
        self.inner.delete(digest)

    def sweep(self, moment: datetime) -> int:
        return self.inner.sweep(moment)

    def stored_before(self, moment: datetime) -> Iterator[Digest]:
        return self.inner.stored_before(moment)


class DownDatabase:
    """`verification.ports.Database` that answers no more from the moment it is told to."""

    def __init__(self, inner: MemoryDatabase) -> None:
        self._inner, self.down = inner, False
        self.access_log = inner.access_log

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        if self.down:
            raise DatabaseUnavailableError
        with self._inner.transaction() as tx:
            yield tx

    @contextmanager
    def reading(self) -> Iterator[MemoryTransaction]:
        if self.down:
            raise DatabaseUnavailableError
        with self._inner.reading() as tx:
            yield tx


def test_a_database_that_goes_down_before_the_last_step_leaves_a_line_that_is_taken_up(
    desk: Desk, token: TokenSigner
) -> None:
    papers = approved(desk)
    database = DownDatabase(desk.database)
    desk.replace(database=database)

    def fall(number: int) -> None:
        database.down = number == 1

    token.on_sign = fall
    with pytest.raises(DatabaseUnavailableError) as down:
        signed(desk, papers)
    assert bilingual(down.value.code)
    database.down = False
    assert [line.state for line in desk.lines()] == [EntryState.HELD]
    end_lost_of(desk.services, "desk")
    token.on_sign = lambda _: None
    require_taken_up(desk, papers)


# -- what concerns one paper, or none ------------------------------------------------------------------


def test_a_letter_that_no_font_has_is_told_before_a_number_is_taken(desk: Desk, token: TokenSigner) -> None:
    desk.load("civil_status", birth_row())
    strange = replace(REQUEST, audience="Trường \U00013000")
    papers = []
    for request in (REQUEST, strange, REQUEST):
        submission = desk.submit(desk.upload(birth_page()), request=request)
        papers.append(PaperId(f"{submission.id}.1"))
    first, spoilt, last = papers
    desk.decide(not_needed(desk.case(first)))
    with pytest.raises(GlyphMissingError) as missing:
        desk.decide(not_needed(desk.case(spoilt)))
    assert bilingual(missing.value.code)
    desk.decide(not_needed(desk.case(last)))
    assert {paper.state for paper in signed(desk, (first, last)).papers} == {PaperState.ISSUED}
    assert [line.number for line in desk.lines(Series.RECEIPTS)] == [1, 2]
    assert verify_register(desk.services).faults == ()


def test_without_an_authority_for_time_stamps_the_batch_goes_on_at_the_lower_level(
    desk: Desk, token: TokenSigner, pki: TestPki
) -> None:
    papers = approved(desk)
    desk.replace(signer=TokenSigner(PadesSigner(pki, UNIT.agency, SilentTimeStamps())))
    assert {paper.state for paper in signed(desk, papers).papers} == {PaperState.ISSUED}
    assert [desk.issued(paper)[0].level for paper in papers] == ["B-B"] * 2


# -- two at once -----------------------------------------------------------------------------------------


def test_two_workers_on_one_paper_issue_it_once(tmp_path: Path) -> None:
    homes = [IssuingHome.open(tmp_path) for _ in range(2)]
    paper = homes[0].waiting_paper("1")
    decide(homes[0].services, approval(paper), version=paper.version)
    meeting = threading.Barrier(2)
    ended: list[str] = []
    workers = [
        threading.Thread(target=issue_together, args=(home, paper.id, meeting, ended)) for home in homes
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    with homes[0].database.reading() as tx:
        entries = tx.register.entries(Series.COPIES, 2026)
        issued = tx.certifications.by_paper(paper.id)
        stage = tx.submissions.paper(paper.id).stage
    assert sorted(ended) == ["issued", "somebody was quicker"]
    assert [(e.number, e.state, e.document) for e in entries] == [(1, EntryState.ISSUED, issued[0].digest)]
    assert (len(issued), stage) == (1, PaperStage.ISSUED)
    assert verify_register(homes[0].services).faults == ()
    for home in homes:
        home.close()


def issue_together(home: IssuingHome, paper: PaperId, meeting: threading.Barrier, ended: list[str]) -> None:
    """As the worker does: what is refused for good is recorded, and changes nothing once it is issued."""

    def wait(_number: int) -> None:
        meeting.wait(20)

    signer = TokenSigner(home.services.signer, open_for=OFFICER, on_sign=wait)
    services = replace(home.services, signer=signer)
    try:
        hold(services, paper)
        sign_and_keep(services, paper)
        ended.append("issued")
    except VerificationError as error:
        abandon(services, paper, error)
        ended.append("somebody was quicker")
