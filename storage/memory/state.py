"""All rows of the in-memory database; a copy is taken at the start of a transaction and kept at its end."""

from dataclasses import dataclass, field, fields

from storage.deliveries import Kept
from verification.audit import AuditEntry
from verification.batch import Batch, BatchId
from verification.certification import Issued, ShortCode, StandingChange
from verification.data_error import DataError
from verification.decision import Delegation, Officer
from verification.delivery import PastDelivery
from verification.demand import Demand
from verification.drift import DriftLine, RestsOn
from verification.pending import Pending
from verification.ports import PaperCase
from verification.preservation import IssuedVersion, Preservation
from verification.register import Book, EntryId, RegisterEntry, Series, YearClose
from verification.same_original import OriginalKey
from verification.source import Snapshot, SourceName, SourceRecord, SubjectKey
from verification.submission import OfficerId, PaperId, Submission, SubmissionId


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record of a source with its keys, or the memory that it was removed."""

    record: SourceRecord
    keys: tuple[SubjectKey, ...]
    kept: Kept


@dataclass(slots=True)
class State:
    """Every table. The values are frozen, so copying the containers copies everything."""

    codes: dict[tuple[str, str], int] = field(default_factory=dict)
    submissions: dict[SubmissionId, Submission] = field(default_factory=dict)
    papers: dict[PaperId, PaperCase] = field(default_factory=dict)
    snapshots: dict[SourceName, Snapshot] = field(default_factory=dict)
    deliveries: list[PastDelivery] = field(default_factory=list)
    records: dict[tuple[SourceName, str], StoredRecord] = field(default_factory=dict)
    books: dict[tuple[Series, int, int], Book] = field(default_factory=dict)
    lines: dict[EntryId, RegisterEntry] = field(default_factory=dict)
    year_closes: dict[tuple[Series, int], YearClose] = field(default_factory=dict)
    issued: dict[EntryId, Issued] = field(default_factory=dict)
    versions: dict[tuple[EntryId, int], IssuedVersion] = field(default_factory=dict)
    preservations: dict[EntryId, Preservation] = field(default_factory=dict)
    codes_issued: dict[ShortCode, EntryId] = field(default_factory=dict)
    standing_changes: dict[EntryId, tuple[StandingChange, ...]] = field(default_factory=dict)
    issued_keys: dict[tuple[OriginalKey, EntryId], None] = field(default_factory=dict)
    rests_on: dict[tuple[PaperId, SourceName, str], RestsOn] = field(default_factory=dict)
    drift: dict[int, DriftLine] = field(default_factory=dict)
    officers: dict[OfficerId, Officer] = field(default_factory=dict)
    delegations: dict[str, Delegation] = field(default_factory=dict)
    batches: dict[BatchId, Batch] = field(default_factory=dict)
    pending: dict[PaperId, Pending] = field(default_factory=dict)
    data_errors: dict[int, DataError] = field(default_factory=dict)
    demands: dict[PaperId, Demand] = field(default_factory=dict)
    demander_names: dict[str, str] = field(default_factory=dict)
    audit: list[AuditEntry] = field(default_factory=list)
    jobs: dict[tuple[str, str], None] = field(default_factory=dict)
    jobs_done: dict[tuple[str, str], None] = field(default_factory=dict)

    def copy(self) -> "State":
        """Everything again, in containers of its own."""
        return State(**{f.name: getattr(self, f.name).copy() for f in fields(self)})
