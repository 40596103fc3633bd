"""`PaperReader` and `take_in` behind walls: files and documents in, documents and readings out.

Files are hostile until they have been read, and the libraries that look at them are large and written in C.
In a process of its own a reader that crashes, hangs or swells ends as an `OcrError` for one file, and the
next file gets a fresh one. What the walls do not do: they do not keep the processes from the network, and
they do not hide the files of this machine from them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ocr.errors import FileTooLargeError, ReaderDiedError
from ocr.model import Document, DocumentReading, Limits, Pixels, Recognition
from ocr.process_usage import Used
from ocr.sandbox_process import Allowance, OnStep
from ocr.sandbox_turns import Turns
from ocr.sandbox_wire import light

# A page of 60 megapixels, the largest that is taken in, needs 2,000 to 2,100.
_MEGABYTES = 3000
# A crowded page takes 10 s of a slow core with both readers, one of 60 megapixels 16 s.
_SECONDS = 60.0
# Pictures of 60 megapixels are taken in within 2 s and 450 MB, as WebP 950.
_INTAKE_MEGABYTES = 1500
_INTAKE_SECONDS = 20.0


def _say_nothing(step: str, page: int) -> None:
    """Nobody wants to know."""


class SandboxedIntake:
    """Takes files in as `ocr.intake.take_in` does, in a process started for the first and ended when idle."""

    def __init__(
        self, home: Path, *, seconds: float = _INTAKE_SECONDS, megabytes: int = _INTAKE_MEGABYTES
    ) -> None:
        """`seconds` and `megabytes` are what a file may take; `home` is a folder the process may call its
        own."""
        self._turns = Turns("ocr.intake_child", home, Allowance(Limits(), 1, seconds, megabytes))

    @property
    def pid(self) -> int | None:
        """The number of the process, None while there is none."""
        return self._turns.pid

    def take_in(self, content: bytes, limits: Limits) -> Document:
        """See `ocr.intake.take_in`. Raises too ReaderDiedError, ReadingTooSlowError, ReadingTooLargeError."""
        if len(content) > limits.max_bytes:
            raise FileTooLargeError
        document = self._turns.ask(("take_in", content, limits), _say_nothing)
        if not isinstance(document, Document):
            raise ReaderDiedError
        return replace(document, content=content)

    def close(self) -> None:
        """End the process after the file it looks at. Used again, a fresh one is started."""
        self._turns.close()


class SandboxedReader:
    """Reads as `ocr.reading.PaperReader` does, in one warm process. Callers take turns."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

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
        turns = Turns("ocr.sandbox_child", models, Allowance(limits, threads, seconds, megabytes))
        turns.start()
        return cls(turns)

    @property
    def pid(self) -> int | None:
        """The number of the process, None while there is none."""
        return self._turns.pid

    def used(self) -> Used:
        """What the process took since it was started: the caller's own counters do not see it."""
        return self._turns.used()

    def close(self) -> None:
        """End the process once the call it works on has its answer. Used again, a fresh one is started."""
        self._turns.close()

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
        found = self._turns.ask(("recognise", list(lines)), _say_nothing)
        if not (isinstance(found, list) and len(found) == len(lines)):
            raise ReaderDiedError
        return found

    def _document(self, request: tuple[object, ...], document: Document, on_step: OnStep) -> DocumentReading:
        reading = self._turns.ask(request, on_step)
        if not isinstance(reading, DocumentReading):
            raise ReaderDiedError
        return replace(reading, document=document)
