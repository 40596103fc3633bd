"""One HTTP exchange with an authority under hard bounds: an address and perhaps a body in, its answer out.

Redirects are not followed and proxies of the environment not used: the address stands in a certificate that
this office trusts, or in its settings.
"""

import http.client
import socket
import ssl
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_PIECE = 64 * 1024
_OK = 200


class FetchError(Exception):
    """The authority gave no usable answer; the argument says why in one word."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long all of it may take, and how large an answer may be."""

    seconds: float = 10.0
    max_bytes: int = 256 * 1024


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: a body with its media type, and the header that says who sends it, if anybody asks."""

    body: bytes
    media_type: str
    authorization: str = field(default="", repr=False)


_USUAL = Bounds()


def fetch(address: str, message: Message | None = None, *, bounds: Bounds = _USUAL) -> bytes:
    """The body of an answer with status 200: to a POST of the message, or to a GET without one.

    Raises FetchError (`address`, `timeout`, `tls`, `connection`, `status 404`, `too_large`, `cut`,
    `not_http`).
    """
    end = time.monotonic() + bounds.seconds
    connection, path = _connection(address, bounds.seconds)
    try:
        connection.connect()
        line = connection.sock  # the connection forgets it when the answer begins
        headers = {"Accept-Encoding": "identity", "Connection": "close"}
        if message is None:
            connection.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = message.media_type
            if message.authorization:
                headers["Authorization"] = message.authorization
            connection.request("POST", path, message.body, headers)
        with connection.getresponse() as response:  # whose line it is from now on
            if response.status != _OK:
                raise FetchError(f"status {response.status}")
            return _body(line, response, bounds.max_bytes, end)
    except ssl.SSLError as error:
        raise FetchError("tls") from error
    except TimeoutError as error:
        raise FetchError("timeout") from error
    except OSError as error:
        raise FetchError("connection") from error
    except (http.client.HTTPException, ValueError) as error:
        raise FetchError("not_http") from error
    finally:
        connection.close()


def _connection(address: str, seconds: float) -> tuple[http.client.HTTPConnection, str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError("address") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise FetchError("address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=seconds), path
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, port, timeout=seconds, context=context), path


def _body(line: socket.socket, response: http.client.HTTPResponse, max_bytes: int, end: float) -> bytes:
    """Read piece by piece, so that an answer that drips in is given up when the time is over."""
    body = bytearray()
    while True:
        left = end - time.monotonic()
        if left <= 0:
            raise FetchError("timeout")
        if line.fileno() >= 0:
            line.settimeout(left)
        piece = response.read1(_PIECE)
        if not piece:
            break
        body += piece
        if len(body) > max_bytes:
            raise FetchError("too_large")
    if response.length:
        raise FetchError("cut")
    return bytes(body)
