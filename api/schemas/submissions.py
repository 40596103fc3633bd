"""Submissions as JSON: what came in, how far each paper has come, what was issued."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.certifications import kind_of
from api.schemas.messages import MessageJson
from api.schemas.reading import AssessmentJson, assessment_of
from verification.certification import Issued
from verification.ports import PaperCase
from verification.submission import Submission, SubmittedFile
from verification.workflow.look_up import Status
from verification.workflow.receive import Received, RefusedFile
from verification.workflow.redeliver import documents_of


class FileResultJson(BaseModel):
    """One file as sent, and why it was refused if it was."""

    file: str
    error: MessageJson | None


class SubmittedJson(BaseModel):
    """Mã hồ sơ và kết quả từng tệp. / The dossier code and what became of each file."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "H26.10.05-261124-0001",
                    "id": "5f0c1d2e3a4b5c6d7e8f9a0b1c2d3e4f",
                    "received_at": "2026-11-24T02:30:00Z",
                    "files": [{"file": "khai-sinh.pdf", "error": None}],
                }
            ]
        }
    )

    code: str | None = Field(description="Mã hồ sơ; null khi không tệp nào được nhận. / Dossier code.")
    id: str | None
    received_at: datetime | None
    files: list[FileResultJson]


class IssuedFactsJson(BaseModel):
    """What was issued for a paper."""

    code: str
    kind: str
    number: str
    issued_at: datetime
    standing: str
    size: int


class PaperStatusJson(BaseModel):
    """Một giấy tờ đã tới đâu. / How far one paper has come; `assessment` is for officers alone."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "5f0c1d2e3a4b5c6d7e8f9a0b1c2d3e4f.1",
                    "kind": "birth_certificate",
                    "stage": "ISSUING",
                    "version": 2,
                    "note": None,
                    "failure": None,
                    "issued": [],
                    "assessment": None,
                }
            ]
        }
    )

    id: str
    kind: str
    stage: str
    version: int
    note: str | None = None
    failure: str | None = None
    issued: list[IssuedFactsJson]
    assessment: AssessmentJson | None = None


class SubmissionStatusJson(BaseModel):
    """Tình trạng hồ sơ và từng giấy tờ. / Where a dossier and each of its papers stands."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "H26.10.05-261124-0001",
                    "id": "5f0c1d2e3a4b5c6d7e8f9a0b1c2d3e4f",
                    "stage": "READ",
                    "received_at": "2026-11-24T02:30:00Z",
                    "files": [{"file": "khai-sinh.pdf", "error": None}],
                    "papers": [
                        {
                            "id": "5f0c1d2e3a4b5c6d7e8f9a0b1c2d3e4f.1",
                            "kind": "birth_certificate",
                            "stage": "WAITING",
                            "version": 1,
                            "note": None,
                            "failure": None,
                            "issued": [],
                            "assessment": None,
                        }
                    ],
                }
            ]
        }
    )

    code: str
    id: str
    stage: str
    received_at: datetime
    files: list[FileResultJson]
    papers: list[PaperStatusJson]


def submitted(received: Received, names: list[str]) -> SubmittedJson:
    """What became of the files, in the order they were sent."""
    refused = {r.name: r for r in received.refused}
    submission = received.submission
    return SubmittedJson(
        code=submission.code if submission else None,
        id=submission.id if submission else None,
        received_at=submission.received_at if submission else None,
        files=[FileResultJson(file=n, error=_refusal(refused.get(n))) for n in names],
    )


def submission_status(status: Status, *, to_officer: bool) -> SubmissionStatusJson:
    """The dossier; what the records said is shown to officers alone."""
    submission = status.submission
    return SubmissionStatusJson(
        code=submission.code,
        id=submission.id,
        stage=submission.stage.value,
        received_at=submission.received_at,
        files=_files(submission),
        papers=[paper_status(p, status.issued, to_officer=to_officer) for p in status.papers],
    )


def paper_status(paper: PaperCase, issued: tuple[Issued, ...], *, to_officer: bool) -> PaperStatusJson:
    """One paper."""
    return PaperStatusJson(
        id=paper.id,
        kind=paper.sides[0].extraction.kind,
        stage=paper.stage.value,
        version=paper.version,
        note=getattr(paper.decision, "note", None),
        failure=paper.failure,
        issued=[_issued(i) for i in documents_of(paper, issued)],
        assessment=assessment_of(paper.assessment) if to_officer else None,
    )


def _files(submission: Submission) -> list[FileResultJson]:
    return [FileResultJson(file=f.name, error=_fault(f)) for f in submission.files]


def _fault(file: SubmittedFile) -> MessageJson | None:
    if file.error_code is None:
        return None
    return MessageJson(code=file.error_code, message_vi=file.error_vi or "", message_en=file.error_en or "")


def _refusal(refused: RefusedFile | None) -> MessageJson | None:
    if refused is None:
        return None
    return MessageJson(code=refused.code, message_vi=refused.message_vi, message_en=refused.message_en)


def _issued(issued: Issued) -> IssuedFactsJson:
    return IssuedFactsJson(
        code=issued.code,
        kind=kind_of(issued),
        number=issued.number,
        issued_at=issued.issued_at,
        standing=issued.standing.value,
        size=issued.size,
    )
