"""What the product read in; what each of its readers gives alone, and Tesseract on whole pages, out."""

from dataclasses import dataclass, replace

import numpy as np

from api.cli.bench_reading.cost import cpu_seconds
from api.cli.bench_reading.product import ProductReading, of_kind
from api.cli.bench_reading.watching import GivenReading, by_one_reader, text_of, unread_lines
from api.cli.bench_reading.whole_page import WholePages, whole_pages
from ocr.model import Document, DocumentReading
from ocr.readers.asternet import AsterNet
from ocr.readers.tesseract import Tesseract
from ocr.reading import PaperReader
from ocr.recognition import picture_of
from verification.extraction import Extraction
from verification.normalise import squeeze
from verification.services import Services
from verification.workflow.check import read_file

READERS = (Tesseract.name, AsterNet.name)
"""The first and the second reader of `ocr.reading`."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The paper by the first and by the second reader alone, their texts of the page, and Tesseract's.

    `first_cpu`: the first reader on all lines, apart from everything else. `vie`: whole pages by Vietnamese
    alone.
    """

    alone: tuple[Extraction | None, Extraction | None]
    texts: tuple[str, str]
    first_cpu: float
    page: WholePages
    vie: WholePages


def read_beside(
    services: Services, reader: PaperReader, document: Document, kind: str, product: ProductReading
) -> Beside:
    """Everything that is shown beside the product. Raises OcrError where no page can be drawn."""
    page = whole_pages(document, services.limits)
    vie = whole_pages(document, services.limits, "vie")
    if product.reading is None:
        return Beside((None, None), ("", ""), 0.0, page, vie)
    full = reader.read_again(product.reading, unread_lines(product.reading, READERS[1]))
    first, second = (_alone(services, document, by_one_reader(full, name), kind) for name in READERS)
    texts = text_by(full, READERS[0]), text_by(full, READERS[1])
    return Beside((first, second), texts, first_reader_cpu(full), page, vie)


def _alone(services: Services, document: Document, reading: DocumentReading, kind: str) -> Extraction | None:
    """The product's way from a reading to papers."""
    return of_kind(read_file(replace(services, papers=GivenReading(reading)), document).papers, kind)


def text_by(reading: DocumentReading, reader: str) -> str:
    """All lines of one reader, in order."""
    texts = (text_of(page, reader) for page in reading.pages)
    return squeeze(" ".join(line.text for text in texts if text for line in text.lines))


def first_reader_cpu(reading: DocumentReading) -> float:
    """CPU-seconds of the first reader on the same lines once more; opening it and cutting not counted."""
    first, spent = Tesseract.open(), 0.0
    for page in reading.pages:
        image = page.page.image
        crops = [picture_of(image, np.array(x.polygon, dtype=np.float64)) for x in page.texts[0].lines]
        began = cpu_seconds()
        first.read(crops)
        spent += cpu_seconds() - began
    return spent
