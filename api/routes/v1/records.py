"""The synchronised records: a delivery in, a new snapshot out; and how old our copies are."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, Annotated

from fastapi import Depends, Query, Request

from api.deps import Access, CallerDep, SiteDep
from api.routes.guarded import program_router
from api.schemas.pulling import pull_of
from api.schemas.records import LoadedJson, RecordsStatusJson, loaded_of, source_status
from verification.errors import RecordRowError
from verification.workflow.synchronise import Delivery, Row, synchronise

staff = program_router(Access.STAFF, "Dữ liệu / Records")
admins = program_router(Access.ADMIN, "Dữ liệu / Records")
ROUTERS = (staff, admins)
LARGE = (admins,)
_IN_MEMORY = 8 * 1024 * 1024


@staff.get("/records/status", summary="Tuổi dữ liệu / Age of the records")
def status(site: SiteDep) -> RecordsStatusJson:
    """Ảnh chụp dữ liệu, thời điểm và số bản ghi của từng nguồn. / Snapshot, age and count of each source."""
    now, sources = site.services.now(), site.services.sources
    with site.database.reading() as tx:
        found = [(source, tx.sources.snapshot(source.name)) for source in sources]
    pull = site.services.pull
    asked = {source.name: pull_of(pull.standing(source.name)) for source in sources} if pull else {}
    return RecordsStatusJson(
        sources=[source_status(source, snapshot, now, asked.get(source.name)) for source, snapshot in found]
    )


async def spooled(request: Request) -> IO[bytes]:
    """The body on disk, past 8 MiB, so that a large delivery does not fill the memory."""
    body = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 its user closes it
    async for chunk in request.stream():
        body.write(chunk)
    body.seek(0)
    return body


_NDJSON = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-ndjson": {
                "schema": {"type": "string", "description": "Mỗi dòng một bản ghi JSON. / One record a line."}
            }
        },
    }
}


@admins.post("/records/{source}", summary="Nạp dữ liệu / Load records", openapi_extra=_NDJSON)
def load(
    site: SiteDep,
    caller: CallerDep,
    source: str,
    body: Annotated[IO[bytes], Depends(spooled)],
    as_of: Annotated[
        datetime | None, Query(description="Thời điểm của dữ liệu. / The moment the owner says they show.")
    ] = None,
) -> LoadedJson:
    """NDJSON: mỗi dòng một bản ghi. Dòng hỏng bị liệt kê, dòng tốt được giữ. / NDJSON, a record a line. Bad
    rows are listed, good ones are kept."""
    moment = as_of or site.services.now()
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    with body:
        return loaded_of(
            synchronise(site.services, rows_of(body), Delivery(source, aware, caller.known().id))
        )


def rows_of(lines: Iterable[bytes]) -> Iterator[Row]:
    """Line by line; a line that is no object is a rejected row, not an end."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _object(line)


def _object(line: bytes) -> dict[str, object] | RecordRowError:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return RecordRowError("not a JSON object")
    return value if isinstance(value, dict) else RecordRowError("not a JSON object")
