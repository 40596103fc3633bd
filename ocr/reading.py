"""The front door: a `Document` in, a `DocumentReading` out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from ocr import quality, raster, recognition
from ocr.codes import read_codes
from ocr.detection import LineDetector
from ocr.geometry import Quad, box_of, moved, polygon_of
from ocr.looks import look_again
from ocr.marks import find_marks
from ocr.model import (
    Box,
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
from ocr.pdf_findings import in_order, structure_findings
from ocr.pdf_picture import is_one_picture
from ocr.pdf_unseen import unseen_text
from ocr.prepare import Prepared, Preparer
from ocr.readers import text_layer
from ocr.readers.asternet import AsterNet
from ocr.readers.tesseract import Tesseract
from ocr.regions import find_cards
from ocr.weights import link_weights

OnStep = Callable[[str, int], None]
"""Told the step that begins (`draw`, `find`, `recognise`) and the number of the page it is about."""

# A longer file keeps its page images as JPEG: 50 pages as pixels are 580 MB.
_PAGES_KEPT_AS_PIXELS = 4


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a `PaperReader` is made of. Tesseract leads: it costs a third of what AsterNet does."""

    preparer: Preparer
    first: Tesseract
    second: AsterNet
    mrz: MrzReader


@dataclass(frozen=True, slots=True)
class _Looked:
    """A page before anything on it is read: its lines in reading order, their pictures, what is wrong."""

    prepared: Prepared
    lines: tuple[Quad, ...]
    crops: tuple[Pixels, ...]
    warnings: tuple[PageWarning, ...]

    @property
    def page(self) -> Page:
        return self.prepared.page


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
            LineDetector.open(weights.detection),
            PageOrientation.open(weights.page_orientation),
            LineOrientation.open(weights.line_orientation),
        )
        parts = _Parts(
            preparer, Tesseract.open(), AsterNet.open(weights.asternet), MrzReader.open(weights.machine_zone)
        )
        return cls(parts, limits, threads)

    def close(self) -> None:
        """End the threads. Nothing is read after this."""
        self._pool.shutdown()

    def read(
        self, document: Document, on_step: OnStep = _say_nothing, *, both: bool = True
    ) -> DocumentReading:
        """Everything on every page. Raises `OcrError` where a page cannot be drawn.

        With `both` every line is read by both readers. Without, by the first alone; then `read_again` lets
        the second look at the lines that matter, which saves two thirds of the work.
        """
        readers: tuple[Reader, ...] = (self._parts.first, self._parts.second)[: 2 if both else 1]
        is_pdf = document.media_type is MediaType.PDF
        findings = set(structure_findings(document.content) if is_pdf else ())

        def pages() -> Iterator[PageReading]:
            for drawn in self._drawn(document, on_step):
                if is_pdf:
                    findings.update(unseen_text(document.content, drawn.number - 1, drawn.image))
                yield self._page(document, drawn, readers, on_step)

        kept = _kept(pages())
        return DocumentReading(document, kept, in_order(findings))

    def look(self, document: Document, on_step: OnStep = _say_nothing) -> DocumentReading:
        """The pages upright and flat with the warnings about their pictures, before anything is read.

        A fifth of the time of `read`: enough to ask for a better picture at once. No texts, no codes.
        """
        looked = (
            self._look(drawn, on_step, _is_photo(document, drawn)) for drawn in self._drawn(document, on_step)
        )
        return DocumentReading(
            document, _kept(PageReading(page.page, (), (), page.warnings) for page in looked)
        )

    def read_again(self, reading: DocumentReading, wanted: Mapping[int, Collection[int]]) -> DocumentReading:
        """The same with what the second reader makes of the wanted lines.

        `wanted`: place in `reading.pages` (from 0) to numbers of lines in `texts[0]` (from 0). Its text has
        the line boxes of the first; lines never asked for have an empty text and no confidence.
        """
        read = recognition.read_again(reading, wanted, AsterNet.name, self.recognise)
        pages = list(read.pages)
        for place in wanted:
            pages[place] = self._looked_again(pages[place])
        return replace(read, pages=tuple(pages))

    def recognise(self, lines: Sequence[Pixels]) -> list[Recognition]:
        """What the second reader makes of pictures of single lines, in the same order."""
        return self._side_by_side(self._parts.second.read, lines)

    def _looked_again(self, page: PageReading) -> PageReading:
        first, second = self._parts.first, self._parts.second
        looks = {
            first.name: partial(self._side_by_side, first.read_otherwise),
            second.name: partial(self._side_by_side, second.read_otherwise),
        }
        return look_again(page, looks)

    def _side_by_side(self, read: recognition.Recognise, lines: Sequence[Pixels]) -> list[Recognition]:
        return recognition.end(recognition.begin(self._pool, read, lines), len(lines))

    def _drawn(self, document: Document, on_step: OnStep) -> Iterator[Page]:
        """Every page, drawn when it is asked for; the one before need not be kept."""
        pages = raster.pages(document, self._limits)
        for number in range(1, raster.count(document) + 1):
            on_step("draw", number)
            yield next(pages)

    def _look(self, drawn: Page, on_step: OnStep, photo: bool) -> _Looked:
        on_step("find", drawn.number)
        prepared = self._parts.preparer.prepare(drawn, photo=photo)
        page = prepared.page
        lines = reading_order(prepared.lines, lambda quad: box_of(quad, page.width, page.height))
        crops = [recognition.picture_of(page.image, line) for line in lines]
        warnings = quality.warnings_of(page, lines, crops) + quality.framing_of(drawn, prepared, photo=photo)
        return _Looked(prepared, tuple(lines), tuple(crops), warnings)

    def _page(
        self, document: Document, drawn: Page, readers: Sequence[Reader], on_step: OnStep
    ) -> PageReading:
        """1. Straighten, find, judge the picture. 2. Codes, zones and the readers side by side. 3. The text
        layer. 4. Marks."""
        looked = self._look(drawn, on_step, _is_photo(document, drawn))
        page = looked.page
        on_step("recognise", page.number)
        regions = find_cards(page, looked.lines)
        codes = self._pool.submit(self._codes, page, looked.lines, regions)
        texts = self._texts(looked, readers)
        layer = self._layer(document, drawn, looked.prepared)
        read = PageReading(
            page,
            texts + layer,
            codes.result(),
            looked.warnings + _difference(layer, texts),
            find_marks(page, texts[0], regions),
            regions,
        )
        return self._looked_again(read) if len(readers) > 1 else read

    def _codes(self, page: Page, lines: Sequence[Quad], regions: Sequence[Box]) -> tuple[CodeReading, ...]:
        return read_codes(page, regions) + self._parts.mrz.read(page, lines)

    def _texts(self, looked: _Looked, readers: Sequence[Reader]) -> tuple[PageText, ...]:
        """Every reader on every line, at the same time."""
        begun = [recognition.begin(self._pool, reader.read, looked.crops) for reader in readers]
        found = [recognition.end(jobs, len(looked.crops)) for jobs in begun]
        return tuple(
            recognition.page_text(looked.page, looked.lines, seen, reader.name)
            for reader, seen in zip(readers, found, strict=True)
        )

    def _layer(self, document: Document, drawn: Page, prepared: Prepared) -> tuple[PageText, ...]:
        """The text layer as one more reading, moved to the pixels of the straightened page; () without."""
        if document.media_type is not MediaType.PDF:
            return ()
        found = text_layer.read_layer(document, drawn.number - 1, self._limits)
        # Of the page as it was drawn: a paper that was cut out of a photo has no known resolution.
        scale = (drawn.dpi or raster.DEFAULT_DPI) / POINTS_PER_INCH
        lines = tuple(_layer_line(line, scale, prepared) for line in found)
        return (PageText(text_layer.NAME, lines),) if lines else ()


def _is_photo(document: Document, drawn: Page) -> bool:
    """A picture may be a photo, and is then cut to the paper in it; so may a PDF page that is one picture."""
    return document.media_type is not MediaType.PDF or is_one_picture(document.content, drawn.number - 1)


def _kept(pages: Iterable[PageReading]) -> tuple[PageReading, ...]:
    """Page images of long files as JPEG."""
    kept = list[PageReading]()
    for page in pages:
        kept.append(page)
        if len(kept) > _PAGES_KEPT_AS_PIXELS:
            kept = [replace(each, page=each.page.packed()) for each in kept]
    return tuple(kept)


def _layer_line(line: text_layer.LayerLine, scale: float, prepared: Prepared) -> TextLine:
    left, top, right, bottom = (value * scale for value in line.bounds)
    corners = moved(np.array([(left, top), (right, top), (right, bottom), (left, bottom)]), prepared.matrix)
    box = box_of(corners, prepared.page.width, prepared.page.height)
    return TextLine(line.text, box, 1.0, text_layer.NAME, polygon_of(corners))


def _difference(layer: tuple[PageText, ...], texts: tuple[PageText, ...]) -> tuple[PageWarning, ...]:
    return (PageWarning.TEXT_LAYER_DIFFERS,) if any(quality.differs(one, texts) for one in layer) else ()
