"""Transactions on SQLite or PostgreSQL: a URL comes in, a `verification.ports.Database` goes out."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from storage.access_log import SqlAccessLog, access_log_beside, prepare_access_log
from storage.audit import SqlAuditTrail
from storage.batches import SqlBatches, SqlPendingSignatures
from storage.certifications import SqlCertifications
from storage.data_errors import SqlDataErrors
from storage.delivery_history import SqlDeliveries
from storage.demands import SqlDemands
from storage.dialects import engine_for, for_reading
from storage.drift import SqlDrift
from storage.jobs import JobQueue, SqlJobs, job_url, migrate_jobs
from storage.officers import SqlOfficers
from storage.preservations import SqlPreservations
from storage.register import SqlRegister
from storage.sources import SqlSources
from storage.submissions import SqlSubmissions

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 2_311_2026
"""Any number of our own: whoever holds it on PostgreSQL is the one that migrates."""


@dataclass(frozen=True, slots=True)
class SqlTransaction:
    """`verification.ports.Transaction` over one connection that has begun."""

    connection: Connection
    queue: JobQueue

    @property
    def submissions(self) -> SqlSubmissions:
        return SqlSubmissions(self.connection)

    @property
    def sources(self) -> SqlSources:
        return SqlSources(self.connection)

    @property
    def deliveries(self) -> SqlDeliveries:
        return SqlDeliveries(self.connection)

    @property
    def register(self) -> SqlRegister:
        return SqlRegister(self.connection)

    @property
    def certifications(self) -> SqlCertifications:
        return SqlCertifications(self.connection)

    @property
    def preservations(self) -> SqlPreservations:
        return SqlPreservations(self.connection)

    @property
    def officers(self) -> SqlOfficers:
        return SqlOfficers(self.connection)

    @property
    def batches(self) -> SqlBatches:
        return SqlBatches(self.connection)

    @property
    def pending(self) -> SqlPendingSignatures:
        return SqlPendingSignatures(self.connection)

    @property
    def drift(self) -> SqlDrift:
        return SqlDrift(self.connection)

    @property
    def data_errors(self) -> SqlDataErrors:
        return SqlDataErrors(self.connection)

    @property
    def demands(self) -> SqlDemands:
        return SqlDemands(self.connection)

    @property
    def audit(self) -> SqlAuditTrail:
        return SqlAuditTrail(self.connection)

    @property
    def jobs(self) -> SqlJobs:
        return SqlJobs(self.connection, self.queue)


class SqlDatabase:
    """`verification.ports.Database` on SQLite or PostgreSQL. Safe to use from several threads.

    Whatever the database refuses comes out as a `verification.errors` or `storage.errors` class.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue = JobQueue(job_url(engine.url))
        self._inside = threading.local()
        self.access_log: SqlAccessLog = access_log_beside(engine)

    def migrate(self) -> None:
        """Bring the tables to their newest form; several processes may try at once.

        Where nothing is to be done nothing is locked: a command starts while a delivery is being loaded.
        """
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        if not self._newest(config):
            with self._engine.begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        prepare_access_log(self.access_log, self._engine)
        migrate_jobs(job_url(self._engine.url))

    def _newest(self, config: Config) -> bool:
        head = ScriptDirectory.from_config(config).get_current_head()
        with self._engine.connect() as connection, for_reading(connection).begin():
            return MigrationContext.configure(connection).get_current_revision() == head

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Commit on a clean exit, roll back on an exception. On SQLite writers take turns from the start."""
        with self._alone(), self._engine.begin() as connection:
            yield SqlTransaction(connection, self._queue)

    @contextmanager
    def reading(self) -> Iterator[SqlTransaction]:
        """A transaction that changes nothing, sees one state, and waits for nobody, not even for a delivery
        being loaded."""
        with self._alone(), self._engine.connect() as connection:
            reader = for_reading(connection)
            with reader.begin():
                yield SqlTransaction(reader, self._queue)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if getattr(self._inside, "already", False):
            raise RuntimeError("a transaction inside a transaction would wait for itself for ever")
        self._inside.already = True
        try:
            yield
        finally:
            self._inside.already = False

    def close(self) -> None:
        """Let go of all connections."""
        self._queue.close()
        self._engine.dispose()
        self.access_log.engine.dispose()


def open_database(url: str) -> SqlDatabase:
    """The database at `sqlite:///file` or `postgresql://user@host/name`; call `migrate` once on it."""
    return SqlDatabase(engine_for(url))
