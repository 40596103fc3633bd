"""The JSON API explained, from own files only: no script of another host draws it."""

from fastapi import Request, Response

from api.deps import Access, VisitorDep, page
from api.routes.guarded import page_router
from api.routes.showing.openapi import shown_openapi
from api.web import paths

router = page_router(Access.PUBLIC)
ROUTERS = (router,)


@router.get(paths.DOCS)
def explain(visitor: VisitorDep, request: Request) -> Response:
    """Every operation with what it takes and answers."""
    return page(visitor, shown_openapi(request.app.openapi(), paths.OPENAPI))
