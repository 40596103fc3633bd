"""One HTTP exchange under hard bounds: a POST in, status and body out, or a word for why there is none.

Redirects are not followed, proxies of the environment not used, nothing is unpacked, and whoever waits gets
an answer within the time, whatever the other side does: a thread of its own talks to it, and is cut off.
"""

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from storage.feeds.terms import Address, Bounds
from verification.errors import PullAnswerError, PullUnavailableError

_CONNECT_S: Final = 2.0
_PIECE: Final = 64 * 1024
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is sent."""

    path: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came back whole."""

    status: int
    content_type: str
    body: bytes


class Exchange:
    """Talks to one platform. Safe over threads; at most `bounds.at_once` of them at one time."""

    def __init__(self, address: Address, bounds: Bounds) -> None:
        self._address, self._bounds = address, bounds
        self._tls = ssl.create_default_context(cafile=address.ca_file) if address.tls else None
        self._places = threading.BoundedSemaphore(bounds.at_once)

    def post(self, outgoing: Outgoing, *, within_s: float) -> Incoming:
        """Raises PullUnavailableError (`busy`, `timeout`, `tls`, `connection`) and PullAnswerError
        (`redirect`, `encoded`, `too_large`, `cut`, `not_http`)."""
        if within_s <= 0:
            raise PullUnavailableError("timeout")
        if not self._places.acquire(blocking=False):
            raise PullUnavailableError("busy")
        call = _Call(self._connection(within_s), self._whole(outgoing), self._bounds.max_bytes, within_s)
        talking = threading.Thread(target=self._talk, args=(call,), name="pull", daemon=True)
        talking.start()
        talking.join(within_s)
        if talking.is_alive():
            call.cut()
            raise PullUnavailableError("timeout")
        return call.outcome()

    def _talk(self, call: "_Call") -> None:
        # A thread that hangs in a look-up of the name keeps its place, so that no more than so many hang.
        try:
            call.run()
        finally:
            self._places.release()

    def _whole(self, outgoing: Outgoing) -> Outgoing:
        return replace(outgoing, path=f"{self._address.path}{outgoing.path}")

    def _connection(self, within_s: float) -> http.client.HTTPConnection:
        host, port, timeout = self._address.host, self._address.port, min(_CONNECT_S, within_s)
        if self._tls is None:
            return http.client.HTTPConnection(host, port, timeout=timeout)
        return http.client.HTTPSConnection(host, port, timeout=timeout, context=self._tls)


class _Call:
    """One exchange, run in a thread, cut off or asked for its outcome from another."""

    def __init__(
        self, connection: http.client.HTTPConnection, outgoing: Outgoing, max_bytes: int, within_s: float
    ) -> None:
        self._connection, self._outgoing = connection, outgoing
        self._max_bytes, self._within_s = max_bytes, within_s
        self._line: socket.socket | None = None
        self._answer: Incoming | None = None
        self._error: PullUnavailableError = PullUnavailableError("connection")

    def run(self) -> None:
        try:
            self._answer = self._exchanged()
        except PullUnavailableError as error:
            self._error = error
        except ssl.SSLError:
            self._error = PullUnavailableError("tls")
        except TimeoutError:
            self._error = PullUnavailableError("timeout")
        except http.client.IncompleteRead:
            self._error = PullAnswerError("cut")
        except (http.client.RemoteDisconnected, OSError):
            self._error = PullUnavailableError("connection", again=True)
        except (http.client.HTTPException, ValueError):
            self._error = PullAnswerError("not_http")
        finally:
            self._connection.close()

    def outcome(self) -> Incoming:
        """After `run`. Raises what became of it."""
        if self._answer is None:
            raise self._error
        return self._answer

    def cut(self) -> None:
        """Nobody waits any more: let go of the line, whatever is being read from it."""
        if self._line is not None:
            with suppress(OSError):  # it may be closed already
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)

    def _exchanged(self) -> Incoming:
        out = self._outgoing
        headers = {**out.headers, "Accept": _JSON, "Accept-Encoding": "identity", "Connection": "close"}
        self._connection.connect()
        self._line = self._connection.sock
        self._line.settimeout(self._within_s)
        self._connection.request("POST", out.path, out.body, headers)
        response = self._connection.getresponse()
        if 300 <= response.status < 400:
            raise PullAnswerError("redirect")
        if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise PullAnswerError("encoded")
        return Incoming(response.status, response.headers.get_content_type(), self._body(response))

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        body = bytearray()
        while piece := response.read(_PIECE):
            body += piece
            if len(body) > self._max_bytes:
                raise PullAnswerError("too_large")
        if response.length:  # the line ended before what was announced
            raise PullAnswerError("cut")
        return bytes(body)
