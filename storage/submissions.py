"""Dossiers and papers as rows: `verification.ports.Submissions` over a connection."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Text,
    false,
    or_,
    select,
    type_coerce,
    update,
)

from storage import tables
from storage.codes import dossier_code, ordinal
from storage.dialects import insert
from storage.moments import vietnam_day
from storage.pointers import pointed_at
from verification.certification import ShortCode
from verification.decision import Decision
from verification.errors import NotFoundError, StaleError
from verification.extraction import Kind
from verification.ports import PaperCase, QueueItem
from verification.submission import (
    Channel,
    PaperId,
    PaperStage,
    Submission,
    SubmissionId,
    SubmissionStage,
)

_numbers = tables.dossier_number
_files = tables.kept_file
_papers = tables.paper
_submissions = tables.submission
_FEW = {"yield_per": 200}
_OLDEST_FIRST = (_submissions.c.received_at, _submissions.c.id)


@dataclass(frozen=True, slots=True)
class SqlSubmissions:
    """`verification.ports.Submissions` in the transaction of this connection."""

    connection: Connection

    def next_code(self, unit: str, day: datetime) -> str:
        key = {"unit": unit, "day": vietnam_day(day)}
        first = insert(self.connection, _numbers).values(**key, last=1)
        row = self.connection.execute(
            first.on_conflict_do_update(
                index_elements=["unit", "day"], set_={"last": _numbers.c.last + 1}
            ).returning(_numbers.c.last)
        ).one()
        return dossier_code(unit, key["day"], row.last)

    def add(self, submission: Submission) -> None:
        self.connection.execute(_submissions.insert().values(**_submission_row(submission)))
        self._keep_files(submission)

    def get(self, submission_id: SubmissionId) -> Submission:
        row = self.connection.execute(
            select(_submissions).where(_submissions.c.id == submission_id)
        ).one_or_none()
        if row is None:
            raise NotFoundError
        return _submission(row)

    def by_code(self, code: str) -> Submission | None:
        row = self.connection.execute(select(_submissions).where(_submissions.c.code == code)).one_or_none()
        return None if row is None else _submission(row)

    def save(self, submission: Submission) -> Submission:
        saved = replace(submission, version=submission.version + 1)
        same = (_submissions.c.id == saved.id, _submissions.c.version == submission.version)
        changed = self.connection.execute(update(_submissions).where(*same).values(**_submission_row(saved)))
        if changed.rowcount == 0:
            self.get(saved.id)
            raise StaleError
        self._keep_files(saved)
        return saved

    def _keep_files(self, submission: Submission) -> None:
        """The sweep asks for all digests: they stand beside the JSON so that it need not be read."""
        digests = sorted(pointed_at(submission))
        rows = [{"submission_id": submission.id, "digest": digest} for digest in digests]
        if rows:
            self.connection.execute(insert(self.connection, _files).on_conflict_do_nothing(), rows)

    def add_papers(self, papers: Iterable[PaperCase]) -> None:
        rows = [_paper_row(p) for p in papers]
        if rows:
            self.connection.execute(
                insert(self.connection, _papers).on_conflict_do_nothing(index_elements=["id"]), rows
            )

    def paper(self, paper_id: PaperId) -> PaperCase:
        return self._paper(select(_papers).where(_papers.c.id == paper_id))

    def to_change(self, paper_id: PaperId) -> PaperCase:
        return self._paper(select(_papers).where(_papers.c.id == paper_id).with_for_update())

    def _paper(self, wanted: Select[Any]) -> PaperCase:
        row = self.connection.execute(wanted).one_or_none()
        if row is None:
            raise NotFoundError
        return _paper(row)

    def papers(self, submission_id: SubmissionId) -> tuple[PaperCase, ...]:
        mine = select(_papers).where(_papers.c.submission_id == submission_id).order_by(_papers.c.ordinal)
        return tuple(_paper(row) for row in self.connection.execute(mine))

    def save_paper(self, paper: PaperCase) -> PaperCase:
        saved = replace(paper, version=paper.version + 1)
        same = (_papers.c.id == saved.id, _papers.c.version == paper.version)
        changed = self.connection.execute(update(_papers).where(*same).values(**_paper_row(saved)))
        if changed.rowcount == 0:
            self.paper(saved.id)
            raise StaleError
        return saved

    def replacing(self, code: ShortCode) -> tuple[PaperCase, ...]:
        mine = select(_papers).where(_papers.c.replaces == code).order_by(_papers.c.id)
        return tuple(_paper(row) for row in self.connection.execute(mine))

    def queue(self, stages: tuple[PaperStage, ...], *, limit: int = 100) -> tuple[QueueItem, ...]:
        papers = [_paper(row) for row in self.connection.execute(_waiting(stages).limit(limit))]
        return self._with_submissions(papers)

    def kept(self, first: datetime, until: datetime, kinds: Collection[Kind]) -> Iterator[QueueItem]:
        # Told in the text: most papers are of other kinds, and reading them whole is what takes the time. Not
        # in one join: PostgreSQL takes the kind for rarer than it is and compares each with each.
        text = type_coerce(_papers.c.sides, Text)
        of_kinds = or_(
            *(text.contains(f'"kind":"{kind}"', autoescape=True) for kind in sorted(kinds)), false()
        )
        ids = select(_submissions.c.id).where(*_received(first, until)).order_by(*_OLDEST_FIRST)
        for lot in self.connection.execute(ids, execution_options=_FEW).partitions():
            place = {row.id: number for number, row in enumerate(lot)}
            wanted = select(_papers).where(_papers.c.submission_id.in_(place), of_kinds)
            papers = [_paper(row) for row in self.connection.execute(wanted)]
            papers.sort(key=lambda paper: (place[paper.submission_id], ordinal(paper.id)))
            yield from self._with_submissions(papers)

    def decided(self, first: datetime, until: datetime) -> Iterator[tuple[PaperStage, Decision | None]]:
        rows = select(_papers.c.stage, _papers.c.decision).join(_submissions)
        wanted = rows.where(*_received(first, until))
        for row in self.connection.execute(wanted, execution_options=_FEW):
            yield PaperStage(row.stage), row.decision

    def _with_submissions(self, papers: list[PaperCase]) -> tuple[QueueItem, ...]:
        wanted = {p.submission_id for p in papers}
        rows = self.connection.execute(select(_submissions).where(_submissions.c.id.in_(wanted)))
        found = {row.id: _submission(row) for row in rows}
        return tuple(QueueItem(p, found[p.submission_id]) for p in papers)


def _waiting(stages: tuple[PaperStage, ...]) -> Select[Any]:
    return _oldest_first().where(_papers.c.stage.in_(stages))


def _received(first: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    received = _submissions.c.received_at
    return received >= first, received < until


def _oldest_first() -> Select[Any]:
    return select(_papers).join(_submissions).order_by(*_OLDEST_FIRST, _papers.c.ordinal)


def _submission_row(value: Submission) -> dict[str, Any]:
    return {
        "id": value.id,
        "code": value.code,
        "received_at": value.received_at,
        "channel": value.channel,
        "applicant": value.applicant,
        "procedure": value.procedure,
        "audience": value.audience,
        "files": value.files,
        "stage": value.stage,
        "version": value.version,
    }


def _submission(row: Row[Any]) -> Submission:
    return Submission(
        id=SubmissionId(row.id),
        code=row.code,
        received_at=row.received_at,
        channel=Channel(row.channel),
        applicant=row.applicant,
        procedure=row.procedure,
        audience=row.audience,
        files=row.files,
        stage=SubmissionStage(row.stage),
        version=row.version,
    )


def _paper_row(value: PaperCase) -> dict[str, Any]:
    return {
        "id": value.id,
        "submission_id": value.submission_id,
        "ordinal": ordinal(value.id),
        "sides": value.sides,
        "assessment": value.assessment,
        "stage": value.stage,
        "decision": value.decision,
        "insisted": value.insisted,
        "failure": value.failure,
        "version": value.version,
        "replaces": value.replaces,
    }


def _paper(row: Row[Any]) -> PaperCase:
    return PaperCase(
        id=PaperId(row.id),
        submission_id=SubmissionId(row.submission_id),
        sides=row.sides,
        assessment=row.assessment,
        stage=PaperStage(row.stage),
        decision=row.decision,
        insisted=row.insisted,
        failure=row.failure,
        version=row.version,
        replaces=ShortCode(row.replaces) if row.replaces else None,
    )
