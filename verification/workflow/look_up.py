"""Look up: a typed code (and a second answer) in, what was issued and its file out.

Without the second answer only kind, number, date, issuer and standing are told: a genuine QR can be pasted
on another paper. Wrong code and wrong answer look alike (web.md 2.4).
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from ocr.model import Digest
from verification.audit import AuditEntry
from verification.certification import Issued, ShortCode, parse_code
from verification.errors import NotFoundError, WrongFactorError
from verification.ports import PaperCase, Transaction
from verification.services import Services
from verification.submission import Applicant, Submission
from verification.workflow.preserve import newest_file
from verification.workflow.redeliver import issued_for
from verification.workflow.validate import successor_of


@dataclass(frozen=True, slots=True)
class Status:
    """A citizen's dossier with its papers and what was issued for them."""

    submission: Submission
    papers: tuple[PaperCase, ...]
    issued: tuple[Issued, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Something issued, and what took its place, if anything did."""

    issued: Issued
    successor: Issued | None


def look_up(services: Services, typed: str) -> Known:
    """What a code leads to. Raises NotFoundError."""
    code = parse_code(typed)
    return _known(services, lambda tx: tx.certifications.by_code(code) if code else None)


def look_up_file(services: Services, digest: Digest) -> Known:
    """What the SHA-256 of a file leads to. Raises NotFoundError."""
    return _known(services, lambda tx: tx.certifications.by_digest(digest))


def _known(services: Services, asked: Callable[[Transaction], Issued | None]) -> Known:
    with services.database.reading() as tx:
        issued = asked(tx)
        if issued is None:
            raise NotFoundError
        return Known(issued, successor_of(tx, issued))


def status(services: Services, dossier: str, answer: str) -> Status:
    """A dossier by its code and the second answer. Raises WrongFactorError."""
    with services.database.transaction() as tx:
        submission = tx.submissions.by_code(dossier.strip().upper())
        if submission is None or not answers(submission.applicant, answer):
            raise WrongFactorError
        papers = tx.submissions.papers(submission.id)
        issued = tuple(i for p in papers for i in issued_for(tx, p))
    return Status(submission, papers, issued)


def download(services: Services, code: ShortCode, answer: str) -> bytes:
    """The issued file, for whoever knows the second answer. Raises WrongFactorError."""
    with services.database.transaction() as tx:
        issued = tx.certifications.by_code(code)
        submission = (
            tx.submissions.get(tx.submissions.paper(issued.paper_id).submission_id) if issued else None
        )
        if issued is None or submission is None or not answers(submission.applicant, answer):
            raise WrongFactorError
        tx.audit.add(AuditEntry(services.now(), "citizen", "document.downloaded", issued.entry_id))
    return newest_file(services, issued)


def answers(applicant: Applicant, answer: str) -> bool:
    """The year of birth or the last four digits of the number, as given at the counter; never empty."""
    given = answer.strip().encode()
    known = [k.encode() for k in (applicant.birth_year, applicant.number_tail) if k]
    return bool(given) and any(hmac.compare_digest(given, k) for k in known)
