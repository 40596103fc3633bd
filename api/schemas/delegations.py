"""Delegations as JSON: who may certify, what, from when to when, by which decision."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from verification.decision import Delegation, DelegationScope
from verification.submission import OfficerId
from verification.workflow.delegate import NewDelegation

_DELEGATION: JsonDict = {
    "id": "lan:12/QĐ-UBND",
    "officer": "lan",
    "decision_number": "12/QĐ-UBND",
    "capacity": ["TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"],
    "scope": "BOTH",
    "valid_from": "2026-11-01",
    "valid_to": "2027-10-31",
    "revoked": False,
    "in_force": True,
    "ending_soon": False,
}


class NewDelegationJson(BaseModel):
    """`capacity`: các dòng trên họ tên. / The lines above the name. Both days count."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "officer": "lan",
                    "decision_number": "12/QĐ-UBND",
                    "capacity": ["TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"],
                    "scope": "BOTH",
                    "valid_from": "2026-11-01",
                    "valid_to": "2027-10-31",
                }
            ]
        }
    )

    officer: str = Field(max_length=64)
    decision_number: str = Field(min_length=1, max_length=100)
    capacity: list[str] = Field(min_length=1, max_length=3)
    scope: DelegationScope = DelegationScope.BOTH
    valid_from: date
    valid_to: date


class DelegationJson(BaseModel):
    """`ending_soon`: còn hiệu lực không quá 30 ngày. / In force for 30 days at most."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DELEGATION]})

    id: str
    officer: str
    decision_number: str
    capacity: list[str]
    scope: DelegationScope
    valid_from: date
    valid_to: date
    revoked: bool
    in_force: bool
    ending_soon: bool


class DelegationsJson(BaseModel):
    """Theo cán bộ, mới nhất trước. / By officer, newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"delegations": [_DELEGATION]}]})

    delegations: list[DelegationJson]


class RevokeDelegationJson(BaseModel):
    """Lý do ghi vào nhật ký. / The reason stands in the audit trail."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "lan:12/QĐ-UBND", "reason": "Nghỉ việc"}]}
    )

    id: str = Field(max_length=200)
    reason: str = Field(default="", max_length=500)


def new_delegation(body: NewDelegationJson) -> NewDelegation:
    """In the domain's words."""
    return NewDelegation(
        officer_id=OfficerId(body.officer),
        decision_number=body.decision_number,
        capacity=tuple(body.capacity),
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        scope=body.scope,
    )


def delegation_json(delegation: Delegation, *, today: date, soon: bool) -> DelegationJson:
    """The document of a delegation."""
    return DelegationJson(
        id=delegation.id,
        officer=delegation.officer_id,
        decision_number=delegation.decision_number,
        capacity=list(delegation.capacity),
        scope=delegation.scope,
        valid_from=delegation.valid_from,
        valid_to=delegation.valid_to,
        revoked=delegation.revoked,
        in_force=delegation.in_force(today),
        ending_soon=soon,
    )
