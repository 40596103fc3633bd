"""The web application: opened services (and the engine that works for them) in, an ASGI app out."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from api.answers import answer_error
from api.deps import Site, site_of
from api.middleware import Edge
from api.problems import OURS
from api.routes import ROUTERS, body_limit
from api.web import paths
from api.web.rendering import STATIC_FOLDER
from api.wiring import ReaderOnDemand, Wired
from api.worker import Housekeeping
from ocr.errors import OcrError
from storage.jobs import Engine

_DESCRIPTION = (
    "Đọc giấy tờ, đối chiếu dữ liệu, cấp và kiểm tra bản sao điện tử chứng thực. "
    "Khóa truy cập gửi trong Authorization: Bearer. / "
    "Reads papers, checks them against records, issues and validates electronic certifications. "
    "Keys are sent as Authorization: Bearer."
)


def create_app(wired: Wired, *, engine: Engine | None) -> FastAPI:
    """The service on these parts; an engine is launched with it and stopped with it.

    Whoever opened `wired` closes it. Serve it without an access log of the server's own: that one would
    write addresses, and addresses carry codes.
    """
    site = site_of(wired, engine)
    app = FastAPI(
        title="Chứng thực điện tử",
        version="1",
        description=_DESCRIPTION,
        openapi_url=paths.OPENAPI,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(site),
    )
    app.state.site = site
    # Every router has a limit of its own: one of the whole app would lie outside `Edge`, and keep it from
    # letting a body that is too large run out.
    for router in ROUTERS:
        app.include_router(router, max_body_size=body_limit(router, wired.settings.limits))
    app.mount(paths.STATIC, StaticFiles(directory=STATIC_FOLDER), name="static")
    for kind in (*OURS, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, answer_error)
    app.add_middleware(Edge, settings=wired.settings)
    return app


def _lifespan(site: Site) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def run(_app: FastAPI) -> AsyncIterator[None]:
        house = await asyncio.to_thread(_start, site)
        # Models take seconds to load: the pages are there before them.
        warming = asyncio.create_task(asyncio.to_thread(_warm_up, site))
        try:
            yield
        finally:
            warming.cancel()
            await asyncio.to_thread(_stop, site, house)

    return run


def _start(site: Site) -> Housekeeping | None:
    site.signing.open()
    if site.engine is None:
        return None
    site.engine.launch()
    house = Housekeeping(site.services, site.engine, look_ups_kept_days=site.settings.look_ups_kept_days)
    house.start()
    return house


def _stop(site: Site, house: Housekeeping | None) -> None:
    site.signing.close()
    if house:
        house.stop()
    if site.engine:
        site.engine.stop()


def _warm_up(site: Site) -> None:
    papers = site.services.papers
    if isinstance(papers, ReaderOnDemand):
        with contextlib.suppress(OcrError):  # said again, to whoever wants something read
            papers.open()
