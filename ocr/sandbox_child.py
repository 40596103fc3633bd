"""The process that reads: requests on a pipe in, steps and answers out. Started by `ocr.sandbox_process`.

It may do less than its parent: its environment is empty of settings, it writes no file and no core, and it
is the first that a machine short of memory ends.
"""

import ctypes
import faulthandler
import os
import queue
import resource
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

from ocr.errors import OcrError
from ocr.model import Document, DocumentReading, Limits
from ocr.reading import PaperReader
from ocr.sandbox_wire import Channel, light

_MOST_FILES = 256
_MOST_BYTES = 2**31
# The parent ends this process in time; the watch of its own is for when the parent is gone.
_GRACE_S = 30.0
# A page leaves 300 MB behind that nobody uses; giving them back takes 40 ms.
_IDLE_S = 2.0


class _Watch:
    """Ends this process when a step takes too long, even inside a library that lets no Python run."""

    def __init__(self, seconds: float, nowhere: TextIO) -> None:
        self._seconds, self._nowhere = seconds, nowhere

    def begin(self) -> None:
        faulthandler.dump_traceback_later(self._seconds + _GRACE_S, exit=True, file=self._nowhere)

    def end(self) -> None:
        faulthandler.cancel_dump_traceback_later()


class _Server:
    """Answers one request after the other."""

    def __init__(self, channel: Channel, reader: PaperReader, watch: _Watch) -> None:
        self._channel, self._reader, self._watch = channel, reader, watch

    def serve(self, requests: "queue.SimpleQueue[object]") -> None:
        """Until the parent hangs up, or a fault leaves doubt about what is still whole in here."""
        self._channel.send(("ready",))
        fault = False
        while not fault:
            request = _next(requests)
            self._watch.begin()
            try:
                answer: tuple[object, ...] = ("answer", self._answer(request))
            except OcrError as error:
                answer = ("error", type(error)())
            except Exception as error:  # noqa: BLE001 - files reach a dozen libraries, which throw anything
                answer, fault = ("fault", type(error).__name__), True
            self._watch.end()
            self._channel.send(answer)

    def _answer(self, request: object) -> object:
        match request:
            case ("read", Document() as document, bool(both)):
                return light(self._reader.read(document, self._step, both=both))
            case ("look", Document() as document):
                return light(self._reader.look(document, self._step))
            case ("read_again", DocumentReading() as reading, dict(wanted)):
                return light(self._reader.read_again(reading, wanted))
            case ("recognise", list(lines)):
                return self._reader.recognise(lines)
            case _:
                raise ValueError("not a request")

    def _step(self, step: str, page: int) -> None:
        self._watch.begin()
        self._channel.send(("step", step, page))


def main() -> None:
    """Open a reader as the first message says, then serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    channel = Channel(Connection(int(sys.argv[1])), max_bytes=_MOST_BYTES)
    match channel.receive():
        case ("open", str(models), Limits() as limits, int(threads), float(seconds), int(megabytes)):
            pass
        case _:
            raise ValueError("the first message must open a reader")
    _be_the_first_to_go()
    _no_more_than(resource.RLIMIT_DATA, megabytes * 1024 * 1024)
    try:
        reader = PaperReader.open(Path(models), limits=limits, threads=threads)
    except OcrError as missing:
        channel.send(("error", type(missing)()))
        return
    _no_more_than(resource.RLIMIT_CORE, 0)
    _no_more_than(resource.RLIMIT_NOFILE, _MOST_FILES)
    _no_more_than(resource.RLIMIT_FSIZE, 0)
    requests = queue.SimpleQueue[object]()
    threading.Thread(target=_listen, args=(channel, requests), daemon=True).start()
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        _Server(channel, reader, _Watch(seconds, nowhere)).serve(requests)
    os._exit(1)


def _listen(channel: Channel, requests: "queue.SimpleQueue[object]") -> None:
    """Pass on what the parent asks; a parent that has gone ends this process in the middle of its work."""
    with suppress(OSError, EOFError):
        while True:
            requests.put(channel.receive())
    os._exit(0)


def _next(requests: "queue.SimpleQueue[object]") -> object:
    """The next request; memory that is free is given back while none comes."""
    try:
        return requests.get(timeout=_IDLE_S)
    except queue.Empty:
        _give_memory_back()
        return requests.get()


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


if __name__ == "__main__":
    main()
