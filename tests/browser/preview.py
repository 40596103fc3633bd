"""The sample views served as pages on 127.0.0.1, with the headers that the service sends."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from api.web import paths
from api.web.language import Bilingual, Language, TextSize
from api.web.rendering import PAGE_HEADERS, STATIC_FOLDER, render
from api.web.views import Audience, Shell
from tests.browser.samples import OFFICER_PAGES, PAGES, page_picture


def shell(name: str, language: str, size: str) -> Shell:
    """The surroundings of a sample page."""
    officer = name in OFFICER_PAGES
    return Shell(
        path=f"/page/{name}",
        agency=Bilingual("UBND xã Bình Sơn", "People's Committee of Bình Sơn"),
        help_phone="0204 3555 123",
        csrf="sample",
        language=Language(language),
        size=TextSize(size),
        audience=Audience.OFFICER if officer else Audience.PUBLIC,
        user_name="Phạm Thị Lan" if officer else None,
        notice=Bilingual("Đã lưu quyết định trước.", "The last decision is kept.") if officer else None,
        test=True,
    )


def app() -> FastAPI:
    """Every sample view at /page/NAME, in the language and size of the query."""
    preview = FastAPI(openapi_url=None)
    preview.mount(paths.STATIC, StaticFiles(directory=STATIC_FOLDER))
    picture = page_picture()

    @preview.get("/page/{name}")
    def page(name: str, request: Request) -> HTMLResponse:
        wanted = request.query_params
        around = shell(name, wanted.get("lang", "vi"), wanted.get("size", "normal"))
        return HTMLResponse(render(around, PAGES[name]), headers=PAGE_HEADERS)

    @preview.get("/picture.png")
    def paper() -> Response:
        return Response(picture, media_type="image/png")

    return preview


@contextmanager
def served() -> Iterator[str]:
    """The address of the running preview; it stops on leaving."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app(), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)
