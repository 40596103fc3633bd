"""What lost its record: the work list out; an officer's choice about one of its lines in."""

from enum import StrEnum
from typing import Annotated

from fastapi import Query

from api.deps import Access, CallerDep, SiteDep
from api.routes.guarded import program_router
from api.schemas.drift import (
    DriftJson,
    DriftLineJson,
    RestoredJson,
    SettlementJson,
    drift_line,
    settlement_of,
)
from verification.drift import DriftState
from verification.workflow.settle_drift import EVERY_STATE, restore_all, settle, work_list

readers = program_router(Access.BOOK_READER, "Dữ liệu / Records")
officers = program_router(Access.OFFICER, "Dữ liệu / Records")
ROUTERS = (readers, officers)


class Which(StrEnum):
    """Lines that wait for an officer, or all of them."""

    OPEN = "open"
    ALL = "all"


@readers.get("/drift", summary="Dữ liệu thay đổi sau khi đối chiếu / Records that changed since")
def drift(
    site: SiteDep,
    state: Annotated[Which, Query(description="Chờ xử lý hay tất cả. / Open lines or all.")] = Which.OPEN,
    limit: Annotated[int, Query(ge=1, le=500, description="Nhiều nhất. / At most.")] = 100,
) -> DriftJson:
    """Văn bản và giấy tờ có bản ghi gốc đã sửa, mất hiệu lực hoặc bị xóa. / Documents and papers whose record
    was corrected, lost its validity or was removed."""
    states = EVERY_STATE if state is Which.ALL else (DriftState.OPEN,)
    items = work_list(site.services, states=states, limit=limit)
    with site.database.reading() as tx:
        waiting = tx.drift.open_lines()
    return DriftJson(open=waiting, lines=[drift_line(item) for item in items])


@officers.post("/drift/restore", summary="Khôi phục mọi phiếu lại được xác nhận / Restore what answers again")
def restore(site: SiteDep, caller: CallerDep) -> RestoredJson:
    """Mọi phiếu mà dữ liệu nay lại xác nhận, nhiều nhất 1.000 mỗi lần. / Every receipt whose record answers
    again, at most 1,000 a call."""
    return RestoredJson(restored=restore_all(site.services, caller.known().id))


@officers.post("/drift/{line_id}", summary="Xử lý một dòng / Settle a line")
def settle_line(site: SiteDep, caller: CallerDep, line_id: int, body: SettlementJson) -> DriftLineJson:
    """Thu hồi hoặc khôi phục phiếu; với bản sao chỉ ghi nhận. / Revoke or restore a receipt; of a certified
    copy it is only noted."""
    return drift_line(settle(site.services, settlement_of(body, line_id, caller.known().id)))
