"""The process that looks at files as they come: bytes in, a `Document` without them, or a refusal, out."""

from dataclasses import replace

from ocr.intake import take_in
from ocr.model import Document, Limits
from ocr.sandbox_server import Answers, Opening, serve

_IDLE_S = 120.0


def start(_: Opening) -> Answers:
    """Nothing has to be loaded."""
    return answer


def answer(request: object) -> Document:
    """What was taken in. Raises OcrError, ValueError."""
    match request:
        case ("take_in", bytes(content), Limits() as limits):
            return replace(take_in(content, limits), content=b"")
        case _:
            raise ValueError("not a request")


if __name__ == "__main__":
    serve(start, idle_s=_IDLE_S)
