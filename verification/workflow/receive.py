"""Receive: files and who brings them in, a stored submission and a queued job out.

1. Take every file in by its content; one that cannot be taken is refused alone, with its reason.
2. Keep the bytes, durable, before anything points at them.
3. In one transaction: dossier code, submission, audit entry, job.
Crash after 2: bytes nobody points at; the sweep removes them. Crash after 3: the job runs at the next start.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ocr.errors import OcrError
from ocr.model import Document
from verification.audit import AuditEntry
from verification.services import Services
from verification.submission import (
    Applicant,
    Channel,
    Submission,
    SubmissionId,
    SubmissionStage,
    SubmittedFile,
)

PROCESS_JOB = "process"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sent it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """Who brings papers, how, for which procedure, and who asked for them."""

    applicant: Applicant
    channel: Channel
    procedure: str
    audience: str
    actor: str


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not taken, and why."""

    name: str
    code: str
    message_vi: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Received:
    """What became of the files; `submission` is None when none was taken."""

    submission: Submission | None
    refused: tuple[RefusedFile, ...]


def receive(services: Services, uploads: Sequence[Upload], request: Request) -> Received:
    """Never loses a good file because of a bad one."""
    # 1
    taken: list[tuple[Upload, Document]] = []
    refused: list[RefusedFile] = []
    for upload in uploads:
        try:
            taken.append((upload, services.take_in(upload.content, services.limits)))
        except OcrError as error:
            refused.append(RefusedFile(upload.name, error.code, error.message_vi, error.message_en))
    if not taken:
        return Received(None, tuple(refused))
    # 2
    for _, document in taken:
        services.objects.put_once(document.content)
    # 3
    files = tuple(
        SubmittedFile(upload.name, document.digest, document.media_type.value, len(document.content))
        for upload, document in taken
    )
    return Received(_enter(services, files, request), tuple(refused))


def _enter(services: Services, files: tuple[SubmittedFile, ...], request: Request) -> Submission:
    at = services.now()
    with services.database.transaction() as tx:
        submission = Submission(
            id=SubmissionId(services.new_id()),
            code=tx.submissions.next_code(services.unit.code, at),
            received_at=at,
            channel=request.channel,
            applicant=request.applicant,
            procedure=request.procedure,
            audience=request.audience,
            files=files,
            stage=SubmissionStage.RECEIVED,
        )
        tx.submissions.add(submission)
        tx.audit.add(AuditEntry(at, request.actor, "submission.received", submission.id))
        tx.jobs.enqueue(PROCESS_JOB, submission.id)
    return submission
