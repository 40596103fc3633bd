"""The synchronised records as JSON: how old our copies are, and what became of deliveries."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

from api.record_reasons import reason_vi
from api.record_states import SourceState
from api.schemas.pulling import PULL_EXAMPLE, PullJson, pull_of
from verification.delivery import PastDelivery
from verification.source import Publication, RejectedRow
from verification.workflow.synchronise import Loaded

_COUNTS: JsonDict = {"new": 100, "changed": 18, "gone": 1, "unchanged": 0, "older": 0, "conflicting": 1}
_REJECTED: JsonDict = {
    "line": 7,
    "code": "RECORD_ROW_INVALID",
    "detail": "record_id is missing",
    "detail_vi": "record_id bị thiếu",
}
_DELIVERY: JsonDict = {
    "source": "civil_status",
    "at": "2026-11-24T02:05:11Z",
    "actor": "folder",
    "sequence": 8,
    "kind": "increment",
    "as_of": "2026-11-24T02:00:00Z",
    "snapshot": 4,
    "accepted": 120,
    "rejected": 1,
    "unknown": 0,
    "counts": _COUNTS,
    "conflicts": [45],
}


class PublicationJson(BaseModel):
    """By which text, and since when, its owner has announced the source."""

    since: date
    until: date | None
    basis_vi: str
    basis_en: str


class DeliveryJson(BaseModel):
    """A delivery that was loaded, and what became of its rows. `conflicts` are lines."""

    source: str
    at: datetime
    actor: str
    sequence: int | None
    kind: str
    as_of: datetime
    snapshot: int
    accepted: int
    rejected: int
    unknown: int
    counts: dict[str, int]
    conflicts: list[int]


class SourceStatusJson(BaseModel):
    """One source: our copy of it, whether it is fresh, and what it may answer instead of.

    `sequence` is our snapshot's, `delivery_sequence` the owner's last number. Ages are in hours.
    """

    source: str
    title_vi: str
    title_en: str
    owner: str
    legal_basis: str
    sequence: int | None
    delivery_sequence: int | None
    as_of: datetime | None
    age_hours: float | None
    limit_hours: float
    fresh: bool
    records: int
    published: PublicationJson | None
    last_delivery: DeliveryJson | None
    pull: PullJson | None


class RecordsStatusJson(BaseModel):
    """Tuổi và số bản ghi của từng nguồn. / Age and count of every source."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "sources": [
                        {
                            "source": "civil_status",
                            "title_vi": "Cơ sở dữ liệu hộ tịch điện tử",
                            "title_en": "Electronic civil status database",
                            "owner": "Bộ Tư pháp",
                            "legal_basis": "NQ 66.7/2025/NQ-CP",
                            "sequence": 4,
                            "delivery_sequence": 8,
                            "as_of": "2026-11-24T02:00:00Z",
                            "age_hours": 5.5,
                            "limit_hours": 48,
                            "fresh": True,
                            "records": 12000,
                            "published": {
                                "since": "2026-01-01",
                                "until": None,
                                "basis_vi": "NQ 66.7/2025/NQ-CP",
                                "basis_en": "Resolution 66.7/2025/NQ-CP",
                            },
                            "last_delivery": _DELIVERY,
                            "pull": PULL_EXAMPLE,
                        }
                    ]
                }
            ]
        }
    )

    sources: list[SourceStatusJson]


class DeliveriesJson(BaseModel):
    """Các lần nạp, mới nhất trước. / What was loaded, the newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"deliveries": [_DELIVERY]}]})

    deliveries: list[DeliveryJson]


class RejectedRowJson(BaseModel):
    """A row that is no record, and why."""

    line: int
    code: str
    detail: str
    detail_vi: str


class ConflictJson(BaseModel):
    """A row that contradicts what is kept of the same moment."""

    line: int
    detail: str = "says something else of the same record and moment"


class LoadedJson(BaseModel):
    """Kết quả nạp dữ liệu. / What became of a delivery: good rows are kept, rejected ones listed.

    `already_taken`: it was loaded before, nothing was done. `doubted`: records whose newer row was rejected;
    they answer nothing until they are delivered well. `removed`: of a full load, how many records no
    longer live; `needs_allowing`: a load that is no rehearsal would be refused unless that is allowed.
    `unknown_names`: of these nothing is kept. `drift`: lines it made on the officers' work list.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "source": "civil_status",
                    "snapshot": 4,
                    "as_of": "2026-11-24T02:00:00Z",
                    "sequence": 8,
                    "kind": "increment",
                    "already_taken": False,
                    "dry_run": False,
                    "accepted": 120,
                    "rejected": [_REJECTED],
                    "counts": _COUNTS,
                    "conflicts": [
                        {"line": 45, "detail": "says something else of the same record and moment"}
                    ],
                    "doubted": 1,
                    "removed": 0,
                    "needs_allowing": False,
                    "unknown_names": {"child.blood_group": 12},
                    "drift": 0,
                }
            ]
        }
    )

    source: str
    snapshot: int
    as_of: datetime
    sequence: int | None
    kind: str
    already_taken: bool
    dry_run: bool
    accepted: int
    rejected: list[RejectedRowJson]
    counts: dict[str, int]
    conflicts: list[ConflictJson]
    doubted: int
    removed: int
    needs_allowing: bool
    unknown_names: dict[str, int]
    drift: int


def source_status(state: SourceState) -> SourceStatusJson:
    """One source."""
    source, snapshot, age = state.source, state.snapshot, state.age
    return SourceStatusJson(
        source=source.name,
        title_vi=source.title_vi,
        title_en=source.title_en,
        owner=source.owner,
        legal_basis=source.legal_basis,
        sequence=snapshot.sequence if snapshot else None,
        delivery_sequence=state.last_number,
        as_of=snapshot.as_of if snapshot else None,
        age_hours=None if age is None else round(age.total_seconds() / 3600, 1),
        limit_hours=source.fresh_for.total_seconds() / 3600,
        fresh=state.fresh,
        records=snapshot.records if snapshot else 0,
        published=_publication(state.published),
        last_delivery=None if state.last is None else delivery_json(state.last),
        pull=pull_of(state.pull),
    )


def _publication(found: Publication | None) -> PublicationJson | None:
    if found is None:
        return None
    return PublicationJson(
        since=found.from_day, until=found.until_day, basis_vi=found.basis_vi, basis_en=found.basis_en
    )


def delivery_json(past: PastDelivery) -> DeliveryJson:
    """A delivery of the past."""
    return DeliveryJson(
        source=past.source,
        at=past.at,
        actor=past.actor,
        sequence=past.sequence,
        kind=past.kind.value,
        as_of=past.as_of,
        snapshot=past.snapshot,
        accepted=past.accepted,
        rejected=past.rejected,
        unknown=past.unknown,
        counts={change.value: count for change, count in past.counts.items()},
        conflicts=list(past.conflicts),
    )


def rejected_row(row: RejectedRow) -> RejectedRowJson:
    """A row that is no record, and why, in both languages."""
    return RejectedRowJson(line=row.line, code=row.code, detail=row.detail, detail_vi=reason_vi(row.detail))


def loaded_of(loaded: Loaded, *, dry_run: bool = False) -> LoadedJson:
    """A delivery that was loaded, or only rehearsed."""
    return LoadedJson(
        source=loaded.snapshot.source,
        snapshot=loaded.snapshot.sequence,
        as_of=loaded.snapshot.as_of,
        sequence=loaded.delivery.header.sequence,
        kind=loaded.delivery.kind.value,
        already_taken=loaded.already,
        dry_run=dry_run,
        accepted=loaded.accepted,
        rejected=[rejected_row(row) for row in loaded.rejected],
        counts={change.value: count for change, count in loaded.tally.counts.items()},
        conflicts=[ConflictJson(line=line) for line in loaded.tally.conflicts],
        doubted=loaded.doubted,
        removed=loaded.removed,
        needs_allowing=loaded.needs_allowing,
        unknown_names=dict(loaded.unknown),
        drift=loaded.drift,
    )
