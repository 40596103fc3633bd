"""A reference of the national data-sharing platform, as far as its manner is known: real HTTP on 127.0.0.1.

It gives tokens to accounts, checks the keyed digest of every question, takes no request code twice, answers
for one person by number and name and for nobody by less, keeps a log of its own, and misbehaves on demand.
"""

import base64
import copy
import hashlib
import hmac
import json
import ssl
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CLIENT, SECRET = "xa-song-mau", "bí mật của xã Sông Mẫu"
TOKEN_LASTS_S = 600
_TIME_OFF = timedelta(minutes=5)

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """What one path of the platform calls the parts of a question and of an answer."""

    request_code: str
    officer: str
    service: str
    dossier: str
    purpose: str
    number: str
    full_name: str
    answered_at: str
    as_of: str
    verdict: str
    records: str
    name_of: Callable[[Record], str]


def _joined(record: Record) -> str:
    return " ".join(record["HoVaTen"][part] for part in ("Ho", "ChuDem", "Ten"))


NAMES = {
    "/dan-cu/tra-cuu": Names(
        *("MaYeuCau", "MaCanBo", "MaDichVu", "MaHoSo", "MucDich", "SoDinhDanh", "HoVaTen"),
        *("ThoiDiemTraLoi", "ThoiDiemDuLieu", "KetQua", "DuLieu", _joined),
    ),
    "/ho-tich/khai-sinh": Names(
        *("maYeuCau", "maCanBo", "maDichVu", "maHoSo", "mucDich", "soDinhDanh", "nksHoTen"),
        *("thoiDiemTraLoi", "thoiDiemDuLieu", "ketQua", "duLieu", lambda record: str(record["nksHoTen"])),
    ),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A line of the platform's own log."""

    path: str
    status: int
    request_code: str
    officer: str
    service: str
    dossier: str
    purpose: str
    number: str


@dataclass(slots=True)
class Platform:
    """What tests see and change. `misbehaves` names what every answer to a question does wrong, after the
    first `good_answers`."""

    records: dict[str, list[Record]] = field(default_factory=dict)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    data_age: timedelta = timedelta(minutes=10)
    officers: frozenset[str] | None = None
    misbehaves: str | None = None
    good_answers: int = 0
    log: list[Call] = field(default_factory=list)
    tokens_given: int = 0
    address: str = ""
    _tokens: dict[str, float] = field(default_factory=dict)
    _codes: set[str] = field(default_factory=set)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    # -- what it does -------------------------------------------------------------------------------

    def token(self, authorization: str, body: bytes) -> tuple[int, dict[str, Any]]:
        right = base64.b64encode(":".join((_quoted(CLIENT), _quoted(SECRET))).encode()).decode()
        if authorization != f"Basic {right}" or body != b"grant_type=client_credentials":
            return 401, {"error": "invalid_client"}
        with self._turn:
            self.tokens_given += 1
            token = f"token-{self.tokens_given}"
            self._tokens[token] = time.monotonic() + TOKEN_LASTS_S
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_LASTS_S}

    def end_tokens(self) -> None:
        """As if their time had come, or the platform had been restarted."""
        self._tokens.clear()

    def question(self, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        names = NAMES[path]
        said = json.loads(body)
        status = self._refused(path, names, headers, body, said)
        answer = self._answer(path, names, said) if status == 200 else {"loi": status}
        with self._turn:
            self.log.append(_line(path, status, names, said))
        return status, answer

    def _refused(
        self, path: str, names: Names, headers: Mapping[str, str], body: bytes, said: Mapping[str, str]
    ) -> int:
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        if self._tokens.get(token, 0.0) < time.monotonic():
            return 401
        if not self._signed(path, headers, body):
            return 400
        wanted = (names.officer, names.service, names.dossier, names.purpose, names.number, names.full_name)
        if not all(said.get(name) for name in wanted):
            return 422
        if self.officers is not None and said[names.officer] not in self.officers:
            return 403
        with self._turn:
            if said[names.request_code] in self._codes:
                return 409
            self._codes.add(said[names.request_code])
        return 200

    def _signed(self, path: str, headers: Mapping[str, str], body: bytes) -> bool:
        code, at = headers.get("X-Ma-Yeu-Cau", ""), headers.get("X-Thoi-Diem", "")
        text = "\n".join(("POST", path, code, at, hashlib.sha256(body).hexdigest()))
        right = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
        in_time = abs(self.now() - datetime.fromisoformat(at)) <= _TIME_OFF
        return in_time and hmac.compare_digest(right, headers.get("X-Chu-Ky", ""))

    def _answer(self, path: str, names: Names, said: Mapping[str, str]) -> dict[str, Any]:
        asked = said[names.number], _same(said[names.full_name])
        known = self.records.get(path, [])
        found = [r for r in known if (r[names.number], _same(names.name_of(r))) == asked]
        return {
            names.request_code: said[names.request_code],
            names.answered_at: self.now().isoformat(),
            names.as_of: (self.now() - self.data_age).isoformat(),
            names.verdict: "TIM_THAY" if found else "KHONG_TIM_THAY",
            names.records: copy.deepcopy(found),
        }


def _quoted(text: str) -> str:
    return "".join(
        chr(b) if chr(b).isascii() and (chr(b).isalnum() or chr(b) in "-._~") else f"%{b:02X}"
        for b in text.encode()
    )


def _same(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _line(path: str, status: int, names: Names, said: Mapping[str, str]) -> Call:
    parts = (names.request_code, names.officer, names.service, names.dossier, names.purpose, names.number)
    return Call(path, status, *(said.get(name, "") for name in parts))


class _Handler(BaseHTTPRequestHandler):
    platform: Platform
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/token":
            self._send(*self.platform.token(self.headers.get("Authorization", ""), body))
            return
        status, answer = self.platform.question(self.path, dict(self.headers), body)
        wrong = self.platform.misbehaves if len(self.platform.log) > self.platform.good_answers else None
        if status == 200 and wrong:
            MISBEHAVIOUR[wrong](self, answer)
        else:
            self._send(status, answer)

    def _send(self, status: int, answer: Mapping[str, Any]) -> None:
        self.send_whole(status, json.dumps(answer, ensure_ascii=False).encode())

    def send_whole(self, status: int, body: bytes, *, kind: str = "application/json", **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", more.pop("length", str(len(body))))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing on the terminal."""


Answering = Callable[[_Handler, dict[str, Any]], None]


def _changed(change: Callable[[dict[str, Any]], object]) -> Answering:
    def answering(handler: _Handler, answer: dict[str, Any]) -> None:
        change(answer)
        handler._send(200, answer)

    return answering


def _slow(handler: _Handler, answer: dict[str, Any]) -> None:
    time.sleep(1.5)
    handler._send(200, answer)


def _drip(handler: _Handler, answer: dict[str, Any]) -> None:
    """Something comes all the time, and the answer never."""
    handler.send_response(200)
    handler.flush_headers()
    for n in range(60):
        handler.wfile.write(f"X-{n}: 1\r\n".encode())
        time.sleep(0.1)


def _status(status: int) -> Answering:
    return lambda handler, answer: handler.send_whole(status, b"{}")


def _bomb(handler: _Handler, answer: dict[str, Any]) -> None:
    handler.send_whole(200, b"\x1f\x8b" + b"\0" * 1000, Content_Encoding="gzip")


def _cut(handler: _Handler, answer: dict[str, Any]) -> None:
    body = json.dumps(answer).encode()
    handler.send_whole(200, body[: len(body) // 2], length=str(len(body)))
    handler.close_connection = True


def _dropped(handler: _Handler, answer: dict[str, Any]) -> None:
    handler.close_connection = True


def _garbage(handler: _Handler, answer: dict[str, Any]) -> None:
    handler.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")
    handler.close_connection = True


def _twice(handler: _Handler, answer: dict[str, Any]) -> None:
    body = json.dumps(answer).replace('"DuLieu"', '"DuLieu": [], "DuLieu"', 1)
    handler.send_whole(200, body.encode())


MISBEHAVIOUR: dict[str, Answering] = {
    "slow": _slow,
    "drip": _drip,
    "http_500": _status(500),
    "http_503": _status(503),
    "http_429": _status(429),
    "http_404": _status(404),
    "redirect": lambda h, a: h.send_whole(302, b"", Location="https://dang-nhap.example.vn/"),
    "encoded": _bomb,
    "too_large": _changed(lambda a: a.update(Them="x" * 400_000)),
    "cut": _cut,
    "connection": _dropped,
    "not_http": _garbage,
    "page to sign in": lambda h, a: h.send_whole(200, b"<html>", kind="text/html"),
    "name told twice": _twice,
    "list": lambda h, a: h.send_whole(200, b"[]"),
    "not UTF-8": lambda h, a: h.send_whole(200, b'{"KetQua": "\xff"}'),
    "deep": lambda h, a: h.send_whole(200, b'{"a":' * 50_000),
    "another_question": _changed(lambda a: a.update(MaYeuCau="H26.10.05-khac")),
    "no_moment": _changed(lambda a: a.pop("ThoiDiemDuLieu")),
    "moment without zone": _changed(lambda a: a.update(ThoiDiemDuLieu="2026-11-24T02:00:00")),
    "clock behind": _changed(lambda a: a.update(ThoiDiemTraLoi=_moved(a, -3600))),
    "clock ahead": _changed(lambda a: a.update(ThoiDiemTraLoi=_moved(a, 3600))),
    "shows the future": _changed(lambda a: a.update(ThoiDiemDuLieu=_moved(a, 60))),
    "verdict": _changed(lambda a: a.update(KetQua="CO_THE")),
    "records_not_found": _changed(lambda a: a.update(KetQua="KHONG_TIM_THAY")),
    "none_found": _changed(lambda a: a.update(DuLieu=[])),
    "several": _changed(lambda a: a["DuLieu"].append(a["DuLieu"][0])),
    "another_number": _changed(lambda a: a["DuLieu"][0].update(SoDinhDanh="001199054321", SoCMND=None)),
    "records are text": _changed(lambda a: a.update(DuLieu=["001199012345"])),
    "name is a list": _changed(lambda a: a["DuLieu"][0].update(HoVaTen=["Nguyễn"])),
    "years differ": _changed(lambda a: a["DuLieu"][0].update(NgayThangNamSinh=_years("19990101", "1998"))),
    "no such day": _changed(lambda a: a["DuLieu"][0].update(NgayThangNamSinh=_years("19990230", "1999"))),
    "short date": _changed(lambda a: a["DuLieu"][0].update(NgayThangNamSinh=_years("1999101", "1999"))),
}
"""What each answer does wrong, by the word the client has for it where it has one of its own."""


def _years(whole: str, year: str) -> dict[str, str]:
    return {"NgayThangNam": whole, "Nam": year}


def _moved(answer: Mapping[str, Any], seconds: int) -> str:
    at = datetime.fromisoformat(answer["ThoiDiemTraLoi"]) + timedelta(seconds=seconds)
    return at.isoformat()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is nothing to tell."""


@contextmanager
def listening(platform: Platform, *, tls: ssl.SSLContext | None = None, port: int = 0) -> Iterator[Platform]:
    """The platform answers until the block ends."""
    handler = type("Handler", (_Handler,), {"platform": platform})
    server = _Server(("127.0.0.1", port), handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    platform.address = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
