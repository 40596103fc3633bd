"""Durable jobs: a name and a key enqueued with the caller's rows come in, steps run once each go out.

The only file that knows the job engine, DBOS. Its tables lie in the same database as ours, so that a job
exists exactly when the rows exist that it is about.
"""

import logging
import threading
from dataclasses import dataclass

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer
from sqlalchemy import URL, Connection

_VERSION = "1"
"""Fixed: a version of its own for every change of the code would leave old jobs waiting for old code."""
_MAX_RECOVERIES = 50
"""Restarts a job survives before it counts as the cause of the crashes."""
_UNFINISHED = ["ENQUEUED", "PENDING", "DELAYED"]
_GIVEN_UP = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


def job_url(url: URL) -> str:
    """The URL as the engine wants it: without a driver, with its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)


def migrate_jobs(url: str) -> None:
    """Make or renew the engine's own tables (schema `dbos` on PostgreSQL)."""
    _be_quiet()
    DBOS.migrate(url)


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

    def _connected(self) -> DBOSClient:
        with self._once:
            if self._client is None:
                _be_quiet()
                self._client = DBOSClient(
                    system_database_url=self._url, serializer=DBOSPortableJSONSerializer(), lazy=True
                )
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


def _be_quiet() -> None:
    """Keep the engine from writing to the console: what it has to say goes where our logs go."""
    log = logging.getLogger("dbos")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    log.setLevel(logging.ERROR)
