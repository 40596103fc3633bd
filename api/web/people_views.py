"""The pages about people's data: who looked at a record, slips about wrong data, who still demands papers."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual
from api.web.views import State, Text


@dataclass(frozen=True, slots=True)
class LookUpRow:
    """One look-up: when, by whom, for which dossier, why, at which fields."""

    at: str
    who: Text
    dossier: Text
    purpose: Text
    fields: Bilingual


@dataclass(frozen=True, slots=True)
class RecordRows:
    """The look-ups of the record that one paper was compared with; `note` says what is not shown and why."""

    paper: Bilingual
    source: Bilingual
    owner: str
    rows: tuple[LookUpRow, ...]
    note: State | None


@dataclass(frozen=True, slots=True)
class WhoLookedPage:
    """Ai đã xem dữ liệu: for the citizen, behind the dossier's second factor."""

    template: ClassVar[str] = "who_looked.html"
    title: ClassVar[Bilingual] = Bilingual("Ai đã xem dữ liệu của ông/bà", "Who looked at your records")
    code: str
    records: tuple[RecordRows, ...]
    kept_days: int
