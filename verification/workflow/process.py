"""Process: a received submission in, its papers read, compared and assessed out. Runs as a job.

1. Already read: nothing to do (the job was repeated).
2. Read every file; one that cannot be read is refused with its reason, the others go on.
3. Compare with the records and assess, all files together.
4. Keep a picture of every page, for the officer and for the copy.
5. In one transaction: papers, what they rest on, stage, audit entry. A paper whose source was loaded after
   it was compared is compared again, so that nothing waits on old records.
Crash anywhere: the job begins again; papers have ids of their own, so nothing is doubled.
"""

from dataclasses import replace
from io import BytesIO

from PIL import Image

from ocr.errors import OcrError
from ocr.model import Page
from verification.audit import AuditEntry
from verification.matching import Found
from verification.ports import PaperCase, Side, Transaction
from verification.services import Services
from verification.submission import (
    PageImage,
    PaperId,
    PaperStage,
    Submission,
    SubmissionId,
    SubmissionStage,
    SubmittedFile,
)
from verification.workflow.check import AssessedPaper, ReadFile, cross_check, joined, read_file
from verification.workflow.compare_again import proposal_now, rest
from verification.workflow.inquire import Purpose

CHECKING = "verification"
"""The purpose in the access log of a dossier that says nothing of what it is for."""
SERVICE = "service"
_JPEG_QUALITY = 90
_ASKED = (Found.ONE, Found.NONE, Found.SEVERAL)
"""What a source can only have said when it was asked; too old a one is not asked again."""


def process(services: Services, submission_id: SubmissionId) -> None:
    """Raises only what a retry may cure (a store or database that does not answer)."""
    # 1
    with services.database.transaction() as tx:
        submission = tx.submissions.get(submission_id)
    if submission.stage is not SubmissionStage.RECEIVED:
        return
    # 2
    read: list[ReadFile] = []
    files: list[SubmittedFile] = []
    places: list[int] = []
    for number, file in enumerate(submission.files):
        outcome = _read(services, file)
        files.append(outcome[0])
        if outcome[1]:
            read.append(outcome[1])
            places.append(number)
    # 3
    read = joined(services, read)
    purpose = Purpose(SERVICE, submission.code, submission.procedure or CHECKING)
    papers = cross_check(services, read, purpose, procedure=submission.procedure)
    # 4, 5
    changed = replace(
        submission,
        files=tuple(files),
        stage=SubmissionStage.READ if read else SubmissionStage.REFUSED,
    )
    _keep(services, changed, [_case(submission, n, paper, places) for n, paper in enumerate(papers, 1)])


def _read(services: Services, file: SubmittedFile) -> tuple[SubmittedFile, ReadFile | None]:
    try:
        document = services.take_in(services.objects.get(file.digest), services.limits)
        read = read_file(services, document)
    except OcrError as error:
        refused = replace(file, error_code=error.code, error_vi=error.message_vi, error_en=error.message_en)
        return refused, None
    pictures = tuple(_picture(services, page.page) for page in read.reading.pages)
    return replace(file, pages=pictures), read


def _picture(services: Services, page: Page) -> PageImage:
    """The upright page as everybody sees it later: the same pixels that the boxes speak of."""
    encoded = BytesIO()
    Image.fromarray(page.image).save(encoded, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    digest = services.objects.put_once(encoded.getvalue())
    return PageImage(digest, page.width, page.height, page.dpi, page.scanned_dpi)


def _case(submission: Submission, ordinal: int, paper: AssessedPaper, places: list[int]) -> PaperCase:
    return PaperCase(
        id=PaperId(f"{submission.id}.{ordinal}"),
        submission_id=submission.id,
        sides=tuple(Side(places[n], extraction) for n, extraction in paper.sides),
        assessment=paper.assessment,
        stage=PaperStage.WAITING,
    )


def _keep(services: Services, submission: Submission, papers: list[PaperCase]) -> None:
    at = services.now()
    with services.database.transaction() as tx:
        papers = [_resting(services, tx, paper) for paper in papers]
        tx.submissions.add_papers(papers)
        tx.submissions.save(submission)
        for paper in papers:
            detail = (("outcome", paper.assessment.outcome.value),)
            tx.audit.add(AuditEntry(at, SERVICE, "paper.assessed", paper.id, detail))


def _resting(services: Services, tx: Transaction, paper: PaperCase) -> PaperCase:
    match = paper.assessment.match
    if match is None or match.found not in _ASKED:
        return paper
    rest(tx, paper.id, match)
    if tx.sources.snapshot(match.source) == match.snapshot:
        return paper
    return replace(paper, assessment=proposal_now(services, tx, paper))


def give_up(services: Services, submission_id: SubmissionId, error: Exception) -> None:
    """Reading failed for good: the submission says so, and an officer or the citizen can act."""
    code = str(getattr(error, "code", "FILE_UNREADABLE"))
    at = services.now()
    with services.database.transaction() as tx:
        submission = tx.submissions.get(submission_id)
        if submission.stage is not SubmissionStage.RECEIVED:
            return
        tx.submissions.save(replace(submission, stage=SubmissionStage.REFUSED))
        tx.audit.add(AuditEntry(at, SERVICE, "submission.unreadable", submission_id, (("code", code),)))
