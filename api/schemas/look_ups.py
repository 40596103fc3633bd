"""Look-ups as JSON: who looked into which record, as its citizen is told, and as an auditor reads it."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from verification.source import LookUp
from verification.workflow.disclose import RecordLookUps, ToldLookUp

_AT = "2026-11-24T02:30:00Z"


class ToldLookUpJson(BaseModel):
    """Một lần xem. / One look-up; `who` null: the service itself; `dossier` null: another's dossier."""

    at: datetime
    who: str | None
    office: str
    dossier: str | None
    purpose: str | None
    fields: list[str]


class RecordLookUpsJson(BaseModel):
    """Các lần xem bản ghi của một giấy tờ. / The look-ups of one paper's record."""

    paper_id: str
    source: str
    hidden: str | None = Field(
        description="OTHER_PERSON, UNSURE_KEY, NOT_SEEN; null: hiện đủ. / null: all are shown."
    )
    look_ups: list[ToldLookUpJson]


class WhoLookedJson(BaseModel):
    """Ai đã xem dữ liệu của người dân. / Who looked at a citizen's records."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "H26.10.05-261124-0001",
                    "kept_days": 1096,
                    "records": [
                        {
                            "paper_id": "5f0c1d2e3a4b5c6d7e8f9a0b1c2d3e4f.1",
                            "source": "population",
                            "hidden": None,
                            "look_ups": [
                                {
                                    "at": _AT,
                                    "who": None,
                                    "office": "Ủy ban nhân dân xã Sông Mẫu",
                                    "dossier": "H26.10.05-261124-0001",
                                    "purpose": "2.000815",
                                    "fields": ["full_name", "date_of_birth"],
                                }
                            ],
                        }
                    ],
                }
            ]
        }
    )

    code: str
    kept_days: int
    records: list[RecordLookUpsJson]


class LookUpJson(BaseModel):
    """Một dòng nhật ký. / One line of the log, as it is kept.

    A question put to a platform has two lines with one `request_code`: `answer` is `asked` in the first, and
    what came of it in the second. Both are empty where our own copy was looked into.
    """

    at: datetime
    officer: str
    dossier: str
    purpose: str
    source: str
    key: str
    records: list[str]
    fields: list[str]
    request_code: str
    answer: str


class LookUpsJson(BaseModel):
    """Nhật ký khai thác dữ liệu, mới nhất trước. / The access log, newest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "look_ups": [
                        {
                            "at": _AT,
                            "officer": "service",
                            "dossier": "H26.10.05-261124-0001",
                            "purpose": "2.000815",
                            "source": "civil_status",
                            "key": "number",
                            "records": ["KS-2020-15"],
                            "fields": ["full_name", "date_of_birth"],
                            "request_code": "",
                            "answer": "",
                        }
                    ]
                }
            ]
        }
    )

    look_ups: list[LookUpJson]


def who_looked(code: str, told: tuple[RecordLookUps, ...], *, office: str, kept_days: int) -> WhoLookedJson:
    """What the citizen is told."""
    records = [
        RecordLookUpsJson(
            paper_id=each.paper_id,
            source=each.source,
            hidden=each.hidden.value if each.hidden else None,
            look_ups=[_told(line, office) for line in each.look_ups],
        )
        for each in told
    ]
    return WhoLookedJson(code=code, kept_days=kept_days, records=records)


def _told(line: ToldLookUp, office: str) -> ToldLookUpJson:
    return ToldLookUpJson(
        at=line.at,
        who=line.who,
        office=office,
        dossier=line.dossier,
        purpose=line.purpose,
        fields=list(line.fields),
    )


def look_ups_of(found: tuple[LookUp, ...]) -> LookUpsJson:
    """The lines of the log."""
    return LookUpsJson(look_ups=[_line(look_up) for look_up in found])


def _line(look_up: LookUp) -> LookUpJson:
    return LookUpJson(
        at=look_up.at,
        officer=look_up.officer,
        dossier=look_up.dossier,
        purpose=look_up.purpose,
        source=look_up.source,
        key=look_up.key,
        records=list(look_up.record_ids),
        fields=list(look_up.fields),
        request_code=look_up.request_code,
        answer=look_up.answer,
    )
