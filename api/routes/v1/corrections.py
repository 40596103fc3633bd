"""Slips that ask the owner of a record to correct it: made out, listed, fetched as PDF, answered."""

from typing import Annotated

from fastapi import Header, Query, Response

from api.deps import Access, CallerDep, SiteDep
from api.routes.factor import open_dossier
from api.routes.guarded import program_router
from api.routes.uploads import plain_text
from api.schemas.people_data import AnswerJson, AskCorrectionJson, SlipJson, SlipsJson, slip_json
from verification.data_error import SlipState
from verification.submission import PaperId
from verification.workflow.ask_correction import (
    Answered,
    Asked,
    answer_slip,
    ask_correction,
    draw_slip,
    slip_of,
    slips,
)

officers = program_router(Access.OFFICER, "Điều chỉnh dữ liệu / Corrections")
citizens = program_router(Access.CITIZEN, "Điều chỉnh dữ liệu / Corrections")
ROUTERS = (officers, citizens)
_PDF: dict[int | str, dict[str, object]] = {
    200: {"content": {"application/pdf": {}}, "description": "Phiếu để in / the slip to print"}
}


@officers.post("/papers/{paper_id}/data-error-slip", summary="Lập phiếu / Make out a slip")
def ask(site: SiteDep, caller: CallerDep, paper_id: str, body: AskCorrectionJson) -> SlipJson:
    """Phiếu đang chờ trả lời thì trả lại chính phiếu đó. / A slip that waits is given again."""
    asked = Asked(caller.known().id, tuple(body.fields), plain_text(body.note, 2000))
    made = ask_correction(site.services, PaperId(paper_id), asked)
    return slip_json(slip_of(site.services, made.id))


@officers.get("/data-error-slips", summary="Các phiếu / The slips")
def listed(
    site: SiteDep,
    state: Annotated[SlipState | None, Query(description="SENT, ANSWERED. / One state alone.")] = None,
) -> SlipsJson:
    """Mới nhất trước. / Newest first."""
    found = slips(site.services, *([state] if state else []))
    return SlipsJson(slips=[slip_json(slip) for slip in found])


@officers.post("/data-error-slips/{slip_id}/answer", summary="Ghi trả lời / Enter the answer")
def answer(site: SiteDep, caller: CallerDep, slip_id: int, body: AnswerJson) -> SlipJson:
    """Một lần. / Once."""
    answered = Answered(caller.known().id, plain_text(body.answer, 2000))
    answer_slip(site.services, slip_id, answered, version=body.version)
    return slip_json(slip_of(site.services, slip_id))


@officers.get(
    "/data-error-slips/{slip_id}/file",
    response_class=Response,
    responses=_PDF,
    summary="Tải phiếu / Fetch a slip",
)
def file(site: SiteDep, caller: CallerDep, slip_id: int) -> Response:
    """PDF để in, ký và gửi. / A PDF to print, sign and send."""
    return slip_pdf(draw_slip(site.services, slip_id, actor=str(caller.known().id)), slip_id)


@citizens.get(
    "/submissions/{code}/data-error-slips/{slip_id}/file",
    response_class=Response,
    responses=_PDF,
    summary="Phiếu của tôi / A slip of mine",
)
def citizens_file(
    site: SiteDep,
    caller: CallerDep,
    code: str,
    slip_id: int,
    answer: Annotated[str, Query(description="Năm sinh hoặc 4 số cuối. / Second answer.")] = "",
    x_second_factor: Annotated[str, Header(description="Như `answer`. / As `answer`.")] = "",
) -> Response:
    """Cần câu trả lời thứ hai. / Needs the second answer."""
    found = open_dossier(site, caller, code.strip().upper(), x_second_factor or answer)
    content = draw_slip(site.services, slip_id, actor="citizen", dossier=found.submission.code)
    return slip_pdf(content, slip_id)


def slip_pdf(content: bytes, slip_id: int) -> Response:
    """The slip as a download."""
    headers = {"Content-Disposition": f'attachment; filename="phieu-dieu-chinh-{slip_id}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)
