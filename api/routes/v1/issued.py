"""What was issued, for officers and auditors: found, its history out; annulled, replaced or given again."""

from enum import StrEnum
from typing import Annotated

from fastapi import Query

from api.deps import Access, CallerDep, SiteDep
from api.routes.guarded import program_router
from api.schemas.issued import (
    HistoryJson,
    IssuedListJson,
    OffersJson,
    ReplacesJson,
    RevocationJson,
    history_of,
    issued_list,
    offers_of,
    revocation_of,
)
from api.schemas.submissions import PaperStatusJson, paper_status
from verification.certification import Search, ShortCode, Standing, parse_code
from verification.errors import NotFoundError
from verification.submission import PaperId
from verification.workflow.find_issued import find_issued, whole
from verification.workflow.redeliver import offers
from verification.workflow.revoke import revoke
from verification.workflow.supersede import begin_replacement, mark_replacing

_TAG = "Văn bản đã cấp / Certifications"
readers = program_router(Access.BOOK_READER, _TAG)
officers = program_router(Access.OFFICER, _TAG)
ROUTERS = (readers, officers)


class Which(StrEnum):
    """Certified copies or receipts."""

    COPIES = "copies"
    RECEIPTS = "receipts"


@readers.get("/certifications", summary="Tìm văn bản đã cấp / Find what was issued")
def find(
    site: SiteDep,
    words: Annotated[
        str,
        Query(
            max_length=200,
            description="Số, mã, mã hồ sơ hoặc một phần họ tên, có dấu hay không. / "
            "A number, a code, a dossier's code, or part of a name with or without marks.",
        ),
    ] = "",
    standing: Annotated[Standing | None, Query(description="Tình trạng. / How it stands.")] = None,
    series: Annotated[Which | None, Query(description="Bản sao hay phiếu. / Which kind.")] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="Nhiều nhất. / At most.")] = 100,
    skip: Annotated[int, Query(ge=0, description="Bỏ qua bao nhiêu. / Leave out so many.")] = 0,
) -> IssuedListJson:
    """Mới nhất trước. / Newest first."""
    receipts = None if series is None else series is Which.RECEIPTS
    search = Search(words, receipts=receipts, standing=standing, limit=limit, skip=skip)
    return issued_list(find_issued(site.services, search))


@readers.get("/certifications/{code}/history", summary="Mọi việc về một văn bản / A document's history")
def history(site: SiteDep, code: str) -> HistoryJson:
    """Tình trạng, lần đổi tình trạng, nhật ký. / How it stands, every change of that, and the trail."""
    return history_of(whole(site.services, parse_code(code)))


@officers.post("/certifications/{code}/revocation", summary="Hủy bỏ giá trị / Annul a document")
def annul(site: SiteDep, caller: CallerDep, code: str, body: RevocationJson) -> HistoryJson:
    """Không đổi lại được; gửi lại y như cũ thì không đổi gì. Cần ủy quyền hoặc phân công còn hiệu lực. /
    For good; the same again changes nothing. Needs a delegation in force."""
    revoked = revoke(site.services, revocation_of(body, _code(code), caller.known().id))
    return history_of(whole(site.services, revoked.code))


@officers.post("/certifications/{code}/replacement", summary="Cấp văn bản thay thế / Begin a replacement")
def begin(site: SiteDep, caller: CallerDep, code: str) -> PaperStatusJson:
    """Một giấy tờ mới trong cùng hồ sơ, chờ cán bộ; văn bản cũ còn nguyên cho tới khi văn bản mới được cấp. /
    A new paper of the same dossier, waiting; the old document stands until the new one is issued."""
    new = begin_replacement(site.services, _code(code), caller.known().id)
    return paper_status(new, (), to_officer=True)


@officers.get("/papers/{paper_id}/same-originals", summary="Bản chính đã chứng thực trước / Certified before")
def same_originals(site: SiteDep, paper_id: str) -> OffersJson:
    """Bản điện tử còn giá trị của cùng bản chính, cùng người: có thể giao lại. / Good copies of the same
    original of the same applicant, which may be given again."""
    return offers_of(offers(site.services, PaperId(paper_id)))


@officers.post("/papers/{paper_id}/replaces", summary="Bản quét mới để cấp thay / A new scan that replaces")
def mark(site: SiteDep, caller: CallerDep, paper_id: str, body: ReplacesJson) -> PaperStatusJson:
    """Văn bản cũ thành đã được thay khi văn bản mới được cấp. / The old document is superseded once the new
    one is issued."""
    officer = caller.known().id
    marked = mark_replacing(site.services, PaperId(paper_id), _code(body.code), officer, version=body.version)
    return paper_status(marked, (), to_officer=True)


def _code(typed: str) -> ShortCode:
    code = parse_code(typed)
    if code is None:
        raise NotFoundError
    return code
