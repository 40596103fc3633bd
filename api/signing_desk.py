"""The signing desk: an officer, their papers and their PIN in; the batch that was begun out, signed beside.

The PIN lives in the memory of the one thread that signs, from the request to the unlocking, and nowhere else.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from signing.errors import KeyElsewhereError, PinNeededError, PinRefusedError, SigningError, WrongPinError
from signing.model import Signatory, SigningWay
from storage.errors import StorageError
from verification.batch import Batch, BatchId
from verification.errors import NotFoundError, StaleError, VerificationError
from verification.services import Services
from verification.signing_errors import BatchRunningError
from verification.submission import OfficerId, PaperId
from verification.workflow.sign_batch import Wanted, end_lost_of, halt, run_batch, start_batch

log = logging.getLogger("chungthuc.signing")

_UNLOCKING_S = 60.0
"""How long a request waits for a token to take or refuse a PIN."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Which papers are to be signed for whom, in order; the PIN stays out of whatever is printed."""

    person: Signatory
    papers: tuple[PaperId, ...]
    pin: str = field(default="", repr=False)


class SigningDesk:
    """The batches that this process signs, each in a thread of its own."""

    def __init__(self, services: Services, owner: str) -> None:
        self._services, self._owner = services, owner
        self._ending = threading.Event()
        self._threads: list[threading.Thread] = []

    def open(self) -> None:
        """At the start of the process: what it left running when it died is lost."""
        end_lost_of(self._services, self._owner)

    def begin(self, ordered: Ordered) -> Batch:
        """A batch that has begun: the key is unlocked, and the papers are signed beside.

        Raises what `start_batch` and `unlocked` raise, a wrong PIN among it; nothing is signed then.
        """
        said: SimpleQueue[Batch | Exception] = SimpleQueue()
        thread = threading.Thread(target=self._sign, args=(ordered, said.put), name="signing", daemon=True)
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()
        try:
            answer = said.get(timeout=_UNLOCKING_S)
        except Empty as error:
            raise BatchRunningError from error
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """Every batch ends after the paper that is being signed; what is left waits for the next."""
        self._ending.set()
        for thread in self._threads:
            thread.join()

    def _sign(self, ordered: Ordered, say: Callable[[Batch | Exception], None]) -> None:
        try:
            sign_now(self._services, ordered, self._owner, begun=say, stop=self._ending.is_set)
        except Exception as error:  # noqa: BLE001 the edge of the thread: whoever waits is told
            say(error)


def sign_now(
    services: Services,
    ordered: Ordered,
    owner: str,
    *,
    begun: Callable[[Batch], None],
    stop: Callable[[], bool] = lambda: False,
) -> Batch:
    """The whole batch, here and now; `begun` is told once the key is unlocked.

    Raises what `start_batch` and `unlocked` raise. What breaks the batch off once it has begun stands in it.
    """
    if services.signer.way_of(ordered.person) is SigningWay.OUTSIDE:
        raise KeyElsewhereError
    batch = start_batch(services, Wanted(OfficerId(ordered.person.id), ordered.papers, owner))
    running = False
    try:
        with services.signer.unlocked(ordered.person, ordered.pin) as signer:
            running = True
            begun(batch)
            return run_batch(services, batch, signer, stop=stop)
    except Exception as error:
        ended = _halted(services, batch, error)
        if not running or ended is None or not isinstance(error, _TOLD):
            raise
        return ended


_TOLD = (SigningError, VerificationError, StorageError, OSError)
"""What stands in the batch by its code; anything else is a fault of ours, and is raised as well."""
_MISTYPED = (WrongPinError, PinNeededError, PinRefusedError)
"""Whoever typed it is told; there is nothing for an operator to look after."""


def _halted(services: Services, batch: Batch, error: Exception) -> Batch | None:
    """The batch with why it ended. None where even that cannot be kept: it counts as lost later."""
    level = logging.INFO if isinstance(error, _MISTYPED) else logging.ERROR
    log.log(level, "batch halted", extra={"batch": batch.id, "error": type(error).__name__})
    with suppress(StorageError, StaleError):
        return halt(services, batch.id, error)
    return None


def stop_batch(services: Services, batch_id: BatchId, officer_id: OfficerId) -> Batch:
    """Ask for the end of one's own batch. Raises NotFoundError."""
    batch = batch_of(services, batch_id, officer_id)
    with services.database.transaction() as tx:
        tx.batches.stop(batch_id)
    return batch


def batch_of(services: Services, batch_id: BatchId, officer_id: OfficerId) -> Batch:
    """One's own batch. Raises NotFoundError."""
    with services.database.reading() as tx:
        batch = tx.batches.get(batch_id)
    if batch.officer_id != officer_id:
        raise NotFoundError
    return batch
