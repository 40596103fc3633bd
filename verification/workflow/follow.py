"""Follow: records that a delivery touched in; what rested on them with its new standing, and lines for the
officer, out. Part of the delivery's own transaction: no crash leaves a record changed and nobody told.

1. What rests on a touched record, unless the record says what it said.
2. Compare again. What still holds is noted in the audit trail and troubles nobody.
3. A paper that waits has the new proposal; an officer who has it open is told to load it again.
4. A receipt says that the record answers: it is SUPERSEDED at once, until an officer confirms or restores.
   An electronic certified copy says that an officer saw the original: it stands, and is shown to the officer.
5. One line a paper on the work list; a second delivery changes the open line and adds none.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from verification.assessment import Assessment, Outcome
from verification.audit import AuditEntry
from verification.certification import Issued, Standing, StandingChange
from verification.decision import NotNeeded
from verification.drift import Drifted, DriftLine, DriftState, Loss, RestsOn, fingerprint, loss
from verification.match import not_asked
from verification.ports import PaperCase, Transaction
from verification.register import Series
from verification.services import Services
from verification.source import SourceName, SourceRecord
from verification.source_profile import source_of
from verification.standing import RECORD_CHANGED, RECORD_NOT_VALID
from verification.submission import PaperStage
from verification.workflow.compare_again import compare_again, log_again, proposal_now
from verification.workflow.pull import PULLED

SERVICE = "service"
REASONS = {
    Drifted.CHANGED: RECORD_CHANGED,
    Drifted.SEVERAL: RECORD_CHANGED,
    Drifted.NOT_VALID: RECORD_NOT_VALID,
    Drifted.GONE: RECORD_NOT_VALID,
}
_ANSWERED = Outcome.NO_COPY_NEEDED
_NOTHING = ""
"""What a record that is gone says: one that comes back with its old words says something new."""
_UNDECIDED = (PaperStage.WAITING, PaperStage.FAILED)
_BEING_ISSUED = (PaperStage.ISSUING, PaperStage.TO_SIGN)


def follow(
    services: Services, tx: Transaction, source: SourceName, touched: Iterable[str]
) -> tuple[DriftLine, ...]:
    """The lines that were opened or changed. Audit entries come last: whoever writes one bars the rest."""
    after = _Aftermath(services, tx, services.now())
    records: dict[str, SourceRecord | None] = {}
    # 1
    for rests in tx.drift.resting(source, touched):
        if rests.record_id not in records:
            records = {rests.record_id: tx.sources.record(source, rests.record_id)}
        record = records[rests.record_id]
        says = fingerprint(record) if record else _NOTHING
        if says != rests.said:
            after.of(rests)
            tx.drift.rest(replace(rests, said=says))
    after.write()
    return tuple(after.lines)


def follow_at_issue(services: Services, tx: Transaction, paper: PaperCase) -> None:
    """A copy whose record changed while it was being issued is on the work list like one issued before."""
    after = _Aftermath(services, tx, services.now())
    after.at_issue(paper, proposal_now(services, tx, paper), issued=True)
    after.write()


def wait_again(services: Services, tx: Transaction, paper: PaperCase) -> PaperCase:
    """The paper of a receipt that cannot be issued because its record changed: it waits with the new
    proposal, undecided, and is on the work list."""
    after, now = _Aftermath(services, tx, services.now()), proposal_now(services, tx, paper)
    after.at_issue(paper, now, issued=False)
    after.write()
    log_again(services, tx, paper, now)
    return replace(paper, assessment=now, stage=PaperStage.WAITING, decision=None)


class _Aftermath:
    """What follows for paper after paper, in one transaction."""

    def __init__(self, services: Services, tx: Transaction, at: datetime) -> None:
        self._services, self._tx, self._at = services, tx, at
        self.lines: list[DriftLine] = []
        self._entries: list[AuditEntry] = []

    def write(self) -> None:
        """The audit entries, when all else is done."""
        for entry in self._entries:
            self._tx.audit.add(entry)

    def of(self, rests: RestsOn) -> None:
        """Steps 2 to 5 for one paper. One being issued is left: issuing asks the records at its end, unless
        it rests on what a platform told."""
        paper = self._tx.submissions.paper(rests.paper_id)
        if paper.stage in _UNDECIDED:
            self._undecided(paper, rests)
        elif paper.stage is PaperStage.ISSUED:
            self._issued(paper, rests)
        elif _was_pulled(paper.assessment):
            self._pulled_and_issuing(paper, rests)

    def at_issue(self, paper: PaperCase, again: Assessment, *, issued: bool) -> None:
        """Steps 4 and 5 for a paper whose record changed before it could be known as issued."""
        before = paper.assessment.match
        lost = loss(before, again.match) if before else None
        if before is None or before.record is None or lost is None:
            return
        rests = RestsOn(paper.id, before.source, before.record.record_id, fingerprint(before.record))
        if issued:
            self.lost(paper, rests, lost)
        else:
            self._line(paper, rests, lost, None)

    def _undecided(self, paper: PaperCase, rests: RestsOn) -> None:
        before, again = paper.assessment, compare_again(self._services, self._tx, paper)
        if _gist(again) == _gist(before):
            return
        if self._promises_more(before, again) and (_was_pulled(before) or not self._fresh(rests)):
            return
        log_again(self._services, self._tx, paper, again)
        self._tx.submissions.save_paper(replace(paper, assessment=again))
        self._audit("paper.compared_again", paper, ("outcome", again.outcome.value))
        lost = loss(before.match, again.match) if before.match else None
        if lost and before.outcome is _ANSWERED and again.outcome is not _ANSWERED:
            self._line(paper, rests, lost, None)
        elif again.outcome is _ANSWERED:
            self._answers_again(paper)

    def _pulled_and_issuing(self, paper: PaperCase, rests: RestsOn) -> None:
        """A receipt has the new proposal, and issuing finds that nothing answers for it; a copy is issued."""
        before = paper.assessment
        if paper.stage not in _BEING_ISSUED or before.match is None:
            return
        again = compare_again(self._services, self._tx, paper)
        lost = loss(before.match, again.match)
        if lost is None:
            return
        if isinstance(paper.decision, NotNeeded):
            log_again(self._services, self._tx, paper, again)
            self._tx.submissions.save_paper(replace(paper, assessment=again))
        self._line(paper, rests, lost, None)

    def _promises_more(self, before: Assessment, again: Assessment) -> bool:
        return again.outcome is _ANSWERED and before.outcome is not _ANSWERED

    def _fresh(self, rests: RestsOn) -> bool:
        """A delivery that is late itself may take a promise back and never make one."""
        source = source_of(rests.source, self._services.sources)
        snapshot = self._tx.sources.snapshot(rests.source)
        return source is not None and not_asked(source, snapshot, self._at) is None

    def _issued(self, paper: PaperCase, rests: RestsOn) -> None:
        before = paper.assessment.match
        if before is None:
            return
        lost = loss(before, compare_again(self._services, self._tx, paper).match)
        if lost:
            self.lost(paper, rests, lost)
        else:
            self._audit("drift.none", paper)
            self._answers_again(paper)

    def lost(self, paper: PaperCase, rests: RestsOn, lost: Loss) -> None:
        """Steps 4 and 5, unless this very loss is known; what was revoked or replaced has nothing left to
        lose."""
        issued = self._tx.certifications.by_paper(paper.id)
        relied_on = [i for i in issued if i.standing is not Standing.REVOKED and not i.replaced_by]
        last = self._tx.drift.last_of(paper.id)
        known = last is not None and last.loss == lost and not last.answers_again
        if not relied_on or known:
            return
        self._line(paper, rests, lost, relied_on[-1])
        for each in relied_on:
            self._supersede(each, lost)

    def _line(self, paper: PaperCase, rests: RestsOn, lost: Loss, issued: Issued | None) -> None:
        entry_id = issued.entry_id if issued else None
        new = DriftLine(self._at, rests.source, rests.record_id, paper.id, entry_id, lost)
        last = self._tx.drift.last_of(paper.id)
        if last and last.state is DriftState.OPEN:
            kept = self._tx.drift.save(replace(new, id=last.id, version=last.version))
        else:
            kept = self._tx.drift.add(new)
        self.lines.append(kept)
        found = (("line", str(kept.id)), ("what", lost.what.value), ("fields", ",".join(lost.fields)))
        self._audit("drift.found", paper, *found)

    def _answers_again(self, paper: PaperCase) -> None:
        """A line that is done is marked as well, so that the next loss of the same kind is a new one."""
        last = self._tx.drift.last_of(paper.id)
        if last and not last.answers_again:
            kept = self._tx.drift.save(replace(last, answers_again=True))
            self._audit("drift.answers_again", paper, ("line", str(kept.id)))

    def _supersede(self, issued: Issued, lost: Loss) -> None:
        if issued.series is not Series.RECEIPTS:
            return
        # Asked again under a lock: an officer may have annulled or replaced it since it was read.
        if self._tx.certifications.to_change(issued.code).standing is not Standing.GOOD:
            return
        reason = REASONS[lost.what]
        change = StandingChange(issued.code, Standing.SUPERSEDED, reason, self._at, SERVICE)
        self._tx.certifications.stand(change)
        detail = (("standing", Standing.SUPERSEDED.value), ("reason", reason))
        self._entries.append(AuditEntry(self._at, SERVICE, "standing.changed", issued.entry_id, detail))

    def _audit(self, action: str, paper: PaperCase, *detail: tuple[str, str]) -> None:
        self._entries.append(AuditEntry(self._at, SERVICE, action, paper.id, detail))


def _was_pulled(assessment: Assessment) -> bool:
    """What our copy says is older than what a platform told, and makes no promise against it."""
    match = assessment.match
    return bool(match and match.snapshot and match.snapshot.sequence == PULLED)


def _gist(assessment: Assessment) -> tuple[object, ...]:
    """All but of when the records are: that alone is no reason to have a page loaded again."""
    match = replace(assessment.match, snapshot=None) if assessment.match else None
    return assessment.outcome, tuple(reason.code for reason in assessment.reasons), match
