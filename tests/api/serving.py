"""The real service on a home of its own, on 127.0.0.1: tests talk to it over HTTP, and look behind it.

`running` is `chungthuc serve` in a process of its own, so that its engine meets no other engine of the tests;
`answering` is in this process, works nothing off, and lets a test replace a part.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from api.app import create_app
from api.settings import Settings, from_environment
from api.wiring import Wired, wire

PASSWORD = "một câu thật dài dễ nhớ"
_SERVE = "import sys; from api.cli.main import main; sys.exit(main(['serve']))"
_START_S = 30.0


@dataclass(frozen=True, slots=True)
class Running:
    """Where the service listens, the parts of its home, and the file its log goes to."""

    address: str
    wired: Wired
    log: Path


@contextmanager
def running(home: Path, **environment: str) -> Iterator[Running]:
    """The service with its worker, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chosen = {"CHUNGTHUC_HOME": str(home), "CHUNGTHUC_PORT": str(port), **environment}
    settings = from_environment(chosen)
    wired, log = wire(settings), home / "service.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-c", _SERVE], env={**os.environ, **chosen}, stdout=stream, stderr=stream
        )
    try:
        _wait(f"{settings.public_url}/readyz", lambda: process.poll() is None, log)
        yield Running(settings.public_url, wired, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        wired.close()


def _wait(address: str, lives: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + _START_S
    while lives() and time.monotonic() < end:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.02)
    raise AssertionError(f"the service did not start: {log.read_text(encoding='utf-8')}")


@contextmanager
def answering(home: Path, change: Callable[[Wired], Wired]) -> Iterator[Running]:
    """A service without a worker, some of whose parts were changed, until the block ends."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        wired = change(wire(_settings(home, listening)))
        app = create_app(wired, engine=None)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while thread.is_alive() and not server.started:
            time.sleep(0.01)
        yield Running(wired.settings.public_url, wired, home / "service.log")
        server.should_exit = True
        thread.join(timeout=20)
        wired.close()


def _settings(home: Path, listening: socket.socket) -> Settings:
    return from_environment({"CHUNGTHUC_HOME": str(home), "CHUNGTHUC_PORT": str(listening.getsockname()[1])})
