"""What the service needs kept, in its own words. `storage` implements these; tests run one suite on each.

Everything below a `Transaction` is seen by others all at once on a clean exit of the `with` block, or not at
all. Nothing slow belongs inside one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ocr.model import Digest
from verification.assessment import Assessment
from verification.audit import AuditEntry
from verification.certification import ShortCode
from verification.certification_ports import Certifications
from verification.data_error import DataError, SlipState
from verification.decision import Decision, Delegation, Officer
from verification.demand import Demand, OrganisationKey
from verification.drift import DriftLine, DriftState, RestsOn
from verification.extraction import Extraction, Kind
from verification.preservation_ports import Preservations
from verification.record_ports import AccessLog, Deliveries, Sources
from verification.register_ports import Register
from verification.signing_ports import Batches, PendingSignatures
from verification.source import SourceName
from verification.submission import (
    OfficerId,
    PaperId,
    PaperStage,
    Submission,
    SubmissionId,
)


class ObjectStore(Protocol):
    """Content-addressed files: the key is the SHA-256 of the bytes, so a key never changes its content."""

    def put_once(self, content: bytes) -> Digest:
        """Keep these bytes. Durable on return; putting the same again changes nothing."""

    def get(self, digest: Digest) -> bytes:
        """The bytes, checked against their digest. Raises ObjectMissingError or ObjectDamagedError."""

    def exists(self, digest: Digest) -> bool:
        """Whether the bytes are kept."""

    def delete(self, digest: Digest) -> None:
        """Forget the bytes; nothing happens when they are not there. Only the sweep calls this."""

    def sweep(self, moment: datetime) -> int:
        """Remove what a crash left half written before `moment`; how many pieces."""

    def stored_before(self, moment: datetime) -> Iterator[Digest]:
        """The digests of all that was put before `moment`."""


@dataclass(frozen=True, slots=True)
class Side:
    """What was read of a paper in one file (`file` counts the submission's files from 0)."""

    file: int
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class PaperCase:
    """One paper on its way: what was read, what is proposed, what was decided. A card has two sides."""

    id: PaperId
    submission_id: SubmissionId
    sides: tuple[Side, ...]
    assessment: Assessment
    stage: PaperStage
    decision: Decision | None = None
    insisted: bool = False
    failure: str | None = None
    version: int = 1
    replaces: ShortCode | None = None
    """What was issued before and will be superseded as soon as something is issued for this paper."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A line of the officer's queue."""

    paper: PaperCase
    submission: Submission


class Submissions(Protocol):
    """Dossiers and their papers."""

    def next_code(self, unit: str, day: datetime) -> str:
        """The next dossier code of the unit and day, `H26.10.05-261124-0001` (domain.md 4.1)."""

    def add(self, submission: Submission) -> None:
        """Keep a new submission."""

    def get(self, submission_id: SubmissionId) -> Submission:
        """Raises NotFoundError."""

    def by_code(self, code: str) -> Submission | None:
        """The submission of this dossier code."""

    def save(self, submission: Submission) -> Submission:
        """Keep a changed one; its `version` must be the stored one, and comes back one higher.

        Raises StaleError.
        """

    def add_papers(self, papers: Iterable[PaperCase]) -> None:
        """Keep what was read. Papers already there by id are left as they are (a retry)."""

    def paper(self, paper_id: PaperId) -> PaperCase:
        """Raises NotFoundError."""

    def to_change(self, paper_id: PaperId) -> PaperCase:
        """The paper as it stands; nobody else changes it, nor takes or gives up its number, until the
        transaction ends. To be asked after `drift.rest` and before the line. Raises NotFoundError."""

    def papers(self, submission_id: SubmissionId) -> tuple[PaperCase, ...]:
        """All papers of a submission, in order."""

    def save_paper(self, paper: PaperCase) -> PaperCase:
        """As `save`."""

    def replacing(self, code: ShortCode) -> tuple[PaperCase, ...]:
        """The papers that are to replace what was issued under this code."""

    def queue(self, stages: tuple[PaperStage, ...], *, limit: int = 100) -> tuple[QueueItem, ...]:
        """Papers in these stages with their submissions, oldest first."""

    def kept(self, first: datetime, until: datetime, kinds: Collection[Kind]) -> Iterator[QueueItem]:
        """The papers with a side of these kinds, of submissions received from `first` and before `until`,
        oldest first, a few at a time: a year is more than fits into memory."""

    def decided(self, first: datetime, until: datetime) -> Iterator[tuple[PaperStage, Decision | None]]:
        """Where every paper of these submissions stands and what was decided, in no order."""


class Drift(Protocol):
    """Which papers rest on which records, and the work list of what has lost its record."""

    def rest(self, rests: RestsOn) -> None:
        """Keep it; again changes only what the record said.

        From here to the end of the transaction no delivery of this source is finished: what the transaction
        reads of the source afterwards still holds when it commits, and a delivery that ends later knows of
        this paper.
        """

    def resting(self, source: SourceName, record_ids: Iterable[str]) -> tuple[RestsOn, ...]:
        """Everything that rests on one of these records, by record and paper."""

    def add(self, line: DriftLine) -> DriftLine:
        """Keep a new line; it comes back numbered. Raises StaleError while the paper has an open one."""

    def save(self, line: DriftLine) -> DriftLine:
        """Keep a changed one; its `version` must be the stored one, and comes back one higher.

        Raises NotFoundError, StaleError.
        """

    def line(self, line_id: int) -> DriftLine:
        """Raises NotFoundError."""

    def last_of(self, paper_id: PaperId) -> DriftLine | None:
        """The newest line of this paper, open or done."""

    def lines(self, states: tuple[DriftState, ...], *, limit: int) -> tuple[DriftLine, ...]:
        """Lines in these states, newest first."""

    def open_lines(self) -> int:
        """How many lines are open."""


class Officers(Protocol):
    """Who may decide, and by which delegation."""

    def add(self, officer: Officer) -> None:
        """Keep an officer, or change the one of this id."""

    def get(self, officer_id: OfficerId) -> Officer:
        """Raises NotFoundError."""

    def all(self) -> tuple[Officer, ...]:
        """Everybody."""

    def add_delegation(self, delegation: Delegation) -> None:
        """Keep a delegation, or change the one of this id."""

    def delegations(self, officer_id: OfficerId) -> tuple[Delegation, ...]:
        """All of an officer, newest first."""


class DataErrors(Protocol):
    """Slips that tell the owner of a record what is wrong in it."""

    def add(self, slip: DataError) -> DataError:
        """Keep a new slip, which comes back with its id. Raises StaleError when the paper has one open."""

    def save(self, slip: DataError) -> DataError:
        """As `Submissions.save`."""

    def get(self, slip_id: int) -> DataError:
        """Raises NotFoundError."""

    def of_papers(self, paper_ids: tuple[PaperId, ...]) -> tuple[DataError, ...]:
        """All slips of these papers, oldest first."""

    def all(self, states: tuple[SlipState, ...], *, limit: int = 500) -> tuple[DataError, ...]:
        """Slips in these states, newest first."""


class Demands(Protocol):
    """Which organisations still ask for papers that nobody needs; written in the decision's transaction."""

    def note(self, demand: Demand) -> None:
        """Keep it, in the place of what was noted of this paper before."""

    def withdraw(self, paper_id: PaperId) -> None:
        """Forget what was noted of this paper: it was decided anew, otherwise."""

    def between(self, first: datetime, last: datetime) -> tuple[Demand, ...]:
        """What was decided from `first` to before `last`, oldest first."""

    def organisations(self, *, limit: int = 200) -> tuple[str, ...]:
        """Organisations as they were written, those asking last first."""

    def names(self) -> Mapping[OrganisationKey, str]:
        """How administrators write organisations, by the keys of all their writings."""

    def call(self, key: OrganisationKey, name: str) -> None:
        """From now on write the organisation of this key so."""


class AuditTrail(Protocol):
    """The chained audit table. Written in the transaction it speaks of."""

    def add(self, entry: AuditEntry) -> AuditEntry:
        """Chain the entry behind the last one."""

    def about(self, subject: str) -> tuple[AuditEntry, ...]:
        """Everything about one thing, oldest first."""

    def all(self) -> tuple[AuditEntry, ...]:
        """The whole chain."""

    def chain(self) -> Iterator[AuditEntry]:
        """The same, a few at a time."""


class Jobs(Protocol):
    """Work to be done after the transaction commits, exactly once per key."""

    def enqueue(self, name: str, key: str) -> None:
        """Have the job of this name run with `key`; the same key again changes nothing."""

    def waits(self, name: str, begins: str) -> bool:
        """Whether a job of this name whose key begins so is still to run, or runs."""


class Transaction(Protocol):
    """One all-or-nothing piece of work."""

    @property
    def submissions(self) -> Submissions: ...
    @property
    def sources(self) -> Sources: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def register(self) -> Register: ...
    @property
    def certifications(self) -> Certifications: ...
    @property
    def preservations(self) -> Preservations: ...
    @property
    def officers(self) -> Officers: ...
    @property
    def batches(self) -> Batches: ...
    @property
    def pending(self) -> PendingSignatures: ...
    @property
    def drift(self) -> Drift: ...
    @property
    def data_errors(self) -> DataErrors: ...
    @property
    def demands(self) -> Demands: ...
    @property
    def audit(self) -> AuditTrail: ...
    @property
    def jobs(self) -> Jobs: ...


class Database(Protocol):
    """Opens transactions. Safe to use from several threads."""

    @property
    def access_log(self) -> AccessLog:
        """Who looked into the records; used outside of any transaction."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Commit on a clean exit, roll back on an exception."""

    def reading(self) -> AbstractContextManager[Transaction]:
        """A transaction that changes nothing, sees one state, and waits for nobody."""
