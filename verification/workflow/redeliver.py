"""Redeliver: a paper that is brought in, what was certified of the same original and may be given again, out.

An electronic copy may be used many times: before a second one is made, numbered and paid, the review offers
the first. The machine only offers; an officer compares, and that they did stands in the decision.
1. Candidates are found by the digest of the scan and by the numbers of the paper, and are of the same
   applicant: never across persons.
2. Only a copy that is good, and no older than the office's limit.
3. Deciding asks all of it again, under a lock: what is annulled at that moment is not given. The officer has
   held the original, unless the very same file came over the counter: on line, whoever has a picture of a
   paper can name its holder as themselves, and choose the second answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from verification.certification import Issued, Standing
from verification.decision import Redelivery
from verification.ports import PaperCase, Transaction
from verification.register import Series
from verification.same_original import Brought, Likeness, keys_of, likeness
from verification.services import Services
from verification.standing_errors import NotComparedError, NotSameOriginalError
from verification.submission import Channel, PaperId, Submission


@dataclass(frozen=True, slots=True)
class Offer:
    """A good copy that may be of the paper at hand: in which dossier it was issued, how alike they are."""

    issued: Issued
    dossier: str
    likeness: Likeness


def offers(services: Services, paper_id: PaperId) -> tuple[Offer, ...]:
    """The surest first. Raises NotFoundError."""
    with services.database.reading() as tx:
        paper = tx.submissions.paper(paper_id)
        # 1
        brought = brought_of(tx.submissions.get(paper.submission_id), paper)
        found = [
            _offer(services, tx, paper, each) for each in tx.certifications.of_original(keys_of(brought))
        ]
    order = list(Likeness)
    return tuple(sorted((o for o in found if o), key=lambda o: order.index(o.likeness)))


def require_same_original(services: Services, tx: Transaction, paper: PaperCase, given: Redelivery) -> None:
    """Step 3. Raises NotFoundError, NotSameOriginalError, NotComparedError."""
    known = tx.certifications.by_entry(given.entry_id)
    if known is None:
        raise NotSameOriginalError
    offer = _offer(services, tx, paper, tx.certifications.to_change(known.code))
    if offer is None:
        raise NotSameOriginalError
    counter = tx.submissions.get(paper.submission_id).channel is Channel.COUNTER
    if not given.compared and not (counter and offer.likeness is Likeness.SAME_SCAN):
        raise NotComparedError


def know(tx: Transaction, submission: Submission, paper: PaperCase, issued: Issued) -> None:
    """Keep by what this is found when its original is brought again, and by whose name."""
    keys = keys_of(brought_of(submission, paper)) if issued.series is not Series.RECEIPTS else ()
    tx.certifications.know(issued.entry_id, requester=submission.applicant.full_name, keys=keys)


def brought_of(submission: Submission, paper: PaperCase) -> Brought:
    """The paper as it was handed in."""
    sides = tuple((submission.files[side.file].digest, side.extraction) for side in paper.sides)
    return Brought(submission.applicant, sides)


def issued_for(tx: Transaction, paper: PaperCase) -> tuple[Issued, ...]:
    """What was issued for a paper, or given again for it with all that has replaced it since: it is of the
    same applicant."""
    found = list(tx.certifications.by_paper(paper.id))
    given = paper.decision.entry_id if isinstance(paper.decision, Redelivery) else None
    again = tx.certifications.by_entry(given) if given else None
    while again:
        found.append(again)
        again = tx.certifications.by_code(again.replaced_by) if again.replaced_by else None
    return tuple(found)


def documents_of(paper: PaperCase, issued: Iterable[Issued]) -> tuple[Issued, ...]:
    """Those of a dossier's documents that were issued, or given again, for this paper."""
    known = tuple(issued)
    mine = [each for each in known if each.paper_id == paper.id]
    given = paper.decision.entry_id if isinstance(paper.decision, Redelivery) else None
    again = next((each for each in known if each.entry_id == given), None)
    while again:
        mine.append(again)
        again = next((each for each in known if each.code == again.replaced_by), None)
    return tuple(dict.fromkeys(mine))


def _offer(services: Services, tx: Transaction, paper: PaperCase, issued: Issued) -> Offer | None:
    """None: not to be given for this paper."""
    # 2
    most = timedelta(days=services.redeliver_days)
    fresh = bool(most) and services.now() - issued.issued_at <= most
    good = issued.standing is Standing.GOOD and issued.series is not Series.RECEIPTS
    if not (good and fresh) or issued.paper_id == paper.id or paper.replaces:
        return None
    before = tx.submissions.paper(issued.paper_id)
    theirs, mine = tx.submissions.get(before.submission_id), tx.submissions.get(paper.submission_id)
    how = likeness(brought_of(mine, paper), brought_of(theirs, before), services.profiles)
    return Offer(issued, theirs.code, how) if how else None
