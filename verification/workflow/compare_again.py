"""Compare again: a paper as it was read in, what the records as one transaction sees them let propose out.

Nothing is read anew, and nobody is shown anything (what is kept for an officer's eyes is logged first). The
paper rests on the record found now as on the one before.
"""

from dataclasses import replace

from verification.assess import assess, signed_as_kept
from verification.assessment import Assessment, Outcome
from verification.drift import RestsOn, fingerprint
from verification.errors import AnswerTooOldError, NoLongerAnsweredError
from verification.matching import Found, RecordMatch
from verification.ports import PaperCase, Transaction
from verification.ruling import procedure_code
from verification.services import Services
from verification.source import LookUp
from verification.source_profile import source_of
from verification.submission import PaperId
from verification.workflow.check import evidence_of
from verification.workflow.inquire import ask_within
from verification.workflow.pull import PULLED

SERVICE = "service"
COMPARED_AGAIN = "compared_again"
"""What the log gives as the purpose: the record changed, and the paper was held against it anew."""
_KEY = "record"


def rest(tx: Transaction, paper_id: PaperId, match: RecordMatch | None) -> None:
    """Keep the record a paper rests on, if any; no delivery of its source ends before this transaction."""
    if match and match.found is Found.ONE and match.record:
        record = match.record
        tx.drift.rest(RestsOn(paper_id, match.source, record.record_id, fingerprint(record)))


def compare_again(services: Services, tx: Transaction, paper: PaperCase) -> Assessment:
    """What would be proposed now. From here to its end the transaction and no delivery has the last word.

    1. The paper goes on resting on its record, which bars the end of deliveries of that source.
    2. Ask our copy by the paper's keys as at first, compare, assess by the rules of today.
    3. Rest on what was found.
    """
    # 1
    rest(tx, paper.id, paper.assessment.match)
    # 2
    signed = signed_as_kept(paper.assessment)
    papers = tuple(side.extraction for side in paper.sides)
    evidence = evidence_of(services, papers, signed, lambda inquiry: ask_within(tx, inquiry))
    procedure = procedure_code(tx.submissions.get(paper.submission_id).procedure)
    again = assess(replace(evidence, procedure=procedure))
    # 3
    rest(tx, paper.id, again.match)
    return again


def proposal_now(services: Services, tx: Transaction, paper: PaperCase) -> Assessment:
    """As `compare_again`; but what a source's platform told of a paper is not held against our copy."""
    match = paper.assessment.match
    if match and match.snapshot and match.snapshot.sequence == PULLED:
        rest(tx, paper.id, match)
        return paper.assessment
    return compare_again(services, tx, paper)


def log_again(services: Services, tx: Transaction, paper: PaperCase, again: Assessment) -> None:
    """What the record says now is about to be kept for an officer's eyes: a look-up like the first. Raises
    what the log raises, and then nothing is kept."""
    match = again.match
    if match is None or match.record is None:
        return
    services.database.access_log.add(
        (
            LookUp(
                at=services.now(),
                officer=SERVICE,
                dossier=tx.submissions.get(paper.submission_id).code,
                purpose=COMPARED_AGAIN,
                source=match.source,
                key=_KEY,
                record_ids=(match.record.record_id,),
                fields=tuple(c.field for c in match.comparisons if c.record is not None),
            ),
        )
    )


def answered_now(services: Services, tx: Transaction, paper: PaperCase) -> Assessment:
    """As `proposal_now`, for a receipt: what the records answer, they must answer for today. A source that
    nobody has loaded since, or a platform's answer of last week, cannot. Raises AnswerTooOldError."""
    now = proposal_now(services, tx, paper)
    match = now.match
    if now.outcome is Outcome.NO_COPY_NEEDED and match and match.snapshot:
        source = source_of(match.source, services.sources)
        if source is None or not source.is_fresh(match.snapshot.as_of, services.now()):
            raise AnswerTooOldError
    return now


def require_answered(services: Services, tx: Transaction, paper: PaperCase) -> None:
    """The records still answer for this paper. Raises NoLongerAnsweredError, AnswerTooOldError."""
    if answered_now(services, tx, paper).outcome is not Outcome.NO_COPY_NEEDED:
        raise NoLongerAnsweredError
