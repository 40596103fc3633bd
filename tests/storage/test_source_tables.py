"""What a source's first delivery makes: tables filled at once, found by index, carried over, all or none."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

import storage
from storage.database import SqlDatabase, open_database
from storage.deliveries import Winners
from storage.dialects import engine_for
from storage.errors import ValueNotStorableError
from storage.first_load import fill
from storage.seen import Seen
from storage.source_rows import SourceRows
from storage.source_tables import tables_of
from tests.storage.builders import NOW, POPULATION, later, record
from verification.source import CONFLICTING, Change, IncomingRecord, RecordValue, SourceName, SubjectKey

CIVIL_STATUS = SourceName("civil_status")
KILLED = "tests.storage.loading_process"


def many(count: int, **said: str) -> Iterator[IncomingRecord]:
    return (record(f"r{number}", **said) for number in range(count))  # type: ignore[arg-type]


# -- the first delivery --------------------------------------------------------------------------


def test_an_id_that_is_new_may_be_doubted_but_one_that_came_before_never() -> None:
    seen = Seen()
    ids = [f"{number:012d}" for number in range(20_000)]
    assert sum(seen.before(record_id) for record_id in ids) < 20
    assert all(seen.before(record_id) for record_id in ids)


def test_a_first_delivery_may_name_records_twice(sql: SqlDatabase) -> None:
    twice = [*many(1200), *(replace(row, line=7) for row in many(2, name="Mậu"))]
    with sql.transaction() as work:
        taken = work.sources.load(POPULATION, [*twice, record("r9", updated_at=later(hours=1))], as_of=NOW)
        assert taken.snapshot.records == 1200
        assert [taken.tally.counts[c] for c in (Change.NEW, Change.CHANGED, Change.CONFLICTING)] == [
            1200,
            1,
            2,
        ]
        assert taken.tally.conflicts == (7, 7)
        conflicting = work.sources.record(POPULATION, "r1")
        assert conflicting is not None
        assert conflicting.status == CONFLICTING


def test_a_first_delivery_that_names_everything_twice_is_not_held(sql: SqlDatabase) -> None:
    with sql.transaction() as work:
        kept = SourceRows(work.connection, POPULATION, tables_of(work.connection, POPULATION))
        kept.tables.make(work.connection)
        rows = iter([*many(1000), *many(1000), *many(1000)])
        grown, remaining = fill(kept, rows, Winners(), most_waiting=500)
        assert grown == 1000
        assert sum(1 for _ in remaining) == 2000


def test_a_source_whose_tables_were_left_behind_begins_anew(sql: SqlDatabase) -> None:
    with sql.transaction() as work:
        work.sources.load(POPULATION, [record("old")], as_of=NOW)
        work.connection.execute(text("DELETE FROM source"))
    with sql.transaction() as work:
        work.sources.load(POPULATION, [record("a")], as_of=NOW)
        assert [r.record_id for r in work.sources.by_number(POPULATION, "001157012345")] == ["a"]


def test_whatever_stands_in_a_record_is_kept_as_it_is(sql: SqlDatabase) -> None:
    odd = 'a\\b\\N "quoted" \t tab, {brace}, \r\n line, "\u0111\u1ea5t", \\.'
    row = record("a\\tb")
    values = {"full_name": RecordValue(odd), odd: RecordValue("", "001", None)}
    row = replace(
        row, record=replace(row.record, values=values, status=odd), keys=(SubjectKey(odd, odd, odd),)
    )
    again = replace(row, updated_at=later(hours=1))
    with sql.transaction() as work:
        for each in (row, again):
            work.sources.load(POPULATION, [each], as_of=NOW)
            assert work.sources.by_number(POPULATION, odd) == (row.record,)
            assert work.sources.by_name_and_birth(POPULATION, odd, odd) == (row.record,)


def test_what_postgres_cannot_keep_is_refused(postgres_url: str) -> None:
    database = open_database(postgres_url)
    row = record("a")
    with pytest.raises(ValueNotStorableError), database.transaction() as work:
        work.sources.load(POPULATION, [replace(row, record=replace(row.record, status="\0"))], as_of=NOW)
    database.close()


# -- all or none ---------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [True, False])
def test_a_load_that_is_killed_leaves_nothing(url: str, sql: SqlDatabase, *, first: bool) -> None:
    if not first:
        with sql.transaction() as work:
            work.sources.load(POPULATION, [record("before")], as_of=NOW)
    killed = subprocess.run([sys.executable, "-m", KILLED, url], cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == -signal.SIGKILL
    with sql.transaction() as work:
        found = work.sources.by_number(POPULATION, "001157012345")
        assert [r.record_id for r in found] == ([] if first else ["before"])
        assert work.sources.load(POPULATION, many(3), as_of=NOW).tally.counts[Change.NEW] == 3


@pytest.mark.parametrize("loaded_before", [True, False])
def test_look_ups_go_on_while_a_load_runs(sql: SqlDatabase, *, loaded_before: bool) -> None:
    def look_up() -> int:
        with sql.reading() as work:
            known = work.sources.by_number(CIVIL_STATUS, "001157012345")
            return len(known) + len(work.sources.by_number(POPULATION, "001157012345"))

    with sql.transaction() as work:
        work.sources.load(CIVIL_STATUS, [record("a")], as_of=NOW)
        if loaded_before:
            work.sources.load(POPULATION, [record("a")], as_of=NOW)
    with ThreadPoolExecutor(1) as other, sql.transaction() as work:
        work.sources.load(POPULATION, many(50), as_of=NOW)
        assert other.submit(look_up).result(timeout=10) == (2 if loaded_before else 1)


# -- where things are kept -----------------------------------------------------------------------


def test_look_ups_go_by_an_index(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with database.transaction() as work:
        work.sources.load(POPULATION, [record("a")], as_of=NOW)
    database.close()
    asked = {
        "number = '1'": "ix_source_key_population_number",
        "birth_date = '1' AND name_key = 'a'": "ix_source_key_population_birth_date_name_key",
    }
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        for where, index in asked.items():
            question = f"EXPLAIN QUERY PLAN SELECT record FROM source_key_population WHERE {where}"
            assert index in str(connection.execute(question).fetchall())
    connection.close()


def test_of_a_removed_record_only_that_remains(sql: SqlDatabase) -> None:
    with sql.transaction() as work:
        work.sources.load(POPULATION, [record("a"), record("b")], as_of=NOW)
        gone = record("a", updated_at=later(hours=1), deleted=True)
        work.sources.load(POPULATION, [gone], as_of=NOW)
        work.sources.load(POPULATION, [], as_of=later(hours=1), full=True)
        kept = work.connection.execute(text('SELECT "values" FROM source_record_population')).scalars()
        assert list(kept) == ["{}", "{}"]
        keys = work.connection.execute(text("SELECT count(*) FROM source_key_population"))
        assert keys.scalar_one() == 0


_BEFORE = (
    "INSERT INTO source VALUES ('population', 3, '{at}', 1), ('never', 0, '{at}', 0)",
    "INSERT INTO source_record VALUES ('population', 'a', 'active', '{values}', '{at}', {false})",
    "INSERT INTO source_record VALUES ('population', 'gone', 'active', '{{}}', '{at}', {true})",
    "INSERT INTO source_key (source, record_id, number, birth_date, name_key) VALUES "
    "('population', 'a', '1', '1957-03-02', 'mau'), ('population', 'a', '2', '1957-03-02', 'mau')",
)


def test_what_an_older_version_kept_is_carried_over(older_url: str) -> None:
    engine = engine_for(older_url)
    sqlite = engine.dialect.name == "sqlite"
    values = '{"full_name":{"text":"Mẫu","commune_code":null,"province_code":null}}'
    with engine.begin() as connection:
        for statement in _BEFORE:
            filled = statement.format(
                at="2026-11-24 02:30:00.123456" + ("" if sqlite else "+00"),
                values=values,
                **({"false": 0, "true": 1} if sqlite else {"false": "false", "true": "true"}),
            )
            connection.exec_driver_sql(filled)
    engine.dispose()
    database = open_database(older_url)
    database.migrate()
    with database.transaction() as work:
        (found,) = work.sources.by_number(POPULATION, "2")
        assert (found.record_id, found.values["full_name"].text) == ("a", "Mẫu")
        assert work.sources.by_name_and_birth(POPULATION, "mau", "1957-03-02") == (found,)
        assert work.sources.load(POPULATION, [record("gone")], as_of=NOW).tally.counts[Change.OLDER] == 1
        assert work.sources.load(POPULATION, [record("b")], as_of=NOW).snapshot.sequence == 5
    database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def older_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database as version 0002 of the schema left it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'older.sqlite'}"
        _migrated(url)
        yield url
        return
    with _another_database(request.getfixturevalue("postgres_server")) as url:
        _migrated(url)
        yield url


def _migrated(url: str) -> None:
    engine, config = engine_for(url), Config()
    config.set_main_option("script_location", str(Path(storage.__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    engine.dispose()


@contextmanager
def _another_database(server: str) -> Iterator[str]:
    with psycopg.connect(server, autocommit=True) as admin:
        with suppress(psycopg.errors.InvalidCatalogName):
            admin.execute("DROP DATABASE older")
        admin.execute("CREATE DATABASE older")
        yield server.rpartition("/")[0] + "/older"
        admin.execute("DROP DATABASE older WITH (FORCE)")
