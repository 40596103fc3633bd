"""The inner side of a sandbox: requests on a pipe in, steps and answers out, in a process that may do little.

Its environment is empty of settings, it writes no file and no core, and it is the first that a machine short
of memory ends.
"""

import ctypes
import faulthandler
import os
import queue
import resource
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

from ocr.errors import OcrError
from ocr.model import Limits
from ocr.sandbox_wire import Channel

Answers = Callable[[object], object]
"""A request in, its answer out. Raises OcrError, and ValueError for what is no request."""

_MOST_FILES = 256
_MOST_BYTES = 2**31
# The parent ends this process in time; the watch of its own is for when the parent is gone.
_GRACE_S = 30.0
# A page leaves 300 MB behind that nobody uses; giving them back takes 40 ms.
_IDLE_S = 2.0


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first message says, and how steps are told to whoever asked."""

    models: Path
    limits: Limits
    threads: int
    tell_step: Callable[[str, int], None]


class _Watch:
    """Ends this process when a step takes too long, even inside a library that lets no Python run."""

    def __init__(self, seconds: float, nowhere: TextIO) -> None:
        self._seconds, self._nowhere = seconds, nowhere

    def begin(self) -> None:
        faulthandler.dump_traceback_later(self._seconds + _GRACE_S, exit=True, file=self._nowhere)

    def end(self) -> None:
        faulthandler.cancel_dump_traceback_later()


def serve(start: Callable[[Opening], Answers], *, idle_s: float | None = None) -> None:
    """Start as the first message says, then answer one request after the other, never to return.

    It ends when the parent hangs up, after a fault that leaves doubt about what is still whole in here, and
    when nothing was asked for `idle_s`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    channel = Channel(Connection(int(sys.argv[1])), max_bytes=_MOST_BYTES)
    match channel.receive():
        case ("open", str(models), Limits() as limits, int(threads), float(seconds), int(megabytes)):
            pass
        case _:
            raise ValueError("the first message must open something")
    _be_the_first_to_go()
    _no_more_than(resource.RLIMIT_DATA, megabytes * 1024 * 1024)
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        server = _Server(channel, _Watch(seconds, nowhere))
        if server.started(start, Opening(Path(models), limits, threads, server.tell_step)):
            server.run(idle_s)
    os._exit(0)


class _Server:
    def __init__(self, channel: Channel, watch: _Watch) -> None:
        self._channel, self._watch = channel, watch
        self._requests = queue.SimpleQueue[object]()
        self._answers: Answers | None = None

    def started(self, start: Callable[[Opening], Answers], opening: Opening) -> bool:
        try:
            self._answers = start(opening)
        except OcrError as missing:
            self._channel.send(("error", type(missing)()))
            return False
        _no_more_than(resource.RLIMIT_CORE, 0)
        _no_more_than(resource.RLIMIT_NOFILE, _MOST_FILES)
        _no_more_than(resource.RLIMIT_FSIZE, 0)
        threading.Thread(target=self._listen, daemon=True).start()
        self._channel.send(("ready",))
        return True

    def run(self, idle_s: float | None) -> None:
        answer: tuple[object, ...] = ("answer",)
        while answer[0] != "fault":
            try:
                request = self._next(idle_s)
            except queue.Empty:
                return
            self._watch.begin()
            answer = self._answer(request)
            self._watch.end()
            self._channel.send(answer)

    def tell_step(self, step: str, page: int) -> None:
        self._watch.begin()
        self._channel.send(("step", step, page))

    def _answer(self, request: object) -> tuple[object, ...]:
        if self._answers is None:
            return ("fault", "nothing was started")
        try:
            return ("answer", self._answers(request))
        except OcrError as error:
            return ("error", type(error)())
        except Exception as error:  # noqa: BLE001 - files reach a dozen libraries, which throw anything
            return ("fault", type(error).__name__)

    def _listen(self) -> None:
        """Take what the parent asks; a parent that has gone ends this process in the middle of its work."""
        with suppress(OSError, EOFError):
            while True:
                self._requests.put(self._channel.receive())
        os._exit(0)

    def _next(self, idle_s: float | None) -> object:
        """The next request; memory that is free is given back while none comes. Raises Empty."""
        try:
            return self._requests.get(timeout=_IDLE_S)
        except queue.Empty:
            _give_memory_back()
            return self._requests.get(timeout=idle_s)


def _give_memory_back() -> None:
    with suppress(AttributeError):  # glibc has it, other C libraries do not
        ctypes.CDLL(None).malloc_trim(0)


def _be_the_first_to_go() -> None:
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")


def _no_more_than(what: int, most: int) -> None:
    _, allowed = resource.getrlimit(what)
    most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
    with suppress(ValueError, OSError):  # not every system has every limit
        resource.setrlimit(what, (most, most))
