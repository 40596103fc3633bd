"""Handing papers in, once: files, who brings them and the form's token in, what became of them out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.attempts import Tries
from api.deps import Caller, Site
from api.passes import one_submission
from storage.accounts import Scope
from verification.errors import NotFoundError, StaleError
from verification.submission import Applicant, Channel, Submission, SubmissionId
from verification.workflow.receive import Received, Request, Upload, receive

SUBMISSIONS = 60
"""How often an address may submit in a quarter of an hour: a whole waiting room may sit behind one."""


@dataclass(frozen=True, slots=True)
class Handing:
    """Papers on their way in; `once` tells this sending from every other (empty: no protection)."""

    applicant: Applicant
    procedure: str
    audience: str
    once: str = ""


def hand_in(site: Site, caller: Caller, files: Sequence[Upload], handing: Handing) -> Received:
    """The submission; the same `once` again gives the same submission. Raises TooManyAttemptsError."""
    if caller.officer is None:
        site.counter.spend(Tries("submit", caller.address, SUBMISSIONS))
    request = Request(
        handing.applicant,
        channel_of(caller),
        handing.procedure,
        handing.audience,
        caller.officer.id if caller.officer else "citizen",
    )
    if not handing.once:
        return receive(site.services, files, request)
    submission_id = one_submission(site.form_key, "", handing.once)
    before = _already(site, submission_id)
    if before:
        return Received(before, ())
    services = replace(site.services, new_id=lambda: submission_id)
    try:
        return receive(services, files, request)
    except StaleError:
        # A double click: the other one was quicker, to the row of the very same id.
        return Received(_already(site, submission_id), ())


def channel_of(caller: Caller) -> Channel:
    """At the counter when an officer signed in hands them in, else on line."""
    return Channel.COUNTER if caller.officer and caller.scope is not Scope.SUBMIT else Channel.ONLINE


def _already(site: Site, submission_id: str) -> Submission | None:
    with site.database.reading() as tx:
        try:
            return tx.submissions.get(SubmissionId(submission_id))
        except NotFoundError:
            return None
