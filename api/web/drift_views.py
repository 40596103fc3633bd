"""The page of what lost its record: the officer's work list."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual
from api.web.views import Errors, Fact, Link, Pagination, State


@dataclass(frozen=True, slots=True)
class DriftWay:
    """One thing that may be done about a line: the value sent as `choice`, and what the button says."""

    choice: str
    text: Bilingual
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DriftRow:
    """One line: what lost its record, how, and a form with `choice`, `version` and `note`; no ways: done.

    `hint` says what the note is for; `back` that the record answers again.
    """

    id: int
    version: int
    title: Bilingual
    dossier: str
    href: str
    state: State
    facts: tuple[Fact, ...]
    ways: tuple[DriftWay, ...]
    hint: Bilingual | None = None
    back: Bilingual | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DriftPage:
    """Dữ liệu thay đổi: newest first. `restorable` receipts have records that answer again: one button for
    all of them, where there are several."""

    template: ClassVar[str] = "drift.html"
    title: ClassVar[Bilingual] = Bilingual("Dữ liệu thay đổi sau khi đối chiếu", "Records that changed since")
    filters: tuple[Link, ...]
    rows: tuple[DriftRow, ...]
    restorable: int = 0
    errors: Errors = ()
    pages: Pagination | None = None
