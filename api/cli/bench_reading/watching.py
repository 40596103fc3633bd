"""Paper readers for the bench: one that notes what its steps cost, and one that gives a reading again."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from api.cli.bench_reading.cost import cpu_seconds
from ocr.model import Document, DocumentReading, PageReading, PageText
from ocr.reading import PaperReader


class WatchedReader:
    """Reads one paper by `reader`; afterwards `reading` is the last one and the times are of its steps.

    The reader is in this process, not in the sandbox, where what a step costs could not be told apart.
    """

    def __init__(self, reader: PaperReader) -> None:
        self._reader = reader
        self._began = 0.0
        self.find_cpu = 0.0
        self.pass_cpu = 0.0
        self.reading: DocumentReading | None = None

    def read(self, document: Document, *, both: bool = True) -> DocumentReading:
        """See `PaperReader.read`."""
        began = cpu_seconds()
        self.reading = self._reader.read(document, self._step, both=both)
        self.pass_cpu += cpu_seconds() - began
        return self.reading

    def look(self, document: Document) -> DocumentReading:
        """See `PaperReader.look`."""
        return self._reader.look(document)

    def read_again(self, reading: DocumentReading, wanted: Mapping[int, Collection[int]]) -> DocumentReading:
        """See `PaperReader.read_again`."""
        self.reading = self._reader.read_again(reading, wanted)
        return self.reading

    def _step(self, step: str, _page: int) -> None:
        """Between `find` and `recognise` a page is straightened and its lines are found, and nothing else."""
        now = cpu_seconds()
        if step == "recognise":
            self.find_cpu += now - self._began
        self._began = now


class GivenReading:
    """Gives one reading whatever is asked, so that it goes the product's way from there on."""

    def __init__(self, reading: DocumentReading) -> None:
        self._reading = reading

    def read(self, document: Document, *, both: bool = True) -> DocumentReading:  # noqa: ARG002
        """The reading."""
        return self._reading

    def look(self, document: Document) -> DocumentReading:  # noqa: ARG002
        """The reading."""
        return self._reading

    def read_again(self, reading: DocumentReading, wanted: Mapping[int, Collection[int]]) -> DocumentReading:  # noqa: ARG002
        """The same."""
        return reading


def text_of(page: PageReading, reader: str) -> PageText | None:
    """What this reader made of the page: its first look, where it took several."""
    return next((text for text in page.texts if text.reader == reader), None)


def unread_lines(reading: DocumentReading, reader: str) -> dict[int, tuple[int, ...]]:
    """The lines this reader was not asked about: place of the page to numbers, as `read_again` takes them."""
    texts = ((place, text_of(page, reader)) for place, page in enumerate(reading.pages))
    return {
        place: tuple(i for i, line in enumerate(text.lines) if not line.text) for place, text in texts if text
    }


def by_one_reader(reading: DocumentReading, reader: str) -> DocumentReading:
    """What was read if there were this reader alone: no other, no machine zones, no text layer."""
    return replace(reading, pages=tuple(_only(page, reader) for page in reading.pages))


def _only(page: PageReading, reader: str) -> PageReading:
    text = text_of(page, reader)
    return replace(page, texts=(text,) if text else (), codes=())
