"""Who looked into the records, as rows: `verification.record_ports.AccessLog` over an engine of its own.

On SQLite the log lies in a file beside the database: a delivery that is being loaded holds the database's
one writer's lock for minutes, and no look-up may wait for it or go unlogged. On PostgreSQL it lies in the
same database and is written by a connection of its own.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, select

from storage import tables
from storage.dialects import engine_for, for_reading
from storage.moments import utc
from verification.source import LookUp, SourceName

_log = tables.look_up
_shown = tables.look_up_record
_NEWEST_FIRST = _log.c.at.desc(), _log.c.id.desc()


@dataclass(frozen=True, slots=True)
class SqlAccessLog:
    """`verification.record_ports.AccessLog`; every call is a transaction by itself."""

    engine: Engine

    def add(self, look_ups: Iterable[LookUp]) -> None:
        rows = tuple(look_ups)
        if not rows:
            return
        with self.engine.begin() as connection:
            for row in rows:
                _insert(connection, row)

    def about(self, source: SourceName, record_id: str) -> tuple[LookUp, ...]:
        shown = select(_shown.c.look_up_id).where(_shown.c.record_id == record_id)
        return self._where(_log.c.source == source, _log.c.id.in_(shown))

    def of_dossier(self, dossier: str) -> tuple[LookUp, ...]:
        return self._where(_log.c.dossier == dossier)

    def of_officer(self, officer: str, *, limit: int = 1000) -> tuple[LookUp, ...]:
        return self._where(_log.c.officer == officer, limit=limit)

    def _where(self, *asked: ColumnElement[bool], limit: int | None = None) -> tuple[LookUp, ...]:
        with self._reading() as connection:
            rows = connection.execute(select(_log).where(*asked).order_by(*_NEWEST_FIRST).limit(limit))
            return tuple(_look_up(row) for row in rows)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            reader = for_reading(connection)
            with reader.begin():
                yield reader

    def forget_before(self, moment: datetime) -> int:
        old = _log.c.at < utc(moment)
        with self.engine.begin() as connection:
            ids = select(_log.c.id).where(old)
            connection.execute(delete(_shown).where(_shown.c.look_up_id.in_(ids)))
            return connection.execute(delete(_log).where(old)).rowcount

    def holds_any(self) -> bool:
        """Whether there is a line at all."""
        with self._reading() as connection:
            return connection.execute(select(_log.c.id).limit(1)).first() is not None

    def known(self, look_up: LookUp) -> bool:
        """Whether this very line is there already."""
        same = _log.c.at == look_up.at, _log.c.key == look_up.key, _log.c.officer == look_up.officer
        return look_up in self._where(*same)


def access_log_beside(engine: Engine) -> SqlAccessLog:
    """The log of the database of this engine."""
    if engine.dialect.name != "sqlite":
        return SqlAccessLog(engine)
    file = Path(engine.url.database or "")
    beside = file.with_name(f"{file.stem}-look-ups{file.suffix}")
    return SqlAccessLog(engine_for(engine.url.set(database=str(beside)).render_as_string()))


def prepare_access_log(log: SqlAccessLog, main: Engine) -> None:
    """Make the file where there is none, and carry over what an older version kept in the database.

    Under the database's write lock, so that several processes may try at once. A line is written before it
    is removed, and one already written is known again: a crash between loses and doubles nothing.
    """
    if log.engine is main:
        return
    tables.metadata.create_all(log.engine, tables=[_log, _shown])
    if not SqlAccessLog(main).holds_any():
        return
    with main.begin() as connection:
        kept = [_look_up(row) for row in connection.execute(select(_log).order_by(_log.c.id))]
        if kept:
            log.add(look_up for look_up in kept if not log.known(look_up))
            connection.execute(delete(_shown))
            connection.execute(delete(_log))


def _insert(connection: Connection, look_up: LookUp) -> None:
    logged = connection.execute(_log.insert().values(**_row(look_up)).returning(_log.c.id)).one()
    shown = [{"look_up_id": logged.id, "record_id": record} for record in sorted(set(look_up.record_ids))]
    if shown:
        connection.execute(_shown.insert(), shown)


def _row(look_up: LookUp) -> dict[str, Any]:
    return {
        "at": look_up.at,
        "officer": look_up.officer,
        "dossier": look_up.dossier,
        "purpose": look_up.purpose,
        "source": look_up.source,
        "key": look_up.key,
        "record_ids": look_up.record_ids,
        "fields": look_up.fields,
        "request_code": look_up.request_code,
        "answer": look_up.answer,
    }


def _look_up(row: Row[Any]) -> LookUp:
    return LookUp(
        at=row.at,
        officer=row.officer,
        dossier=row.dossier,
        purpose=row.purpose,
        source=SourceName(row.source),
        key=row.key,
        record_ids=row.record_ids,
        fields=row.fields,
        request_code=row.request_code,
        answer=row.answer,
    )
