"""Errors into answers: problem documents for programs, a page in the reader's language for browsers."""

import logging
from urllib.parse import quote, urlsplit

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from api.deps import Caller, Visitor, caller, page, site, visitor
from api.errors import ApiError, SignInNeededError
from api.logging import frames
from api.problems import Known, headers, known, problem, status_of
from api.schemas.problems import PROBLEM_MEDIA_TYPE
from api.web import paths
from api.web.language import Bilingual
from api.web.views import Problem
from storage.errors import StorageError

log = logging.getLogger("chungthuc.faults")
_FOR_PROGRAMS = ("/api/", paths.OPENAPI, "/healthz", "/readyz")


async def answer_error(request: Request, error: Exception) -> Response:
    """The answer to any error; what is our fault is logged, without its words, under the incident's code."""
    ours, incident = known(error), incident_of(request)
    status = status_of(ours)
    if status >= 500:
        said = {"request": incident, "error": type(error).__name__, "code": ours.code}
        log.error("fault", extra={**said, "frames": frames(error)})
    if request.url.path.startswith(_FOR_PROGRAMS):
        document = problem(ours, incident, _fields(error)).model_dump()
        return JSONResponse(document, status, headers(ours), media_type=PROBLEM_MEDIA_TYPE)
    return await run_in_threadpool(_page, request, ours, incident)


def incident_of(request: Request) -> str:
    """The code of this request, read out on the phone and found in the log."""
    return str(request.scope.get("request_id", "-"))


def _page(request: Request, error: Known, incident: str) -> Response:
    if isinstance(error, SignInNeededError):
        back = request.url.path if request.method == "GET" else _referer(request)
        return RedirectResponse(f"{paths.LOGIN}?next={quote(back)}", 303)
    status = status_of(error)
    view = Problem(
        title=_title(status),
        message=Bilingual(error.message_vi, error.message_en),
        next_step=_next_step(status),
        code=f"{error.code} {incident}",
        back=_referer(request),
    )
    answer = page(_visitor(request), view, status=status, at=_referer(request))
    answer.headers.update(headers(error))
    return answer


def _visitor(request: Request) -> Visitor:
    """The visitor, as a stranger when who they are cannot be told: the page of an error must not fail."""
    here = site(request)
    try:
        who = caller(request, here)
    except (ApiError, StorageError):  # the database itself may be what failed
        who = Caller("")
    return visitor(request, here, who)


def _referer(request: Request) -> str:
    """The page of ours from which the request came, else the first page."""
    came = urlsplit(request.headers.get("referer", ""))
    if came.netloc and came.netloc != request.headers.get("host"):
        return paths.HOME
    query = f"?{came.query}" if came.query else ""
    return paths.local_or_home(f"{came.path}{query}") if came.path else paths.HOME


def _title(status: int) -> Bilingual:
    match status:
        case 404 | 410:
            return Bilingual("Không tìm thấy", "Not found")
        case 401 | 403 | 421:
            return Bilingual("Chưa thực hiện được", "Not allowed")
        case 409:
            return Bilingual("Đã có thay đổi", "Something changed")
        case 429:
            return Bilingual("Xin chờ một lát", "Please wait a while")
        case _ if status >= 500:
            return Bilingual("Hệ thống gặp lỗi", "Something failed on our side")
        case _:
            return Bilingual("Cần kiểm tra lại", "Please check")


def _next_step(status: int) -> Bilingual:
    match status:
        case 409:
            return Bilingual(
                "Bấm nút dưới đây để tải lại trang và xem tình trạng mới nhất.",
                "Use the button below to load the page again and see how things stand now.",
            )
        case _ if status >= 500:
            return Bilingual(
                "Những gì đã lưu vẫn còn nguyên. Nếu vẫn lỗi, xin gọi số trợ giúp.",
                "Nothing that was kept is lost. If it goes on, please call the help number.",
            )
        case _:
            return Bilingual("Bấm nút dưới đây để quay lại trang trước.", "Use the button below to go back.")


def _fields(error: Exception) -> tuple[str, ...]:
    """Where in the request the values are that are missing or wrong; never what was sent."""
    if not isinstance(error, RequestValidationError):
        return ()
    return tuple(".".join(str(part) for part in fault["loc"]) for fault in error.errors())
