"""The first page, and the choice of language and letter size."""

from fastapi import Response
from fastapi.responses import RedirectResponse

from api.deps import Access, VisitorDep, keep, page
from api.routes.guarded import page_router
from api.web import paths
from api.web.language import Language, TextSize
from api.web.views import Home

router = page_router(Access.PUBLIC)
ROUTERS = (router,)
_A_YEAR_S = 365 * 24 * 3600


@router.get(paths.HOME)
def home(visitor: VisitorDep) -> Response:
    """Three doors."""
    return page(visitor, Home())


@router.get(paths.DISPLAY)
def choose_display(
    visitor: VisitorDep,
    lang: str = "",
    size: str = "",
    next: str = paths.HOME,  # noqa: A002
) -> Response:
    """Keep the choice in a cookie and go back."""
    answer = RedirectResponse(paths.local_or_home(next), 303)
    for cookie, value, known in (
        (paths.LANGUAGE_COOKIE, lang, [*Language]),
        (paths.SIZE_COOKIE, size, [*TextSize]),
    ):
        if value in known:
            keep(answer, visitor.site, cookie, value, seconds=_A_YEAR_S)
    return answer
