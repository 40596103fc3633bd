"""Pictures of lines in, Vietnamese text out, by the AsterNet weights of the `asterocr` wheel."""

import json
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from ocr.ctc import letters
from ocr.errors import WeightsMissingError
from ocr.model import Pixels, Recognition
from ocr.network import single_threaded
from ocr.readers.legible import legible
from ocr.readers.letters import in_vietnamese
from ocr.readers.windows import Window, cut_at_spaces

_HEIGHT = 32
# The network takes up to 1,020 px, but reads best what is about as long as the lines it was trained on:
# CER 0.29 % with windows of 1,016 px, 0.19 % with 700, 0.05 % with 400, 0.27 % with 200 (152 lines of
# civil-status text in four faces, two sizes). Cost is the same.
_WIDEST = 400
_HARD_LIMIT = 1020
# A second look leaves out this share of the height above and below: without the margin that stacked marks
# need, clean print is read better (94 instead of 92 of 100 values on scans), bad copies worse (80 for 82).
# And it adds so much paper behind: a line that ends at once is now and then given one letter more (Nữi).
_TIGHTER = 0.1
_BEHIND = 0.4


class AsterNet:
    """The second image reader: keeps tone marks, also on rare names; now and then adds a letter."""

    name = "asternet"

    def __init__(self, session: ort.InferenceSession, vocabulary: tuple[str, ...]) -> None:
        self._session = session
        self._vocabulary = vocabulary

    @classmethod
    def open(cls, folder: Path) -> "AsterNet":
        """Load `inference.onnx` and `vocab.json` from `folder`; `WeightsMissingError` when absent.

        One thread a call: lines are read side by side, which uses the cores better than one line on two.
        """
        try:
            vocabulary = tuple(json.loads((folder / "vocab.json").read_bytes())["chars"])
            session = single_threaded(folder / "inference.onnx")
        except OSError as missing:
            raise WeightsMissingError from missing
        return cls(session, vocabulary)

    def read(self, lines: Sequence[Pixels]) -> list[Recognition]:
        """One answer a picture. Safe to call from several threads at once."""
        return [self._line(line) if legible(line) else Recognition("", 0.0) for line in lines]

    def read_otherwise(self, lines: Sequence[Pixels]) -> list[Recognition]:
        """The same with less paper above and below and more behind: another look at lines in doubt."""
        return self.read([_tighter(line) for line in lines])

    def _line(self, line: Pixels) -> Recognition:
        text, confidences = "", list[float]()
        for window in cut_at_spaces(line, widest=_WIDEST * line.shape[0] / _HEIGHT):
            part, sure = self._window(window)
            text += ("" if window.joined else " ") + part
            confidences += sure
        return Recognition(
            in_vietnamese(text),
            float(np.mean(confidences)) if confidences else 0.0,
        )

    def _window(self, window: Window) -> tuple[str, list[float]]:
        (log_probs,) = self._session.run(None, {"images": _as_input(window.image)})
        return letters(np.exp(log_probs[:, 0]), self._vocabulary)


def _tighter(line: Pixels) -> Pixels:
    height = line.shape[0]
    away, behind = max(round(_TIGHTER * height), 1), round(_BEHIND * height)
    inner = line[away:-away] if height > 3 * away else line
    return np.asarray(cv2.copyMakeBorder(inner, 0, 0, 0, behind, cv2.BORDER_REPLICATE), dtype=np.uint8)


def _as_input(line: Pixels) -> NDArray[np.float32]:
    """[1, 3, 32, width]: RGB scaled to 0..1 (the package's own -1..1 reads worse), width a multiple of 4."""
    height, width = line.shape[:2]
    wanted = min(max(16, -(-round(width * _HEIGHT / height) // 4) * 4), _HARD_LIMIT)
    how = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_LINEAR
    small = cv2.resize(line, (wanted, _HEIGHT), interpolation=how)
    return np.ascontiguousarray(small.transpose(2, 0, 1)[None], dtype=np.float32) / np.float32(255)
