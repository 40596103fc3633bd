"""A page image in, the quadrilaterals of its text lines out, by PaddleOCR's detector on ONNX Runtime."""

import os
import threading
import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ocr.errors import WeightsMissingError
from ocr.geometry import Quad, flat, in_order, sides
from ocr.model import Pixels
from ocr.weights import DETECTION_MODEL

# The longer side is brought to this many pixels at most. Of 90 specimens of 15 kinds (scans, photos
# and bad copies), fields read right and seconds of one core a page: model "tiny" at 1,440 pixels 90.0 % in
# 0.17, at 1,600 89.9 % in 0.21, at 1,280 89.2 % in 0.13; model "small" at 1,600 89.5 % in 0.58.
_LONGEST_SIDE = 1440
# A crop is made this share of its height higher and wider on each side: the detector cuts stacked marks.
_MARGIN = 0.08
# Above and below a line there is more: the detector's boxes cut off dots below and marks above, and both
# readers then agree on a wrong name (VIỆT, VIÊT). Of 640 fields 614 exact and none wrong when sure with 0.2,
# 608 and two with 0.08.
_MARGIN_ACROSS = 0.2
_LEAST_SIDE = 4
_NARROWEST = 12


class LineDetector:
    """Finds lines; reads nothing."""

    def __init__(self, model: Any) -> None:
        self._model = model
        # PaddleX promises nothing about threads.
        self._one_at_a_time = threading.Lock()

    @classmethod
    def open(cls, folder: Path) -> "LineDetector":
        """Load PaddleOCR and the weights in `folder` (about 1.6 s, once a process); nothing is fetched.

        One core: a second one would wait actively for the first, at nearly twice the cost of a page.
        """
        if not (folder / "inference.onnx").is_file():
            raise WeightsMissingError
        _keep_paddle_quiet(folder.parent)
        # Lines are cut and scaled by several threads at once already.
        cv2.setNumThreads(1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from paddleocr import TextDetection  # noqa: PLC0415 - 1.5 s, and `import ocr` must be light

            model = TextDetection(
                model_name=DETECTION_MODEL,
                model_dir=str(folder),
                engine="onnxruntime",
                engine_config={
                    "intra_op_num_threads": 1,
                    "inter_op_num_threads": 1,
                    "enable_cpu_mem_arena": False,
                },
                limit_side_len=_LONGEST_SIDE,
                limit_type="max",
                device="cpu",
            )
        return cls(model)

    def find(self, image: Pixels) -> list[Quad]:
        """The lines' corners in pixels of `image`, in no promised order; none on a mere strip."""
        if min(image.shape[:2]) < _NARROWEST:
            return []
        with self._one_at_a_time:
            (found,) = self._model.predict(np.ascontiguousarray(image[:, :, ::-1]))
        quads = (in_order(np.asarray(polygon, dtype=np.float64)) for polygon in found["dt_polys"])
        return [quad for quad in quads if min(sides(quad)) >= _LEAST_SIDE]


def cut_out(image: Pixels, quad: Quad) -> Pixels:
    """The picture of one line, level, with a margin that keeps every mark above and below."""
    width, height = sides(quad)
    margin = height * np.array([_MARGIN, _MARGIN_ACROSS])
    along = (quad[1] - quad[0]) / max(width, 1.0)
    down = (quad[3] - quad[0]) / max(height, 1.0)
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], dtype=np.float64)
    wider = quad + margin[0] * signs[:, :1] * along + margin[1] * signs[:, 1:] * down
    size = (max(round(width + 2 * margin[0]), 1), max(round(height + 2 * margin[1]), 1))
    return flat(image, wider, *size)[0]


def _keep_paddle_quiet(models: Path) -> None:
    """PaddleX reads these while it is imported: no look at model hubs, no folder in the user's home."""
    os.environ.setdefault("PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK", "True")
    os.environ.setdefault("PADDLE_PDX_CACHE_HOME", str(models / "paddlex"))
