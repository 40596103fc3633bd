"""A worker that kills itself: URL, journal file, key of its job, when to die (`before enter`, or `never`).

Its job takes a number and issues it in three steps, each written to the journal when its work is done.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from storage.database import SqlDatabase, open_database
from storage.jobs import Engine
from tests.storage.builders import COPIES, LINE, NOW, digest
from verification.audit import AuditEntry
from verification.ports import Transaction
from verification.register import RegisterEntry
from verification.submission import PaperId

STEPS = ("read", "enter", "keep")


class Worker:
    """The steps over one database; `dying_at` is a moment of the job `key`."""

    def __init__(self, database: SqlDatabase, journal: Path, key: str, dying_at: str) -> None:
        self._database = database
        self._journal = journal
        self._key = key
        self._dying_at = dying_at

    def step(self, name: str) -> tuple[str, Callable[[str], None]]:
        def run(key: str) -> None:
            self._die_if(f"before {name}", key)
            getattr(self, name)(key)
            self._write(f"{name} {key}")
            self._die_if(f"after {name}", key)

        return name, run

    def _die_if(self, moment: str, key: str) -> None:
        if (moment, key) == (self._dying_at, self._key):
            os.kill(os.getpid(), signal.SIGKILL)

    def _write(self, line: str) -> None:
        with self._journal.open("a") as journal:
            journal.write(line + "\n")

    def read(self, key: str) -> None:
        """Nothing but what the journal says."""

    def enter(self, key: str) -> None:
        """Take up the line already held, or hold the next."""
        with self._database.transaction() as work:
            if work.register.held_for(PaperId(key), COPIES) is None:
                work.register.hold(PaperId(key), COPIES, LINE, at=NOW)

    def keep(self, key: str) -> None:
        """Issue the line and say so in the audit trail, once."""
        with self._database.transaction() as work:
            entry = held(work, key)
            if entry.document is None:
                work.register.issue(entry.id, at=NOW, document=digest(entry.number))
                work.audit.add(AuditEntry(NOW, "worker", "issued", key))

    def failed(self, key: str, error: Exception) -> None:
        self._write(f"failed {key} {error!r}")


def held(work: Transaction, key: str) -> RegisterEntry:
    """The line that the step before has taken."""
    entry = work.register.held_for(PaperId(key), COPIES)
    if entry is None:
        raise LookupError(key)
    return entry


def main(url: str, journal: str, key: str, dying_at: str) -> None:
    """Finish what was left undone, then do one job more, or die in it."""
    database = open_database(url)
    worker = Worker(database, Path(journal), key, dying_at)
    engine = Engine(url, "worker-1", poll=0.05)
    engine.register(
        "issue",
        [worker.step(name) for name in STEPS],
        retry_on=lambda _: False,
        on_failure=worker.failed,
    )
    engine.launch()
    if not engine.wait_idle(20):
        raise TimeoutError
    with database.transaction() as work:
        work.jobs.enqueue("issue", key)
        if dying_at == "before commit":
            os.kill(os.getpid(), signal.SIGKILL)
    if dying_at == "after commit":
        os.kill(os.getpid(), signal.SIGKILL)
    if not engine.wait_idle(20):
        raise TimeoutError
    engine.stop(grace_s=0)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
