"""What is kept of one paper that was read for the bench: values next to their truth, and what it cost."""

from dataclasses import dataclass

from api.cli.bench_reading.papers import PaperToRead


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one file. `seconds` and `cpu_seconds` are the product's, from bytes to fields.

    `lead_cpu`: straightening, line detection and the first reader; `pass_cpu`: the whole first pass, with
    codes, machine zones, marks and judgement of the picture; `tesseract_cpu` and `tesseract_vie_cpu`: whole
    pages by Tesseract with both languages and with Vietnamese alone; `peak_mb`: the process's while reading.
    """

    seconds: float
    cpu_seconds: float
    lead_cpu: float
    pass_cpu: float
    tesseract_seconds: float
    tesseract_cpu: float
    tesseract_vie_cpu: float
    peak_mb: int


@dataclass(frozen=True, slots=True)
class FieldSeen:
    """One field of the truth and what came of it.

    `alone`: the value that the first and the second reader give, each without the other and without machine
    zones; `in_text`: whether Tesseract's text of the whole page says it somewhere.
    """

    name: str
    truth: str
    value: str | None
    sure: bool
    alone: tuple[str | None, str | None]
    in_text: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """One paper. `kinds` are those of all papers found in the file; `refused` is the code of an error.

    `printed` counts the letters of all texts on the paper, `printed_edits` those that first reader, second
    reader and Tesseract alone got wrong. `code_read` is None for a kind without a QR code that we know.
    `beyond_truth` names fields that are sure and of which the truth knows nothing: invented, or a truth that
    leaves something out.
    `licence_as_person`: a driving licence that came out as a card, or its number as a personal number.
    """

    paper: PaperToRead
    pages: int
    kinds: tuple[str, ...]
    refused: str | None
    fields: tuple[FieldSeen, ...]
    beyond_truth: tuple[str, ...]
    dpi: float
    code_read: bool | None
    licence_as_person: bool
    printed: int
    printed_edits: tuple[int, int, int]
    cost: Cost
