"""The page of the rules: what holds today by which act, and what a rule would have saved."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual
from api.web.views import Choice, Errors, Fact, State


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule: what it says, by which act, for which papers, from when to when, and how it stands today."""

    id: str
    title: Bilingual
    citation: Bilingual
    papers: Bilingual
    source: Bilingual
    days: str
    state: State


@dataclass(frozen=True, slots=True)
class SimulationInput:
    """What was asked, kept when the form comes back; `month` is 2026-10, `toml` rules of one's own."""

    rule: str = ""
    month: str = ""
    toml: str = ""


@dataclass(frozen=True, slots=True)
class TallyRow:
    """Papers and copies of one kind or procedure, written out."""

    name: Bilingual
    papers: str
    copies: str
    saved: str
    needless: str
    untold: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    """How many papers would have got another proposal."""

    before: State
    after: State
    papers: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One of them."""

    dossier: str
    kind: Bilingual
    after: State
    copies: str


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """What the simulation found; `left_off` of the changes are counted and not named."""

    facts: tuple[Fact, ...]
    by_kind: tuple[TallyRow, ...]
    by_procedure: tuple[TallyRow, ...]
    moves: tuple[MoveRow, ...]
    changes: tuple[ChangeRow, ...]
    left_off: int
    untold: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """Quy tắc. Form: `rule`, `month`, `toml`; nothing is kept of it.

    `choices` are the rules to be simulated; the first one is chosen where none is.
    """

    template: ClassVar[str] = "rules.html"
    title: ClassVar[Bilingual] = Bilingual(
        "Quy tắc dùng dữ liệu thay giấy tờ", "Rules: data instead of papers"
    )
    rows: tuple[RuleRow, ...]
    choices: tuple[Choice, ...]
    given: SimulationInput = SimulationInput()
    result: SimulationResult | None = None
    errors: Errors = ()
