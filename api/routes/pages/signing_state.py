"""Whether this office can sign, for those who work here. The keys themselves are on no page."""

from fastapi import Response

from api.deps import Access, VisitorDep, page
from api.routes.guarded import page_router
from api.routes.showing.signing_state import shown_signing_state
from api.web import paths
from verification.workflow.preserve import counts

staff = page_router(Access.STAFF)
ROUTERS = (staff,)


@staff.get(paths.SIGNING_STATE)
def signing_state(visitor: VisitorDep) -> Response:
    """The last self-test, and how many documents wait for long-term data."""
    with visitor.site.database.reading() as tx:
        officers = {str(each.id): each.full_name for each in tx.officers.all()}
    kept = counts(visitor.site.services)
    return page(visitor, shown_signing_state(visitor.site.wired.self_test.last, officers, kept))
