"""A worker that kills itself while it issues: a home, the name of its paper and a moment in.

It first finishes what the process before it left undone, then takes up a paper of its own and dies at its
moment, or never.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from api.worker import worker
from ocr.model import Digest
from signing.model import PendingSignature, PreparedPdf, Signatory, SignedPdf, Signer, SigningWay
from storage.database import SqlDatabase, SqlTransaction
from storage.objects import FileStore
from tests.chaos.issuing_home import IssuingHome
from tests.desk import approval
from verification.services import Services
from verification.workflow.decide import decide

HOLD, COMPLETE = 1, 3
"""Which transaction of an issue is which; the second one only reads."""
MOMENTS = {
    "before the number is committed": f"before commit {HOLD}",
    "after the number is committed": f"after commit {HOLD}",
    "rendered, before signing": "before sign",
    "signed, before the object is put": "after sign",
    "put, before the last transaction": "after put",
    "before the last commit": f"before commit {COMPLETE}",
    "after the last commit": f"after commit {COMPLETE}",
    "never": "never",
}


class Killer:
    """Knows when to die; sharp only once it is armed."""

    def __init__(self, moment: str) -> None:
        self._moment = moment
        self.armed = False

    def reached(self, moment: str) -> None:
        if self.armed and moment == self._moment:
            os.kill(os.getpid(), signal.SIGKILL)


class KillingDatabase:
    """`verification.ports.Database` that counts the transactions since it was armed."""

    def __init__(self, database: SqlDatabase, killer: Killer) -> None:
        self._database, self._killer, self._count = database, killer, 0
        self.access_log, self.reading = database.access_log, database.reading

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        self._count += self._killer.armed
        count = self._count
        with self._database.transaction() as tx:
            yield tx
            self._killer.reached(f"before commit {count}")
        self._killer.reached(f"after commit {count}")


class KillingSigner:
    """`signing.model.Signer`."""

    def __init__(self, signer: Signer, killer: Killer) -> None:
        self._signer, self._killer = signer, killer

    @property
    def test(self) -> bool:
        return self._signer.test

    def way_of(self, person: Signatory) -> SigningWay:
        return self._signer.way_of(person)

    def certificates_of(self, person: Signatory) -> tuple[bytes, ...]:
        return self._signer.certificates_of(person)

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator[Signer]:
        with self._signer.unlocked(person, pin) as signer:
            yield KillingSigner(signer, self._killer)

    def sign(self, prepared: PreparedPdf, *, person: Signatory, reason: str, at: datetime) -> SignedPdf:
        self._killer.reached("before sign")
        signed = self._signer.sign(prepared, person=person, reason=reason, at=at)
        self._killer.reached("after sign")
        return signed

    def begin(
        self, prepared: PreparedPdf, *, certificates: tuple[bytes, ...], reason: str, at: datetime
    ) -> PendingSignature:
        return self._signer.begin(prepared, certificates=certificates, reason=reason, at=at)

    def finish(self, pending: PendingSignature, value: bytes) -> SignedPdf:
        self._killer.reached("before sign")
        signed = self._signer.finish(pending, value)
        self._killer.reached("after sign")
        return signed


class KillingStore(FileStore):
    """`verification.ports.ObjectStore`."""

    def __init__(self, folder: Path, killer: Killer) -> None:
        super().__init__(folder)
        self._killer = killer

    def put_once(self, content: bytes) -> Digest:
        digest = super().put_once(content)
        self._killer.reached("after put")
        return digest


def deadly(home: IssuingHome, folder: Path, killer: Killer) -> Services:
    """The home's services, every part that an issue touches being able to kill."""
    return replace(
        home.services,
        database=KillingDatabase(home.database, killer),
        signer=KillingSigner(home.services.signer, killer),
        objects=KillingStore(folder / "objects", killer),
    )


def main(folder: str, name: str, moment: str) -> None:
    """Finish what was left undone, then issue one paper more, or die in it."""
    home, killer = IssuingHome.open(Path(folder)), Killer(MOMENTS[moment])
    services = deadly(home, Path(folder), killer)
    engine = worker(services, url=home.url, executor_id="worker-1", poll_s=0.05)
    engine.launch()
    if not engine.wait_idle(30):
        raise TimeoutError
    paper = home.waiting_paper(name)
    killer.armed = True
    decide(home.services, approval(paper), version=paper.version)
    if not engine.wait_idle(30):
        raise TimeoutError
    engine.stop(grace_s=0)
    home.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
