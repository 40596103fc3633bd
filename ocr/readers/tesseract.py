"""Pictures of lines in, Vietnamese text out, by Tesseract with Debian's `vie` data."""

import queue
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import tesserocr

from ocr.errors import TesseractDataMissingError
from ocr.model import Pixels, Recognition
from ocr.readers.legible import legible
from ocr.readers.letters import in_vietnamese

# Where Debian, Ubuntu and a build from source put the data.
TESSDATA_FOLDERS = (
    Path("/usr/share/tesseract-ocr/5/tessdata"),
    Path("/usr/share/tesseract-ocr/4.00/tessdata"),
    Path("/usr/share/tessdata"),
    Path("/usr/local/share/tessdata"),
)
_LANGUAGE = "vie"
# Measured on 18 specimens (scanned, photographed, bad copies; 810 words): words found 91.5 % at 36 px without
# a margin and a little sharpened, 91.2 % sharpened twice as much, 90.9 % at 64 px, 89.7 % with a margin of
# 3 px and 88.2 % at 64 px with one of 10, which made the letters smaller and was what cost most. 36 px is
# the height of the network's own input, and the cheapest.
_HEIGHT = 36
_SHARPEN = 0.5
# What a second look is taken at. It reads as well, with other faults.
_OTHER_HEIGHT = 48


class Tesseract:
    """The first image reader: quick, strong on print, but writes NGUYÊN for NGUYỄN."""

    name = "tesseract"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._idle: queue.LifoQueue[tesserocr.PyTessBaseAPI] = queue.LifoQueue()

    @classmethod
    def open(cls, folders: Sequence[Path] = TESSDATA_FOLDERS) -> "Tesseract":
        """Use the first folder that has the Vietnamese data; `TesseractDataMissingError` when none has."""
        for folder in folders:
            if (folder / f"{_LANGUAGE}.traineddata").is_file():
                reader = cls(folder)
                with reader._engine():
                    return reader
        raise TesseractDataMissingError

    def read(self, lines: Sequence[Pixels]) -> list[Recognition]:
        """One answer a picture. Safe to call from several threads at once: each borrows an engine."""
        return self._read(lines, _prepared)

    def read_otherwise(self, lines: Sequence[Pixels]) -> list[Recognition]:
        """The same with lines larger and not sharpened: another look at lines in doubt."""
        return self._read(lines, _larger)

    def _read(self, lines: Sequence[Pixels], prepare: Callable[[Pixels], Pixels]) -> list[Recognition]:
        with self._engine() as engine:
            return [_line(engine, prepare(line)) if legible(line) else Recognition("", 0.0) for line in lines]

    @contextmanager
    def _engine(self) -> Iterator[tesserocr.PyTessBaseAPI]:
        """An engine of Tesseract, which is not thread-safe, for this caller alone."""
        try:
            engine = self._idle.get_nowait()
        except queue.Empty:
            engine = self._new_engine()
        try:
            yield engine
        finally:
            self._idle.put(engine)

    def _new_engine(self) -> tesserocr.PyTessBaseAPI:
        try:
            return tesserocr.PyTessBaseAPI(
                path=f"{self._folder}/", lang=_LANGUAGE, psm=tesserocr.PSM.SINGLE_LINE
            )
        except RuntimeError as refused:
            raise TesseractDataMissingError from refused


def _line(engine: tesserocr.PyTessBaseAPI, picture: Pixels) -> Recognition:
    height, width = picture.shape
    engine.SetImageBytes(picture.tobytes(), width, height, 1, width)
    text = in_vietnamese(engine.GetUTF8Text())
    return Recognition(text, engine.MeanTextConf() / 100 if text else 0.0)


def _prepared(line: Pixels) -> Pixels:
    """Grey, of the height that Tesseract likes, a little sharpened."""
    scaled = _scaled(line, _HEIGHT)
    soft = cv2.GaussianBlur(scaled, (0, 0), 1.0)
    return np.asarray(cv2.addWeighted(scaled, 1 + _SHARPEN, soft, -_SHARPEN, 0), dtype=np.uint8)


def _larger(line: Pixels) -> Pixels:
    return _scaled(line, _OTHER_HEIGHT)


def _scaled(line: Pixels, height: int) -> Pixels:
    grey = cv2.cvtColor(line, cv2.COLOR_RGB2GRAY)
    scale = height / line.shape[0]
    size = (max(round(line.shape[1] * scale), 1), height)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=how), dtype=np.uint8)
