"""The officer's queue, and a paper of it under review: pictures, fields, reasons."""

from fastapi import Response
from fastapi.responses import RedirectResponse

from api.deps import Access, VisitorDep, page
from api.routes.guarded import page_router
from api.routes.showing.decided import shown_decided
from api.routes.showing.fees import fee_after
from api.routes.showing.promise import Today
from api.routes.showing.queue import shown_queue
from api.routes.showing.review import shown_review
from api.routes.v1.certifications import pdf
from api.web import paths
from verification.certification import parse_code
from verification.errors import NotFoundError
from verification.services import Services
from verification.submission import PaperId
from verification.workflow.review import DECIDABLE, case, hand_over, may_sign, waiting

officers = page_router(Access.OFFICER)
readers = page_router(Access.BOOK_READER)
ROUTERS = (officers, readers)


@officers.get(paths.QUEUE)
def queue(visitor: VisitorDep, loc: str = "", trang: int = 1) -> Response:
    """What waits, oldest first."""
    services = visitor.site.services
    today = Today(services.now(), services.terms)
    view = shown_queue(waiting(services), services.profiles, chosen=loc, number=trang, today=today)
    return page(visitor, view)


@officers.get("/can-bo/ho-so/{paper_id}")
def review(visitor: VisitorDep, paper_id: str) -> Response:
    """One paper; once it is decided, what became of it."""
    services = visitor.site.services
    found = case(services, PaperId(paper_id))
    if found.paper.stage not in DECIDABLE:
        return RedirectResponse(paths.decided(paper_id), 303)
    able = may_sign(services, visitor.officer.id)
    return page(visitor, shown_review(services, found, may_sign=able))


@readers.get("/can-bo/ho-so/{paper_id}/da-quyet-dinh")
def decided(visitor: VisitorDep, paper_id: str) -> Response:
    """What the decision did."""
    services = visitor.site.services
    found = case(services, PaperId(paper_id))
    fee = fee_after(services, found)
    return page(visitor, shown_decided(found, services.profiles, _next(services, paper_id), fee=fee))


def _next(services: Services, paper_id: str) -> str | None:
    left = (item.paper.id for item in waiting(services) if item.paper.id != paper_id)
    found = next(left, None)
    return paths.review(found) if found else None


@officers.get("/trang-anh/{paper_id}/{number}")
def picture(visitor: VisitorDep, paper_id: str, number: int) -> Response:
    """One page as it was read: the boxes of the review are pixels of it."""
    services = visitor.site.services
    pages = case(services, PaperId(paper_id)).pages()
    if not 1 <= number <= len(pages):
        raise NotFoundError
    return Response(services.objects.get(pages[number - 1].digest), media_type="image/jpeg")


@officers.get("/can-bo/van-ban/{short_code}")
def issued_file(visitor: VisitorDep, short_code: str) -> Response:
    """What was issued, for the counter's printer."""
    code = parse_code(short_code)
    if code is None:
        raise NotFoundError
    return pdf(hand_over(visitor.site.services, code, visitor.officer.id)[1], code)
