"""What `validate` answers, as JSON."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.messages import BoxJson, MessageJson
from signing.model import Reason, SignatureReport, ValidationReport
from verification.certification import Issued


class SignatureReasonJson(MessageJson):
    """Why, about what, and what to do next."""

    about: str
    next_step_vi: str
    next_step_en: str


class MarkJson(BaseModel):
    """Something visible that one signature drew."""

    page: int
    box: BoxJson
    text: str


class SignatureJson(BaseModel):
    """One signature, in order."""

    field: str
    signer: str
    issuer: str
    role: str
    signed_at: datetime | None
    time_source: str
    level: str
    digest: str
    indication: str
    sub_indication: str | None
    covers: str
    changes_after: list[str]
    marks: list[MarkJson]


class PolicyJson(BaseModel):
    """The versioned rules of the verdict."""

    name: str
    version: str


class SuccessorJson(BaseModel):
    """Văn bản thay thế. / What took its place: told to whoever has the file."""

    number: str
    book: str
    code: str


class RegisterJson(BaseModel):
    """Where the book has these bytes, and how they stand."""

    number: str
    book: str
    standing: str
    since: datetime | None = None
    reason: str | None = Field(default=None, description="Mã lý do. / Why it stands so, as a code.")
    replaced_by: SuccessorJson | None = Field(
        default=None, description="Văn bản thay thế. / What took its place, where something did."
    )


class ValidatedFileJson(BaseModel):
    """The verdict on one file."""

    file: str
    sha256: str
    error: MessageJson | None
    verdict: str | None
    reasons: list[SignatureReasonJson]
    policy: PolicyJson | None
    signatures: list[SignatureJson]
    in_register: RegisterJson | None = Field(serialization_alias="register")


class ValidateJson(BaseModel):
    """Kết luận cho từng tệp. / A verdict on each file."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "files": [
                        {
                            "file": "phieu-xac-nhan.pdf",
                            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                            "error": None,
                            "verdict": "INVALID",
                            "reasons": [
                                {
                                    "code": "CONTENT_CHANGED",
                                    "message_vi": "Nội dung đã bị thay đổi sau khi ký.",
                                    "message_en": "The content was changed after it was signed.",
                                    "about": "integrity",
                                    "next_step_vi": "Không sử dụng tệp này.",
                                    "next_step_en": "Do not use this file.",
                                }
                            ],
                            "policy": {"name": "VN-graded", "version": "0.1.0"},
                            "signatures": [],
                            "register": None,
                        }
                    ]
                }
            ]
        }
    )

    files: list[ValidatedFileJson]


def validated_file(
    name: str,
    sha256: str,
    report: ValidationReport,
    issued: Issued | None,
    successor: Issued | None = None,
) -> ValidatedFileJson:
    """A report with what the book says."""
    return ValidatedFileJson(
        file=name,
        sha256=sha256,
        error=None,
        verdict=report.verdict.value,
        reasons=[_reason(r) for r in report.reasons],
        policy=PolicyJson(name=report.policy.name, version=report.policy.version),
        signatures=[_signature(s) for s in report.signatures],
        in_register=_register(issued, successor),
    )


def unvalidated_file(name: str, sha256: str, error: MessageJson) -> ValidatedFileJson:
    """A file that is no readable PDF: no verdict."""
    return ValidatedFileJson(
        file=name,
        sha256=sha256,
        error=error,
        verdict=None,
        reasons=[],
        policy=None,
        signatures=[],
        in_register=None,
    )


def _register(issued: Issued | None, successor: Issued | None) -> RegisterJson | None:
    if issued is None:
        return None
    return RegisterJson(
        number=issued.number,
        book=issued.book,
        standing=issued.standing.value,
        since=issued.standing_at,
        reason=issued.standing_reason,
        replaced_by=successor_of(successor) if successor else None,
    )


def successor_of(successor: Issued) -> SuccessorJson:
    """Number, book and code of it."""
    return SuccessorJson(number=successor.number, book=successor.book, code=successor.code)


def _reason(reason: Reason) -> SignatureReasonJson:
    return SignatureReasonJson(
        code=reason.code,
        message_vi=reason.message_vi,
        message_en=reason.message_en,
        about=reason.about.value,
        next_step_vi=reason.next_step_vi,
        next_step_en=reason.next_step_en,
    )


def _signature(report: SignatureReport) -> SignatureJson:
    return SignatureJson(
        field=report.field,
        signer=report.signer,
        issuer=report.issuer,
        role=report.role.value,
        signed_at=report.signed_at,
        time_source=report.time_source,
        level=report.level,
        digest=report.digest,
        indication=report.indication,
        sub_indication=report.sub_indication,
        covers=report.covers,
        changes_after=list(report.changes_after),
        marks=[MarkJson(page=m.page, box=m.box, text=m.text) for m in report.marks],
    )
