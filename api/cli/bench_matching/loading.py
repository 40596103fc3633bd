"""A file of people in; how long our load takes, and the bare database for the same rows, out."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from api.record_files import record_file
from verification.services import Services
from verification.workflow.synchronise import Delivery, Loaded, synchronise

_BATCH = 10_000
_CHUNK = 1 << 20
_TABLES = ("source_record_population", "source_key_population")


def load(services: Services, path: Path, *, as_of: datetime) -> tuple[float, Loaded]:
    """Seconds from the open file to the commit, indexes included: what `records import` does."""
    delivery = Delivery("population", as_of, "bench")
    began = time.perf_counter()
    with record_file(path) as file:
        loaded = synchronise(services, file.rows(), delivery)
    return time.perf_counter() - began, loaded


def raw_sqlite(kept: Path, folder: Path) -> float:
    """Seconds of `executemany`, CREATE INDEX and COMMIT alone, for the rows that `kept` holds."""
    watch = _Watch()
    with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(folder / "raw.db")) as bare:
        bare.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL"):
            bare.execute(f"PRAGMA {pragma}").close()
        made = "SELECT type, sql FROM sqlite_master WHERE tbl_name IN (?, ?) AND sql IS NOT NULL"
        found = source.execute(made, _TABLES).fetchall()
        with watch.running():
            bare.execute("BEGIN IMMEDIATE")
            for kind, statement in found:
                if kind == "table":
                    bare.execute(statement)
        for table in _TABLES:
            _copied(source, bare, table, watch)
        with watch.running():
            for kind, statement in found:
                if kind == "index":
                    bare.execute(statement)
            bare.execute("COMMIT")
    return watch.seconds


def _copied(source: sqlite3.Connection, bare: sqlite3.Connection, table: str, watch: "_Watch") -> None:
    rows = source.execute(f'SELECT * FROM "{table}"')  # noqa: S608 one of two names of ours
    marks = ", ".join("?" for _ in rows.description)
    while batch := rows.fetchmany(_BATCH):
        with watch.running():
            bare.executemany(f'INSERT INTO "{table}" VALUES ({marks})', batch)  # noqa: S608


def raw_postgres(url: str, folder: Path) -> float:
    """Seconds of COPY, CREATE INDEX and COMMIT alone, for the rows that the database holds."""
    watch = _Watch()
    with psycopg.connect(url) as connection:
        files = [_copied_out(connection, table, folder / table) for table in _TABLES]
        indexes = connection.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = ANY(%s)", (list(_TABLES),)
        ).fetchall()
        connection.execute("CREATE SCHEMA raw")
        connection.commit()
        with watch.running():
            for table, file in zip(_TABLES, files, strict=True):
                _copied_in(connection, table, file)
            for (statement,) in indexes:
                connection.execute(statement.replace(" ON public.", " ON raw."))
            connection.commit()
        connection.execute("DROP SCHEMA raw CASCADE")
    for file in files:
        file.unlink()
    return watch.seconds


def _copied_out(connection: "psycopg.Connection[Any]", table: str, path: Path) -> Path:
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier("public", table))
    with path.open("wb") as file, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for part in copy:
            file.write(part)
    return path


def _copied_in(connection: "psycopg.Connection[Any]", table: str, path: Path) -> None:
    bare, kept = sql.Identifier("raw", table), sql.Identifier("public", table)
    connection.execute(sql.SQL("CREATE TABLE {} (LIKE {})").format(bare, kept))
    statement = sql.SQL("COPY {} FROM STDIN (FREEZE)").format(bare)
    with path.open("rb") as file, connection.cursor() as cursor, cursor.copy(statement) as copy:
        while part := file.read(_CHUNK):
            copy.write(part)


class _Watch:
    """Adds up the seconds that the database works."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - began


def timed(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
