"""Requests of many threads in, their answers out, by one process that is replaced when it has ended."""

import threading
from pathlib import Path

from ocr.errors import ReaderDiedError
from ocr.process_usage import Used, used_by
from ocr.sandbox_process import Allowance, OnStep, ReaderProcess

_TRIES = 2


class Turns:
    """One process of a program, started when it is first asked. Callers take turns."""

    def __init__(self, program: str, models: Path, allowed: Allowance) -> None:
        self._program, self._models, self._allowed = program, models, allowed
        self._one_at_a_time = threading.Lock()
        self._process: ReaderProcess | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process, None while there is none."""
        process = self._process
        return process.pid if process and not process.ended else None

    def used(self) -> Used:
        """What the process took since it was started."""
        pid = self.pid
        return used_by(pid) if pid else Used()

    def start(self) -> None:
        """Start the process now. Raises ReadingNotInstalledError, ReaderDiedError."""
        with self._one_at_a_time:
            self._running()

    def ask(self, request: tuple[object, ...], on_step: OnStep) -> object:
        """Its answer. Asked twice when the process died: it may have been ended for a reason outside the
        file. Raises what `ReaderProcess.ask` raises."""
        with self._one_at_a_time:
            for tried in range(1, _TRIES + 1):
                try:
                    return self._running().ask(request, on_step)
                except ReaderDiedError:
                    if tried == _TRIES:
                        raise
        raise AssertionError("the last try answers or raises")

    def close(self) -> None:
        """End the process once the call it works on has its answer. Asked again, a fresh one is started."""
        with self._one_at_a_time:
            if self._process:
                self._process.end()

    def _running(self) -> ReaderProcess:
        if self._process is None or self._process.ended:
            self._process = ReaderProcess(self._program, self._models, self._allowed)
        return self._process
