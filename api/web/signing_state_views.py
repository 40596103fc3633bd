"""The page that says whether this office can sign."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual
from api.web.views import State


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of signing: its name, how it is, in words; the code for whoever is asked about it."""

    part: Bilingual
    state: State
    words: Bilingual
    code: str


@dataclass(frozen=True, slots=True)
class SigningStatePage:
    """Tình trạng ký số: the last self-test; no rows before the first has ended."""

    template: ClassVar[str] = "signing_state.html"
    title: ClassVar[Bilingual] = Bilingual("Tình trạng ký số", "State of signing")
    rows: tuple[PartRow, ...]
    long_term: PartRow
    """How many documents wait for long-term data."""
