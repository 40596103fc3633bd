"""A request for a reader in, its answer out, from a process of its own that ends when it takes too much."""

import os
import pickle
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from ocr.errors import OcrError, ReaderDiedError, ReadingTooLargeError, ReadingTooSlowError
from ocr.model import Limits
from ocr.process_usage import held_megabytes
from ocr.sandbox_wire import Channel, give_up_on_silence

OnStep = Callable[[str, int], None]
"""See `ocr.reading.OnStep`."""

_START_S = 120.0
_LOOK_EVERY_S = 0.05
_MEGABYTE = 1024 * 1024
# Past this many times its memory the system gives the process nothing more: it grew between two looks.
_NEVER_MORE = 2
_GONE = (OSError, EOFError, pickle.UnpicklingError)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a reading may take: seconds for a page (or for a call that has none), megabytes at any moment."""

    limits: Limits
    threads: int
    seconds: float
    megabytes: int


class ReaderProcess:
    """One running reader. Asked by one thread at a time; `ended` after anything but an answer."""

    def __init__(self, program: str, models: Path, allowed: Allowance) -> None:
        """Start it (`program` is the name of its module) and wait until its models are loaded.

        Raises ReadingNotInstalledError, ReaderDiedError.
        """
        self._allowed = allowed
        ours, theirs = Pipe()
        give_up_on_silence(ours)
        self._process = _started(program, models, theirs)
        self._channel = Channel(ours, max_bytes=allowed.megabytes * _MEGABYTE)
        self._end = weakref.finalize(self, _end, self._process, self._channel)
        setting = ("open", str(models), allowed.limits, allowed.threads, float(allowed.seconds))
        self._conversation((*setting, allowed.megabytes * _NEVER_MORE), _say_nothing, _START_S)

    @property
    def pid(self) -> int:
        """Its number, by which its memory can be looked up."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it can be asked nothing more."""
        return not self._end.alive or self._process.poll() is not None

    def end(self) -> None:
        """End it now, whatever it does."""
        self._end()

    def ask(self, request: tuple[object, ...], on_step: OnStep) -> object:
        """Its answer; the steps it takes meanwhile are passed on.

        Raises what the reader raises, and ReaderDiedError, ReadingTooSlowError, ReadingTooLargeError, after
        which it has ended.
        """
        return self._conversation(request, on_step, self._allowed.seconds)

    def _conversation(self, request: tuple[object, ...], on_step: OnStep, seconds: float) -> object:
        answered = False
        try:
            answer = self._exchange(request, on_step, seconds)
            answered = True
        except _GONE as gone:
            raise ReaderDiedError from gone
        finally:
            if not answered:
                self.end()
        if isinstance(answer, OcrError):
            raise answer
        return answer

    def _exchange(self, request: tuple[object, ...], on_step: OnStep, seconds: float) -> object:
        """Time begins anew with every page, and only so often as a file may have pages."""
        self._channel.send(request)
        end, page_before = time.monotonic() + seconds, 0
        while True:
            self._look_at_it(end)
            if not self._channel.waits(_LOOK_EVERY_S):
                continue
            match self._channel.receive():
                case ("step", str(step), int(page)):
                    if page_before < page <= self._allowed.limits.max_pages:
                        end, page_before = time.monotonic() + seconds, page
                    on_step(step, page)
                case ("answer" | "error", answer):
                    return answer
                case ("ready",):
                    return None
                case ("fault", "MemoryError"):
                    raise ReadingTooLargeError
                case _:
                    raise ReaderDiedError

    def _look_at_it(self, end: float) -> None:
        if time.monotonic() > end:
            raise ReadingTooSlowError
        # Without /proc it is kept by its own limit alone.
        if held_megabytes(self.pid) > self._allowed.megabytes:
            raise ReadingTooLargeError


def _started(program: str, models: Path, theirs: Connection) -> "subprocess.Popen[bytes]":
    """It gets no environment but this: what is set for the service holds passwords.

    What libraries print is not kept: it may hold what they read.
    """
    with theirs:
        number = theirs.fileno()
        return subprocess.Popen(
            [sys.executable, "-P", "-s", "-B", "-m", program, str(number)],
            pass_fds=(number,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={
                "HOME": str(models),
                "LANG": "C.UTF-8",
                "ORT_DISABLE_TELEMETRY": "1",
                "PYTHONPATH": os.pathsep.join(str(Path(place).absolute()) for place in sys.path),
            },
        )


def _say_nothing(step: str, page: int) -> None:
    """A start has no steps."""


def _end(process: "subprocess.Popen[bytes]", channel: Channel) -> None:
    process.kill()
    process.wait()
    channel.close()
