"""The pages of what was issued: the list with its search, and one document with its history and what may be
done about it."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual
from api.web.views import Choice, Download, Errors, Fact, Link, Pagination, State, Text


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One document."""

    href: str
    number: str
    kind: Bilingual
    paper: str
    requester: str
    issued_on: str
    state: State


@dataclass(frozen=True, slots=True)
class IssuedPage:
    """Văn bản đã cấp, newest first. Form (GET): `tim`; the chosen filter stays."""

    template: ClassVar[str] = "issued.html"
    title: ClassVar[Bilingual] = Bilingual("Văn bản đã cấp", "What was issued")
    words: str
    chosen: str
    filters: tuple[Link, ...]
    rows: tuple[IssuedRow, ...]
    pages: Pagination | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a document; the note is for officers and auditors."""

    at: str
    who: Text
    what: Bilingual
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnnulInput:
    """What was typed to annul it; the number is typed anew each time."""

    reason: str = ""
    note: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class AnnulForm:
    """Form: `reason`, `decision`, `note`, `number`; sent to `action`. `decision_needed`: it is a copy."""

    action: str
    reasons: tuple[Choice, ...]
    given: AnnulInput
    number: str
    decision_needed: bool


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """One document. `replace` is where the form that begins a new one is sent; `annul` is None where it is
    annulled already or the visitor may not; `on_its_way` are papers that are to replace it."""

    template: ClassVar[str] = "issued_document.html"
    title: Bilingual
    number: str
    state: State
    facts: tuple[Fact, ...]
    events: tuple[Event, ...]
    links: tuple[Link, ...]
    downloads: tuple[Download, ...]
    annul: AnnulForm | None = None
    replace: str | None = None
    errors: Errors = ()
