"""A worker that kills itself while it adds long-term data: a home, a document and a moment in.

It first finishes what the process before it left undone, then preserves the document and dies at its moment.
"""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from api.worker import worker
from signing.long_term import LongTerm
from signing.revocation_answers import OwnAnswers
from signing.timestamp import LocalTimeStamps
from signing.trial_pki import TestPki
from tests.builders import NOW
from tests.chaos.issuing_home import IssuingHome
from tests.chaos.issuing_worker import Killer, deadly
from verification.register import EntryId
from verification.services import Services
from verification.workflow.preserve import PRESERVE_JOB, job_key

MOMENTS = {
    "put, before the transaction": "after put",
    "before the commit": "before commit 1",
}


def a_day_later(services: Services, folder: Path) -> Services:
    """The same office on the next day, with its own authorities."""
    pki = TestPki.open(folder / "keys", now=NOW)
    adding = LongTerm(LocalTimeStamps(pki.time_stamping), OwnAnswers(pki.answers), services.trust)
    return replace(services, long_term=adding, now=lambda: NOW + timedelta(days=1))


def main(folder: str, entry_id: str, moment: str) -> None:
    home, killer = IssuingHome.open(Path(folder)), Killer(MOMENTS[moment])
    services = a_day_later(deadly(home, Path(folder), killer), Path(folder))
    engine = worker(services, url=home.url, executor_id="worker-1", poll_s=0.05)
    engine.launch()
    if not engine.wait_idle(30):
        raise TimeoutError
    killer.armed = True
    with home.database.transaction() as tx:
        tx.jobs.enqueue(PRESERVE_JOB, job_key(tx.preservations.get(EntryId(entry_id))))
    engine.wait_idle(30)
    raise TimeoutError


if __name__ == "__main__":
    main(*sys.argv[1:])
