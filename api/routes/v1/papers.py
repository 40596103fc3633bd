"""Papers: an officer's decision about one in, its new stage out."""

from api.deps import Access, CallerDep, SiteDep
from api.routes.guarded import program_router
from api.schemas.decisions import DecisionJson, decision_of
from api.schemas.submissions import PaperStatusJson, paper_status
from verification.submission import PaperId
from verification.workflow.decide import decide
from verification.workflow.review import case

router = program_router(Access.OFFICER, "Giấy tờ / Papers")
ROUTERS = (router,)


@router.post("/papers/{paper_id}/decision", summary="Quyết định của cán bộ / An officer's decision")
def decide_paper(site: SiteDep, caller: CallerDep, paper_id: str, body: DecisionJson) -> PaperStatusJson:
    """Cấp phiếu, chứng thực, từ chối hoặc trả lại. Việc cấp chạy sau đó; xem lại hồ sơ để biết kết quả. /
    Receipt, certification, refusal or return. Issuing runs afterwards: look at the submission for it."""
    decision = decision_of(body, PaperId(paper_id), caller.known().id, site.services.now())
    decided = decide(site.services, decision, version=body.version)
    return paper_status(decided, (), to_officer=True)


@router.get("/papers/{paper_id}", summary="Một giấy tờ / One paper")
def paper(site: SiteDep, paper_id: str) -> PaperStatusJson:
    """Giấy tờ với đề xuất của máy. / The paper with what the machine proposes."""
    found = case(site.services, PaperId(paper_id))
    return paper_status(found.paper, found.issued, to_officer=True)
