"""Durable jobs: a name and a key enqueued with the caller's rows come in, steps run once each go out.

The only file that knows the job engine, DBOS. Its tables lie in the same database as ours, so that a job
exists exactly when the rows exist that it is about.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, StepOptions, WorkflowStatus
from dbos._migration import get_sqlite_migration_versions
from sqlalchemy import URL, Connection, NullPool, create_engine, make_url

from storage.errors import DatabaseUnavailableError, JobAbandonedError

_APPLICATION = "chungthuc"
_VERSION = "1"
"""Fixed: a version of its own for every change of the code would leave old jobs waiting for old code."""
_MAX_RECOVERIES = 50
"""Restarts a job survives before it counts as the cause of the crashes."""
_MAX_ATTEMPTS = 20
"""Tries of a step and of recording its failure: as the waits double, the last come hours later."""
_UNFINISHED = ["ENQUEUED", "PENDING", "DELAYED"]
_GIVEN_UP = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


def job_url(url: URL) -> str:
    """The URL as the engine wants it: without a driver, with its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)


def migrate_jobs(url: str) -> None:
    """Make or renew the engine's own tables (schema `dbos` on PostgreSQL)."""
    _be_quiet()
    with _answers():
        if not _newest(url):
            DBOS.migrate(url)


def _newest(url: str) -> bool:
    """Whether a SQLite file needs nothing: the engine takes the write lock before it looks, and would wait
    for a delivery that is being loaded."""
    if not url.startswith("sqlite"):
        return False
    engine = create_engine(url, poolclass=NullPool)
    applied, latest = get_sqlite_migration_versions(engine)
    return bool(applied == latest)


def workflow_id(name: str, key: str) -> str:
    """The id under which the engine knows a job; it takes each id once and for all."""
    return f"{name}:{key}"


class JobQueue:
    """Where jobs are put for whichever engine serves this database. Connects when first needed."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._once = threading.Lock()
        self._client: DBOSClient | None = None

    def put(self, connection: Connection, name: str, key: str) -> None:
        """Enqueue in the transaction of `connection`; the same again changes nothing."""
        self._connected().enqueue_in_transaction(
            connection,
            {
                "workflow_name": name,
                "queue_name": name,
                "workflow_id": workflow_id(name, key),
                "app_version": _VERSION,
            },
            key,
        )

    def holds(self, begins: str) -> bool:
        """Whether a job whose id begins so is unfinished, as of what was committed."""
        with _answers():
            found = self._connected().list_workflows(
                workflow_id_prefix=begins, status=_UNFINISHED, limit=1, load_input=False, load_output=False
            )
        return bool(found)

    def _connected(self) -> DBOSClient:
        with self._once:
            if self._client is None:
                self._client = _client(self._url)
            return self._client

    def close(self) -> None:
        """Let go of the connections; the queue connects again when it is used again."""
        with self._once:
            if self._client is not None:
                self._client.destroy()
            self._client = None


@dataclass(frozen=True, slots=True)
class SqlJobs:
    """`verification.ports.Jobs` in the transaction of this connection."""

    connection: Connection
    queue: JobQueue

    def enqueue(self, name: str, key: str) -> None:
        self.queue.put(self.connection, name, key)

    def waits(self, name: str, begins: str) -> bool:
        return self.queue.holds(workflow_id(name, begins))


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a step is tried, and how long it waits: `wait_s`, then twice as long each time."""

    attempts: int = 5
    wait_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the worker knows it: its steps in order, each taking the key.

    A step that finished is never run again; one that was cut off by a crash is run again from its start,
    so it must bear being repeated. `retry_on` says whether an error may pass by itself. Whatever error is
    left goes to `on_failure`, which records it in our rows and must bear being repeated as well.
    """

    name: str
    steps: tuple[tuple[str, Callable[[str], None]], ...]
    retry_on: Callable[[BaseException], bool]
    on_failure: Callable[[str, Exception], None]
    at_once: int
    retries: Retries


class Engine:
    """Runs the jobs of one database, with the steps of each kept as they are done.

    The engine underneath is one for the whole process, and so is this: while one is launched another
    cannot be; after `stop` it can. `executor_id` names this process among the workers of the database and
    must be the same after every restart, for by it a worker finds what it left undone. `poll` is how many
    seconds a new job waits at most to be seen.
    """

    _turn: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, url: str, executor_id: str, *, poll: float = 0.2) -> None:
        self._url = job_url(make_url(url))
        self._executor_id = executor_id
        self._poll = poll
        self._jobs: dict[str, Job] = {}
        self._launched = False

    def register(
        self,
        name: str,
        steps: Sequence[tuple[str, Callable[[str], None]]],
        *,
        retry_on: Callable[[BaseException], bool],
        on_failure: Callable[[str, Exception], None],
        at_once: int = 2,
        retries: Retries = Retries(),
    ) -> None:
        """Say what the job of this name does. `at_once` of them run side by side in this process."""
        self._jobs[name] = Job(name, tuple(steps), retry_on, on_failure, at_once, retries)

    def launch(self) -> None:
        """Take up what was left undone, then serve until `stop`. Raises RuntimeError if another runs."""
        if not self._turn.acquire(blocking=False):
            raise RuntimeError("another engine runs in this process; stop it first")
        self._launched = True
        try:
            with _answers():
                self._launch()
        except DatabaseUnavailableError:
            self.stop(grace_s=0)
            raise

    def _launch(self) -> None:
        migrate_jobs(self._url)
        self._open_queues()
        DBOS(config=self._config())
        for job in self._jobs.values():
            DBOS.workflow(name=job.name, max_recovery_attempts=_MAX_RECOVERIES)(_workflow(job))
        DBOS.launch()

    def _open_queues(self) -> None:
        """Before the launch: a queue that comes later is first looked at a second later."""
        client = _client(self._url)
        for job in self._jobs.values():
            client.register_queue(job.name, worker_concurrency=job.at_once, polling_interval_sec=self._poll)
        client.destroy()

    def _config(self) -> DBOSConfig:
        return {
            "name": _APPLICATION,
            "system_database_url": self._url,
            "executor_id": self._executor_id,
            "application_version": _VERSION,
            "serializer": DBOSPortableJSONSerializer(),
            "enable_otlp": False,
            "log_level": "ERROR",
        }

    def stop(self, *, grace_s: int = 10) -> None:
        """Let running jobs end within `grace_s`; what is cut off is taken up at the next launch."""
        if self._launched:
            DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=grace_s)
            self._launched = False
            self._turn.release()

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until no job is waiting or running; False if some still are when the time is over."""
        end = time.monotonic() + timeout_s
        while _jobs_that_are(_UNFINISHED, limit=1):
            if time.monotonic() > end:
                return False
            time.sleep(min(self._poll, 0.05))
        return True

    def report_abandoned(self) -> tuple[str, ...]:
        """Tell `on_failure` of every job that was put aside; their ids, `name:key`.

        The worker calls this from time to time: no job may end without a trace in our rows.
        """
        left = _jobs_that_are(_GIVEN_UP)
        for status in left:
            job = self._jobs.get(status.name)
            if job is not None:
                job.on_failure(status.workflow_id.removeprefix(f"{job.name}:"), JobAbandonedError())
        return tuple(status.workflow_id for status in left)


def _jobs_that_are(states: list[str], *, limit: int | None = None) -> list[WorkflowStatus]:
    with _answers():
        return DBOS.list_workflows(status=states, limit=limit, load_input=False, load_output=False)


def _workflow(job: Job) -> Callable[[str], None]:
    def run(key: str) -> None:
        for name, step in job.steps:
            if not DBOS.run_step(_options(name, job.retries), _attempt, job, step, key):
                return

    return run


def _options(name: str, retries: Retries) -> StepOptions:
    return {
        "name": name,
        "retries_allowed": True,
        "interval_seconds": retries.wait_s,
        "max_attempts": _MAX_ATTEMPTS,
        "backoff_rate": 2.0,
    }


def _attempt(job: Job, step: Callable[[str], None], key: str) -> bool:
    """Run a step once: True when it is done, False when it failed for good and that is recorded.

    Only an error that is to be tried again leaves: the engine would keep any other as a pickle and call
    the job finished. An error in recording a failure leaves as well, so that it is tried until it works.
    """
    try:
        step(key)
    except Exception as error:  # a step may meet any library, and no failure may be left silently
        if job.retry_on(error) and _attempts_so_far() < job.retries.attempts:
            raise
        job.on_failure(key, error)
        return False
    return True


def _attempts_so_far() -> int:
    status = DBOS.step_status
    return (status.current_attempt or 0) + 1 if status else 1


@contextmanager
def _answers() -> Iterator[None]:
    """Whatever the engine meets when it cannot work on its tables comes out as DatabaseUnavailableError."""
    try:
        yield
    except DatabaseUnavailableError:
        raise
    except Exception as failed:
        # It lets the database's errors through as they come, and has a dozen of its own.
        raise DatabaseUnavailableError from failed


def _client(url: str) -> DBOSClient:
    """Something to talk to the engine's tables with; it connects when first used."""
    _be_quiet()
    return DBOSClient(
        system_database_url=url,
        serializer=DBOSPortableJSONSerializer(),
        application_name=_APPLICATION,
        lazy=True,
    )


def _be_quiet() -> None:
    """Keep the engine from writing to the console: what it has to say goes where our logs go."""
    log = logging.getLogger("dbos")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    log.setLevel(logging.ERROR)
