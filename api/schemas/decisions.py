"""An officer's decision as JSON: one of five documents in, a decision of the domain out."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from verification.decision import (
    Approval,
    Decision,
    NotNeeded,
    OriginalSeen,
    Redelivery,
    RefusalGround,
    Rejection,
    ReturnForCorrection,
)
from verification.register import EntryId
from verification.submission import OfficerId, PaperId


class OriginalSeenJson(BaseModel):
    """Bản chính đã được cầm xem. / The original was held in hand; without `at` it is now."""

    at: datetime | None = None
    place: str = Field(min_length=1, max_length=200)


class NotNeededJson(BaseModel):
    """Cơ sở dữ liệu đã trả lời: cấp phiếu xác nhận. / The record answers: give a receipt."""

    what: Literal["not_needed"]


class ApprovalJson(BaseModel):
    """Chứng thực bản sao điện tử từ bản chính. / Certify, from the original seen."""

    what: Literal["approval"]
    original_seen: OriginalSeenJson
    copies: int = Field(default=1, ge=1, le=200)
    demander: str | None = Field(
        default=None, max_length=200, description="Nơi vẫn đòi bản sao. / Who still demands a copy."
    )
    note: str = Field(
        default="", max_length=300, description="Cho cột Ghi chú của sổ. / For the book's last column."
    )


class RedeliveryJson(BaseModel):
    """Giao lại bản đã cấp của cùng bản chính. / Give again what was certified of the same original."""

    what: Literal["redelivery"]
    entry_id: str = Field(max_length=60, description="Như `same-originals` cho biết. / As offered.")
    compared: bool = Field(
        default=False, description="Đã cầm bản chính và so. / The original was held and compared."
    )


class RejectionJson(BaseModel):
    """Từ chối, theo căn cứ luật định. / Refuse, on a ground the law knows."""

    what: Literal["rejection"]
    ground: RefusalGround
    note: str = Field(min_length=1, max_length=2000)


class ReturnJson(BaseModel):
    """Trả lại một lần với mọi chỗ thiếu. / Send back once, with everything that is missing."""

    what: Literal["return"]
    note: str = Field(min_length=1, max_length=2000)


class DecisionJson(BaseModel):
    """`version` is that of the paper as it was seen; a paper changed since is refused (409)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"version": 1, "decision": {"what": "not_needed"}},
                {
                    "version": 1,
                    "decision": {
                        "what": "approval",
                        "original_seen": {"place": "Quầy số 2"},
                        "copies": 1,
                        "demander": None,
                        "note": "bản chính bị rách góc",
                    },
                },
                {
                    "version": 1,
                    "decision": {"what": "redelivery", "entry_id": "COPIES-2026-15", "compared": True},
                },
            ]
        }
    )

    version: int = Field(ge=1)
    decision: Annotated[
        NotNeededJson | ApprovalJson | RedeliveryJson | RejectionJson | ReturnJson,
        Field(discriminator="what"),
    ]


def decision_of(body: DecisionJson, paper: PaperId, officer: OfficerId, now: datetime) -> Decision:
    """The decision in the domain's words."""
    match body.decision:
        case NotNeededJson():
            return NotNeeded(paper, officer, now)
        case ApprovalJson() as approval:
            seen = OriginalSeen(officer, approval.original_seen.at or now, approval.original_seen.place)
            return Approval(paper, officer, now, seen, approval.copies, approval.demander, approval.note)
        case RedeliveryJson() as given:
            return Redelivery(paper, officer, now, EntryId(given.entry_id), given.compared)
        case RejectionJson() as rejection:
            return Rejection(paper, officer, now, rejection.ground, rejection.note)
        case ReturnJson() as returned:
            return ReturnForCorrection(paper, officer, now, returned.note)
