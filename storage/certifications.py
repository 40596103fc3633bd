"""What was issued as rows: `verification.ports.Certifications` over a connection."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select, union, update

from ocr.model import Digest
from storage import tables
from storage.dialects import insert
from storage.lines import as_first_issued
from storage.preservation_tables import issued_version
from storage.standing_tables import issued_key, standing_change
from storage.words import NAME, name_word, number_prefix
from verification.certification import Issued, Search, ShortCode, Standing, StandingChange, parse_code
from verification.errors import NotFoundError, StaleError
from verification.register import EntryId, Series
from verification.same_original import OriginalKey
from verification.standing_errors import AlreadyRevokedError
from verification.submission import PaperId

_all_issued = tables.issued
_files = tables.kept_file
_NEWEST_FIRST = (_all_issued.c.issued_at.desc(), _all_issued.c.entry_id.desc())


@dataclass(frozen=True, slots=True)
class SqlCertifications:
    """`verification.ports.Certifications` in the transaction of this connection."""

    connection: Connection

    def add(self, issued: Issued) -> None:
        row = {field.name: getattr(issued, field.name) for field in fields(Issued)}
        self.connection.execute(insert(self.connection, _all_issued).values(**row).on_conflict_do_nothing())
        kept = self._one(_all_issued.c.entry_id == issued.entry_id)
        if kept is None or as_first_issued(kept) != as_first_issued(issued):
            raise StaleError

    def by_code(self, code: ShortCode) -> Issued | None:
        return self._one(_all_issued.c.code == code)

    def by_digest(self, digest: Digest) -> Issued | None:
        issued = self._one(_all_issued.c.digest == digest)
        if issued is not None:
            return issued
        longer = select(issued_version.c.entry_id).where(issued_version.c.digest == digest)
        return self._one(_all_issued.c.entry_id == longer.scalar_subquery())

    def by_entry(self, entry_id: EntryId) -> Issued | None:
        return self._one(_all_issued.c.entry_id == entry_id)

    def _one(self, wanted: ColumnElement[bool]) -> Issued | None:
        row = self.connection.execute(select(_all_issued).where(wanted)).one_or_none()
        return None if row is None else _issued(row)

    def by_paper(self, paper_id: PaperId) -> tuple[Issued, ...]:
        mine = select(_all_issued).where(_all_issued.c.paper_id == paper_id)
        return self._all(mine.order_by(_all_issued.c.issued_at, _all_issued.c.entry_id))

    def _all(self, wanted: Select[Any]) -> tuple[Issued, ...]:
        return tuple(_issued(row) for row in self.connection.execute(wanted))

    def to_change(self, code: ShortCode) -> Issued:
        locked = select(_all_issued).where(_all_issued.c.code == code).with_for_update()
        row = self.connection.execute(locked).one_or_none()
        if row is None:
            raise NotFoundError
        return _issued(row)

    def stand(self, change: StandingChange) -> Issued:
        # Asked in the statement itself: whoever revoked between our reading and our writing has won.
        row = self.connection.execute(
            update(_all_issued)
            .where(_all_issued.c.code == change.code, _all_issued.c.standing != Standing.REVOKED)
            .values(
                standing=change.standing,
                standing_reason=change.reason,
                standing_at=change.at,
                decision_number=change.decision_number,
                replaced_by=change.replaced_by,
            )
            .returning(_all_issued)
        ).one_or_none()
        if row is None:
            raise AlreadyRevokedError if self.by_code(change.code) else NotFoundError
        kept = {f.name: getattr(change, f.name) for f in fields(StandingChange) if f.name != "code"}
        self.connection.execute(standing_change.insert().values(entry_id=row.entry_id, **kept))
        return _issued(row)

    def changes(self, entry_id: EntryId) -> tuple[StandingChange, ...]:
        mine = (
            select(standing_change, _all_issued.c.code)
            .join(_all_issued, _all_issued.c.entry_id == standing_change.c.entry_id)
            .where(standing_change.c.entry_id == entry_id)
            .order_by(standing_change.c.id)
        )
        return tuple(_change(row) for row in self.connection.execute(mine))

    def know(self, entry_id: EntryId, *, requester: str, keys: Iterable[OriginalKey]) -> None:
        words = [{"key": key, "entry_id": entry_id} for key in sorted({*keys, name_word(requester)})]
        self.connection.execute(insert(self.connection, issued_key).on_conflict_do_nothing(), words)

    def of_original(self, keys: Collection[OriginalKey]) -> tuple[Issued, ...]:
        known = select(issued_key.c.entry_id).where(issued_key.c.key.in_(sorted(keys)))
        return self._all(
            select(_all_issued).where(_all_issued.c.entry_id.in_(known)).order_by(*_NEWEST_FIRST)
        )

    def find(self, search: Search) -> tuple[Issued, ...]:
        wanted = select(_all_issued).where(*_asked(search)).order_by(*_NEWEST_FIRST)
        return self._all(wanted.limit(search.limit).offset(search.skip))

    def digests(self) -> frozenset[Digest]:
        every = union(*(select(one.c.digest) for one in (_all_issued, issued_version, _files)))
        return frozenset(Digest(digest) for digest in self.connection.execute(every).scalars())


def _asked(search: Search) -> Iterable[ColumnElement[bool]]:
    if search.receipts is not None:
        receipt = _all_issued.c.series == Series.RECEIPTS
        yield receipt if search.receipts else ~receipt
    if search.standing:
        yield _all_issued.c.standing == search.standing
    if words := search.words.strip():
        yield or_(*_meant(words))


def _meant(words: str) -> Iterable[ColumnElement[bool]]:
    """A number, a code, a dossier's code or a name: whichever it can be."""
    if prefix := number_prefix(words):
        yield _all_issued.c.number.startswith(prefix)
    if code := parse_code(words):
        yield _all_issued.c.code == code
    submission, paper = tables.submission, tables.paper
    of_dossier = select(paper.c.id).join(submission).where(submission.c.code == words.upper())
    yield _all_issued.c.paper_id.in_(of_dossier)
    named = name_word(words).removeprefix(NAME)
    if named:
        like = issued_key.c.key.startswith(NAME) & issued_key.c.key.contains(named)
        yield _all_issued.c.entry_id.in_(select(issued_key.c.entry_id).where(like))


def _issued(row: Row[Any]) -> Issued:
    return Issued(
        entry_id=EntryId(row.entry_id),
        series=Series(row.series),
        number=row.number,
        book=row.book,
        paper_id=PaperId(row.paper_id),
        title=row.title,
        code=ShortCode(row.code),
        issued_at=row.issued_at,
        digest=Digest(row.digest),
        size=row.size,
        level=row.level,
        standing=Standing(row.standing),
        standing_reason=row.standing_reason,
        standing_at=row.standing_at,
        decision_number=row.decision_number,
        replaced_by=ShortCode(row.replaced_by) if row.replaced_by else None,
    )


def _change(row: Row[Any]) -> StandingChange:
    return StandingChange(
        code=ShortCode(row.code),
        standing=Standing(row.standing),
        reason=row.reason,
        at=row.at,
        by=row.by,
        decision_number=row.decision_number,
        note=row.note,
        replaced_by=ShortCode(row.replaced_by) if row.replaced_by else None,
    )
