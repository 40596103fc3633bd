"""Signing as JSON: what waits, a batch and how far it is, what is handed out and comes back."""

import base64
import hashlib
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, JsonValue, SecretStr

from verification.batch import Batch, BatchPaper
from verification.ports import QueueItem
from verification.workflow.sign_outside import Begun

_BATCH: dict[str, JsonValue] = {
    "id": "5f1d7a84c1f04a0f8a3b1e0d6a1c2b3d",
    "state": "RUNNING",
    "reason": None,
    "stopping": False,
    "started_at": "2026-11-24T09:30:00+00:00",
    "ended_at": None,
    "total": 2,
    "reached": 1,
    "papers": [
        {"paper": "0c9e8a1b.1", "state": "ISSUED", "number": "15/2026", "code": None},
        {"paper": "77aa01c2.1", "state": "WAITING", "number": None, "code": None},
    ],
}


class ToSignJson(BaseModel):
    """Một giấy tờ đã duyệt, chờ ký. / A paper approved and to be signed."""

    paper: str
    dossier: str
    kind: str
    what: str = Field(description="Approval (bản sao / copy), NotNeeded (phiếu / receipt).")


class ToSignListJson(BaseModel):
    """Cũ nhất trước. / Oldest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "papers": [
                        {
                            "paper": "0c9e8a1b.1",
                            "dossier": "H26.10.05-261124-0001",
                            "kind": "diploma",
                            "what": "Approval",
                        }
                    ],
                    "way": "PIN",
                }
            ]
        }
    )

    papers: list[ToSignJson]
    way: str = Field(description="AT_ONCE, PIN, OUTSIDE.")


class StartBatchJson(BaseModel):
    """Không nêu giấy tờ nào là ký tất cả. / No papers: all that wait. They are numbered in this order."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"papers": ["0c9e8a1b.1", "77aa01c2.1"], "pin": "••••••"}]}
    )

    papers: list[str] = Field(default=[], max_length=500)
    pin: SecretStr = Field(
        default=SecretStr(""),
        max_length=64,
        description="Không lưu, không ghi nhật ký. / Neither kept nor logged.",
    )


class BatchPaperJson(BaseModel):
    """WAITING, ISSUED (`number`), FAILED hoặc/or PASSED (`code`)."""

    paper: str
    state: str
    number: str | None = None
    code: str | None = None


class BatchJson(BaseModel):
    """RUNNING, DONE, STOPPED, HALTED (`reason`), LOST."""

    model_config = ConfigDict(json_schema_extra={"examples": [_BATCH]})

    id: str
    state: str
    reason: str | None = None
    stopping: bool
    started_at: datetime
    ended_at: datetime | None = None
    total: int
    reached: int
    papers: list[BatchPaperJson]


class BeginJson(BaseModel):
    """Chứng thư (DER, base64), của người ký trước; để trống: lấy chứng thư đã khai báo. / Those on file if
    none is given."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"certificates": []}]})

    certificates: list[str] = Field(default=[], max_length=8)


class BegunJson(BaseModel):
    """Ký `digest` (SHA-256 của `signed_attributes`) rồi gửi lại. / Sign it, and send the value back."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "token": "2a7c1f6b0d3e4c5f8a9b0c1d2e3f4a5b",
                    "number": "15/2026",
                    "digest_algorithm": "SHA-256",
                    "digest": "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
                    "signed_attributes": "MYGVMBgGCSqGSIb3DQEJAzELBgkqhkiG9w0BBwE=",
                    "certificate": "MIIB0jCCAXmgAwIBAgIU",
                    "expires_at": "2026-11-24T10:00:00+00:00",
                }
            ]
        }
    )

    token: str
    number: str
    digest_algorithm: str
    digest: str
    signed_attributes: str
    certificate: str
    expires_at: datetime


class FinishJson(BaseModel):
    """`signature`: base64; ECDSA-Sig-Value (DER) hoặc/or RSASSA-PKCS1-v1_5."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "token": "2a7c1f6b0d3e4c5f8a9b0c1d2e3f4a5b",
                    "signature": "MEUCIQDx",
                }
            ]
        }
    )

    token: str = Field(max_length=64)
    signature: str = Field(max_length=4096)


def batch_json(batch: Batch) -> BatchJson:
    """The document of a batch."""
    return BatchJson(
        id=batch.id,
        state=batch.state.value,
        reason=batch.reason,
        stopping=batch.stopping,
        started_at=batch.started_at,
        ended_at=batch.ended_at,
        total=len(batch.papers),
        reached=batch.reached,
        papers=[_paper_json(paper) for paper in batch.papers],
    )


def _paper_json(paper: BatchPaper) -> BatchPaperJson:
    return BatchPaperJson(paper=paper.paper_id, state=paper.state.value, number=paper.number, code=paper.code)


def to_sign_json(item: QueueItem) -> ToSignJson:
    """The document of a paper that waits."""
    return ToSignJson(
        paper=item.paper.id,
        dossier=item.submission.code,
        kind=item.paper.sides[0].extraction.kind,
        what=type(item.paper.decision).__name__,
    )


def begun_json(begun: Begun) -> BegunJson:
    """What is handed out."""
    pending = begun.pending
    return BegunJson(
        token=pending.token,
        number=begun.number,
        digest_algorithm="SHA-256",
        digest=hashlib.sha256(pending.signed_attributes).hexdigest(),
        signed_attributes=base64.b64encode(pending.signed_attributes).decode(),
        certificate=base64.b64encode(pending.certificate).decode(),
        expires_at=pending.expires_at,
    )
