"""What was issued, for officers and auditors, as JSON; an officer's word that annuls one in."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.schemas.certifications import kind_of
from verification.audit import AuditEntry
from verification.certification import Issued, ShortCode, StandingChange
from verification.preservation import IssuedVersion
from verification.standing import RevocationReason
from verification.submission import OfficerId
from verification.workflow.find_issued import Listed, Whole
from verification.workflow.redeliver import Offer
from verification.workflow.revoke import Revocation

_ISSUED: JsonDict = {
    "entry_id": "COPIES-2026-15",
    "code": "7K3M-9QXP-2ABC-D",
    "kind": "certified_copy",
    "title": "Bằng tốt nghiệp",
    "number": "15/2026",
    "book": "01/2026-SCTĐT/BS",
    "issued_at": "2026-11-24T02:30:00Z",
    "requester": "Nguyễn Thị Mẫu",
    "signer": "Trần Văn Thử",
    "paper_id": "0c1f.1",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "standing": "REVOKED",
    "since": "2026-11-28T02:30:00Z",
    "reason": "WRONG_CONTENT",
    "decision_number": "12/QĐ-UBND",
    "replaced_by": None,
}


class IssuedJson(BaseModel):
    """Một văn bản đã cấp, cho cán bộ và kiểm tra. / Something issued, for officers and auditors."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ISSUED]})

    entry_id: str = Field(description="Dòng sổ. / Its line of the register.")
    code: str
    kind: str = Field(description="certified_copy | receipt")
    title: str
    number: str
    book: str
    issued_at: datetime
    requester: str
    signer: str
    paper_id: str
    sha256: str
    standing: str = Field(description="GOOD | REVOKED | SUPERSEDED | UNKNOWN")
    since: datetime | None = None
    reason: str | None = None
    decision_number: str | None = None
    replaced_by: str | None = Field(
        default=None, description="Mã của văn bản thay thế. / The code of what replaced it."
    )


class IssuedListJson(BaseModel):
    """Mới nhất trước. / Newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"certifications": [_ISSUED]}]})

    certifications: list[IssuedJson]


class ChangeJson(BaseModel):
    """Một lần đổi tình trạng. / One change of how it stands."""

    at: datetime
    standing: str
    reason: str
    by: str
    decision_number: str | None = None
    note: str = Field(description="Chỉ cho cán bộ và kiểm tra. / For officers and auditors alone.")
    replaced_by: str | None = None


class VersionJson(BaseModel):
    """Tệp đã cấp với dữ liệu dài hạn. / The issued file with long-term data behind it."""

    number: int
    at: datetime
    level: str
    size: int
    sha256: str
    good_until: datetime = Field(description="Dấu thời gian hết hạn. / When its time-stamp runs out.")


class TrailJson(BaseModel):
    """Một dòng nhật ký. / One entry of the audit trail."""

    at: datetime
    actor: str
    action: str
    detail: dict[str, str]


class HistoryJson(BaseModel):
    """Một văn bản và mọi việc đã xảy ra với nó. / A document and all that was done about it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "certification": _ISSUED,
                    "dossier": "H26.10.05-261124-0001",
                    "replaces": None,
                    "changes": [
                        {
                            "at": "2026-11-28T02:30:00Z",
                            "standing": "REVOKED",
                            "reason": "WRONG_CONTENT",
                            "by": "mau.officer",
                            "decision_number": "12/QĐ-UBND",
                            "note": "Thiếu trang hai, đã báo người dân",
                            "replaced_by": None,
                        }
                    ],
                    "versions": [],
                    "trail": [
                        {
                            "at": "2026-11-24T02:30:00Z",
                            "actor": "service",
                            "action": "document.issued",
                            "detail": {"level": "B-T"},
                        }
                    ],
                }
            ]
        }
    )

    certification: IssuedJson
    dossier: str
    replaces: str | None = Field(
        default=None, description="Mã của văn bản nó thay thế. / The code of what it replaced."
    )
    changes: list[ChangeJson]
    versions: list[VersionJson]
    trail: list[TrailJson]


class RevocationJson(BaseModel):
    """Hủy bỏ giá trị, không đổi lại được. / Annuls a document, for good."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "number": "15/2026",
                    "reason": "WRONG_CONTENT",
                    "decision_number": "12/QĐ-UBND",
                    "note": "Thiếu trang hai, đã báo người dân",
                }
            ]
        }
    )

    number: str = Field(
        max_length=40, description="Gõ lại số của văn bản. / The document's number, typed again."
    )
    reason: RevocationReason
    decision_number: str = Field(
        default="",
        max_length=60,
        description="Bắt buộc với bản sao chứng thực. / Required for a certified copy. Được công bố.",
    )
    note: str = Field(max_length=2000, description="Không công bố. / Never published.")


class ReplacesJson(BaseModel):
    """Bản quét này thay cho văn bản đã cấp. / This scan is to replace a document of the same applicant."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1, "code": "7K3M-9QXP-2ABC-D"}]})

    version: int = Field(ge=1, description="Của giấy tờ như đã thấy. / Of the paper as it was seen.")
    code: str = Field(max_length=40)


class OfferJson(BaseModel):
    """Bản đã cấp có thể giao lại. / A copy that may be given again."""

    entry_id: str
    code: str
    number: str
    book: str
    title: str
    issued_at: datetime
    dossier: str
    likeness: str = Field(description="SAME_SCAN | SAME_NUMBERS | LOOKS_ALIKE")


class OffersJson(BaseModel):
    """Chắc chắn nhất trước; rỗng: không có. / The surest first; empty: there is none."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "offers": [
                        {
                            "entry_id": "COPIES-2026-15",
                            "code": "7K3M-9QXP-2ABC-D",
                            "number": "15/2026",
                            "book": "01/2026-SCTĐT/BS",
                            "title": "Bằng tốt nghiệp",
                            "issued_at": "2026-11-24T02:30:00Z",
                            "dossier": "H26.10.05-261124-0001",
                            "likeness": "SAME_NUMBERS",
                        }
                    ]
                }
            ]
        }
    )

    offers: list[OfferJson]


def issued_list(found: Iterable[Listed]) -> IssuedListJson:
    """Every one with its line."""
    return IssuedListJson(certifications=[issued_of(each) for each in found])


def issued_of(listed: Listed | Whole) -> IssuedJson:
    """A document with what its line says of it."""
    issued, line = listed.issued, listed.entry.line
    return IssuedJson(
        entry_id=issued.entry_id,
        code=issued.code,
        kind=kind_of(issued),
        title=issued.title,
        number=issued.number,
        book=issued.book,
        issued_at=issued.issued_at,
        requester=line.requester,
        signer=line.signer,
        paper_id=issued.paper_id,
        sha256=issued.digest,
        standing=issued.standing.value,
        since=issued.standing_at,
        reason=issued.standing_reason,
        decision_number=issued.decision_number or None,
        replaced_by=issued.replaced_by,
    )


def history_of(found: Whole) -> HistoryJson:
    """The document, its changes and its entries of the trail."""
    return HistoryJson(
        certification=issued_of(found),
        dossier=found.dossier,
        replaces=_code(found.replaces),
        changes=[_change(change) for change in found.changes],
        versions=[_version(version) for version in found.versions],
        trail=[_entry(entry) for entry in found.trail],
    )


def _code(issued: Issued | None) -> str | None:
    return issued.code if issued else None


def _change(change: StandingChange) -> ChangeJson:
    return ChangeJson(
        at=change.at,
        standing=change.standing.value,
        reason=change.reason,
        by=change.by,
        decision_number=change.decision_number or None,
        note=change.note,
        replaced_by=change.replaced_by,
    )


def _version(version: IssuedVersion) -> VersionJson:
    return VersionJson(
        number=version.number,
        at=version.at,
        level=version.level,
        size=version.size,
        sha256=version.digest,
        good_until=version.good_until,
    )


def _entry(entry: AuditEntry) -> TrailJson:
    return TrailJson(at=entry.at, actor=entry.actor, action=entry.action, detail=dict(entry.detail))


def revocation_of(body: RevocationJson, code: ShortCode, officer: OfficerId) -> Revocation:
    """The officer's word as the domain takes it."""
    return Revocation(
        code=code,
        officer_id=officer,
        reason=body.reason,
        number=body.number,
        note=body.note,
        decision_number=body.decision_number,
    )


def offers_of(found: Iterable[Offer]) -> OffersJson:
    """What may be given again."""
    return OffersJson(
        offers=[
            OfferJson(
                entry_id=offer.issued.entry_id,
                code=offer.issued.code,
                number=offer.issued.number,
                book=offer.issued.book,
                title=offer.issued.title,
                issued_at=offer.issued.issued_at,
                dossier=offer.dossier,
                likeness=offer.likeness.value,
            )
            for offer in found
        ]
    )
