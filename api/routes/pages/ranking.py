"""The records most like a paper that has none: an officer asks, is logged, and sees them on the review."""

from fastapi import Response
from fastapi.responses import RedirectResponse

from api.deps import Access, VisitorDep, page
from api.routes.guarded import form_router
from api.routes.showing.review import shown_review
from api.web import paths
from verification.submission import PaperId
from verification.workflow.inquire import Purpose
from verification.workflow.rank import RANKING, alike
from verification.workflow.review import DECIDABLE, case, may_sign

forms = form_router(Access.OFFICER)
ROUTERS = (forms,)


@forms.post("/can-bo/ho-so/{paper_id}/gan-giong")
def show_alike(visitor: VisitorDep, paper_id: str) -> Response:
    """The review again, with them. A look-up for each time it is asked, and so a form and no link."""
    services, officer = visitor.site.services, visitor.officer
    found = case(services, PaperId(paper_id))
    if found.paper.stage not in DECIDABLE:
        return RedirectResponse(paths.decided(paper_id), 303)
    papers = [side.extraction for side in found.paper.sides]
    purpose = Purpose(officer.id, found.submission.code, RANKING)
    records = alike(services, papers, found.paper.assessment.match, purpose)
    view = shown_review(services, found, may_sign=may_sign(services, officer.id), alike=records)
    return page(visitor, view, at=paths.review(paper_id))
