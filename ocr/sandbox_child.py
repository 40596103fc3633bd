"""The process that reads: documents in, readings out. Started by `ocr.sandbox`."""

from functools import partial

from ocr.model import Document, DocumentReading
from ocr.reading import PaperReader
from ocr.sandbox_server import Answers, Opening, serve
from ocr.sandbox_wire import light


def start(opening: Opening) -> Answers:
    """Load the models. Raises ReadingNotInstalledError."""
    reader = PaperReader.open(opening.models, limits=opening.limits, threads=opening.threads)
    return partial(answer, reader, opening)


def answer(reader: PaperReader, opening: Opening, request: object) -> object:
    """What the reader makes of the request. Raises OcrError, ValueError."""
    match request:
        case ("read", Document() as document, bool(both)):
            return light(reader.read(document, opening.tell_step, both=both))
        case ("look", Document() as document):
            return light(reader.look(document, opening.tell_step))
        case ("read_again", DocumentReading() as reading, dict(wanted)):
            return light(reader.read_again(reading, wanted))
        case ("recognise", list(lines)):
            return reader.recognise(lines)
        case _:
            raise ValueError("not a request")


if __name__ == "__main__":
    serve(start)
