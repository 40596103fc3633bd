"""The front door: a `Document` in, a `DocumentReading` out."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ocr import raster
from ocr.detection import LineDetector, cut_out
from ocr.geometry import Quad, box_of, polygon_of
from ocr.model import (
    Document,
    DocumentReading,
    Limits,
    Page,
    PageReading,
    PageText,
    Pixels,
    Reader,
    Recognition,
    TextLine,
)
from ocr.order import reading_order
from ocr.prepare import as_drawn, levelled
from ocr.readers.asternet import AsterNet
from ocr.readers.tesseract import Tesseract
from ocr.weights import link_weights

OnStep = Callable[[str, int], None]
"""Told the step that begins and the number of the page it is about."""

# Lines a task: small enough that no core waits long for the other at the end of a page.
_LINES_A_TASK = 3


def _say_nothing(step: str, page: int) -> None:
    """Nobody wants to know."""


class PaperReader:
    """Reads papers. Opened once a process; `read` may be called from several threads."""

    def __init__(
        self, detector: LineDetector, readers: Sequence[Reader], limits: Limits, threads: int
    ) -> None:
        self._detector = detector
        self._readers = tuple(readers)
        self._limits = limits
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="ocr")

    @classmethod
    def open(cls, models: Path, *, limits: Limits, threads: int = 2) -> "PaperReader":
        """Link the weights into `models` and load them (about 2 s).

        Raises `WeightsMissingError` or `TesseractDataMissingError`, which say what to install.
        """
        weights = link_weights(models)
        detector = LineDetector.open(weights.detection, threads=threads)
        return cls(detector, (AsterNet.open(weights.asternet), Tesseract.open()), limits, threads)

    def read(self, document: Document, on_step: OnStep = _say_nothing) -> DocumentReading:
        """Everything on every page. Raises `OcrError` where a page cannot be drawn."""
        drawn = raster.pages(document, self._limits)
        return DocumentReading(document, tuple(self._page(page, on_step) for page in drawn))

    def _page(self, drawn: Page, on_step: OnStep) -> PageReading:
        on_step("find", drawn.number)
        prepared, quads = levelled(as_drawn(drawn), self._detector.find(drawn.image))
        page = prepared.page
        lines = reading_order(quads, lambda quad: box_of(quad, page.width, page.height))
        on_step("recognise", drawn.number)
        return PageReading(page, self._texts(page, lines), ())

    def _texts(self, page: Page, lines: list[Quad]) -> tuple[PageText, ...]:
        """Every reader on every line; the longest lines first, so that the cores finish together."""
        crops = [cut_out(page.image, line) for line in lines]
        longest = sorted(range(len(crops)), key=lambda i: -crops[i].shape[1] / crops[i].shape[0])
        tasks = [longest[i : i + _LINES_A_TASK] for i in range(0, len(longest), _LINES_A_TASK)]
        jobs = [
            (reader, task, self._pool.submit(_read_some, reader, crops, task))
            for reader in self._readers
            for task in tasks
        ]
        found = {
            (reader.name, i): seen
            for reader, task, job in jobs
            for i, seen in zip(task, job.result(), strict=True)
        }
        return tuple(
            PageText(
                reader.name,
                tuple(_line(page, quad, found[reader.name, i], reader.name) for i, quad in enumerate(lines)),
            )
            for reader in self._readers
        )


def _read_some(reader: Reader, crops: list[Pixels], which: list[int]) -> list[Recognition]:
    return reader.read([crops[i] for i in which])


def _line(page: Page, quad: Quad, seen: Recognition, reader: str) -> TextLine:
    box = box_of(quad, page.width, page.height)
    return TextLine(seen.text, box, seen.confidence, reader, polygon_of(quad))
