"""One thing to say about a paper: a code, a sentence in two languages, and where it stands."""

from dataclasses import dataclass

from ocr.model import Box


@dataclass(frozen=True, slots=True)
class Finding:
    """A message as interface.md has it; `legal_basis` cites the act it rests on, in Vietnamese."""

    code: str
    message_vi: str
    message_en: str
    legal_basis: str | None = None
    page: int | None = None
    box: Box | None = None
    legal_basis_en: str | None = None
