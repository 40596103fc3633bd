"""Jobs on the durable engine: none without its rows, none twice, none silently lost."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from storage.database import SqlDatabase
from storage.errors import DatabaseUnavailableError, JobAbandonedError
from storage.jobs import Engine, Retries
from storage.memory import MemoryDatabase

QUICK = Retries(attempts=3, wait_s=0.01)
Step = Callable[[str], None]


class BusyError(Exception):
    """An error that passes by itself."""


class Journal:
    """What steps and failures were called with, in order."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def step(self, name: str) -> tuple[str, Step]:
        return name, lambda key: self.lines.append(f"{name} {key}")

    def failing(self, name: str, *errors: Exception) -> tuple[str, Step]:
        """A step that raises these, one a call, before it succeeds."""
        left = list(errors)

        def run(key: str) -> None:
            self.lines.append(f"{name} {key}")
            if left:
                raise left.pop(0)

        return name, run

    def failed(self, key: str, error: Exception) -> None:
        self.lines.append(f"failed {key} {type(error).__name__}")


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    served = Engine(url, "worker-1", poll=0.05)
    yield served
    served.stop(grace_s=0)


def register(engine: Engine, journal: Journal, *steps: tuple[str, Step], name: str = "issue") -> None:
    engine.register(
        name,
        steps,
        retry_on=lambda error: isinstance(error, BusyError),
        on_failure=journal.failed,
        retries=QUICK,
    )


def enqueue(database: SqlDatabase, *keys: str, name: str = "issue") -> None:
    with database.transaction() as work:
        for key in keys:
            work.jobs.enqueue(name, key)


def test_steps_run_in_order_and_once(sql: SqlDatabase, engine: Engine, journal: Journal) -> None:
    register(engine, journal, journal.step("sign"), journal.step("keep"))
    enqueue(sql, "s1.1")
    engine.launch()
    enqueue(sql, "s1.1")
    assert engine.wait_idle(20)
    enqueue(sql, "s1.1")
    assert engine.wait_idle(20)
    assert journal.lines == ["sign s1.1", "keep s1.1"]


def test_without_its_rows_there_is_no_job(sql: SqlDatabase, engine: Engine, journal: Journal) -> None:
    register(engine, journal, journal.step("sign"))
    engine.launch()
    with suppress(ZeroDivisionError), sql.transaction() as work:
        work.jobs.enqueue("issue", "rolled back")
        raise ZeroDivisionError
    enqueue(sql, "committed")
    assert engine.wait_idle(20)
    assert journal.lines == ["sign committed"]


def test_an_error_that_passes_is_tried_again_from_its_step(
    sql: SqlDatabase, engine: Engine, journal: Journal
) -> None:
    register(engine, journal, journal.step("sign"), journal.failing("keep", BusyError(), BusyError()))
    engine.launch()
    enqueue(sql, "s1.1")
    assert engine.wait_idle(20)
    assert journal.lines == ["sign s1.1", "keep s1.1", "keep s1.1", "keep s1.1"]


def test_an_error_that_goes_on_is_recorded_in_the_end(
    sql: SqlDatabase, engine: Engine, journal: Journal
) -> None:
    register(engine, journal, journal.failing("sign", *[BusyError()] * 9), journal.step("keep"))
    engine.launch()
    enqueue(sql, "s1.1")
    assert engine.wait_idle(20)
    assert journal.lines == ["sign s1.1"] * 3 + ["failed s1.1 BusyError"]


def test_an_error_that_does_not_pass_is_recorded_at_once(
    sql: SqlDatabase, engine: Engine, journal: Journal
) -> None:
    register(engine, journal, journal.failing("sign", KeyError("x")), journal.step("keep"))
    engine.launch()
    enqueue(sql, "s1.1")
    assert engine.wait_idle(20)
    assert journal.lines == ["sign s1.1", "failed s1.1 KeyError"]


def test_recording_a_failure_is_tried_until_it_works(
    sql: SqlDatabase, engine: Engine, journal: Journal
) -> None:
    name, refuse_once = journal.failing("record", BusyError())
    steps = [journal.failing("sign", KeyError("x"), KeyError("x"))]
    engine.register(
        "issue", steps, retry_on=lambda _: False, on_failure=lambda key, _: refuse_once(key), retries=QUICK
    )
    engine.launch()
    enqueue(sql, "s1.1")
    assert engine.wait_idle(20)
    assert journal.lines == ["sign s1.1", f"{name} s1.1"] * 2


def test_jobs_of_one_name_do_not_wait_for_those_of_another(
    sql: SqlDatabase, engine: Engine, journal: Journal
) -> None:
    read_may_end = threading.Event()
    register(engine, journal, ("read", lambda _: wait_for(read_may_end)), name="process")
    register(engine, journal, ("sign", lambda _: read_may_end.set()))
    engine.launch()
    enqueue(sql, "a", "b", "c", name="process")
    enqueue(sql, "s1.1")
    assert engine.wait_idle(20)
    assert journal.lines == []


def wait_for(event: threading.Event) -> None:
    if not event.wait(10):
        raise TimeoutError


def test_waiting_ends_when_the_time_is_over(sql: SqlDatabase, engine: Engine, journal: Journal) -> None:
    may_end = threading.Event()
    register(engine, journal, ("read", lambda _: wait_for(may_end)))
    engine.launch()
    enqueue(sql, "s1.1")
    assert not engine.wait_idle(0.2)
    may_end.set()
    assert engine.wait_idle(20)


def test_there_is_one_engine_a_process_at_a_time(
    url: str, sql: SqlDatabase, engine: Engine, journal: Journal
) -> None:
    register(engine, journal, journal.step("sign"))
    engine.launch()
    second = Engine(url, "worker-2", poll=0.05)
    with pytest.raises(RuntimeError, match="another engine"):
        second.launch()
    engine.stop(grace_s=0)
    register(second, journal, journal.step("sign again"))
    second.launch()
    enqueue(sql, "s1.1")
    assert second.wait_idle(20)
    second.stop(grace_s=0)
    assert journal.lines == ["sign again s1.1"]


def test_an_engine_that_cannot_start_leaves_room_for_another(engine: Engine, tmp_path: Path) -> None:
    nowhere = Engine(f"sqlite:///{tmp_path / 'no' / 'such' / 'file'}", "worker-1")
    with pytest.raises(DatabaseUnavailableError):
        nowhere.launch()
    engine.launch()


def test_a_job_put_aside_by_the_engine_is_told(sql: SqlDatabase, engine: Engine, journal: Journal) -> None:
    register(engine, journal, journal.step("sign"))
    enqueue(sql, "s1.1")
    with sql.transaction() as work:
        schema = "" if work.connection.dialect.name == "sqlite" else "dbos."
        put_aside = f"UPDATE {schema}workflow_status SET status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'"
        work.connection.exec_driver_sql(put_aside)
    engine.launch()
    assert engine.report_abandoned() == ("issue:s1.1",)
    assert journal.lines == [f"failed s1.1 {JobAbandonedError.__name__}"]


def test_the_engine_writes_nothing_to_the_console(
    sql: SqlDatabase, engine: Engine, journal: Journal, capfd: pytest.CaptureFixture[str]
) -> None:
    register(engine, journal, journal.failing("sign", *[BusyError()] * 9))
    engine.launch()
    enqueue(sql, "s1.1")
    assert engine.wait_idle(20)
    engine.stop(grace_s=0)
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger().level == logging.WARNING


def test_jobs_in_memory_run_by_hand_with_what_they_enqueue() -> None:
    database = MemoryDatabase()
    lines: list[str] = []

    def read(key: str) -> None:
        lines.append(f"read {key}")
        with database.transaction() as work:
            work.jobs.enqueue("issue", key)

    with database.transaction() as work:
        work.jobs.enqueue("process", "s1")
    assert database.waiting() == (("process", "s1"),)
    assert database.drain({"process": read, "issue": lambda key: lines.append(f"issue {key}")}) == 2
    with database.transaction() as work:
        work.jobs.enqueue("process", "s1")
    assert database.drain({}) == 0
    assert lines == ["read s1", "issue s1"]
