"""Signing for programs: what waits, batches, and signatures made elsewhere."""

import base64
import binascii

from api.deps import Access, CallerDep, SiteDep
from api.errors import MalformedRequestError
from api.routes.guarded import program_router
from api.schemas.signing import (
    BatchJson,
    BeginJson,
    BegunJson,
    FinishJson,
    StartBatchJson,
    ToSignListJson,
    batch_json,
    begun_json,
    to_sign_json,
)
from api.schemas.submissions import PaperStatusJson, paper_status
from api.signing_desk import Ordered, batch_of, stop_batch
from signing.model import Signatory
from verification.batch import BatchId
from verification.pending import PendingToken
from verification.submission import PaperId
from verification.workflow.review import case
from verification.workflow.sign_batch import to_sign, way_of
from verification.workflow.sign_outside import Returned, begin, finish
from verification.workflow.take_back import take_back

router = program_router(Access.OFFICER, "Ký số / Signing")
ROUTERS = (router,)


@router.get("/signing/papers", summary="Chờ ký / To be signed")
def waiting(site: SiteDep, caller: CallerDep) -> ToSignListJson:
    """Giấy tờ do chính cán bộ duyệt, cũ nhất trước. / What this officer approved, oldest first."""
    officer = caller.known()
    papers = [to_sign_json(item) for item in to_sign(site.services, officer.id)]
    return ToSignListJson(papers=papers, way=way_of(site.services, officer).value)


@router.post("/signing/batches", status_code=202, summary="Ký một đợt / Sign a batch")
def start(site: SiteDep, caller: CallerDep, body: StartBatchJson) -> BatchJson:
    """Mã PIN được thử ngay; sai thì chưa có gì được ký. Mỗi giấy tờ lấy số theo thứ tự. / The PIN is tried at
    once: where it is wrong nothing has begun. Numbers are taken in order; look at the batch for the rest."""
    officer = caller.known()
    papers = tuple(map(PaperId, body.papers)) or tuple(
        item.paper.id for item in to_sign(site.services, officer.id)
    )
    person = Signatory(officer.id, officer.full_name)
    return batch_json(site.signing.begin(Ordered(person, papers, body.pin.get_secret_value())))


@router.get("/signing/batches/{batch_id}", summary="Tiến độ một đợt ký / How far a batch is")
def batch(site: SiteDep, caller: CallerDep, batch_id: str) -> BatchJson:
    """Của chính cán bộ. / One's own."""
    return batch_json(batch_of(site.services, BatchId(batch_id), caller.known().id))


@router.post("/signing/batches/{batch_id}/stop", summary="Dừng một đợt ký / Stop a batch")
def stop(site: SiteDep, caller: CallerDep, batch_id: str) -> BatchJson:
    """Sau văn bản đang ký. / After the paper being signed."""
    return batch_json(stop_batch(site.services, BatchId(batch_id), caller.known().id))


@router.post("/signing/{paper_id}/begin", summary="Chuẩn bị ký ở ngoài / Hand out what is to be signed")
def begin_outside(site: SiteDep, caller: CallerDep, paper_id: str, body: BeginJson) -> BegunJson:
    """Lấy số, dựng văn bản, trả về giá trị băm cần ký. Lần chuẩn bị sau làm lần trước mất hiệu lực, số giữ
    nguyên. / Takes the number, draws the document, hands out the digest. A later one makes this one void."""
    given = tuple(_decoded(each) for each in body.certificates)
    return begun_json(begin(site.services, PaperId(paper_id), caller.known().id, certificates=given))


@router.post("/signing/{paper_id}/finish", summary="Nhận chữ ký / Take the signature back")
def finish_outside(site: SiteDep, caller: CallerDep, paper_id: str, body: FinishJson) -> PaperStatusJson:
    """Gửi lại lần nữa cho cùng kết quả. / The same again gives the same answer."""
    returned = Returned(caller.known().id, PendingToken(body.token), _decoded(body.signature))
    finish(site.services, PaperId(paper_id), returned)
    found = case(site.services, PaperId(paper_id))
    return paper_status(found.paper, found.issued, to_officer=True)


@router.post("/signing/{paper_id}/take-back", summary="Rút lại trước khi ký / Take back before it is signed")
def take_paper_back(site: SiteDep, caller: CallerDep, paper_id: str) -> PaperStatusJson:
    """Giấy tờ trở lại hàng chờ; số đã lấy (nếu có) được hủy và ghi lý do. / Back to the queue; a number taken
    is cancelled with its reason."""
    return paper_status(take_back(site.services, PaperId(paper_id), caller.known().id), (), to_officer=True)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedRequestError from error
