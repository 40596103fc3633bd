"""The real service on a home of its own, with its worker, on 127.0.0.1: the tests talk to it over HTTP."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from api.app import create_app
from api.settings import from_environment
from api.wiring import Wired, wire
from api.worker import worker

PASSWORD = "một câu thật dài dễ nhớ"


@dataclass(frozen=True, slots=True)
class Running:
    """Where the service listens, and its parts for tests that look behind it."""

    address: str
    wired: Wired


def as_it_is(wired: Wired) -> Wired:
    """No part replaced."""
    return wired


@contextmanager
def running(
    home: Path, *, works: bool = True, change: Callable[[Wired], Wired] = as_it_is, **environment: str
) -> Iterator[Running]:
    """The service, until the block ends; one in a process `works`, others only answer."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = from_environment(
            {"CHUNGTHUC_HOME": str(home), "CHUNGTHUC_PUBLIC_URL": address, **environment}
        )
        wired = change(wire(settings))
        engine = None
        if works:
            engine = worker(wired.services, url=settings.database_url, executor_id="tests", poll_s=0.05)
        config = uvicorn.Config(
            create_app(wired, engine=engine), log_config=None, access_log=False, server_header=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Running(address, wired)
        server.should_exit = True
        thread.join(timeout=20)
        wired.close()
