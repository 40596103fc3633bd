"""Everything a workflow step may lean on, chosen once by `api.wiring` and handed in; tests replace parts."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from ocr.model import Document, DocumentReading, Limits
from signing.long_term import LongTerm
from signing.model import Signer
from signing.pictures import Pictures
from signing.trust import Trust
from verification.ports import Database, ObjectStore
from verification.profile import Profile
from verification.pulling import Pull
from verification.record_rows import ParseRows, parse_rows
from verification.rule import Rule, shipped_rules
from verification.source import Source
from verification.terms import OfficeTerms

TakeIn = Callable[[bytes, Limits], Document]
"""Accepts a file by its content or raises OcrError; `ocr.intake.take_in` is one."""


class PaperReading(Protocol):
    """Reads a document; `ocr.reading.PaperReader` is one."""

    def read(self, document: Document, *, both: bool = True) -> DocumentReading:
        """Everything on every page; without `both` by the first reader alone. Raises OcrError."""

    def look(self, document: Document) -> DocumentReading:
        """The pages with the warnings about their pictures, before anything is read. Raises OcrError."""

    def read_again(self, reading: DocumentReading, wanted: Mapping[int, Collection[int]]) -> DocumentReading:
        """The same with what the second reader makes of the wanted lines: place of the page in the reading
        to numbers of lines, both from 0. Raises OcrError."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The office that issues: its code under the province (domain.md 4.1), its name and its place."""

    code: str
    agency: str
    place: str


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of the service. `code_secret` makes short codes that nobody can guess from a number."""

    database: Database
    objects: ObjectStore
    take_in: TakeIn
    papers: PaperReading
    signer: Signer
    trust: Trust
    profiles: tuple[Profile, ...]
    sources: tuple[Source, ...]
    unit: Unit
    limits: Limits
    public_url: str
    code_secret: bytes
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    rules: tuple[Rule, ...] = field(default_factory=shipped_rules)
    parse: ParseRows = parse_rows
    """Rows of a delivery into records: here, or beside."""
    terms: OfficeTerms = field(default_factory=OfficeTerms)
    """How this office keeps its books, counts its fees and its days."""
    redeliver_days: int = 180
    """A copy of the same original is offered again for so many days after it was issued; 0: never."""
    pull: Pull | None = None
    """Sources asked over the network; None where none is."""
    pictures: Pictures = field(default_factory=Pictures)
    """The seal and the officers' signatures as they are drawn in what is issued."""
    statement_on_last: bool = False
    """The statement of a copy stands on the original's last page where that is blank."""
    sign_in_batches: bool = False
    """Whatever is approved waits for the officer to sign it in a batch."""
    long_term: LongTerm | None = None
    """Adds long-term data to what was issued; without it everything waits."""
    long_term_after: timedelta = timedelta(days=1)
    """So long after signing: what authorities say must be newer than the signature."""
