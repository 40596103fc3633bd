"""Certifications: a printed code in; what anyone may know, or the file itself, out."""

from typing import Annotated

from fastapi import Header, Query, Response

from api.attempts import Tries
from api.deps import Access, CallerDep, Site, SiteDep
from api.routes.factor import CODES, STANDINGS, TRIES_FOR_CODE, TRIES_FROM_ADDRESS
from api.routes.guarded import program_router
from api.routes.v1.submissions import is_officer
from api.schemas.certifications import CertificationJson, certification_of
from ocr.model import Digest
from verification.certification import ShortCode, parse_code
from verification.errors import NotFoundError, WrongFactorError
from verification.standing_errors import CodeOrFileNeededError
from verification.workflow.look_up import Known, download, look_up, look_up_file
from verification.workflow.review import hand_over
from verification.workflow.validate import standing_reason

public = program_router(Access.PUBLIC, "Văn bản đã cấp / Certifications")
citizens = program_router(Access.CITIZEN, "Văn bản đã cấp / Certifications")
ROUTERS = (public, citizens)


@public.get("/certifications/{code}", summary="Tình trạng văn bản / Standing of a document")
def certification(site: SiteDep, caller: CallerDep, answer: Response, code: str) -> CertificationJson:
    """Loại, số, ngày, nơi cấp, tình trạng; không có gì về người. / Kind, number, date, issuer, standing;
    nothing of the person."""
    answer.headers["Cache-Control"] = "no-store"
    try:
        return _facts(site, look_up(site.services, code))
    except NotFoundError:
        site.counter.spend(Tries("code", caller.address, CODES))
        raise


@public.get("/standing", summary="Tình trạng theo mã hoặc theo tệp / Standing by code or by file")
def standing(
    site: SiteDep,
    caller: CallerDep,
    answer: Response,
    code: Annotated[str, Query(max_length=40, description="Mã in trên văn bản. / The printed code.")] = "",
    sha256: Annotated[
        str, Query(pattern=r"^([0-9a-fA-F]{64})?$", description="SHA-256 của tệp. / Of the file.")
    ] = "",
) -> CertificationJson:
    """Hỏi theo một trong hai; không gửi tệp. Không có gì về người. / Ask by one of the two; the file itself
    is not sent. Nothing of the person."""
    answer.headers["Cache-Control"] = "no-store"
    site.counter.spend(Tries("standing", caller.address, STANDINGS))
    if bool(code) == bool(sha256):
        raise CodeOrFileNeededError
    try:
        known = look_up(site.services, code) if code else look_up_file(site.services, Digest(sha256.lower()))
    except NotFoundError:
        site.counter.spend(Tries("code", caller.address, CODES))
        raise
    return _facts(site, known)


@citizens.get(
    "/certifications/{code}/file",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "PDF đã ký / the signed PDF"}},
    summary="Tải văn bản / Download the document",
)
def file(
    site: SiteDep,
    caller: CallerDep,
    code: str,
    answer: Annotated[str, Query(description="Năm sinh hoặc 4 số cuối. / Second answer.")] = "",
    x_second_factor: Annotated[str, Header(description="Như `answer`. / As `answer`.")] = "",
) -> Response:
    """Cần câu trả lời thứ hai, trừ cán bộ. / Needs the second answer; officers do not."""
    parsed = parse_code(code)
    if parsed is None:
        raise WrongFactorError
    if is_officer(caller):
        content = hand_over(site.services, parsed, caller.known().id)[1]
    else:
        by_code = Tries("factor code", parsed, TRIES_FOR_CODE)
        with site.counter.counted(by_code, Tries("factor address", caller.address, TRIES_FROM_ADDRESS)):
            content = download(site.services, parsed, x_second_factor or answer)
    return pdf(content, parsed)


def _facts(site: Site, known: Known) -> CertificationJson:
    services = site.services
    return certification_of(
        known.issued,
        issuer=services.unit.agency,
        test=services.signer.test,
        why=standing_reason(known.issued, known.successor),
        successor=known.successor,
    )


def pdf(content: bytes, code: ShortCode) -> Response:
    """The file as a download, named by its code."""
    headers = {"Content-Disposition": f'attachment; filename="{code}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)
