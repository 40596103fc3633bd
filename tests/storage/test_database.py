"""What only a real database can get wrong: several writers at once, another engine's words, large loads."""

import subprocess
import sys
import threading
import traceback
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage.database import SqlDatabase, open_database
from storage.dialects import engine_for
from storage.errors import DatabaseUnavailableError, ValueNotStorableError
from storage.tables import metadata
from tests.storage import hold_numbers
from tests.storage.builders import COPIES, LINE, NOW, POPULATION, record, submission
from tests.storage.servers import free_ports
from verification.audit import AuditEntry, first_broken
from verification.errors import StaleError
from verification.register import faults
from verification.source import IncomingRecord
from verification.submission import PaperId

CALLERS, EACH, KEPT = 4, 25, 80


def check_book_and_chain(database: SqlDatabase) -> None:
    with database.transaction() as work:
        entries, chain = work.register.entries(COPIES, 2026), work.audit.all()
        assert [entry.number for entry in entries] == list(range(1, KEPT + 1))
        assert faults(entries, work.register.books()) == ()
        assert first_broken(chain) is None
        assert sorted(e.subject for e in chain) == sorted(entry.id for entry in entries)


def test_threads_never_share_or_lose_a_number(url: str, sql: SqlDatabase) -> None:
    with ThreadPoolExecutor(CALLERS) as pool:
        for done in [pool.submit(hold_numbers.hold, url, f"t{n}", EACH) for n in range(CALLERS)]:
            done.result()
    check_book_and_chain(sql)


def test_processes_never_share_or_lose_a_number(url: str, sql: SqlDatabase) -> None:
    program = [sys.executable, "-m", "tests.storage.hold_numbers", url]
    started = [subprocess.Popen([*program, f"p{n}", str(EACH)]) for n in range(CALLERS)]
    assert [process.wait() for process in started] == [0] * CALLERS
    check_book_and_chain(sql)


def test_of_two_who_hold_a_line_for_one_paper_at_once_one_is_refused(sql: SqlDatabase) -> None:
    together = threading.Barrier(2)

    def hold() -> bool:
        together.wait()
        try:
            with sql.transaction() as work:
                work.register.hold(PaperId("s1.1"), COPIES, LINE, at=NOW)
        except StaleError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted([f.result() for f in (pool.submit(hold), pool.submit(hold))]) == [False, True]
    with sql.transaction() as work:
        assert [entry.number for entry in work.register.entries(COPIES, 2026)] == [1]


def test_a_reader_does_not_wait_for_a_writer(sql: SqlDatabase) -> None:
    with sql.transaction() as writer:
        writer.submissions.add(submission())
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(known, sql).result(timeout=5) is False
    assert known(sql) is True


def known(database: SqlDatabase) -> bool:
    with database.reading() as work:
        return work.submissions.by_code(submission().code) is not None


def test_a_reader_sees_one_state_throughout(sql: SqlDatabase) -> None:
    with sql.reading() as work, ThreadPoolExecutor(1) as pool:
        assert work.sources.snapshot(POPULATION) is None
        pool.submit(load_one, sql).result(timeout=5)
        assert work.sources.by_number(POPULATION, "001157012345") == ()
    with sql.reading() as work:
        assert len(work.sources.by_number(POPULATION, "001157012345")) == 1


def load_one(database: SqlDatabase) -> None:
    with database.transaction() as work:
        work.sources.load(POPULATION, [record("a")], as_of=NOW)


def test_a_reader_cannot_write(sql: SqlDatabase) -> None:
    with pytest.raises(DatabaseUnavailableError), sql.reading() as work:
        work.submissions.add(submission())


def test_the_migration_makes_what_the_tables_say(url: str) -> None:
    engine = engine_for(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables},
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_migrating_again_and_at_once_changes_nothing(url: str, sql: SqlDatabase) -> None:
    with sql.transaction() as work:
        work.submissions.add(submission())
    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(sql.migrate) for _ in range(3)]:
            done.result()
    assert known(sql)


def test_an_empty_file_can_be_migrated_by_several_at_once(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(database.migrate) for _ in range(3)]:
            done.result()
    assert not known(database)
    database.close()


def test_sqlite_writes_ahead_and_waits_for_the_disk(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    engine.dispose()
    assert found == ["wal", 2, 1, 30_000]


def test_a_database_that_was_never_migrated_says_so(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with pytest.raises(DatabaseUnavailableError), database.transaction() as work:
        work.audit.all()
    database.close()


def test_a_server_that_is_not_there_says_so() -> None:
    (port,) = free_ports(1)
    database = open_database(f"postgresql://nobody@127.0.0.1:{port}/nothing")
    with pytest.raises(DatabaseUnavailableError) as refused, database.transaction():
        pass
    database.close()
    assert refused.value.message_en.startswith("The database does not answer")


def test_an_error_never_shows_what_was_to_be_kept(sql: SqlDatabase) -> None:
    with sql.transaction() as work:
        work.submissions.add(submission())
    with pytest.raises(StaleError) as refused, sql.transaction() as work:
        work.submissions.add(submission())
    assert "Mẫu" not in "".join(traceback.format_exception(refused.value))


def test_a_character_postgresql_cannot_keep_is_named(postgres_url: str) -> None:
    database = open_database(postgres_url)
    entry = AuditEntry(NOW, "thu", "decided", "s1.1\x00")
    with pytest.raises(ValueNotStorableError), database.transaction() as work:
        work.audit.add(entry)
    database.close()


def many(count: int) -> Iterator[IncomingRecord]:
    for number in range(count):
        yield record(f"r{number:07d}", name=f"Nguyễn Thị Mẫu {number}")


def test_a_large_delivery_is_never_held_whole(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    tracemalloc.start()
    with database.transaction() as work:
        assert work.sources.load(POPULATION, many(10_000), as_of=NOW).snapshot.records == 10_000
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    database.close()
    assert peak_bytes < 40_000_000
