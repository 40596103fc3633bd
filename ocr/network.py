"""An ONNX file in, a network that one core runs at a time out."""

from pathlib import Path

import onnxruntime as ort

from ocr.errors import WeightsMissingError


def single_threaded(model: Path) -> ort.InferenceSession:
    """The ONNX model at `model`, for use by one core a call."""
    if not model.is_file():
        raise WeightsMissingError
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # ONNX Runtime otherwise keeps what the largest page took: 1,050 MB after three pages instead of 620, for
    # one twentieth of the time.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
