"""Slips about wrong data, and who demands copies, as JSON."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from verification.data_error import DataError
from verification.demand import DemanderCount
from verification.workflow.ask_correction import Slip, label

_AT = "2026-11-24T02:30:00Z"


class AskCorrectionJson(BaseModel):
    """Mục cần điều chỉnh; để trống: mọi mục khác hẳn và đọc chắc. / Fields to correct; none: all that differ
    outright and were read with certainty."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"fields": ["full_name"], "note": "đã xem bản chính"}]}
    )

    fields: list[str] = Field(default=[], max_length=100)
    note: str = Field(default="", max_length=2000)


class AnswerJson(BaseModel):
    """Cơ quan quản lý dữ liệu trả lời gì. / What the owner of the record answered."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1, "answer": "đã điều chỉnh"}]})

    version: int
    answer: str = Field(min_length=1, max_length=2000)


class WrongFieldJson(BaseModel):
    """Một mục khác nhau. / A field that differs; spans are from which letter to before which letter."""

    field: str
    paper: str
    record: str | None
    paper_differs: list[tuple[int, int]]
    record_differs: list[tuple[int, int]]


class SlipJson(BaseModel):
    """Phiếu đề nghị cập nhật, điều chỉnh dữ liệu. / A request to correct a record."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 7,
                    "label": "H26.10.05-261124-0001/PĐC-7",
                    "at": _AT,
                    "officer": "lan",
                    "paper_id": "5f0c1d2e3a4b5c6d7e8f9a0b1c2d3e4f.1",
                    "source": "civil_status",
                    "record_id": "KS-2020-15",
                    "fields": [
                        {
                            "field": "full_name",
                            "paper": "NGUYỄN THỊ MẪU",
                            "record": "Nguyễn Thị Mậu",
                            "paper_differs": [[12, 13]],
                            "record_differs": [[12, 13]],
                        }
                    ],
                    "note": "đã xem bản chính",
                    "state": "SENT",
                    "answered_at": None,
                    "answer": "",
                    "version": 1,
                }
            ]
        }
    )

    id: int
    label: str
    at: datetime
    officer: str
    paper_id: str
    source: str
    record_id: str
    fields: list[WrongFieldJson]
    note: str
    state: str
    answered_at: datetime | None = None
    answer: str
    version: int


class SlipsJson(BaseModel):
    """Các phiếu, mới nhất trước. / Slips, newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"slips": []}]})

    slips: list[SlipJson]


class DemanderJson(BaseModel):
    """Một nơi đòi một loại giấy tờ. / How often one organisation asked for one kind of paper."""

    organisation: str
    kind: str
    copies: int
    receipts: int
    first: datetime
    last: datetime
    dossiers: list[str]
    months: dict[str, int]


class DemandersJson(BaseModel):
    """Nơi còn yêu cầu bản sao. / Who still demands copies, counted from decisions alone."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "first": "2026-11-01",
                    "last": "2026-11-30",
                    "demanders": [
                        {
                            "organisation": "Công ty TNHH Mẫu",
                            "kind": "birth_certificate",
                            "copies": 3,
                            "receipts": 12,
                            "first": _AT,
                            "last": _AT,
                            "dossiers": ["H26.10.05-261124-0001"],
                            "months": {"2026-11": 15},
                        }
                    ],
                }
            ]
        }
    )

    first: str
    last: str
    demanders: list[DemanderJson]


class MergeJson(BaseModel):
    """`written` là cách viết khác của `name`. / `written` is another writing of the proper `name`."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"written": "Cty Mẫu", "name": "Công ty TNHH Mẫu"}]}
    )

    written: str = Field(min_length=1, max_length=200)
    name: str = Field(min_length=1, max_length=200)


def slip_json(slip: Slip) -> SlipJson:
    """A slip with the name it goes by."""
    error = slip.data_error
    return SlipJson(
        id=error.id,
        label=label(slip),
        at=error.at,
        officer=error.officer_id,
        paper_id=error.paper_id,
        source=error.source,
        record_id=error.record_id,
        fields=_fields(error),
        note=error.note,
        state=error.state.value,
        answered_at=error.answered_at,
        answer=error.answer,
        version=error.version,
    )


def _fields(error: DataError) -> list[WrongFieldJson]:
    return [
        WrongFieldJson(
            field=f.field,
            paper=f.paper,
            record=f.record,
            paper_differs=list(f.differs.paper),
            record_differs=list(f.differs.record),
        )
        for f in error.fields
    ]


def demanders_json(found: tuple[DemanderCount, ...], *, first: str, last: str) -> DemandersJson:
    """The register of the days from `first` to `last`."""
    rows = [
        DemanderJson(
            organisation=row.organisation,
            kind=row.kind,
            copies=row.copies,
            receipts=row.receipts,
            first=row.first,
            last=row.last,
            dossiers=list(row.dossiers),
            months=dict(row.months),
        )
        for row in found
    ]
    return DemandersJson(first=first, last=last, demanders=rows)
