"""Memory does not grow with pages.

The pages here are drawn small to be quick. At 200 dpi, files of 5, 10 and 50 pages of A4 took 751, 731 and
792 MB at most.
"""

from collections.abc import Iterator

import pytest

from ocr.intake import take_in
from ocr.model import Limits, PackedPicture
from ocr.sandbox import SandboxedReader
from ocr.weights import Weights
from tests.ocr.drawing import as_bytes, sheet

SMALL_PAGES = Limits(max_pixels=300_000)
MOST_GROWTH_MB = 30
"""Kept as they are drawn, fifty pages would take 44 MB; what two threads hold at once varies by 20."""


@pytest.fixture
def reader(weights: Weights) -> Iterator[SandboxedReader]:
    reader = SandboxedReader.open(weights.folder, limits=SMALL_PAGES)
    yield reader
    reader.close()


def file_of(pages: int) -> bytes:
    paper = sheet(("MẪU / SPECIMEN",), size=(827, 585))
    return as_bytes(paper, "PDF", resolution=100.0, save_all=True, append_images=[paper] * (pages - 1))


def test_fifty_pages_take_no_more_memory_than_ten(reader: SandboxedReader) -> None:
    for _ in range(2):
        reader.read(take_in(file_of(10), Limits()), both=False)
    ten = reader.used().peak_megabytes
    long = reader.read(take_in(file_of(50), Limits()), both=False)
    assert len(long.pages) == 50
    assert all(isinstance(page.page.picture, PackedPicture) for page in long.pages)
    assert reader.used().peak_megabytes < ten + MOST_GROWTH_MB
