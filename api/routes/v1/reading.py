"""Reading: files in, the papers of each out, alone or compared with the records. Nothing is kept of them."""

import threading
from typing import Annotated

from fastapi import Form

from api.deps import Access, CallerDep, SiteDep
from api.reading import NamedFile, look_at_files, read_files
from api.routes.guarded import program_router
from api.routes.uploads import Files, plain_text, uploads
from api.schemas.reading import LookJson, ReadJson
from verification.services import Services
from verification.workflow.inquire import Purpose
from verification.workflow.receive import Upload

router = program_router(Access.OFFICER, "Đọc giấy tờ / Reading")
ROUTERS = (router,)
LARGE = (router,)

_one_at_a_time = threading.Lock()
"""Reading uses all cores it is given: two requests at once would only both be slow."""


@router.post("/read", summary="Đọc giấy tờ / Read papers")
def read(site: SiteDep, files: Files) -> ReadJson:
    """Loại giấy và các trường, mỗi trường với mọi lần đọc. / Kinds and fields, each with all its readings."""
    return _read(site.services, uploads(files), None)


@router.post("/look", summary="Xem ảnh có đủ rõ không / Is the picture good enough")
def look(site: SiteDep, files: Files) -> LookJson:
    """Chưa đọc, chỉ xem ảnh: mờ, tối, chói, mất góc; để chụp lại ngay. / Nothing is read yet: blurred, dark,
    glaring or cut pictures are told, to be taken again at once."""
    with _one_at_a_time:
        return look_at_files(site.services, [NamedFile(f.name, f.content) for f in uploads(files)])


@router.post("/check", summary="Đọc và đối chiếu / Read and compare")
def check(
    site: SiteDep,
    caller: CallerDep,
    files: Files,
    purpose: Annotated[
        str, Form(min_length=3, description="Lý do tra cứu, được ghi lại. / Why; it is logged.")
    ],
    dossier: Annotated[str, Form(description="Mã hồ sơ. / Dossier code.")] = "-",
    procedure: Annotated[
        str, Form(description="Mã thủ tục; bỏ trống là bất kỳ. / Code of the procedure; empty is any.")
    ] = "",
) -> ReadJson:
    """Đọc, rồi so với cơ sở dữ liệu; ai hỏi và vì sao đều được ghi. / Reads, then compares with the records;
    who asked and why is logged."""
    why = Purpose(caller.known().id, plain_text(dossier), plain_text(purpose))
    return _read(site.services, uploads(files), why, plain_text(procedure))


def _read(services: Services, files: list[Upload], purpose: Purpose | None, procedure: str = "") -> ReadJson:
    named = [NamedFile(f.name, f.content) for f in files]
    with _one_at_a_time:
        return read_files(services, named, purpose=purpose, procedure=procedure)
