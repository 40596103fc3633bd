"""The synchronised records as JSON: how old our copies are, and what became of a delivery."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from api.schemas.pulling import PullJson
from verification.source import Snapshot, Source
from verification.workflow.synchronise import Loaded


class SourceStatusJson(BaseModel):
    """One source: our copy of it, and whether it is fresh."""

    source: str
    sequence: int | None
    as_of: datetime | None
    records: int
    fresh: bool
    pull: PullJson | None = None


class RecordsStatusJson(BaseModel):
    """Tuổi và số bản ghi của từng nguồn. / Age and count of every source."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "sources": [
                        {
                            "source": "civil_status",
                            "sequence": 3,
                            "as_of": "2026-11-24T02:00:00Z",
                            "records": 12000,
                            "fresh": True,
                            "pull": {
                                "address": "https://nen-tang.example.vn:443/api",
                                "reach": "asked",
                                "failures": 0,
                                "last_answer": "2026-11-24T02:31:07Z",
                                "last_failure": None,
                                "code": None,
                            },
                        }
                    ]
                }
            ]
        }
    )

    sources: list[SourceStatusJson]


class RejectedRowJson(BaseModel):
    """A row that is no record, and why."""

    line: int
    code: str
    detail: str


class LoadedJson(BaseModel):
    """Kết quả nạp dữ liệu. / What became of a delivery: good rows are kept, rejected ones listed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "source": "civil_status",
                    "snapshot": 4,
                    "as_of": "2026-11-24T02:00:00Z",
                    "accepted": 120,
                    "rejected": [{"line": 7, "code": "RECORD_ROW_INVALID", "detail": "record_id is missing"}],
                }
            ]
        }
    )

    source: str
    snapshot: int
    as_of: datetime
    accepted: int
    rejected: list[RejectedRowJson]


def source_status(
    source: Source, snapshot: Snapshot | None, now: datetime, pull: PullJson | None = None
) -> SourceStatusJson:
    """One source; `pull` where it is asked over the network as well."""
    return SourceStatusJson(
        source=source.name,
        sequence=snapshot.sequence if snapshot else None,
        as_of=snapshot.as_of if snapshot else None,
        records=snapshot.records if snapshot else 0,
        fresh=bool(snapshot and now - snapshot.as_of <= source.fresh_for),
        pull=pull,
    )


def loaded_of(loaded: Loaded) -> LoadedJson:
    """A delivery."""
    return LoadedJson(
        source=loaded.snapshot.source,
        snapshot=loaded.snapshot.sequence,
        as_of=loaded.snapshot.as_of,
        accepted=loaded.accepted,
        rejected=[RejectedRowJson(line=r.line, code=r.code, detail=r.detail) for r in loaded.rejected],
    )
