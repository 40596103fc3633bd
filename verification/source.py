"""A synchronised database we may look into: what it is, one record of it, and how old our copy is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from verification.record_schema import Schema

SourceName = NewType("SourceName", str)
"""population, civil_status, …: the names of `profiles/sources.toml`."""


CLOCKS_DIFFER = timedelta(minutes=5)
"""So far ahead of ours may be the clock of whoever says of when data are."""


@dataclass(frozen=True, slots=True)
class Publication:
    """That the owner of a database announced it ("công bố"), so that NQ 66.7/2025/NQ-CP lets it answer.

    It holds from `from_day` to `until_day`, both days included; without `until_day` until it is taken back.
    """

    from_day: date
    until_day: date | None
    basis_vi: str
    basis_en: str

    def holds_on(self, day: date) -> bool:
        """Whether the database stood announced on this day of Vietnam."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)


@dataclass(frozen=True, slots=True)
class Source:
    """A source as configured: whose it is, how its records are keyed, how old they may be.

    `subjects` are the dotted prefixes under which a person stands in a record ("" for the record itself);
    every one of them can be looked up by number and by name with birth date. `numbers` are further values
    that a record is found by (a licence's number).
    """

    name: SourceName
    title_vi: str
    title_en: str
    owner: str
    record_id: str
    status_good: tuple[str, ...]
    subjects: tuple[str, ...]
    fresh_for: timedelta
    legal_basis: str
    numbers: tuple[str, ...] = ()
    publications: tuple[Publication, ...] = ()
    schema: Schema = field(default_factory=Schema)

    def is_fresh(self, as_of: datetime, now: datetime) -> bool:
        """Whether what its data were at `as_of` may be concluded from. A moment to come is none: one of our
        clocks was wrong, and nobody can tell how old they are."""
        return -CLOCKS_DIFFER <= now - as_of <= self.fresh_for

    def published_on(self, day: date) -> Publication | None:
        """By which text its owner had announced it on this day of Vietnam; None: by none that we know."""
        return next((p for p in self.publications if p.holds_on(day)), None)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of our copy of a source: which load, and the moment its owner says it shows."""

    source: SourceName
    sequence: int
    as_of: datetime
    records: int


@dataclass(frozen=True, slots=True)
class RecordValue:
    """One value of a record; places carry the codes of the commune and province where known."""

    text: str
    commune_code: str | None = None
    province_code: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record, its values under dotted names (`child.full_name`). A list is one value a name."""

    source: SourceName
    record_id: str
    status: str
    values: Mapping[str, RecordValue]


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """How one person in a record is found: by a number, by birth date and folded name, or by both."""

    number: str | None
    birth_date: str | None
    name_key: str | None


@dataclass(frozen=True, slots=True)
class IncomingRecord:
    """A row of a delivery, parsed: the record with its keys, or a tombstone."""

    record: SourceRecord
    keys: tuple[SubjectKey, ...]
    updated_at: datetime
    deleted: bool
    line: int = 0
    """Where it stands in its delivery; 0 where nobody counts."""
    unknown: tuple[str, ...] = ()
    """Names of the row that the source's schema does not know: told, and nothing of them is kept."""


CONFLICTING = "conflicting"
"""The status of a record that was delivered twice for one moment, otherwise each time: good for nothing but
an officer's eyes, until a newer row says which."""


DOUBTFUL = "doubtful"
"""The status of a record of which a newer row was delivered and could not be read: what we have of it may be
overtaken, so it is good for nothing but an officer's eyes until a newer row comes that can be, or a full load
of no earlier moment names it still."""


class Change(StrEnum):
    """What a row does to our copy."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    UNCHANGED = "unchanged"
    OLDER = "older"
    """What we have is newer, or was removed: the row is not written."""
    CONFLICTING = "conflicting"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a delivery did what, and the lines of those in conflict."""

    counts: Mapping[Change, int]
    conflicts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery put in: the snapshot it made and what its rows did.

    `touched` are the ids of the records that now say something else or are gone, among those that something
    issued or waiting rests on.
    """

    snapshot: Snapshot
    tally: Tally
    touched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of a delivery that is not a record, and why.

    `speaks_of` is the record that it is news of, and of when, where both can be told.
    """

    line: int
    code: str
    detail: str
    speaks_of: tuple[str, datetime] | None = None


@dataclass(frozen=True, slots=True)
class LookUp:
    """Who looked into which source for which dossier and why. Kept for every question asked."""

    at: datetime
    officer: str
    dossier: str
    purpose: str
    source: SourceName
    key: str
    """`number`, `name_and_birth_date` or, of a platform, `number_and_name`: how it was asked, not what."""
    record_ids: tuple[str, ...]
    fields: tuple[str, ...] = ()
    """Which fields of the record were compared or shown, by the names of the paper's fields."""
    request_code: str = ""
    """Of a question put to a platform: the code that stands in its log as well."""
    answer: str = ""
    """Of such a question: `asked` before it left, then in a line of its own what came of it."""
