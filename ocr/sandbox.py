"""`PaperReader` behind a wall: documents in, readings out, read by a process that may die without harm.

Files are hostile until they have been read, and the libraries that read them are large and written in C. In a
process of its own a reader that crashes, hangs or swells ends as an `OcrError` for one file, and the next
file gets a fresh one. What the wall does not do: it does not keep the process from the network, and it does
not hide the files of this machine from it.
"""

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ocr.errors import ReaderDiedError
from ocr.model import Document, DocumentReading, Limits, Pixels, Recognition
from ocr.process_usage import Used, used_by
from ocr.sandbox_process import Allowance, OnStep, ReaderProcess
from ocr.sandbox_wire import light

# A page of 60 megapixels, the largest that is taken in, needs 2,000 to 2,100.
_MEGABYTES = 3000
# A crowded page takes 10 s of a slow core with both readers, one of 60 megapixels 16 s.
_SECONDS = 60.0
_TRIES = 2


def _say_nothing(step: str, page: int) -> None:
    """Nobody wants to know."""


class SandboxedReader:
    """Reads as `ocr.reading.PaperReader` does, in one warm process. Callers take turns."""

    def __init__(self, models: Path, allowed: Allowance) -> None:
        self._models = models
        self._allowed = allowed
        self._one_at_a_time = threading.Lock()
        self._process: ReaderProcess | None = None

    @classmethod
    def open(
        cls,
        models: Path,
        *,
        limits: Limits,
        threads: int = 2,
        seconds: float = _SECONDS,
        megabytes: int = _MEGABYTES,
    ) -> "SandboxedReader":
        """Start the process and have it load its models (2 s).

        `seconds` is what a page may take, or a call that has none; `megabytes` what the process may hold at
        any moment. Raises `WeightsMissingError` or `TesseractDataMissingError`, which say what to install.
        """
        reader = cls(models, Allowance(limits, threads, seconds, megabytes))
        with reader._one_at_a_time:
            reader._running()
        return reader

    @property
    def pid(self) -> int | None:
        """The number of the process, None while there is none."""
        process = self._process
        return process.pid if process and not process.ended else None

    def used(self) -> Used:
        """What the process took since it was started: the caller's own counters do not see it."""
        pid = self.pid
        return used_by(pid) if pid else Used()

    def close(self) -> None:
        """End the process once the call it works on has its answer. Used again, a fresh one is started."""
        with self._one_at_a_time:
            if self._process:
                self._process.end()

    def read(
        self, document: Document, on_step: OnStep = _say_nothing, *, both: bool = True
    ) -> DocumentReading:
        """See `PaperReader.read`. Raises too ReaderDiedError, ReadingTooSlowError, ReadingTooLargeError."""
        return self._document(("read", document, both), document, on_step)

    def look(self, document: Document, on_step: OnStep = _say_nothing) -> DocumentReading:
        """See `PaperReader.look`. Raises as `read`."""
        return self._document(("look", document), document, on_step)

    def read_again(self, reading: DocumentReading, wanted: Mapping[int, Collection[int]]) -> DocumentReading:
        """See `PaperReader.read_again`. Raises as `read`."""
        lines = {place: sorted(numbers) for place, numbers in wanted.items()}
        request = ("read_again", light(reading), lines)
        return self._document(request, reading.document, _say_nothing)

    def recognise(self, lines: Sequence[Pixels]) -> list[Recognition]:
        """See `PaperReader.recognise`. Raises as `read`."""
        if not lines:
            return []
        found = self._ask(("recognise", list(lines)), _say_nothing)
        if not (isinstance(found, list) and len(found) == len(lines)):
            raise ReaderDiedError
        return found

    def _document(self, request: tuple[object, ...], document: Document, on_step: OnStep) -> DocumentReading:
        reading = self._ask(request, on_step)
        if not isinstance(reading, DocumentReading):
            raise ReaderDiedError
        return replace(reading, document=document)

    def _ask(self, request: tuple[object, ...], on_step: OnStep) -> object:
        """Asked twice when the process died: it may have been ended for a reason outside this file."""
        with self._one_at_a_time:
            for tried in range(1, _TRIES + 1):
                try:
                    return self._running().ask(request, on_step)
                except ReaderDiedError:
                    if tried == _TRIES:
                        raise
        raise AssertionError("the last try answers or raises")

    def _running(self) -> ReaderProcess:
        if self._process is None or self._process.ended:
            self._process = ReaderProcess(self._models, self._allowed)
        return self._process
