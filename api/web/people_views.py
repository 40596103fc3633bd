"""The pages about people's data: who looked at a record, slips about wrong data, who still demands papers."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual
from api.web.views import Choice, Errors, Link, State, Text


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


@dataclass(frozen=True, slots=True)
class SlipForm:
    """On the review: which fields the owner of the record is asked to correct; or the slip already sent."""

    action: str
    fields: tuple[Choice, ...]
    sent: Link | None = None


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One slip: what about, to whom, and its answer or the form to enter it (`action`)."""

    id: str
    at: str
    label: str
    paper: Bilingual
    review: str
    owner: str
    fields: Bilingual
    state: State
    href: str
    answer: Text
    action: str | None
    version: int


@dataclass(frozen=True, slots=True)
class SlipsPage:
    """Phiếu đề nghị điều chỉnh dữ liệu. Each waiting row has a form: `answer`, `version`."""

    template: ClassVar[str] = "slips.html"
    title: ClassVar[Bilingual] = Bilingual("Phiếu đề nghị điều chỉnh dữ liệu", "Requests to correct a record")
    rows: tuple[SlipRow, ...]


@dataclass(frozen=True, slots=True)
class DemanderRow:
    """How often one organisation asked for one kind of paper."""

    organisation: str
    kind: Bilingual
    copies: str
    receipts: str
    first: str
    last: str
    months: str
    dossiers: str


@dataclass(frozen=True, slots=True)
class DemandersPage:
    """Nơi còn yêu cầu bản sao. Form (GET): `tu`, `den`, days yyyy-mm-dd, both included.

    Administrators' form: `written`, `name`; `organisations` are suggested while they type.
    """

    template: ClassVar[str] = "demanders.html"
    title: ClassVar[Bilingual] = Bilingual("Nơi còn yêu cầu bản sao", "Who still demands copies")
    rows: tuple[DemanderRow, ...]
    first: str
    last: str
    csv: str
    organisations: tuple[str, ...] = ()
    may_merge: bool = False
    errors: Errors = ()
