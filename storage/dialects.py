"""What the two databases do differently: a URL or connection comes in, an engine or a statement goes out."""

import sqlite3
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Engine,
    Table,
    any_,
    create_engine,
    event,
    literal,
    make_url,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DataError, IntegrityError

from storage.errors import DatabaseUnavailableError, ValueNotStorableError
from verification.errors import NotFoundError, StaleError

T = TypeVar("T")
Insert = sqlite.Insert | postgresql.Insert

_WAIT_MS = 30_000
"""How long a writer waits for its turn on SQLite before it is told that the database does not answer."""


def insert(connection: Connection, table: Table) -> Insert:
    """An INSERT that knows ON CONFLICT, which plain SQL does not."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def among(connection: Connection, column: ColumnElement[T], values: list[T]) -> ColumnElement[bool]:
    """Whether the column is one of a thousand values; PostgreSQL takes them as one array, not one by one."""
    if connection.dialect.name == "sqlite":
        return column.in_(values)
    return column == any_(literal(values, ARRAY(column.type)))


def for_reading(connection: Connection) -> Connection:
    """The connection, about to begin a transaction that writes nothing and sees one state throughout."""
    options: dict[str, Any] = {"reading": True}
    if connection.dialect.name == "postgresql":
        options |= {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
    return connection.execution_options(**options)


def engine_for(url: str) -> Engine:
    """An engine whose errors are ours and never show a parameter: those are people's names and numbers."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        psycopg = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(psycopg, hide_parameters=True, pool_pre_ping=True)
    event.listen(engine, "handle_error", _as_our_error)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for setting in (
        f"busy_timeout = {_WAIT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later may find, too late, that another has written: only
    # one that takes the write lock at once never has to be tried again.
    reading = bool(connection.get_execution_options().get("reading", False))
    connection.exec_driver_sql(f"PRAGMA query_only = {int(reading)}")
    connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")


def _as_our_error(context: ExceptionContext) -> None:
    if context.sqlalchemy_exception is None:
        return
    ours: Exception = DatabaseUnavailableError()
    if isinstance(context.sqlalchemy_exception, DataError):
        ours = ValueNotStorableError()
    elif isinstance(context.sqlalchemy_exception, IntegrityError):
        ours = NotFoundError() if _points_nowhere(context.original_exception) else StaleError()
    raise ours from context.sqlalchemy_exception


def _points_nowhere(error: BaseException) -> bool:
    """A foreign key that points at nothing: SQLite says so in words, PostgreSQL by SQLSTATE 23503."""
    return getattr(error, "sqlstate", None) == "23503" or "FOREIGN KEY" in str(error)
