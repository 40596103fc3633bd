"""One set of linked weights and one open reader for all tests of reading."""

from collections.abc import Iterator

import pytest

from ocr.intake import take_in
from ocr.model import DocumentReading, Limits
from ocr.reading import PaperReader
from ocr.weights import Weights, link_weights
from tests.ocr.drawing import as_bytes, sheet


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Weights:
    return link_weights(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def paper_reader(weights: Weights) -> Iterator[PaperReader]:
    reader = PaperReader.open(weights.folder, limits=Limits())
    yield reader
    reader.close()


@pytest.fixture(scope="session")
def form_reading(paper_reader: PaperReader) -> DocumentReading:
    """A sheet with the lines of `drawing.FORM`, read once."""
    return paper_reader.read(take_in(as_bytes(sheet(), dpi=(150, 150)), Limits()))
