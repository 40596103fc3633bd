"""The worker: services in, a running engine out that reads submissions and issues what was decided.

The table of retries is here: what a retry may cure is tried again, everything else is recorded at once.
"""

import logging
import threading

from signing.errors import TokenBusyError, TokenLostError, TokenMissingError
from storage.errors import JobAbandonedError, StorageError
from storage.jobs import Engine
from verification.errors import StoreUnavailableError, VerificationError
from verification.services import Services
from verification.submission import SubmissionId
from verification.workflow.decide import ISSUE_JOB, paper_of
from verification.workflow.forget import forget_look_ups
from verification.workflow.issue import abandon, hold, put_aside, sign_and_keep
from verification.workflow.preserve import PRESERVE_JOB, enqueue_due, preserve, put_off
from verification.workflow.process import give_up, process
from verification.workflow.receive import PROCESS_JOB
from verification.workflow.sweep import sweep

log = logging.getLogger("chungthuc.worker")

_MAY_PASS = (
    StoreUnavailableError,
    StorageError,
    TokenBusyError,
    TokenLostError,
    TokenMissingError,
    OSError,
)


def worker(services: Services, *, url: str, executor_id: str, poll_s: float = 0.15) -> Engine:
    """An engine with every job of the service hung in; `launch` starts it."""
    engine = Engine(url, executor_id, poll=poll_s)

    def process_one(key: str) -> None:
        process(services, SubmissionId(key))

    def process_failed(key: str, error: Exception) -> None:
        log.error("process failed", extra={"submission": key, "error": type(error).__name__})
        give_up(services, SubmissionId(key), error)

    def hold_one(key: str) -> None:
        hold(services, paper_of(key))

    def sign_one(key: str) -> None:
        sign_and_keep(services, paper_of(key))

    def issue_failed(key: str, error: Exception) -> None:
        log.error("issue failed", extra={"paper": key, "error": type(error).__name__})
        if isinstance(error, JobAbandonedError):
            put_aside(services, key, error)
        else:
            abandon(services, paper_of(key), error)

    def preserve_one(key: str) -> None:
        preserve(services, key)

    def preserve_failed(key: str, error: Exception) -> None:
        log.warning("preserve put off", extra={"turn": key, "error": type(error).__name__})
        put_off(services, key, error)

    engine.register(
        PROCESS_JOB, [("read", process_one)], retry_on=may_pass, on_failure=process_failed, at_once=1
    )
    engine.register(
        ISSUE_JOB,
        [("hold", hold_one), ("sign", sign_one)],
        retry_on=may_pass,
        on_failure=issue_failed,
        at_once=2,
    )
    engine.register(
        PRESERVE_JOB, [("preserve", preserve_one)], retry_on=may_pass, on_failure=preserve_failed, at_once=1
    )
    return engine


class Housekeeping:
    """Now and then: jobs that were put aside are recorded, what a crash left behind is removed, what was
    issued is given long-term data, and look-ups whose days are over are forgotten."""

    def __init__(
        self, services: Services, engine: Engine, *, look_ups_kept_days: int, every_s: float = 3600.0
    ) -> None:
        self._services, self._engine, self._every_s = services, engine, every_s
        self._look_ups_kept_days = look_ups_kept_days
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin, with a first round after a minute: a start is busy enough."""
        self._thread.start()

    def stop(self) -> None:
        """End; a round that has begun is finished first."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        wait_s = 60.0
        while not self._stop.wait(wait_s):
            self.round()
            wait_s = self._every_s

    def round(self) -> None:
        """One round. What cannot be done now is done in the next, and holds up nothing else."""
        for chore in (self._engine.report_abandoned, self._sweep, self._preserve, self._forget):
            try:
                chore()
            except (VerificationError, StorageError) as error:
                log.warning("housekeeping put off", extra={"error": type(error).__name__})

    def _sweep(self) -> None:
        sweep(self._services)

    def _preserve(self) -> None:
        enqueue_due(self._services)

    def _forget(self) -> None:
        forget_look_ups(self._services, kept_days=self._look_ups_kept_days)


def may_pass(error: BaseException) -> bool:
    """Whether trying again may help."""
    return isinstance(error, _MAY_PASS)
