"""What anyone may know of what was issued, as JSON: nothing of whose paper it is."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.messages import MessageJson
from signing.model import Reason
from verification.certification import Issued
from verification.register import Series


class StandingReasonJson(MessageJson):
    """Vì sao, và việc cần làm. / Why a document is not to be relied on, and what to do."""

    next_step_vi: str
    next_step_en: str


class CertificationJson(BaseModel):
    """Loại, số, ngày, nơi cấp và tình trạng. / Kind, number, date, issuer and standing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "7K3M-9QXP-2ABC-D",
                    "kind": "receipt",
                    "title": "Giấy khai sinh",
                    "number": "15/2026",
                    "book": "01/2026-PXN",
                    "issued_at": "2026-11-24T02:30:00Z",
                    "issuer": "Ủy ban nhân dân xã Sông Mẫu",
                    "standing": "GOOD",
                    "level": "B-T",
                    "test": True,
                }
            ]
        }
    )

    code: str
    kind: str = Field(description="certified_copy | receipt")
    title: str = Field(description="Loại giấy tờ. / The kind of paper it was made from.")
    number: str
    book: str
    issued_at: datetime
    issuer: str
    standing: str = Field(description="GOOD | REVOKED | SUPERSEDED | UNKNOWN")
    since: datetime | None = Field(
        default=None, description="Từ lúc nào. / Since when; null: since it was issued."
    )
    reason: str | None = Field(default=None, description="Mã lý do. / Why it stands so, as a code.")
    decision_number: str | None = Field(
        default=None, description="Quyết định hủy bỏ giá trị. / The decision that annulled it."
    )
    replaced_by_number: str | None = Field(
        default=None, description="Số của văn bản thay thế. / The number of what took its place."
    )
    why: StandingReasonJson | None = Field(
        default=None,
        description="Vì sao không còn dựa vào được. / Why it is not to be relied on; null while it is.",
    )
    level: str
    test: bool = Field(description="true: THỬ NGHIỆM – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ")


def kind_of(issued: Issued) -> str:
    """`certified_copy` or `receipt`, in whichever book its number stands."""
    return "receipt" if issued.series is Series.RECEIPTS else "certified_copy"


def certification_of(
    issued: Issued,
    *,
    issuer: str,
    test: bool,
    why: Reason | None = None,
    successor: Issued | None = None,
) -> CertificationJson:
    """The public facts."""
    return CertificationJson(
        code=issued.code,
        kind=kind_of(issued),
        title=issued.title,
        number=issued.number,
        book=issued.book,
        issued_at=issued.issued_at,
        issuer=issuer,
        standing=issued.standing.value,
        since=issued.standing_at,
        reason=issued.standing_reason,
        decision_number=issued.decision_number or None,
        replaced_by_number=successor.number if successor else None,
        why=_why(why) if why else None,
        level=issued.level,
        test=test,
    )


def _why(reason: Reason) -> StandingReasonJson:
    return StandingReasonJson(
        code=reason.code,
        message_vi=reason.message_vi,
        message_en=reason.message_en,
        next_step_vi=reason.next_step_vi or "",
        next_step_en=reason.next_step_en or "",
    )
