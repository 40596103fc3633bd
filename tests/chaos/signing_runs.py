"""Processes that sign what waits, in a batch or with a key elsewhere, and kill themselves at a moment.

Each takes up what the one before it left, adds papers of its own, and dies at its moment, or never. They are
forked from a server that has everything imported, for many are run one after the other.
"""

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

from api.signing_desk import Ordered, sign_now
from signing.model import Signatory
from signing.trial_pki import TestPki
from tests.builders import NOW
from tests.chaos.issuing_home import IssuingHome
from tests.chaos.issuing_worker import Killer, deadly
from tests.desk import OFFICER, OFFICER_NAME, approval
from tests.signing_ways import PIN, OutsideSigner, PlugIn, TokenSigner
from verification.batch import Batch
from verification.services import Services
from verification.submission import PaperId
from verification.workflow.decide import decide
from verification.workflow.sign_batch import end_lost_of, to_sign
from verification.workflow.sign_outside import Returned, awaited, begin, finish

OWNER = "desk"
PERSON = Signatory(OFFICER, OFFICER_NAME)
_STARTED = multiprocessing.get_context("forkserver")
_STARTED.set_forkserver_preload([__name__])


class CountingKiller(Killer):
    """Dies when its moment has come for the nth time; `after put*2` is the second time."""

    def __init__(self, moment: str) -> None:
        moment, _, nth = moment.partition("*")
        super().__init__(moment)
        self._left = int(nth or 1)

    def reached(self, moment: str) -> None:
        if self.armed and moment == self._moment:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def run(way: str, folder: Path, names: tuple[str, ...], moment: str) -> int:
    """The exit code of one process, which adds papers of these names; -9 when it was killed."""
    process = _STARTED.Process(target=_main, args=(way, str(folder), names, moment))
    process.start()
    process.join(60)
    if process.exitcode is None:
        process.kill()
        raise TimeoutError
    return process.exitcode


def _main(way: str, folder: str, names: tuple[str, ...], moment: str) -> None:
    home, killer = IssuingHome.open(Path(folder)), CountingKiller(moment)
    signer = {"batch": TokenSigner, "outside": OutsideSigner}[way](home.services.signer)
    home = replace(home, services=replace(home.services, signer=signer))
    services = deadly(home, Path(folder), killer)
    end_lost_of(services, OWNER)
    for name in names:
        paper = home.waiting_paper(name)
        decide(services, approval(paper), version=paper.version)
    waiting = tuple(item.paper.id for item in to_sign(services, OFFICER))
    killer.armed = True
    if way == "batch":
        sign_now(services, Ordered(PERSON, waiting, PIN), OWNER, begun=_forget)
    else:
        plug_in = PlugIn(TestPki.open(Path(folder) / "keys", now=NOW), PERSON)
        for each in waiting:
            sign_elsewhere(services, plug_in, each)
    home.close()


def sign_elsewhere(services: Services, plug_in: PlugIn, paper: PaperId) -> None:
    """What an earlier process handed out may still come back; else it is handed out anew."""
    begun = awaited(services, paper, OFFICER) or begin(services, paper, OFFICER)
    value = plug_in.signature(begun.pending.signed_attributes)
    finish(services, paper, Returned(OFFICER, begun.pending.token, value))


def _forget(_: Batch) -> None:
    """Nobody waits for the batch to begin."""
