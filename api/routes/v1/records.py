"""The synchronised records: a delivery in, a new snapshot out; and how old our copies are."""

import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Query, Request

from api.deps import Access, CallerDep, SiteDep
from api.errors import BodyTooLargeError, EncodingNotAcceptedError
from api.record_deliveries import HandedIn, hand_in
from api.record_files import RecordFile
from api.record_states import source_states
from api.routes.guarded import program_router
from api.schemas.records import (
    DeliveriesJson,
    LoadedJson,
    RecordsStatusJson,
    delivery_json,
    loaded_of,
    source_status,
)
from verification.delivery import DeliveryKind, Header
from verification.errors import UnknownSourceError
from verification.source import SourceName
from verification.source_profile import source_of

staff = program_router(Access.STAFF, "Dữ liệu / Records")
admins = program_router(Access.ADMIN, "Dữ liệu / Records")
ROUTERS = (staff, admins)
LARGE = (admins,)
_IN_MEMORY = 8 * 1024 * 1024
_MAX_UNPACKED = 8 * 1024 * 1024 * 1024
"""Bytes of a packed delivery; larger ones are files for the command line or a watched folder."""


@staff.get("/records/status", summary="Tuổi dữ liệu / Age of the records")
def status(site: SiteDep) -> RecordsStatusJson:
    """Ảnh chụp dữ liệu, thời điểm, số bản ghi, ngày công bố và lần nạp gần nhất của từng nguồn. / Snapshot,
    age, count, announcement and last delivery of each source."""
    with site.database.reading() as tx:
        states = source_states(site.services, tx)
    return RecordsStatusJson(sources=[source_status(state) for state in states])


@staff.get("/records/deliveries", summary="Các lần nạp / What was loaded")
def deliveries(
    site: SiteDep,
    source: Annotated[str, Query(description="Một nguồn; mặc định là mọi nguồn. / One source.")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> DeliveriesJson:
    """Mới nhất trước. / The newest first."""
    if source and source_of(source, site.services.sources) is None:
        raise UnknownSourceError
    with site.database.reading() as tx:
        found = tx.deliveries.newest(SourceName(source) if source else None, limit=limit)
    return DeliveriesJson(deliveries=[delivery_json(past) for past in found])


async def spooled(request: Request) -> AsyncIterator[RecordFile]:
    """The body on disk, past 8 MiB, so that a large delivery does not fill the memory.

    Raises EncodingNotAcceptedError.
    """
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", ""):
        raise EncodingNotAcceptedError
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
        async for chunk in request.stream():
            body.write(chunk)
        yield RecordFile(body, csv=media_type == "text/csv", packed=encoding == "gzip")


class Told:
    """What the request says beside the delivery."""

    def __init__(
        self,
        as_of: Annotated[
            datetime | None,
            Query(description="Thời điểm của dữ liệu. / The moment the owner says they show."),
        ] = None,
        sequence: Annotated[
            int | None, Query(ge=1, lt=2**31, description="Số thứ tự do nguồn đặt. / The owner's number.")
        ] = None,
        full: Annotated[
            bool, Query(description="Xóa bản ghi không được nêu. / Removes what it does not name.")
        ] = False,
        allow_removals: Annotated[
            bool, Query(description="Cho phép xóa nhiều bản ghi. / Allows many removals.")
        ] = False,
        dry_run: Annotated[bool, Query(description="Chỉ đếm. / Only counts.")] = False,
    ) -> None:
        moment = as_of.replace(tzinfo=UTC) if as_of and as_of.tzinfo is None else as_of
        kind = DeliveryKind.FULL if full else None
        self.header = Header(sequence=sequence, kind=kind, as_of=moment)
        self.allow_removals, self.dry_run = allow_removals, dry_run


_BODY = {
    "requestBody": {
        "required": True,
        "description": "Có thể nén: Content-Encoding: gzip. / May be packed: Content-Encoding: gzip.",
        "content": {
            "application/x-ndjson": {
                "schema": {"type": "string", "description": "Mỗi dòng một bản ghi JSON. / One record a line."}
            },
            "text/csv": {
                "schema": {
                    "type": "string",
                    "description": "Tên cột có dấu chấm. / Columns with dotted names.",
                }
            },
        },
    }
}


@admins.post("/records/{source}", summary="Nạp dữ liệu / Load records", openapi_extra=_BODY)
def load(
    site: SiteDep,
    caller: CallerDep,
    source: str,
    body: Annotated[RecordFile, Depends(spooled)],
    told: Annotated[Told, Depends()],
) -> LoadedJson:
    """NDJSON hoặc CSV. Dòng hỏng bị liệt kê, dòng tốt được giữ; tệp bị cắt, sai thứ tự hoặc xóa quá nhiều
    thì không nạp gì. / NDJSON or CSV. Bad rows are listed and good ones kept; of a delivery that is cut, out
    of turn or removes too much, nothing is."""
    if body.packed:
        _refuse_bomb(body)
    given = HandedIn(
        source=source,
        actor=caller.known().id,
        as_of=site.services.now(),
        told=told.header,
        allow_removals=told.allow_removals,
        dry_run=told.dry_run,
    )
    return loaded_of(hand_in(site.services, body, given), dry_run=told.dry_run)


def _refuse_bomb(body: RecordFile) -> None:
    """Before the database waits for it. Raises BodyTooLargeError, DeliveryCutError."""
    unpacked = 0
    for chunk in body.chunks():
        unpacked += len(chunk)
        if unpacked > _MAX_UNPACKED:
            raise BodyTooLargeError
