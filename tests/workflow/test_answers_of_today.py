"""A receipt rests on what the records say today: not on a copy, or an answer, that has grown too old."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, birth_page, birth_row, card_front, card_row
from tests.desk import Desk, approval, not_needed
from tests.platform.asking import asker
from tests.platform.reference import Platform, listening
from tests.platform.shapes import person
from tests.workflow.following import SOURCE, corrected, later, lines, receipt, settled, waits
from verification.assessment import Outcome
from verification.drift import Drifted, DriftState
from verification.errors import AnswerTooOldError, NoteMissingError
from verification.register import EntryState, Series
from verification.submission import PaperStage
from verification.workflow.issue import hold
from verification.workflow.settle_drift import Choice

PEOPLE = "/dan-cu/tra-cuu"


def test_a_copy_of_a_moment_to_come_answers_nothing(desk: Desk) -> None:
    """A clock was wrong when it was loaded; nobody can tell how old the data are."""
    desk.clock.move(days=30)
    desk.load(SOURCE, birth_row(), as_of=desk.clock.at)
    desk.clock.move(days=-20)
    found = desk.check(birth_page()).assessment
    assert (found.outcome, found.reasons[0].code) == (Outcome.SOURCE_UNAVAILABLE, "SOURCE_STALE")


def test_no_receipt_is_decided_on_a_copy_past_its_limit(desk: Desk) -> None:
    paper = waits(desk)
    desk.clock.move(hours=49)
    with pytest.raises(AnswerTooOldError):
        desk.decide(not_needed(paper))
    assert desk.case(paper.id) == paper
    desk.load(
        SOURCE,
        birth_row(record_id="KS-9", child__personal_number="001320012399", child__full_name="Lê Mới"),
        as_of=desk.clock.at,
    )
    assert desk.issue(not_needed(paper)).series is Series.RECEIPTS


@pytest.mark.parametrize("held", [False, True])
def test_no_receipt_is_issued_on_a_copy_past_its_limit(desk: Desk, held: bool) -> None:
    paper = waits(desk)
    desk.decide(not_needed(paper))
    if held:
        hold(desk.services, paper.id)
    desk.clock.move(hours=49)
    desk.work()
    kept = desk.case(paper.id)
    assert (kept.stage, kept.failure, desk.issued(paper.id)) == (PaperStage.WAITING, "ANSWER_TOO_OLD", ())
    assert [line.state for line in desk.lines(Series.RECEIPTS)] == [EntryState.CANCELLED] * held


def test_no_receipt_is_decided_on_what_a_platform_told_too_long_ago(desk: Desk, tmp_path: Path) -> None:
    with listening(Platform({PEOPLE: [person(card_row())]}, now=desk.clock)) as platform:
        desk.replace(pull=asker(tmp_path, platform, "population", now=desk.clock))
        paper = desk.hand_in(card_front())
    assert paper.assessment.outcome is Outcome.NO_COPY_NEEDED
    desk.clock.move(hours=49)
    with pytest.raises(AnswerTooOldError):
        desk.decide(not_needed(paper))


def test_a_delivery_takes_back_what_a_platform_told_of_a_receipt_being_issued(
    desk: Desk, tmp_path: Path
) -> None:
    """The platform is not asked again at the end of issuing, and the delivery comes but once."""
    with listening(Platform({PEOPLE: [person(card_row())]}, now=desk.clock)) as platform:
        desk.replace(pull=asker(tmp_path, platform, "population", now=desk.clock))
        paper = desk.hand_in(card_front())
    desk.decide(not_needed(paper))
    desk.load("population", card_row(status="deceased", updated_at=later(40)))
    desk.work()
    kept = desk.case(paper.id)
    assert (kept.stage, kept.failure, desk.issued(paper.id)) == (
        PaperStage.WAITING,
        "NO_LONGER_ANSWERED",
        (),
    )
    assert kept.assessment.outcome is Outcome.OFFICER_REVIEW
    assert [(line.loss.what, line.entry_id) for line in lines(desk)] == [(Drifted.NOT_VALID, None)]


def test_a_copy_being_issued_from_what_a_platform_told_is_issued_and_shown_to_the_officer(
    desk: Desk, tmp_path: Path
) -> None:
    with listening(Platform({PEOPLE: [person(card_row())]}, now=desk.clock)) as platform:
        desk.replace(pull=asker(tmp_path, platform, "population", now=desk.clock))
        paper = desk.hand_in(card_front())
    desk.decide(approval(paper, demander="Công ty TNHH Mẫu"))
    desk.load("population", card_row(status="deceased", updated_at=later(40)))
    desk.work()
    assert [issued.series for issued in desk.issued(paper.id)] == [Series.COPIES]
    assert [(line.loss.what, line.state) for line in lines(desk)] == [(Drifted.NOT_VALID, DriftState.OPEN)]


def test_a_copy_past_its_limit_restores_nothing_without_a_reason(desk: Desk) -> None:
    receipt(desk)
    corrected(desk, status="annulled")
    corrected(desk, hour=2)
    assert [line.answers_again for line in lines(desk)] == [True]
    desk.clock.move(days=3)
    with pytest.raises(NoteMissingError):
        settled(desk, Choice.RESTORE)


def test_our_copy_promises_nothing_against_a_platform(desk: Desk, tmp_path: Path) -> None:
    """It told that the person is dead; a delivery of the night before does not know that yet."""
    desk.load("population", card_row(), as_of=NOW - timedelta(hours=10))
    with listening(Platform({PEOPLE: [person(card_row(status="deceased"))]}, now=desk.clock)) as platform:
        desk.replace(pull=asker(tmp_path, platform, "population", now=desk.clock))
        paper = desk.hand_in(card_front())
    assert paper.assessment.outcome is Outcome.OFFICER_REVIEW
    row = card_row(updated_at=later(1), ethnicity="Kinh")
    desk.load("population", row, as_of=NOW - timedelta(hours=9))
    assert desk.case(paper.id).assessment == paper.assessment
