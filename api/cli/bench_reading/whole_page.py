"""Tesseract alone, as a user would call it: a file in; its text, its cost and a kind judgement of it out."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

import tesserocr
from PIL import Image

from api.cli.bench_reading.cost import cpu_seconds
from ocr.model import Document, Limits, Pixels
from ocr.raster import pages
from ocr.readers.tesseract import TESSDATA_FOLDERS
from verification.normalise import squeeze

LANGUAGES = "vie+eng"
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_WORDS = {"male": "Nam", "female": "Nữ", "unlimited": "Không thời hạn"}


@dataclass(frozen=True, slots=True)
class WholePages:
    """The text of all pages, white space folded, and what reading took; loading and drawing not counted."""

    text: str
    seconds: float
    cpu_seconds: float


def whole_pages(document: Document, limits: Limits, languages: str = LANGUAGES) -> WholePages:
    """Each page in one call with the layout analysis that Tesseract takes by itself. Raises OcrError."""
    images = [page.image for page in pages(document, limits)]
    folder = next(f for f in TESSDATA_FOLDERS if (f / "vie.traineddata").is_file())
    with tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=languages) as engine:
        began, cpu = time.perf_counter(), cpu_seconds()
        texts = [_text(engine, image) for image in images]
        return WholePages(squeeze(" ".join(texts)), time.perf_counter() - began, cpu_seconds() - cpu)


def _text(engine: tesserocr.PyTessBaseAPI, image: Pixels) -> str:
    engine.SetImage(Image.fromarray(image))
    return str(engine.GetUTF8Text())


def stands_in(text: str, truth: str, titles: Iterable[str] = ()) -> bool:
    """Whether a page's text says the value somewhere, in any form in which papers print it.

    That flatters: nobody has told which field it is, white space counts for nothing, and "Nam" stands in
    every "Việt Nam". A date may be parted by anything but figures, a kind of paper (`copy_of`) is said by any
    of its titles. What only a machine zone holds (the day of issue in a QR code) is not in the text.
    """
    if date := _DATE.fullmatch(truth):
        return bool(_printed_date(*date.groups()).search(text))
    plain = _run_together(text.replace("<", " "))
    return any(_run_together(form) in plain for form in (_WORDS.get(truth, truth), *titles))


def _run_together(text: str) -> str:
    return squeeze(text).replace(" ", "")


def _printed_date(year: str, month: str | None, day: str | None) -> re.Pattern[str]:
    parts = [rf"\b0?{int(part)}\b" for part in (day, month) if part]
    return re.compile(r"\D{1,20}?".join([*parts, rf"\b{year}\b"]))
