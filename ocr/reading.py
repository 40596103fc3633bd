"""The front door: a `Document` in, a `DocumentReading` out."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ocr import quality, raster
from ocr.codes import read_codes
from ocr.detection import LineDetector, cut_out
from ocr.geometry import Quad, box_of, moved, polygon_of
from ocr.model import (
    CodeReading,
    Document,
    DocumentReading,
    Limits,
    MediaType,
    Page,
    PageReading,
    PageText,
    PageWarning,
    Pixels,
    Reader,
    Recognition,
    TextLine,
)
from ocr.mrz_lines import MrzReader
from ocr.order import reading_order
from ocr.orientation import LineOrientation, PageOrientation
from ocr.pdf import POINTS_PER_INCH
from ocr.prepare import Prepared, Preparer
from ocr.readers import text_layer
from ocr.readers.asternet import AsterNet
from ocr.readers.tesseract import Tesseract
from ocr.weights import link_weights

OnStep = Callable[[str, int], None]
"""Told the step that begins (`draw`, `find`, `recognise`) and the number of the page it is about."""

# Lines a task: small enough that no core waits long for the other at the end of a page.
_LINES_A_TASK = 3


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a `PaperReader` is made of; `readers[0]` leads."""

    preparer: Preparer
    readers: tuple[Reader, ...]
    mrz: MrzReader


def _say_nothing(step: str, page: int) -> None:
    """Nobody wants to know."""


class PaperReader:
    """Reads papers. Opened once a process; `read` may be called from several threads."""

    def __init__(self, parts: _Parts, limits: Limits, threads: int) -> None:
        self._parts = parts
        self._limits = limits
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="ocr")

    @classmethod
    def open(cls, models: Path, *, limits: Limits, threads: int = 2) -> "PaperReader":
        """Link the weights into `models` and load them (about 2 s); nothing is fetched from anywhere.

        Raises `WeightsMissingError` or `TesseractDataMissingError`, which say what to install.
        """
        weights = link_weights(models)
        preparer = Preparer(
            LineDetector.open(weights.detection, threads=threads),
            PageOrientation.open(weights.page_orientation),
            LineOrientation.open(weights.line_orientation),
        )
        readers = (AsterNet.open(weights.asternet), Tesseract.open())
        return cls(_Parts(preparer, readers, MrzReader.open(weights.machine_zone)), limits, threads)

    def close(self) -> None:
        """End the threads. Nothing is read after this."""
        self._pool.shutdown()

    def read(self, document: Document, on_step: OnStep = _say_nothing) -> DocumentReading:
        """Everything on every page. Raises `OcrError` where a page cannot be drawn."""
        pages = raster.pages(document, self._limits)
        reading = list[PageReading]()
        for number in range(1, raster.count(document) + 1):
            on_step("draw", number)
            reading.append(self._page(document, next(pages), on_step))
        return DocumentReading(document, tuple(reading))

    def _page(self, document: Document, drawn: Page, on_step: OnStep) -> PageReading:
        """1. Straighten and find. 2. Codes, zones and all readers side by side. 3. The text layer."""
        on_step("find", drawn.number)
        is_pdf = document.media_type is MediaType.PDF
        prepared = self._parts.preparer.prepare(drawn, photo=not is_pdf)
        page = prepared.page
        lines = reading_order(prepared.lines, lambda quad: box_of(quad, page.width, page.height))
        crops = [cut_out(page.image, line) for line in lines]
        on_step("recognise", page.number)
        codes = self._pool.submit(self._codes, page, lines)
        texts = self._texts(page, lines, crops)
        layer = self._layer(document, prepared) if is_pdf else ()
        warnings = quality.warnings_of(page, lines, crops) + _difference(layer, texts)
        return PageReading(page, texts + layer, codes.result(), warnings)

    def _codes(self, page: Page, lines: Sequence[Quad]) -> tuple[CodeReading, ...]:
        return read_codes(page) + self._parts.mrz.read(page, lines)

    def _texts(self, page: Page, lines: Sequence[Quad], crops: Sequence[Pixels]) -> tuple[PageText, ...]:
        """Every reader on every line, at the same time."""
        begun = [self._begin(reader, crops) for reader in self._parts.readers]
        return tuple(
            _page_text(page, lines, _in_place(jobs, len(crops)), reader.name)
            for reader, jobs in zip(self._parts.readers, begun, strict=True)
        )

    def _begin(self, reader: Reader, crops: Sequence[Pixels]) -> "list[_Job]":
        """The longest lines first, a few a task, so that the cores finish together."""
        longest = sorted(range(len(crops)), key=lambda i: -crops[i].shape[1] / crops[i].shape[0])
        tasks = [longest[i : i + _LINES_A_TASK] for i in range(0, len(longest), _LINES_A_TASK)]
        return [(task, self._pool.submit(reader.read, [crops[i] for i in task])) for task in tasks]

    def _layer(self, document: Document, prepared: Prepared) -> tuple[PageText, ...]:
        """The text layer as one more reading, moved to the pixels of the straightened page; () without."""
        page = prepared.page
        found = text_layer.read_layer(document, page.number - 1, self._limits)
        scale = (page.dpi or raster.DEFAULT_DPI) / POINTS_PER_INCH
        lines = tuple(_layer_line(line, scale, prepared) for line in found)
        return (PageText(text_layer.NAME, lines),) if lines else ()


_Job = tuple[list[int], Future[list[Recognition]]]
"""The numbers of some lines, and what a reader will make of them."""


def _in_place(jobs: Sequence[_Job], count: int) -> list[Recognition]:
    found = {i: seen for task, job in jobs for i, seen in zip(task, job.result(), strict=True)}
    return [found[i] for i in range(count)]


def _page_text(page: Page, lines: Sequence[Quad], found: Sequence[Recognition], reader: str) -> PageText:
    return PageText(
        reader,
        tuple(
            TextLine(
                seen.text, box_of(quad, page.width, page.height), seen.confidence, reader, polygon_of(quad)
            )
            for quad, seen in zip(lines, found, strict=True)
        ),
    )


def _layer_line(line: text_layer.LayerLine, scale: float, prepared: Prepared) -> TextLine:
    left, top, right, bottom = (value * scale for value in line.bounds)
    corners = moved(np.array([(left, top), (right, top), (right, bottom), (left, bottom)]), prepared.matrix)
    box = box_of(corners, prepared.page.width, prepared.page.height)
    return TextLine(line.text, box, 1.0, text_layer.NAME, polygon_of(corners))


def _difference(layer: tuple[PageText, ...], texts: tuple[PageText, ...]) -> tuple[PageWarning, ...]:
    return (PageWarning.TEXT_LAYER_DIFFERS,) if any(quality.differs(one, texts) for one in layer) else ()
