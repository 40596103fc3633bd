"""Issue: a decided paper in, a numbered, twice signed PDF in the object store out. Runs as a job, or, where
the officer signs later, in a batch (`sign_batch`) or with a key that is elsewhere (`sign_outside`).

The order is that of `docs/issuance-cycle.md`; the numbers are the same.
1. `hold`, one transaction: check stage and delegation, and of a receipt that the records still answer; take
   up the line already held for this paper or hold the next one. The line records what is meant and the
   signing time.
2. Outside any transaction: render, prepare, compare with what was recorded, check that the delegation of
   the line is still in force, sign.
3. Put the object under its digest.
4. One transaction: the records still answer for a receipt, line ISSUED, certification points at the object,
   stage, audit entry, and what comes later: long-term data (`preserve`).
5. Only now does the public page answer.
Steps 2 to 4 are one piece for the engine: cut off anywhere, they are done again from 2 with the same line.
"""

import hashlib
import hmac
from dataclasses import replace
from datetime import date

from ocr.model import Digest
from signing.model import PreparedPdf, Signatory, SignedPdf
from signing.pades import prepare
from verification.assess import VIETNAM
from verification.audit import AuditEntry
from verification.certification import Issued, ShortCode, short_code
from verification.decision import Approval, Delegation, IssuingDecision, NotNeeded, Role
from verification.errors import NoLongerAnsweredError, NotDecidableError
from verification.ports import PaperCase, Transaction
from verification.register import BOOKS_OF_COPIES, EntryState, Line, RegisterEntry, Series
from verification.services import Services
from verification.signing_errors import DelegationEndedError
from verification.submission import PaperId, PaperStage
from verification.workflow.as_recorded import require_as_recorded
from verification.workflow.charge import charge_of
from verification.workflow.compare_again import require_answered, rest
from verification.workflow.compose import Held, compose, reason_of, title_of
from verification.workflow.decide import ISSUE_JOB, delegation_in_force, paper_of, series_of
from verification.workflow.follow import follow_at_issue, wait_again
from verification.workflow.issuable import require_issuable
from verification.workflow.preserve import expect
from verification.workflow.redeliver import know
from verification.workflow.supersede import supersede

SERVICE = "service"
NUMBER_HELD, DOCUMENT_ISSUED, ISSUE_FAILED = "number.held", "document.issued", "issue.failed"
"""What the audit trail calls the three things that happen to a line; the proof of the book reads them."""


def hold(services: Services, paper_id: PaperId) -> None:
    """Step 1. Raises NoDelegationError, NotDecidableError, NoLongerAnsweredError, ScanTooCoarseError,
    GlyphMissingError, FontMissingError; nothing is taken then."""
    with services.database.transaction() as tx:
        paper = tx.submissions.paper(paper_id)
        decision = _issuing(paper)
        delegation = delegation_in_force(tx, decision.officer_id, services, series_of(decision))
        if line_of(tx, paper_id, decision):
            return
        _require_answered(services, tx, paper)
        paper = _still_decided(tx, paper)
        if line_of(tx, paper_id, decision):  # somebody took it while we waited for the paper
            return
        at = services.now()
        line = _line(tx, services, paper, delegation, day=at.astimezone(VIETNAM).date())
        submission = tx.submissions.get(paper.submission_id)
        require_issuable(services, submission, paper, decision, signed_as=(line.signer, *line.capacity))
        per_book = services.terms.lines_per_book
        entry = tx.register.hold(paper_id, _series(services, decision), line, at=at, lines_per_book=per_book)
        detail = (("paper", paper_id), ("line", entry.fingerprint()))
        tx.audit.add(AuditEntry(at, SERVICE, NUMBER_HELD, entry.id, detail))


def sign_and_keep(services: Services, paper_id: PaperId) -> None:
    """Steps 2 to 4. Repeating it after it was done changes nothing."""
    held = held_line(services, paper_id)
    if held.entry.state is EntryState.ISSUED:
        return
    # 2
    prepared = prepared_for(services, held)
    require_delegated(services, held)
    signed = services.signer.sign(
        prepared,
        person=Signatory(held.decision.officer_id, held.entry.line.signer),
        reason=reason_of(held),
        at=held.entry.held_at,
    )
    # 3
    services.objects.put_once(signed.content)
    # 4
    complete(services, held, signed)


def prepared_for(services: Services, held: Held) -> PreparedPdf:
    """The first part of step 2. Raises SigningError, PreparedDiffersError."""
    code = code_of(services, held.entry)
    prepared = prepare(compose(services, held, code))
    require_as_recorded(services, prepared, held, code)
    return prepared


def require_delegated(services: Services, held: Held) -> None:
    """The delegation that the line was held under must hold to the moment of signing: what is printed above
    the name comes from it, so no other may take its place; and whoever signs is an officer
    still. Raises DelegationEndedError.
    """
    line, today = held.entry.line, services.now().astimezone(VIETNAM).date()
    with services.database.reading() as tx:
        officer = tx.officers.get(held.decision.officer_id)
        found = tx.officers.delegations(officer.id)
    if Role.OFFICER not in officer.roles or not any(
        line.delegation in ("", d.id)
        and d.capacity == line.capacity
        and d.in_force(today)
        and d.covers(series_of(held.decision))
        for d in found
    ):
        raise DelegationEndedError


def abandon(
    services: Services, paper_id: PaperId, error: Exception, *, of: PaperStage = PaperStage.ISSUING
) -> None:
    """Refused for good: the line, if one is held, is cancelled with its reason; it stays in the book.

    A receipt whose record changed meanwhile has not failed: its paper waits for an officer again. `of` is
    the stage that the paper must stand at: a job never gives up what waits for a batch.
    """
    code = getattr(error, "code", type(error).__name__)
    at = services.now()
    with services.database.transaction() as tx:
        paper, again = tx.submissions.paper(paper_id), isinstance(error, NoLongerAnsweredError)
        if again and paper.stage is of:  # what bars a delivery comes first, as it does for the delivery
            rest(tx, paper_id, paper.assessment.match)
        paper = tx.submissions.to_change(paper_id)
        if paper.stage is not of:
            return
        entry = line_of(tx, paper_id, _issuing(paper))
        if entry and entry.state is EntryState.HELD:
            tx.register.cancel(entry.id, at=at, reason=str(code))
        left = wait_again(services, tx, paper) if again else replace(paper, stage=PaperStage.FAILED)
        tx.submissions.save_paper(replace(left, failure=str(code)))
        tx.pending.drop(paper_id)
        tx.audit.add(AuditEntry(at, SERVICE, ISSUE_FAILED, paper_id, (("code", str(code)),)))


def put_aside(services: Services, key: str, error: Exception) -> None:
    """As `abandon`, of a job that the engine gave up and tells of again and again: where the paper was
    decided anew meanwhile, another job is at it and is left alone."""
    paper_id = paper_of(key)
    with services.database.reading() as tx:
        taken_up = tx.jobs.waits(ISSUE_JOB, f"{paper_id}@")
    if not taken_up:
        abandon(services, paper_id, error)


def code_of(services: Services, entry: RegisterEntry) -> ShortCode:
    """The same for every try, and not to be guessed from the number."""
    return short_code(hmac.digest(services.code_secret, entry.id.encode(), hashlib.sha256))


def _issuing(paper: PaperCase) -> IssuingDecision:
    if paper.stage not in (PaperStage.ISSUING, PaperStage.TO_SIGN, PaperStage.ISSUED):
        raise NotDecidableError
    if not isinstance(paper.decision, Approval | NotNeeded):
        raise NotDecidableError
    return paper.decision


def _series(services: Services, decision: IssuingDecision) -> Series:
    return services.terms.copies if isinstance(decision, Approval) else Series.RECEIPTS


def line_of(tx: Transaction, paper_id: PaperId, decision: IssuingDecision) -> RegisterEntry | None:
    """The line taken upon this decision, in whichever book: the office may keep another one by now."""
    books = BOOKS_OF_COPIES if isinstance(decision, Approval) else (Series.RECEIPTS,)
    found = (tx.register.held_for(paper_id, series) for series in books)
    return next((entry for entry in found if entry), None)


def held_line(services: Services, paper_id: PaperId) -> Held:
    """The line of step 1 with all that is said under it. Raises NotDecidableError when there is none."""
    with services.database.transaction() as tx:
        paper = tx.submissions.paper(paper_id)
        decision = _issuing(paper)
        entry = line_of(tx, paper_id, decision)
        submission = tx.submissions.get(paper.submission_id)
    if entry is None:
        raise NotDecidableError
    return Held(submission, paper, decision, entry)


def _line(
    tx: Transaction, services: Services, paper: PaperCase, delegation: Delegation, *, day: date
) -> Line:
    submission = tx.submissions.get(paper.submission_id)
    officer = tx.officers.get(delegation.officer_id)
    decision = _issuing(paper)
    copies = decision.copies if isinstance(decision, Approval) else 1
    charged = charge_of(services, submission, paper, decision, day=day)
    told = (decision.note.strip(), decision.demander or "") if isinstance(decision, Approval) else ()
    return Line(
        requester=submission.applicant.full_name,
        title=title_of(services, paper),
        signer=officer.full_name,
        capacity=delegation.capacity,
        copies=copies,
        fee=charged.amount if charged else 0,
        note="; ".join(part for part in (*told, charged.rule.note if charged else "") if part),
        delegation=delegation.id,
    )


def complete(services: Services, held: Held, signed: SignedPdf) -> None:
    """Step 4. Raises NotDecidableError when the decision was taken back or changed while it was signed."""
    at, code = services.now(), code_of(services, held.entry)
    with services.database.transaction() as tx:
        paper = tx.submissions.paper(held.paper.id)
        if _issuing(paper) != held.decision:
            raise NotDecidableError
        _require_answered(services, tx, paper)
        paper = _still_decided(tx, paper)
        entry = tx.register.issue(held.entry.id, at=at, document=Digest(signed.digest))
        issued = _issued(entry, signed, code)
        tx.certifications.add(issued)
        know(tx, held.submission, paper, issued)
        tx.submissions.save_paper(replace(paper, stage=PaperStage.ISSUED))
        tx.pending.drop(paper.id)
        superseded = supersede(tx, paper, issued, by=held.decision.officer_id, at=at)
        expect(tx, services, issued)
        if isinstance(held.decision, Approval):
            follow_at_issue(services, tx, paper)
        known = ("certification", issued.fingerprint())
        detail = (("document", signed.digest), ("level", signed.level.value), known)
        for said in (*superseded, AuditEntry(at, SERVICE, DOCUMENT_ISSUED, entry.id, detail)):
            tx.audit.add(said)


def _still_decided(tx: Transaction, paper: PaperCase) -> PaperCase:
    """The paper, which is ours from here on: whoever would take it back waits for the number that is taken
    here, or we find it taken back. Raises NotDecidableError."""
    locked = tx.submissions.to_change(paper.id)
    if _issuing(locked) != paper.decision:
        raise NotDecidableError
    return locked


def _require_answered(services: Services, tx: Transaction, paper: PaperCase) -> None:
    """Of a receipt. It also bars the end of deliveries: one that ends later finds what is issued here."""
    rest(tx, paper.id, paper.assessment.match)
    if isinstance(paper.decision, NotNeeded):
        require_answered(services, tx, paper)


def _issued(entry: RegisterEntry, signed: SignedPdf, code: ShortCode) -> Issued:
    return Issued(
        entry_id=entry.id,
        series=entry.series,
        number=entry.label,
        book=entry.book,
        paper_id=entry.paper_id,
        title=entry.line.title,
        code=code,
        issued_at=entry.held_at,
        digest=Digest(signed.digest),
        size=len(signed.content),
        level=signed.level.value,
    )
