"""The worker: services in, a running engine out that reads submissions and issues what was decided.

The table of retries is here: what a retry may cure is tried again, everything else is recorded at once.
"""

import logging

from storage.errors import StorageError
from storage.jobs import Engine
from verification.errors import StoreUnavailableError
from verification.services import Services
from verification.submission import PaperId, SubmissionId
from verification.workflow.decide import ISSUE_JOB
from verification.workflow.issue import abandon, hold, sign_and_keep
from verification.workflow.process import give_up, process
from verification.workflow.receive import PROCESS_JOB

log = logging.getLogger("chungthuc.worker")

_MAY_PASS = (StoreUnavailableError, StorageError, OSError)


def worker(services: Services, *, url: str, executor_id: str, poll_s: float = 0.15) -> Engine:
    """An engine with every job of the service hung in; `launch` starts it."""
    engine = Engine(url, executor_id, poll=poll_s)

    def process_one(key: str) -> None:
        process(services, SubmissionId(key))

    def process_failed(key: str, error: Exception) -> None:
        log.error("process failed", extra={"submission": key, "error": type(error).__name__})
        give_up(services, SubmissionId(key), error)

    def hold_one(key: str) -> None:
        hold(services, PaperId(key))

    def sign_one(key: str) -> None:
        sign_and_keep(services, PaperId(key))

    def issue_failed(key: str, error: Exception) -> None:
        log.error("issue failed", extra={"paper": key, "error": type(error).__name__})
        abandon(services, PaperId(key), error)

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
    return engine


def may_pass(error: BaseException) -> bool:
    """Whether trying again may help."""
    return isinstance(error, _MAY_PASS)
