"""The contract of `AccessLog` on memory, SQLite and PostgreSQL, and what SQLite's own file promises."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from storage.database import SqlDatabase, open_database
from storage.errors import DatabaseUnavailableError
from tests.storage.builders import NOW, POPULATION, later, record
from verification.ports import Database
from verification.source import LookUp, SourceName

FIRST = LookUp(NOW, "thu", "H26-1", "2.000815", POPULATION, "number", ("a", "b"), ("full_name",))
SECOND = replace(FIRST, at=later(hours=1), officer="service", dossier="H26-2", record_ids=("a",))
NOTHING = replace(FIRST, at=later(hours=2), record_ids=(), fields=())
ELSEWHERE = replace(FIRST, at=later(hours=3), source=SourceName("civil_status"), dossier="H26-2")


@pytest.fixture
def logged(database: Database) -> Database:
    database.access_log.add((FIRST, SECOND, NOTHING, ELSEWHERE))
    return database


def test_whoever_was_shown_a_record_is_known_newest_first(logged: Database) -> None:
    assert logged.access_log.about(POPULATION, "a") == (SECOND, FIRST)
    assert logged.access_log.about(POPULATION, "b") == (FIRST,)
    assert logged.access_log.about(POPULATION, "c") == ()


def test_a_record_of_the_same_id_in_another_source_is_another(logged: Database) -> None:
    assert logged.access_log.about(SourceName("civil_status"), "a") == (ELSEWHERE,)


def test_what_was_asked_for_a_dossier_is_known_found_or_not(logged: Database) -> None:
    assert logged.access_log.of_dossier("H26-1") == (NOTHING, FIRST)
    assert logged.access_log.of_dossier("H26-3") == ()


def test_what_somebody_asked_is_known_as_far_back_as_wished(logged: Database) -> None:
    assert logged.access_log.of_officer("thu") == (ELSEWHERE, NOTHING, FIRST)
    assert logged.access_log.of_officer("thu", limit=2) == (ELSEWHERE, NOTHING)


def test_of_two_at_one_moment_the_later_line_comes_first(database: Database) -> None:
    database.access_log.add((FIRST, replace(FIRST, key="name_and_birth_date")))
    assert [line.key for line in database.access_log.about(POPULATION, "a")] == [
        "name_and_birth_date",
        "number",
    ]


def test_what_is_older_than_a_moment_is_forgotten(logged: Database) -> None:
    assert logged.access_log.forget_before(SECOND.at) == 1
    assert logged.access_log.about(POPULATION, "a") == (SECOND,)
    assert logged.access_log.about(POPULATION, "b") == ()
    assert logged.access_log.forget_before(SECOND.at) == 0


def test_a_look_up_stays_known_when_the_work_it_was_for_is_taken_back(database: Database) -> None:
    with suppress(ZeroDivisionError), database.transaction():
        database.access_log.add((FIRST,))
        raise ZeroDivisionError
    assert database.access_log.about(POPULATION, "a") == (FIRST,)


def test_a_look_up_goes_on_while_a_delivery_is_being_loaded(database: Database) -> None:
    with database.transaction() as work:
        work.sources.load(POPULATION, [record("a")], as_of=NOW)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(look_up, database).result(timeout=5) == (FIRST,)


def look_up(database: Database) -> tuple[LookUp, ...]:
    with database.reading() as work:
        assert work.sources.by_number(POPULATION, "001157012345") == ()
    database.access_log.add((FIRST,))
    return database.access_log.about(POPULATION, "a")


def test_a_service_starts_while_a_delivery_is_being_loaded(sql: SqlDatabase) -> None:
    with sql.transaction() as work, ThreadPoolExecutor(1) as pool:
        work.sources.load(POPULATION, [record("a")], as_of=NOW)
        pool.submit(sql.migrate).result(timeout=5)


# -- the file of its own ------------------------------------------------------------------------------


def log_file(sqlite_url: str) -> Path:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    return file.with_name(f"{file.stem}-look-ups{file.suffix}")


def lines_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM look_up").fetchone()[0])


def test_on_sqlite_the_log_lies_beside_the_database(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    database.access_log.add((FIRST,))
    database.close()
    assert lines_in(log_file(sqlite_url)) == 1
    assert lines_in(Path(sqlite_url.removeprefix("sqlite:///"))) == 0


def test_what_cannot_be_logged_is_said(sqlite_url: str) -> None:
    log_file(sqlite_url).unlink()
    database = open_database(sqlite_url)
    with pytest.raises(DatabaseUnavailableError):
        database.access_log.add((FIRST,))
    database.close()


@pytest.mark.parametrize("already", [0, 1, 2])
def test_what_an_older_version_kept_in_the_database_is_carried_over_once(
    sqlite_url: str, already: int
) -> None:
    old_log(sqlite_url, FIRST, SECOND)
    database = open_database(sqlite_url)
    database.access_log.add((FIRST, SECOND)[:already])
    for _ in range(2):
        database.migrate()
    assert database.access_log.about(POPULATION, "a") == (SECOND, FIRST)
    database.close()
    assert lines_in(log_file(sqlite_url)) == 2
    assert lines_in(Path(sqlite_url.removeprefix("sqlite:///"))) == 0


def old_log(sqlite_url: str, *look_ups: LookUp) -> None:
    """Lines as an older version wrote them: in the database itself."""
    database = open_database(sqlite_url)
    database.access_log.add(look_ups)
    database.close()
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("ATTACH ? AS beside", (str(log_file(sqlite_url)),))
        for table in ("look_up", "look_up_record"):
            connection.execute(f"INSERT INTO {table} SELECT * FROM beside.{table}")
        for table in ("look_up_record", "look_up"):
            connection.execute(f"DELETE FROM beside.{table}")


def test_a_question_to_a_platform_is_kept_with_its_code_and_what_came_of_it(database: Database) -> None:
    asked = replace(FIRST, record_ids=(), fields=(), request_code="H26-abc", answer="asked")
    found = replace(FIRST, at=later(hours=1), request_code="H26-abc", answer="found")
    for line in (asked, found):
        database.access_log.add((line,))
    assert database.access_log.of_dossier(FIRST.dossier) == (found, asked)
