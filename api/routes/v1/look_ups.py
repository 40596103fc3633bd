"""Who looked at records: a dossier's citizen is told of theirs, an auditor reads the log by a question."""

from typing import Annotated

from fastapi import Header, Query

from api.deps import Access, CallerDep, SiteDep
from api.routes.factor import officers_dossier, open_dossier
from api.routes.guarded import program_router
from api.routes.v1.submissions import is_officer
from api.schemas.look_ups import LookUpsJson, WhoLookedJson, look_ups_of, who_looked
from verification.workflow.disclose import disclose
from verification.workflow.trace import Trail, trace

citizens = program_router(Access.CITIZEN, "Hồ sơ / Submissions")
auditors = program_router(Access.AUDITOR, "Nhật ký / Log")
ROUTERS = (citizens, auditors)


@citizens.get("/submissions/{code}/look-ups", summary="Ai đã xem dữ liệu của tôi / Who looked at my records")
def citizens_look_ups(
    site: SiteDep,
    caller: CallerDep,
    code: str,
    answer: Annotated[str, Query(description="Năm sinh hoặc 4 số cuối. / Second answer.")] = "",
    x_second_factor: Annotated[str, Header(description="Như `answer`. / As `answer`.")] = "",
) -> WhoLookedJson:
    """Chỉ hiện khi bản ghi là của chính người nộp. / Told only where the record is the applicant's own."""
    code = code.strip().upper()
    if is_officer(caller):
        found, to = officers_dossier(site, code), str(caller.known().id)
    else:
        found, to = open_dossier(site, caller, code, x_second_factor or answer), "citizen"
    told = disclose(site.services, found, to=to)
    kept = site.settings.look_ups_kept_days
    return who_looked(found.submission.code, told, office=site.services.unit.agency, kept_days=kept)


@auditors.get("/log/look-ups", summary="Nhật ký khai thác dữ liệu / The access log")
def look_ups(
    site: SiteDep,
    caller: CallerDep,
    record: Annotated[str, Query(description="Mã bản ghi. / Id of a record.")] = "",
    dossier: Annotated[str, Query(description="Mã hồ sơ. / Code of a dossier.")] = "",
    officer: Annotated[str, Query(description="Tên đăng nhập. / Who looked.")] = "",
    x_record: Annotated[
        str,
        Header(description="Như `record`, không nằm trong địa chỉ. / As `record`, kept out of addresses."),
    ] = "",
) -> LookUpsJson:
    """Đúng một trong ba câu hỏi; nhật ký không được duyệt xem cả. / Exactly one of the three; the log is not
    browsed."""
    trail = Trail((x_record or record).strip(), dossier.strip().upper(), officer.strip())
    return look_ups_of(trace(site.services, trail, actor=str(caller.known().id)))
