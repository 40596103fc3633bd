"""The work list of what lost its record as JSON; an officer's choice about a line in."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api.schemas.certifications import kind_of
from verification.submission import OfficerId
from verification.workflow.settle_drift import Choice, Item, Settlement

_LINE: JsonDict = {
    "id": 7,
    "version": 1,
    "at": "2026-11-25T02:30:00Z",
    "source": "civil_status",
    "record_id": "KS-2020-15",
    "dossier": "H26.10.05-261124-0001",
    "paper_id": "0c1f.1",
    "what": "CHANGED",
    "fields": ["full_name"],
    "answers_again": False,
    "issued": {
        "code": "7K3M-9QXP-2ABC-D",
        "kind": "receipt",
        "number": "15/2026",
        "book": "01/2026-PXN",
        "standing": "SUPERSEDED",
        "standing_reason": "RECORD_CHANGED",
    },
    "state": "OPEN",
    "choices": ["confirm", "restore"],
    "settled": None,
    "by": None,
    "settled_at": None,
    "note": "",
}


class LostDocumentJson(BaseModel):
    """Văn bản đã cấp trên bản ghi ấy. / What had been issued from the record."""

    code: str
    kind: str = Field(description="certified_copy | receipt")
    number: str
    book: str
    standing: str = Field(description="GOOD | REVOKED | SUPERSEDED | UNKNOWN")
    standing_reason: str | None


class DriftLineJson(BaseModel):
    """Một dòng: tên trường, không có giá trị. / A line: names of fields, never their values."""

    model_config = ConfigDict(json_schema_extra={"examples": [_LINE]})

    id: int
    version: int
    at: datetime
    source: str
    record_id: str
    dossier: str
    paper_id: str
    what: str = Field(description="CHANGED | NOT_VALID | GONE | SEVERAL")
    fields: list[str]
    answers_again: bool = Field(
        description="Bản ghi nay lại xác nhận như trước. / The record answers again as it did."
    )
    issued: LostDocumentJson | None = Field(
        default=None, description="null: giấy tờ còn chờ. / The paper was waiting."
    )
    state: str = Field(description="OPEN | DONE")
    choices: list[Choice] = Field(description="Việc có thể làm. / What may be done.")
    settled: str | None = Field(default=None, description="REVOKED | RESTORED | NOTED | DECIDED")
    by: str | None = None
    settled_at: datetime | None = None
    note: str


class DriftJson(BaseModel):
    """Danh sách việc, mới nhất trước. / The work list, newest first; `open` counts every open line."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"open": 1, "lines": [_LINE]}]})

    open: int
    lines: list[DriftLineJson]


class RestoredJson(BaseModel):
    """Bao nhiêu phiếu được khôi phục. / How many receipts were restored."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"restored": 12}]})

    restored: int


class SettlementJson(BaseModel):
    """`version` là của dòng như đã thấy. / `version` is that of the line as it was seen (else 409)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"version": 1, "choice": "confirm", "note": "Đã báo người dân"},
                {"version": 1, "choice": "restore", "note": "Nguồn ghi sai, đã có văn bản đính chính"},
                {"version": 1, "choice": "noted", "note": ""},
            ]
        }
    )

    version: int = Field(ge=1)
    choice: Choice
    note: str = Field(
        default="",
        max_length=2000,
        description="Bắt buộc khi khôi phục mà dữ liệu vẫn khác. / Required to restore while it differs.",
    )


def settlement_of(body: SettlementJson, line_id: int, officer: OfficerId) -> Settlement:
    """The choice in the domain's words."""
    return Settlement(line_id, body.choice, officer, body.version, body.note)


def drift_line(item: Item) -> DriftLineJson:
    """One line."""
    line = item.line
    return DriftLineJson(
        id=line.id,
        version=line.version,
        at=line.at,
        source=line.source,
        record_id=line.record_id,
        dossier=item.dossier,
        paper_id=line.paper_id,
        what=line.loss.what.value,
        fields=list(line.loss.fields),
        answers_again=line.answers_again,
        issued=_document(item),
        state=line.state.value,
        choices=list(item.choices),
        settled=line.settled.value if line.settled else None,
        by=line.by,
        settled_at=line.settled_at,
        note=line.note,
    )


def _document(item: Item) -> LostDocumentJson | None:
    issued = item.issued
    if issued is None:
        return None
    return LostDocumentJson(
        code=issued.code,
        kind=kind_of(issued),
        number=issued.number,
        book=issued.book,
        standing=issued.standing.value,
        standing_reason=issued.standing_reason,
    )
