"""A time-stamp authority on this machine that answers over HTTP, right or wrong in one of many ways."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import cms, tsp

from signing.keys import Identity
from signing.timestamp import LocalTimeStamps
from signing.trial_pki import TestPki
from tests.signing.contents import NOW
from tests.signing.identities import STAMPS, Purpose, identity

RIGHT = "right"
EXPIRED = Purpose(STAMPS.usage, STAMPS.extended, ends=NOW - timedelta(days=1))
NOT_FOR_TIME = Purpose(("digital_signature",))


@dataclass
class Authority:
    """What it does now, and what it was asked so far."""

    pki: TestPki
    url: str = ""
    does: str = RIGHT
    at: datetime = NOW
    asked: list[tuple[tsp.TimeStampReq, str | None]] = field(default_factory=list)
    slow: threading.Event = field(default_factory=threading.Event)
    """Set when whoever waits for a slow answer may have the rest of it."""

    def answer(self, request: bytes) -> tuple[int, bytes]:
        """Status and body."""
        asked = tsp.TimeStampReq.load(request, strict=True)
        if self.does == "status 500":
            return 500, b""
        if self.does == "garbage":
            return 200, b"<html>hello</html>"
        if self.does == "rejected":
            return 200, bytes.fromhex("30053003020102")  # PKIStatus rejection, and no token
        token = self._token(asked)
        whole = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
        return 200, whole.dump()[: 700 if self.does == "cut" else None]

    def _token(self, asked: tsp.TimeStampReq) -> cms.ContentInfo:
        digest: bytes = asked["message_imprint"]["hashed_message"].native
        nonce: int = asked["nonce"].native
        at = self.at + timedelta(hours=1 if self.does == "wrong clock" else 0)
        if self.does == "wrong digest":
            digest = sha256(digest).digest()
        stamps = LocalTimeStamps(self._identity())
        token = cms.ContentInfo.load(
            stamps.token(
                digest, at=at, nonce=None if self.does == "no nonce" else nonce + (self.does == "wrong nonce")
            )
        )
        if self.does == "wrong signature":
            [info] = token["content"]["signer_infos"]
            info["signature"] = LocalTimeStamps(self.pki.time_stamping).identity.key.sign(b"another")
        if self.does == "no certificate":
            token["content"]["certificates"] = []
        return token

    def _identity(self) -> Identity:
        match self.does:
            case "expired":
                return identity(self.pki, "P-256", EXPIRED, name="Dấu thời gian")
            case "not for time-stamps":
                return identity(self.pki, "P-256", NOT_FOR_TIME, name="Dấu thời gian")
            case "RSA":
                return identity(self.pki, "RSA-2048", STAMPS, name="Dấu thời gian")
            case _:
                return self.pki.time_stamping


@contextmanager
def running(pki: TestPki) -> Iterator[Authority]:
    """Until the block ends."""
    authority = Authority(pki)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(authority))
    authority.url = f"http://127.0.0.1:{server.server_port}/tsa"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield authority
    finally:
        authority.slow.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(authority: Authority) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            authority.asked.append((tsp.TimeStampReq.load(body), self.headers["Authorization"]))
            if authority.does == "silent":
                authority.slow.wait(10)
                return
            if authority.does == "drips":
                self._drip()
                return
            status, answer = authority.answer(body)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def _drip(self) -> None:
            while not authority.slow.is_set():
                try:
                    self.wfile.write(b"H")
                except OSError:
                    return
                time.sleep(0.02)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing."""

    return Handler
