"""Reading: files in, the papers of each out, alone or compared with the records. Nothing is kept of them."""

import hashlib
import threading
import time
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Form

from api.deps import Access, CallerDep, SiteDep
from api.routes.guarded import program_router
from api.routes.uploads import Files, plain_text, uploads
from api.schemas.messages import MessageJson, message_of
from api.schemas.reading import ReadFileJson, ReadJson, page_of, paper_of
from api.schemas.validation import validated_file
from ocr.errors import OcrError
from ocr.intake import take_in
from verification.assessment import Assessment
from verification.services import Services
from verification.workflow.check import ReadFile, cross_check, joined, read_file
from verification.workflow.inquire import Purpose
from verification.workflow.receive import Upload

router = program_router(Access.OFFICER, "Đọc giấy tờ / Reading")
ROUTERS = (router,)
LARGE = (router,)

_one_at_a_time = threading.Lock()
"""Reading uses all cores it is given: two requests at once would only both be slow."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """One file: read, or refused with a message."""

    upload: Upload
    seconds: float
    media_type: str | None
    read: ReadFile | None
    error: MessageJson | None


@router.post("/read", summary="Đọc giấy tờ / Read papers")
def read(site: SiteDep, files: Files) -> ReadJson:
    """Loại giấy và các trường, mỗi trường với mọi lần đọc. / Kinds and fields, each with all its readings."""
    return ReadJson(files=[_json(t, {}) for t in _take_all(site.services, uploads(files))])


@router.post("/check", summary="Đọc và đối chiếu / Read and compare")
def check(
    site: SiteDep,
    caller: CallerDep,
    files: Files,
    purpose: Annotated[
        str, Form(min_length=3, description="Lý do tra cứu, được ghi lại. / Why; it is logged.")
    ],
    dossier: Annotated[str, Form(description="Mã hồ sơ. / Dossier code.")] = "-",
) -> ReadJson:
    """Đọc, rồi so với cơ sở dữ liệu; ai hỏi và vì sao đều được ghi. / Reads, then compares with the records;
    who asked and why is logged."""
    taken = _take_all(site.services, uploads(files))
    why = Purpose(caller.known().id, plain_text(dossier), plain_text(purpose))
    checked = cross_check(site.services, [t.read for t in taken if t.read], why)
    assessed = {id(paper): c.assessment for c in checked for _, paper in c.sides}
    return ReadJson(files=[_json(t, assessed) for t in taken])


def _take_all(services: Services, files: list[Upload]) -> list[_Taken]:
    with _one_at_a_time:
        taken = [_take(services, upload) for upload in files]
    whole = iter(joined(services, [t.read for t in taken if t.read]))
    return [replace(t, read=next(whole)) if t.read else t for t in taken]


def _take(services: Services, upload: Upload) -> _Taken:
    began, media_type, found, fault = time.perf_counter(), None, None, None
    try:
        document = take_in(upload.content, services.limits)
        media_type = document.media_type.value
        found = read_file(services, document)
    except OcrError as error:
        fault = message_of(error)
    return _Taken(upload, time.perf_counter() - began, media_type, found, fault)


def _json(taken: _Taken, assessed: dict[int, Assessment]) -> ReadFileJson:
    found, upload = taken.read, taken.upload
    digest = hashlib.sha256(upload.content).hexdigest()
    report = found.signatures if found else None
    return ReadFileJson(
        file=upload.name,
        sha256=digest,
        media_type=taken.media_type,
        seconds=round(taken.seconds, 3),
        error=taken.error,
        signatures=validated_file(upload.name, digest, report, None) if report else None,
        pages=[page_of(p.page) for p in found.reading.pages] if found else [],
        documents=[paper_of(p, assessed.get(id(p))) for p in found.papers] if found else [],
    )
