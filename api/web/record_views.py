"""The page of the sources of records: how old they are, what was loaded, and what a delivery would do."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual
from api.web.views import Choice, Errors, Fact, State


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One synchronised database: whose it is, what it may answer for, of when our copy is.

    `snapshot` is our number of it, `number` its owner's; `age` and `limit` go together.
    """

    name: Bilingual
    owner: str
    basis: str
    published: Bilingual
    as_of: str
    age: Bilingual
    limit: Bilingual
    records: str
    snapshot: str
    number: str
    state: State
    asked: State | None = None
    """How asking its platform goes; None where our copy alone answers."""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery that was loaded; `conflicts` are lines of it."""

    at: str
    source: Bilingual
    number: str
    kind: Bilingual
    as_of: str
    accepted: str
    rejected: str
    conflicts: str
    by: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A line of a delivery that an operator must look at, and why."""

    line: str
    what: Bilingual
    detail: Bilingual


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a delivery would do. `more` is how many lines are not shown."""

    file: str
    state: State
    facts: tuple[Fact, ...]
    problems: tuple[RowProblem, ...]
    more: int


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Nguồn dữ liệu: how old the records are that verdicts rest on.

    Administrators' form (multipart): `source`, `records`, `full`; nothing is loaded. No `choices`: the reader
    may look only.
    """

    template: ClassVar[str] = "sources.html"
    title: ClassVar[Bilingual] = Bilingual("Nguồn dữ liệu", "Sources of records")
    rows: tuple[SourceRow, ...]
    deliveries: tuple[DeliveryRow, ...] = ()
    choices: tuple[Choice, ...] = ()
    full: bool = False
    rehearsed: Rehearsed | None = None
    errors: Errors = ()
