"""Settle drift: what an officer may do about what lost its record, and what they may not."""

from dataclasses import replace

import pytest

from signing.model import Verdict
from tests.builders import NOW, birth_row
from tests.desk import OFFICER, Desk, appoint
from tests.workflow.following import (
    SOURCE,
    copy,
    corrected,
    later,
    lines,
    now,
    receipt,
    removed,
    settled,
    waits,
)
from verification.certification import Issued, Standing, StandingChange
from verification.decision import Role
from verification.drift import DriftState, Settled
from verification.errors import (
    NotAllowedError,
    NoteMissingError,
    NotFoundError,
    SettlementNotPossibleError,
    StaleError,
)
from verification.register import Series
from verification.submission import OfficerId
from verification.workflow.settle_drift import Choice, Settlement, restore_all, settle, work_list
from verification.workflow.validate import validate
from verification.workflow.verify_register import verify_register


@pytest.fixture
def lost(desk: Desk) -> Issued:
    """A receipt whose record was corrected."""
    issued = receipt(desk)
    corrected(desk, child__full_name="Nguyễn Thị Mậu")
    return issued


def test_a_line_shows_what_it_is_about_and_what_may_be_done(desk: Desk, lost: Issued) -> None:
    (item,) = work_list(desk.services)
    assert item.issued == now(desk, lost)
    assert item.dossier.startswith("H26.10.05-261124-")
    assert item.choices == (Choice.CONFIRM, Choice.RESTORE)


def test_a_confirmed_receipt_is_revoked(desk: Desk, lost: Issued) -> None:
    item = settled(desk, Choice.CONFIRM, note="Đã báo công dân")
    assert (item.line.settled, item.line.by, item.line.note) == (Settled.REVOKED, OFFICER, "Đã báo công dân")
    stands = now(desk, lost)
    assert (stands.standing, stands.standing_reason) == (Standing.REVOKED, "RECORD_CHANGED")
    assert validate(desk.services, desk.objects.get(lost.digest)).report.verdict is Verdict.INVALID
    assert work_list(desk.services) == ()


def test_a_receipt_whose_record_came_back_is_restored_without_a_word(desk: Desk, lost: Issued) -> None:
    corrected(desk, hour=2)
    settled(desk, Choice.RESTORE)
    assert now(desk, lost).standing is Standing.GOOD
    assert validate(desk.services, desk.objects.get(lost.digest)).report.verdict is Verdict.VALID


def test_a_receipt_whose_record_still_differs_is_restored_only_with_a_reason(
    desk: Desk, lost: Issued
) -> None:
    with pytest.raises(NoteMissingError):
        settled(desk, Choice.RESTORE, note="  ")
    assert now(desk, lost).standing is Standing.SUPERSEDED
    settled(desk, Choice.RESTORE, note="Nguồn ghi sai, đã có văn bản đính chính")
    assert now(desk, lost).standing is Standing.GOOD


def test_what_was_restored_for_a_reason_is_not_superseded_by_the_same_again(desk: Desk, lost: Issued) -> None:
    settled(desk, Choice.RESTORE, note="Nguồn ghi sai")
    corrected(desk, hour=2, child__full_name="Nguyễn Thị Mạu")
    assert now(desk, lost).standing is Standing.GOOD
    corrected(desk, hour=3, child__full_name="Nguyễn Thị Mạu", child__sex="male")
    assert now(desk, lost).standing is Standing.SUPERSEDED
    assert [line.state for line in lines(desk)] == [DriftState.OPEN, DriftState.DONE]


def test_what_came_back_and_is_lost_in_the_same_way_is_a_new_line(desk: Desk, lost: Issued) -> None:
    corrected(desk, hour=2)
    settled(desk, Choice.RESTORE)
    corrected(desk, hour=3, child__full_name="Nguyễn Thị Mậu")
    assert now(desk, lost).standing is Standing.SUPERSEDED
    assert [line.state for line in lines(desk)] == [DriftState.OPEN, DriftState.DONE]


def test_what_was_revoked_stays_revoked_whatever_comes(desk: Desk, lost: Issued) -> None:
    settled(desk, Choice.CONFIRM)
    removed(desk, hour=2)
    corrected(desk, hour=3)
    assert now(desk, lost).standing is Standing.REVOKED
    assert work_list(desk.services) == ()


def test_a_copy_is_noted_and_stands(desk: Desk) -> None:
    issued = copy(desk)
    removed(desk)
    (item,) = work_list(desk.services)
    assert item.choices == (Choice.NOTED,)
    settled(desk, Choice.NOTED)
    assert now(desk, issued) == issued
    assert work_list(desk.services) == ()


def test_what_was_noted_is_not_shown_again_for_the_same(desk: Desk) -> None:
    copy(desk)
    removed(desk, hour=1)
    settled(desk, Choice.NOTED)
    desk.load(SOURCE, {**birth_row(updated_at=later(2)), "deleted": True})
    assert work_list(desk.services) == ()


def test_a_paper_that_waits_is_noted_or_decided(desk: Desk) -> None:
    waits(desk)
    removed(desk)
    assert settled(desk, Choice.NOTED).line.settled is Settled.NOTED


@pytest.mark.parametrize("choice", [Choice.CONFIRM, Choice.RESTORE])
def test_a_copy_is_neither_revoked_nor_restored_here(desk: Desk, choice: Choice) -> None:
    issued = copy(desk)
    removed(desk)
    with pytest.raises(SettlementNotPossibleError):
        settled(desk, choice, note="Vì sao")
    assert now(desk, issued) == issued


def test_a_superseded_receipt_is_not_only_noted(desk: Desk, lost: Issued) -> None:
    with pytest.raises(SettlementNotPossibleError):
        settled(desk, Choice.NOTED)


def test_what_was_superseded_by_a_newer_document_is_not_restored_here(desk: Desk, lost: Issued) -> None:
    with desk.database.transaction() as tx:
        tx.certifications.stand(StandingChange(lost.code, Standing.SUPERSEDED, "REPLACED", NOW, OFFICER))
    with pytest.raises(SettlementNotPossibleError):
        settled(desk, Choice.RESTORE, note="Vì sao")


def test_of_two_officers_the_second_is_told_to_reload(desk: Desk, lost: Issued) -> None:
    (item,) = work_list(desk.services)
    settled(desk, Choice.CONFIRM)
    with pytest.raises(StaleError):
        settle(desk.services, Settlement(item.line.id, Choice.RESTORE, OFFICER, item.line.version, "Vì sao"))
    assert now(desk, lost).standing is Standing.REVOKED


def test_a_line_that_changed_since_it_was_seen_is_not_settled(desk: Desk, lost: Issued) -> None:
    (seen,) = work_list(desk.services)
    corrected(desk, hour=2, child__full_name="Nguyễn Thị Mậu", child__sex="male")
    with pytest.raises(StaleError):
        settled(desk, Choice.CONFIRM, version=seen.line.version)


def test_a_record_that_changed_back_unseen_counts_as_it_is_now(desk: Desk, lost: Issued) -> None:
    """As a copy of the records put right by hand would: the choice rests on a comparison made with it."""
    with desk.database.transaction() as tx:
        (line,) = tx.drift.lines((DriftState.OPEN,), limit=1)
        tx.drift.save(replace(line, answers_again=True))
    with pytest.raises(NoteMissingError):
        settled(desk, Choice.RESTORE)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_only_an_officer_settles(desk: Desk, lost: Issued, role: Role) -> None:
    other = OfficerId("mau.khac")
    appoint(desk.services, other, roles=frozenset({role}))
    (item,) = work_list(desk.services)
    with pytest.raises(NotAllowedError):
        settle(desk.services, Settlement(item.line.id, Choice.CONFIRM, other, item.line.version))


def test_a_line_that_is_not_there_is_not_settled(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        settle(desk.services, Settlement(7, Choice.CONFIRM, OFFICER, 1))


def test_what_answers_again_is_restored_by_one_choice(desk: Desk, lost: Issued) -> None:
    assert restore_all(desk.services, OFFICER) == 0
    corrected(desk, hour=2)
    assert restore_all(desk.services, OFFICER) == 1
    assert now(desk, lost).standing is Standing.GOOD
    assert work_list(desk.services) == ()


def test_copies_are_not_restored_for_they_stand(desk: Desk) -> None:
    copy(desk)
    removed(desk, hour=1)
    corrected(desk, hour=2)
    assert restore_all(desk.services, OFFICER) == 0
    assert len(work_list(desk.services)) == 1


def test_only_an_officer_restores_all(desk: Desk, lost: Issued) -> None:
    other = OfficerId("mau.khac")
    appoint(desk.services, other, roles=frozenset({Role.AUDITOR}))
    corrected(desk, hour=2)
    with pytest.raises(NotAllowedError):
        restore_all(desk.services, other)
    assert now(desk, lost).standing is Standing.SUPERSEDED


def test_what_was_done_is_audited_and_the_book_holds(desk: Desk, lost: Issued) -> None:
    before = desk.lines(Series.RECEIPTS)
    settled(desk, Choice.CONFIRM, note="Đã báo bà Nguyễn Thị Mẫu")
    with desk.database.transaction() as tx:
        entry = tx.audit.about(lost.entry_id)[-1]
        everything = repr(tx.audit.all())
    assert (entry.action, entry.actor) == ("drift.settled.REVOKED", OFFICER)
    assert dict(entry.detail) == {"line": "1", "answers_again": "false"}
    assert "Nguyễn" not in everything
    assert desk.lines(Series.RECEIPTS) == before
    assert verify_register(desk.services).faults == ()
