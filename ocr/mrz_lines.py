"""A page and its lines in, the machine readable zones among them out, read by a recogniser of their own."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from ocr import mrz
from ocr.ctc import Scores, letters
from ocr.detection import cut_out
from ocr.errors import WeightsMissingError
from ocr.geometry import Quad, box_of, quad_of
from ocr.model import Box, CodeKind, CodeReading, Page, Pixels
from ocr.network import single_threaded

_HEIGHT = 48
_WIDEST = 1600
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"
_ALPHABET = _CAPITALS + _DIGITS + "<"
# What the network, when any letter is allowed, makes of fillers.
_FILLER = str.maketrans("Λ∧^‹《〈", "<<<<<<")
# A line of thirty OCR-B letters is some twenty times as wide as high; detectors cut fillers off its end.
_LEAST_SHAPE, _MOST_SHAPE = 6.0, 45.0
_LEAST_LETTERS = 8
_LEAST_SHARE = 0.85
_LINES = 3
# What a Vietnamese card has in lines 1 and 2, with any number of fillers: runs of `<` are miscounted.
_FIRST = re.compile(r"(IDVNM[0-9]{22})<+([0-9])<*")
_SECOND = re.compile(r"([0-9]{7}[MF<][0-9<]{7}VNM)<+([0-9])<*")
_DIGIT_FOR = str.maketrans("OQDISBZG", "00015826")


class MrzReader:
    """PP-OCRv6 tiny, kept to the 37 letters of a zone: 5 ms a line, where Tesseract with a list of allowed
    letters read 21 of 40 lines and this 36 of 40, the rest O for 0 in names, which line 3 cannot hold."""

    def __init__(self, session: ort.InferenceSession, vocabulary: tuple[str, ...]) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name
        self._vocabulary = vocabulary

    @classmethod
    def open(cls, folder: Path) -> "MrzReader":
        """Load `inference.onnx` and its `letters.txt`; `WeightsMissingError` when absent."""
        session = single_threaded(folder / "inference.onnx")
        try:
            listed = (folder / "letters.txt").read_text(encoding="utf-8").split("\n")
        except OSError as missing:
            raise WeightsMissingError from missing
        return cls(session, ("", *(letter for letter in listed if letter), " "))

    def read(self, page: Page, lines: Sequence[Quad]) -> tuple[CodeReading, ...]:
        """Every zone all of whose check digits hold; the rest is not given at all."""
        boxes = [box_of(line, page.width, page.height) for line in lines if self._looks_like(page, line)]
        zones = (self._zone(page, three) for three in _stacks(boxes))
        return tuple(zone for zone in zones if zone is not None)

    def _looks_like(self, page: Page, line: Quad) -> bool:
        crop = cut_out(page.image, line)
        if not _LEAST_SHAPE <= crop.shape[1] / crop.shape[0] <= _MOST_SHAPE:
            return False
        text = letters(self._scores(crop), self._vocabulary)[0].translate(_FILLER)
        allowed = sum(letter in _ALPHABET for letter in text)
        marked = "<" in text or sum(letter in _DIGITS for letter in text) >= _LEAST_LETTERS
        return marked and allowed >= max(_LEAST_LETTERS, _LEAST_SHARE * len(text))

    def _zone(self, page: Page, three: Sequence[Box]) -> CodeReading | None:
        """The three lines read again at the width they have together: a detector loses fillers."""
        whole = three[0].union(three[1]).union(three[2])
        crops = [cut_out(page.image, quad_of(Box(whole.x0, line.y0, whole.x1, line.y1))) for line in three]
        first, second = (self._kept_to(crop, _ALPHABET) for crop in crops[:2])
        text = "\n".join(
            (_first_line(first), _second_line(second), _names(self._kept_to(crops[2], _CAPITALS + "<")))
        )
        if mrz.parse(text) is None:
            return None
        return CodeReading(CodeKind.MRZ, text, page.number, whole)

    def _kept_to(self, crop: Pixels, allowed: str) -> str:
        which = [0, *(i for i, letter in enumerate(self._vocabulary) if letter and letter in allowed)]
        return letters(self._scores(crop)[:, which], [self._vocabulary[i] for i in which])[0]

    def _scores(self, crop: Pixels) -> Scores:
        (scores,) = self._session.run(None, {self._input: _as_input(crop)})
        return np.asarray(scores[0], dtype=np.float32)


def _stacks(boxes: Sequence[Box]) -> list[tuple[Box, ...]]:
    """Every three neighbours that stand one under the other with even distances."""
    ordered = sorted(boxes, key=lambda box: (box.y0, box.x0))
    threes = [tuple(ordered[i : i + _LINES]) for i in range(len(ordered) - _LINES + 1)]
    return [three for three in threes if all(_under(above, below) for above, below in pairwise(three))]


def _under(above: Box, below: Box) -> bool:
    height = max(above.height, below.height)
    beside = min(above.x1, below.x1) - max(above.x0, below.x0)
    return 0.5 * height < below.centre[1] - above.centre[1] < 2.5 * height and beside > 0


def _first_line(read: str) -> str:
    """Digits where a card has digits; two fillers before the last check digit, however many were seen."""
    found = _FIRST.search("IDVNM" + read[5:].translate(_DIGIT_FOR))
    return f"{found[1]}<<{found[2]}" if found else read


def _second_line(read: str) -> str:
    """Digits around the sex and the country; eleven fillers before the last check digit."""
    dates, country, rest = read[:15], read[15:18], read[18:]
    typed = dates[:7].translate(_DIGIT_FOR) + dates[7:8] + dates[8:].translate(_DIGIT_FOR)
    found = _SECOND.search(typed + country + rest.translate(_DIGIT_FOR))
    return f"{found[1]}{'<' * 11}{found[2]}" if found else read


def _names(read: str) -> str:
    """Thirty letters: fillers at the end carry nothing."""
    return read.rstrip("<").ljust(mrz.LINE_LENGTH, "<")


def _as_input(crop: Pixels) -> NDArray[np.float32]:
    """[1, 3, 48, width]: BGR scaled to -1..1, as PP-OCR recognisers want it."""
    height, width = crop.shape[:2]
    size = (min(max(round(width * _HEIGHT / height), _HEIGHT), _WIDEST), _HEIGHT)
    scaled = cv2.resize(crop[:, :, ::-1], size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return np.ascontiguousarray((scaled / 127.5 - 1).transpose(2, 0, 1)[None], dtype=np.float32)
