"""Receipts for the bench: a wired service in; papers that wait for an officer, decided and issued, out.

One invented birth certificate is taken as read without a fault; every further paper is a file of its own
that reads the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO

from PIL import Image

from ocr.intake import take_in
from ocr.model import Box, Document, DocumentReading, Page, PageReading, PageText, TextLine
from verification.assess import VIETNAM
from verification.assessment import Outcome
from verification.decision import Delegation, NotNeeded, Officer, Role
from verification.ports import PaperCase
from verification.services import Services
from verification.specimens import PUBLISHED_SEEDS, Grade, draw, sketch
from verification.specimens.sheet import Run, Sheet
from verification.submission import (
    Applicant,
    Channel,
    OfficerId,
    PaperId,
    PaperStage,
    Submission,
    SubmissionStage,
)
from verification.workflow.compare_again import rest
from verification.workflow.compose import Held
from verification.workflow.decide import decide
from verification.workflow.issue import held_line, hold, sign_and_keep
from verification.workflow.process import process
from verification.workflow.receive import Request, Upload, receive
from verification.workflow.synchronise import Delivery, synchronise

OFFICER = OfficerId("bench")
_KIND, _SEED = "birth_certificate", PUBLISHED_SEEDS
_READERS = ("asternet", "tesseract")
_DAY = timedelta(days=1)
_REQUEST = Request(
    Applicant("Nguyễn Thị Mẫu"),
    Channel.COUNTER,
    "Đăng ký nhập học lớp 1",
    "Trường Tiểu học Mẫu",
    OFFICER,
)


@dataclass(frozen=True, slots=True)
class ReadOnce:
    """`verification.services.PaperReading` that has read one page and takes every file for it."""

    page: PageReading

    def read(self, document: Document, *, both: bool = True) -> DocumentReading:  # noqa: ARG002
        """See `PaperReading`."""
        return DocumentReading(document, (self.page,))

    def look(self, document: Document) -> DocumentReading:
        """See `PaperReading`."""
        return DocumentReading(document, (replace(self.page, texts=()),))

    def read_again(
        self,
        reading: DocumentReading,
        wanted: Mapping[int, Collection[int]],  # noqa: ARG002 everything was read by all
    ) -> DocumentReading:
        """See `PaperReading`."""
        return reading


def prepared_office(services: Services) -> Services:
    """With an officer who may sign, the records of one paper, and that paper read."""
    for source, record in draw(_KIND, seed=_SEED, grade=Grade.CLEAN).records:
        synchronise(services, enumerate([dict(record)], 1), Delivery(source, services.now(), OFFICER))
    today = services.now().astimezone(VIETNAM).date()
    delegation = Delegation("bench", OFFICER, "01/QĐ-MẪU", ("CHỦ TỊCH",), today - _DAY, today + _DAY)
    with services.database.transaction() as tx:
        tx.officers.add(Officer(OFFICER, "Trần Thị Mẫu", frozenset({Role.OFFICER})))
        tx.officers.add_delegation(delegation)
    page = _read(sketch(_KIND, seed=_SEED).sheet)
    return replace(services, papers=ReadOnce(page), take_in=take_in)


def _read(sheet: Sheet) -> PageReading:
    """Every text on the sheet where it stands, as both readers would see it if they saw everything."""
    runs = sorted(sheet.runs, key=lambda run: (round(run.at[1]), run.at[0]))
    places = [(run.text, _box(sheet, run)) for run in runs]
    texts = tuple(
        PageText(by, tuple(TextLine(text, box, 1.0, by) for text, box in places)) for by in _READERS
    )
    return PageReading(Page(1, sheet.pixels(), round(sheet.dpi)), texts, ())


def _box(sheet: Sheet, run: Run) -> Box:
    (left, base), tall = run.at, run.pen.points * 0.3
    return Box(*map(sheet.px, (left, base - tall, left + run.length, base + 1)))


def waiting(services: Services, number: int = 0) -> PaperCase:
    """A paper of which the records say everything, handed in, read and compared."""
    submission = _received(services, number)
    process(services, submission.id)
    with services.database.transaction() as tx:
        (case,) = tx.submissions.papers(submission.id)
    if case.assessment.outcome is not Outcome.NO_COPY_NEEDED:
        raise RuntimeError(f"the bench's paper was proposed as {case.assessment.outcome}")
    return case


def more_waiting(services: Services, like: PaperCase, numbers: Iterable[int]) -> list[PaperCase]:
    """Further papers, handed in each for itself, of which the same was read and compared as of that one."""
    return [_another(services, like, number) for number in numbers]


def _another(services: Services, like: PaperCase, number: int) -> PaperCase:
    submission, match = _received(services, number), like.assessment.match
    case = replace(like, id=PaperId(f"{submission.id}.1"), submission_id=submission.id)
    with services.database.transaction() as tx:
        (file,), (looked,) = submission.files, tx.submissions.get(like.submission_id).files
        if match is not None:
            rest(tx, case.id, match)
        tx.submissions.add_papers([case])
        tx.submissions.save(
            replace(submission, files=(replace(file, pages=looked.pages),), stage=SubmissionStage.READ)
        )
        return tx.submissions.paper(case.id)


def _received(services: Services, number: int) -> Submission:
    received = receive(services, (Upload(f"{number}.png", _picture(number)),), _REQUEST)
    if received.submission is None:
        raise RuntimeError("the bench's paper was refused")
    return received.submission


def decided(services: Services, case: PaperCase) -> PaperId:
    """An officer says that no copy is needed."""
    decide(services, NotNeeded(case.id, OFFICER, services.now()), version=case.version)
    return case.id


def issued_here(services: Services, cases: Sequence[PaperCase]) -> None:
    """Decided and issued, step by step in this thread, as the job does it."""
    for case in cases:
        paper = decided(services, case)
        hold(services, paper)
        sign_and_keep(services, paper)


def line_under(services: Services, paper: PaperId) -> Held:
    """The line of a paper that was issued."""
    held = held_line(services, paper)
    if held.paper.stage is not PaperStage.ISSUED:
        raise RuntimeError(f"the bench's paper was not issued but is {held.paper.stage}")
    return held


def _picture(number: int) -> bytes:
    """A small PNG, another one for each number below sixteen million."""
    out = BytesIO()
    Image.new("RGB", (60, 80), (number % 256, number // 256 % 256, number // 65536)).save(out, "PNG")
    return out.getvalue()
