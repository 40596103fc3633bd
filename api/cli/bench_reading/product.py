"""A document in; its papers as the product reads them, and what that cost, out."""

import time
from dataclasses import dataclass, replace

from api.cli.bench_reading.cost import cpu_seconds, forget_peak, peak_mb
from api.cli.bench_reading.watching import WatchedReader
from ocr.errors import OcrError
from ocr.model import Document, DocumentReading
from ocr.reading import PaperReader
from verification.extraction import Extraction
from verification.services import Services
from verification.workflow.check import read_file


@dataclass(frozen=True, slots=True)
class ProductReading:
    """A file as the product read it; no papers where it was refused.

    `find_cpu`: straightening and line detection; `pass_cpu`: the whole first pass.
    """

    papers: tuple[Extraction, ...]
    reading: DocumentReading | None
    refused: str | None
    seconds: float
    cpu_seconds: float
    find_cpu: float
    pass_cpu: float
    peak_mb: int

    def of_kind(self, kind: str) -> Extraction | None:
        """The paper of that kind, or else the first: its fields are judged whatever it was taken for."""
        return of_kind(self.papers, kind)


def of_kind(papers: tuple[Extraction, ...], kind: str) -> Extraction | None:
    """The paper of that kind, or else the first; None without papers."""
    return next((p for p in papers if p.kind == kind), papers[0] if papers else None)


def read_by_product(services: Services, reader: PaperReader, document: Document) -> ProductReading:
    """`read_file`, watched; a refusal is a result."""
    watched = WatchedReader(reader)
    papers: tuple[Extraction, ...] = ()
    refused = None
    forget_peak()
    began, cpu = time.perf_counter(), cpu_seconds()
    try:
        papers = read_file(replace(services, papers=watched), document).papers
    except OcrError as error:
        refused = error.code
    return ProductReading(
        papers,
        watched.reading,
        refused,
        time.perf_counter() - began,
        cpu_seconds() - cpu,
        watched.find_cpu,
        watched.pass_cpu,
        peak_mb(),
    )
