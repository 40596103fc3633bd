"""The outermost layer: every request in; a numbered, logged, headed answer out, whatever happens inside.

1. Number the request. 2. Refuse a host that is not ours and what another site's page sends.
3. Let the service answer; what nobody expected becomes a page or problem with the number.
4. Put the security headers on, let a too large body run out, write one line into the log.
"""

import asyncio
import ipaddress
import logging
import time
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import answer_error
from api.errors import BodyTooLargeError, OtherSiteError, WrongHostError
from api.settings import Settings
from api.web import paths
from api.web.rendering import PAGE_HEADERS

log = logging.getLogger("chungthuc.access")

_SAFE = ("GET", "HEAD", "OPTIONS")
_PROBES = ("/healthz", "/readyz")
_FOR_EVER = "public, max-age=31536000, immutable"
_FOR_AN_HOUR = "public, max-age=3600"
_MORE_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_DRAIN_BYTES, _DRAIN_S = 512 * 1024 * 1024, 20.0


class Edge:
    """ASGI middleware; must be the outermost of ours."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = _hosts(settings)
        self._secure = settings.secure_cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # 1
        scope["request_id"] = uuid.uuid4().hex[:12]
        began = time.perf_counter()
        answer = _Answer(scope, receive, send, secure=self._secure)
        try:
            # 2
            self._check(scope)
            # 3
            await self._app(scope, receive, answer.send)
            if answer.cut_off:
                raise BodyTooLargeError
        except ClientDisconnect:
            return  # nobody is there to be answered
        except Exception as error:  # noqa: BLE001 the edge of the service: no traceback reaches a person
            await self._instead(error, scope, receive, answer)
        _write_line(scope, answer.status, began)

    async def _instead(self, error: Exception, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        response = await answer_error(Request(scope), error)
        if not answer.started:
            await response(scope, receive, answer.send_on)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if scope["path"] in _PROBES:
            return
        host = headers.get("host", "")
        if not _is_ours(host, self._hosts):
            raise WrongHostError
        if scope["method"] not in _SAFE and _from_elsewhere(headers, host):
            raise OtherSiteError


@dataclass
class _Answer:
    """What goes out: its headers are completed, its status is remembered."""

    scope: Scope
    receive: Receive
    forward: Send
    secure: bool
    status: int = 500
    started: bool = False
    cut_off: bool = False
    """The framework's limit answered, in bare words and whatever we said: those are swallowed."""

    async def send(self, message: Message) -> None:
        """What the application answers."""
        self.cut_off = self.cut_off or _says_cut_off(message)
        if not self.cut_off:
            await self.send_on(message)

    async def send_on(self, message: Message) -> None:
        """Out, with its headers."""
        if message["type"] == "http.response.start":
            self.started, self.status = True, message["status"]
            self._complete(MutableHeaders(scope=message))
            if self.status == 413:
                await self._drain()
        await self.forward(message)

    def _complete(self, headers: MutableHeaders) -> None:
        for name, value in {**PAGE_HEADERS, **_MORE_HEADERS}.items():
            headers.setdefault(name, value)
        if self.scope["path"].startswith(paths.STATIC) and self.status in (200, 304):
            versioned = self.scope["query_string"].startswith(b"v=")
            headers["Cache-Control"] = _FOR_EVER if versioned else _FOR_AN_HOUR
        if self.secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        headers["X-Request-Id"] = self.scope["request_id"]

    async def _drain(self) -> None:
        """Throw the rest of the body away: a browser that is cut off while sending shows no answer at all."""
        left = _DRAIN_BYTES
        try:
            async with asyncio.timeout(_DRAIN_S):
                while left > 0:
                    message = await self.receive()
                    left -= len(message.get("body", b""))
                    if not message.get("more_body"):
                        return
        except TimeoutError:
            return


def _says_cut_off(message: Message) -> bool:
    if message["type"] != "http.response.start" or message["status"] != 413:
        return False
    return MutableHeaders(scope=message).get("content-type", "").startswith("text/plain")


def _hosts(settings: Settings) -> frozenset[str]:
    public = urlsplit(settings.public_url).hostname or ""
    return frozenset({public.lower(), settings.host.lower(), "localhost"})


def _is_ours(host: str, ours: frozenset[str]) -> bool:
    """A name must be ours, so that no other name can be pointed at us (DNS rebinding). A number is none."""
    name = (urlsplit(f"//{host}").hostname or "").lower()
    if name in ours:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _from_elsewhere(headers: Headers, host: str) -> bool:
    """A page of another site sends this in the name of whoever looks at it."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != host


def _write_line(scope: Scope, status: int, began: float) -> None:
    """The route's pattern and never the address: addresses carry codes, one-time tokens and queries."""
    route = scope.get("route")
    line = {
        "request": scope["request_id"],
        "method": scope["method"],
        "route": getattr(route, "path_format", None) or getattr(route, "path", "-"),
        "status": status,
        "ms": round((time.perf_counter() - began) * 1000),
    }
    log.info("request", extra=line)
