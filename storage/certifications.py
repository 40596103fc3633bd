"""What was issued as rows: `verification.ports.Certifications` over a connection."""

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, union, update

from ocr.model import Digest
from storage import tables
from storage.dialects import insert
from storage.lines import as_first_issued
from verification.certification import Issued, ShortCode, Standing
from verification.errors import NotFoundError, StaleError
from verification.register import EntryId, Series
from verification.submission import PaperId

_all_issued = tables.issued
_files = tables.kept_file


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
        return self._one(_all_issued.c.digest == digest)

    def _one(self, wanted: ColumnElement[bool]) -> Issued | None:
        row = self.connection.execute(select(_all_issued).where(wanted)).one_or_none()
        return None if row is None else _issued(row)

    def by_paper(self, paper_id: PaperId) -> tuple[Issued, ...]:
        mine = select(_all_issued).where(_all_issued.c.paper_id == paper_id)
        ordered = mine.order_by(_all_issued.c.issued_at, _all_issued.c.entry_id)
        return tuple(_issued(row) for row in self.connection.execute(ordered))

    def set_standing(self, code: ShortCode, standing: Standing, *, reason: str) -> Issued:
        row = self.connection.execute(
            update(_all_issued)
            .where(_all_issued.c.code == code)
            .values(standing=standing, standing_reason=reason)
            .returning(_all_issued)
        ).one_or_none()
        if row is None:
            raise NotFoundError
        return _issued(row)

    def digests(self) -> frozenset[Digest]:
        every = union(select(_all_issued.c.digest), select(_files.c.digest))
        return frozenset(Digest(digest) for digest in self.connection.execute(every).scalars())


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
    )
