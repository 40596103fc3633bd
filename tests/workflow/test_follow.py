"""Follow: a record changes after something was issued from it, and what was issued changes its standing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from signing.model import Verdict
from signing.trial_pki import TestPki
from tests.builders import NOW, birth_page, birth_row, card_back, card_front, card_row
from tests.desk import OFFICER, Desk, approval, not_needed
from tests.workflow.following import (
    SOURCE,
    Meanwhile,
    copy,
    corrected,
    full,
    later,
    lines,
    now,
    receipt,
    removed,
    waits,
)
from verification.assessment import Outcome
from verification.certification import Standing
from verification.decision import RefusalGround, Rejection
from verification.drift import Drifted, DriftState, Loss, Settled
from verification.errors import NoLongerAnsweredError, StaleError
from verification.register import EntryState, Series
from verification.standing import RECORD_CHANGED, RECORD_NOT_VALID
from verification.submission import PaperStage
from verification.workflow.decide import decide
from verification.workflow.issue import hold
from verification.workflow.pull import PULLED
from verification.workflow.synchronise import Delivery, rehearse, synchronise
from verification.workflow.validate import validate
from verification.workflow.verify_register import verify_register

OTHER_NAME = "Nguyễn Thị Mậu"


# -- a receipt ---------------------------------------------


def test_a_receipt_whose_record_was_corrected_is_superseded(desk: Desk) -> None:
    issued = receipt(desk)
    assert corrected(desk, child__full_name=OTHER_NAME).drift == 1
    stands = now(desk, issued)
    assert (stands.standing, stands.standing_reason) == (Standing.SUPERSEDED, RECORD_CHANGED)
    (line,) = lines(desk)
    assert (line.loss, line.entry_id) == (Loss(Drifted.CHANGED, ("full_name",)), issued.entry_id)


@pytest.mark.parametrize("status", ["annulled", "cancelled", "chưa rõ"])
def test_a_receipt_whose_record_is_no_longer_valid_is_superseded(desk: Desk, status: str) -> None:
    issued = receipt(desk)
    corrected(desk, status=status)
    assert now(desk, issued).standing_reason == RECORD_NOT_VALID
    assert [line.loss.what for line in lines(desk)] == [Drifted.NOT_VALID]


def test_a_receipt_of_somebody_who_has_died_is_superseded(desk: Desk) -> None:
    desk.load("population", card_row())
    issued = desk.issue(not_needed(desk.hand_in(card_front())))
    desk.load("population", card_row(status="deceased", updated_at=later(1)))
    assert now(desk, issued).standing_reason == RECORD_NOT_VALID


def test_a_receipt_whose_record_was_removed_is_superseded(desk: Desk) -> None:
    issued = receipt(desk)
    removed(desk)
    assert now(desk, issued).standing_reason == RECORD_NOT_VALID
    assert [line.loss for line in lines(desk)] == [Loss(Drifted.GONE)]


def test_a_receipt_whose_record_a_full_load_leaves_out_is_superseded(desk: Desk) -> None:
    issued = receipt(desk)
    full(desk, birth_row(record_id="BC-9", child__personal_number="001199012353", child__full_name="Lê Mới"))
    assert now(desk, issued).standing_reason == RECORD_NOT_VALID
    assert [line.loss for line in lines(desk)] == [Loss(Drifted.GONE)]


def test_a_receipt_whose_record_is_in_conflict_is_superseded(desk: Desk) -> None:
    issued = receipt(desk)
    desk.load(SOURCE, birth_row(child__sex="male"))
    assert now(desk, issued).standing_reason == RECORD_NOT_VALID


def test_what_the_record_only_writes_otherwise_troubles_nobody(desk: Desk) -> None:
    issued = receipt(desk)
    assert corrected(desk, child__place_of_origin="xã Thụy Lâm, Đông Anh, Hà Nội").drift == 0
    assert now(desk, issued) == issued
    assert lines(desk) == ()
    assert desk.actions()[-2:] == ["drift.none", "source.loaded"]


def test_the_same_words_under_a_later_time_are_not_compared_again(desk: Desk) -> None:
    issued = receipt(desk)
    corrected(desk)
    assert now(desk, issued) == issued
    assert "drift.none" not in desk.actions()


def test_a_record_nothing_rests_on_may_change_as_it_likes(desk: Desk) -> None:
    receipt(desk)
    other = birth_row(record_id="BC-9", child__personal_number="001199012353")
    assert desk.load(SOURCE, other).drift == 0
    assert desk.load(SOURCE, {**other, "status": "annulled", "updated_at": later(1)}).drift == 0


def test_validation_says_that_the_record_has_changed_and_what_to_do(desk: Desk) -> None:
    issued = receipt(desk)
    corrected(desk, child__full_name=OTHER_NAME)
    found = validate(desk.services, desk.objects.get(issued.digest))
    first = found.report.reasons[0]
    assert (found.report.verdict, first.code) == (Verdict.UNDETERMINED, "RECORD_CHANGED")
    assert first.next_step_vi
    assert found.issued is not None
    assert found.issued.standing is Standing.SUPERSEDED


def test_object_and_register_stay_as_they_are(desk: Desk) -> None:
    issued = receipt(desk)
    before = desk.objects.get(issued.digest), desk.lines(Series.RECEIPTS)
    removed(desk)
    assert (desk.objects.get(issued.digest), desk.lines(Series.RECEIPTS)) == before
    assert verify_register(desk.services).faults == ()


def test_the_audit_trail_tells_fields_and_standing_and_no_value(desk: Desk) -> None:
    issued = receipt(desk)
    corrected(desk, child__full_name=OTHER_NAME)
    with desk.database.transaction() as tx:
        (found,) = (e for e in tx.audit.about(issued.paper_id) if e.action == "drift.found")
        (changed,) = (e for e in tx.audit.about(issued.entry_id) if e.action == "standing.changed")
        everything = repr(tx.audit.all())
    assert dict(found.detail) == {"line": "1", "what": "CHANGED", "fields": "full_name"}
    assert dict(changed.detail) == {"standing": "SUPERSEDED", "reason": "RECORD_CHANGED"}
    assert "Nguyễn" not in everything


# -- again and again ---------------------------------------------


def test_two_deliveries_on_one_record_make_one_open_line(desk: Desk) -> None:
    receipt(desk)
    corrected(desk, hour=1, child__full_name=OTHER_NAME)
    assert corrected(desk, hour=2, child__full_name="Nguyễn Thị Mạu").drift == 0
    assert corrected(desk, hour=3, child__full_name=OTHER_NAME, child__sex="male").drift == 1
    (line,) = lines(desk)
    assert line.loss == Loss(Drifted.CHANGED, ("full_name", "sex"))


def test_a_record_that_comes_back_says_so_and_restores_nothing_by_itself(desk: Desk) -> None:
    issued = receipt(desk)
    removed(desk, hour=1)
    corrected(desk, hour=2)
    (line,) = lines(desk)
    assert (line.answers_again, line.state) == (True, DriftState.OPEN)
    assert now(desk, issued).standing is Standing.SUPERSEDED


def test_a_record_that_comes_back_and_goes_again_is_one_line(desk: Desk) -> None:
    receipt(desk)
    removed(desk, hour=1)
    corrected(desk, hour=2)
    removed(desk, hour=3)
    (line,) = lines(desk)
    assert (line.answers_again, line.state) == (False, DriftState.OPEN)


# -- an electronic certified copy ---------------------------------------------


def test_a_certified_copy_stands_and_is_shown_to_the_officer(desk: Desk) -> None:
    issued = copy(desk)
    removed(desk)
    assert now(desk, issued) == issued
    (line,) = lines(desk)
    assert (line.loss.what, line.entry_id) == (Drifted.GONE, issued.entry_id)


def test_what_had_not_agreed_before_is_no_loss(desk: Desk) -> None:
    desk.load(SOURCE, birth_row(child__full_name=OTHER_NAME))
    issued = desk.issue(approval(desk.hand_in(birth_page())))
    corrected(desk, child__full_name="Nguyễn Thị Mạu")
    assert lines(desk) == ()
    corrected(desk, hour=2, child__full_name="Nguyễn Thị Mạu", child__sex="male")
    assert [line.loss.fields for line in lines(desk)] == [("sex",)]
    assert now(desk, issued) == issued


def test_a_copy_whose_record_changes_while_it_is_issued_is_on_the_list_as_well(desk: Desk) -> None:
    paper = waits(desk)
    desk.decide(approval(paper, demander="Công ty TNHH Mẫu"))
    hold(desk.services, paper.id)
    removed(desk)
    assert lines(desk) == ()
    desk.work()
    (issued,) = desk.issued(paper.id)
    assert [(line.loss.what, line.entry_id) for line in lines(desk)] == [(Drifted.GONE, issued.entry_id)]


# -- a paper that waits ---------------------------------------------


def test_a_paper_that_waits_has_the_new_proposal_and_a_line(desk: Desk) -> None:
    paper = waits(desk)
    assert paper.assessment.outcome is Outcome.NO_COPY_NEEDED
    corrected(desk, child__full_name=OTHER_NAME)
    assert desk.case(paper.id).assessment.outcome is Outcome.OFFICER_REVIEW
    assert [(line.loss.fields, line.entry_id) for line in lines(desk)] == [(("full_name",), None)]


def test_who_has_it_open_is_told_to_load_it_again(desk: Desk) -> None:
    paper = waits(desk)
    corrected(desk, child__full_name=OTHER_NAME)
    with pytest.raises(StaleError):
        decide(desk.services, not_needed(paper), version=paper.version)


def test_its_line_is_done_with_the_decision(desk: Desk) -> None:
    paper = waits(desk)
    corrected(desk, child__full_name=OTHER_NAME)
    desk.decide(approval(paper))
    assert [(line.state, line.settled, line.by) for line in lines(desk)] == [
        (DriftState.DONE, Settled.DECIDED, OFFICER)
    ]


def test_a_correction_may_let_the_record_answer(desk: Desk) -> None:
    desk.load(SOURCE, birth_row(child__full_name=OTHER_NAME))
    paper = desk.hand_in(birth_page())
    assert paper.assessment.outcome is Outcome.OFFICER_REVIEW
    corrected(desk)
    assert desk.case(paper.id).assessment.outcome is Outcome.NO_COPY_NEEDED
    assert lines(desk) == ()
    assert desk.issue(not_needed(paper)).series is Series.RECEIPTS


def test_a_delivery_too_old_itself_promises_nothing(desk: Desk) -> None:
    desk.load(SOURCE, birth_row(child__full_name=OTHER_NAME))
    paper = desk.hand_in(birth_page())
    desk.clock.move(hours=49)
    desk.load(SOURCE, birth_row(updated_at=later(1)), as_of=NOW)
    assert desk.case(paper.id).assessment.outcome is Outcome.OFFICER_REVIEW


def test_a_late_delivery_takes_a_promise_back_all_the_same(desk: Desk) -> None:
    paper = waits(desk)
    desk.clock.move(hours=49)
    desk.load(SOURCE, birth_row(updated_at=later(1), status="annulled"), as_of=NOW)
    assert desk.case(paper.id).assessment.outcome is not Outcome.NO_COPY_NEEDED


def test_a_paper_rejected_before_is_left_alone(desk: Desk) -> None:
    paper = waits(desk)
    desk.decide(Rejection(paper.id, OFFICER, NOW, RefusalGround.ERASED, "Có tẩy xóa"))
    before = desk.case(paper.id)
    removed(desk)
    assert (desk.case(paper.id), lines(desk)) == (before, ())


# -- between the comparison and the decision, between the decision and the end -----------------------


def test_a_record_that_another_came_beside_is_noticed_when_the_paper_is_decided(desk: Desk) -> None:
    """Nothing rests on the second record, so no delivery names it."""
    paper = waits(desk)
    desk.load(SOURCE, birth_row(record_id="BC-9", registered_on="2020-01-01"))
    with pytest.raises(NoLongerAnsweredError):
        desk.decide(not_needed(paper))
    kept = desk.case(paper.id)
    assert (kept.stage, kept.assessment.outcome) == (PaperStage.WAITING, Outcome.OFFICER_REVIEW)


def test_no_number_is_taken_for_a_receipt_whose_record_has_changed(desk: Desk) -> None:
    paper = waits(desk)
    desk.decide(not_needed(paper))
    removed(desk)
    desk.work()
    kept = desk.case(paper.id)
    assert (kept.stage, kept.failure, kept.decision) == (PaperStage.WAITING, "NO_LONGER_ANSWERED", None)
    assert kept.assessment.outcome is not Outcome.NO_COPY_NEEDED
    assert [(line.loss.what, line.entry_id) for line in lines(desk)] == [(Drifted.GONE, None)]
    assert (desk.lines(Series.RECEIPTS), desk.issued(paper.id)) == ((), ())


def test_a_receipt_whose_record_changes_while_it_is_signed_is_not_issued(desk: Desk) -> None:
    paper = waits(desk)
    desk.decide(not_needed(paper))
    hold(desk.services, paper.id)
    removed(desk)
    desk.work()
    (line,) = desk.lines(Series.RECEIPTS)
    assert (line.state, line.reason) == (EntryState.CANCELLED, "NO_LONGER_ANSWERED")
    assert desk.issued(paper.id) == ()
    assert verify_register(desk.services).faults == ()
    desk.issue(approval(paper))
    assert verify_register(desk.services).faults == ()


def test_a_paper_read_while_its_source_was_loaded_is_compared_again(desk: Desk) -> None:
    desk.load(SOURCE, birth_row())
    desk.replace(database=Meanwhile(desk.database, lambda: removed(desk)))
    paper = desk.hand_in(birth_page())
    assert paper.assessment.outcome is not Outcome.NO_COPY_NEEDED


# -- all or nothing ---------------------------------------------


def test_a_delivery_that_breaks_off_changes_neither_records_nor_standing(desk: Desk) -> None:
    issued = receipt(desk)
    before = desk.actions()

    def broken() -> Iterator[tuple[int, dict[str, object]]]:
        yield 1, birth_row(updated_at=later(1), child__full_name=OTHER_NAME)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        synchronise(desk.services, broken(), Delivery(SOURCE, NOW, OFFICER))
    assert (now(desk, issued), lines(desk), desk.actions()) == (issued, (), before)


def test_a_rehearsal_counts_what_would_lose_its_record_and_changes_nothing(desk: Desk) -> None:
    issued = receipt(desk)
    row = birth_row(updated_at=later(1), child__full_name=OTHER_NAME)
    assert rehearse(desk.services, [(1, row)], Delivery(SOURCE, NOW, OFFICER)).drift == 1
    assert (now(desk, issued), lines(desk)) == (issued, ())


def test_both_sides_of_a_card_rest_on_one_record(desk: Desk) -> None:
    desk.load("population", card_row())
    submission = desk.submit(desk.upload(card_front()), desk.upload(card_back()))
    with desk.database.transaction() as tx:
        (paper,) = tx.submissions.papers(submission.id)
    issued = desk.issue(not_needed(paper))
    desk.load("population", card_row(full_name="Nguyễn Thị Mới", updated_at=later(1)))
    assert now(desk, issued).standing is Standing.SUPERSEDED


def test_what_a_platform_told_is_not_held_against_our_copy(desk: Desk, pki: TestPki, tmp_path: Path) -> None:
    paper = waits(desk)
    match = paper.assessment.match
    assert match is not None
    assert match.snapshot is not None
    told = replace(match, snapshot=replace(match.snapshot, sequence=PULLED))
    pulled = replace(paper, assessment=replace(paper.assessment, match=told))
    without_copy = Desk(pki, tmp_path / "other")
    with desk.database.transaction() as tx, without_copy.database.transaction() as empty:
        empty.submissions.add(tx.submissions.get(paper.submission_id))
        empty.submissions.add_papers([pulled])
    assert without_copy.issue(not_needed(paper)).series is Series.RECEIPTS
