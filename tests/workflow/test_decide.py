"""Decide: what an officer may choose, and every reason why not. A refusal changes nothing."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.builders import (
    NOW,
    birth_page,
    birth_row,
    certified_birth_page,
)
from tests.desk import OFFICER, Desk, RefusingSigner, appoint, approval, delegate, not_needed
from verification.decision import Decision, RefusalGround, Rejection, ReturnForCorrection, Role
from verification.errors import (
    CopyOfCopyError,
    DemanderMissingError,
    NoDelegationError,
    NotAllowedError,
    NotDecidableError,
    NotFoundError,
    ReceiptNotPossibleError,
    StaleError,
    VerificationError,
)
from verification.ports import PaperCase
from verification.submission import OfficerId, PaperId, PaperStage
from verification.workflow.decide import ISSUE_JOB, decide, job_key, paper_of

OTHER = OfficerId("other")


def rejection(paper: PaperCase) -> Rejection:
    return Rejection(paper.id, OFFICER, NOW, RefusalGround.ERASED, "Bản chính bị tẩy xóa.")


def returned(paper: PaperCase) -> ReturnForCorrection:
    return ReturnForCorrection(paper.id, OFFICER, NOW, "Vui lòng chụp lại cho rõ.")


@pytest.fixture
def needless(desk: Desk) -> PaperCase:
    """A paper that the records answer for."""
    desk.load("civil_status", birth_row())
    return desk.hand_in(birth_page())


def refused(desk: Desk, decision: Decision, error: type[VerificationError]) -> None:
    """It is refused with this error, and nothing has changed by it."""
    before = (desk.case(decision.paper_id), desk.actions(), desk.database.waiting())
    with pytest.raises(error):
        desk.decide(decision)
    assert (desk.case(decision.paper_id), desk.actions(), desk.database.waiting()) == before


# -- what may be chosen --------------------------------------------------------------------------------------


def test_a_receipt_is_queued_for_a_paper_that_the_records_answer_for(desk: Desk, needless: PaperCase) -> None:
    decided = desk.decide(not_needed(needless))
    assert (decided.stage, decided.insisted) == (PaperStage.ISSUING, False)
    assert desk.database.waiting() == ((ISSUE_JOB, job_key(decided)),)
    assert desk.actions()[-1] == "paper.decided.NotNeeded"


def test_a_job_knows_its_paper(desk: Desk, needed: PaperCase) -> None:
    assert paper_of(job_key(needed)) == needed.id


def test_a_copy_is_queued_for_a_paper_that_needs_one(desk: Desk, needed: PaperCase) -> None:
    decided = desk.decide(approval(needed))
    assert (decided.stage, decided.insisted) == (PaperStage.ISSUING, False)
    assert desk.case(needed.id).decision == approval(needed)


def test_a_citizen_who_insists_gets_the_copy_and_the_demander_is_noted(
    desk: Desk, needless: PaperCase
) -> None:
    decided = desk.decide(approval(needless, demander="Công ty TNHH Mẫu"))
    assert (decided.stage, decided.insisted) == (PaperStage.ISSUING, True)


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_demander_is_nobody_who_insists(desk: Desk, needed: PaperCase, blank: str) -> None:
    assert not desk.decide(approval(needed, demander=blank)).insisted


@pytest.mark.parametrize(
    ("made", "stage"), [(rejection, PaperStage.REJECTED), (returned, PaperStage.RETURNED)]
)
def test_what_issues_nothing_queues_nothing(
    desk: Desk, needed: PaperCase, made: Callable[[PaperCase], Decision], stage: PaperStage
) -> None:
    assert desk.decide(made(needed)).stage is stage
    assert desk.database.waiting() == ()


def test_the_audit_entry_tells_the_ground_and_not_the_note(desk: Desk, needed: PaperCase) -> None:
    desk.decide(rejection(needed))
    with desk.database.transaction() as tx:
        entry = tx.audit.about(needed.id)[-1]
    assert (entry.actor, entry.detail) == (OFFICER, (("ground", "A22-1"),))


# -- what may not ----------------------------------------------------------------------------------------


def test_somebody_unknown_decides_nothing(desk: Desk, needed: PaperCase) -> None:
    refused(desk, approval(needed, officer=OfficerId("nobody")), NotFoundError)


@pytest.mark.parametrize("roles", [frozenset[Role](), frozenset({Role.ADMIN, Role.AUDITOR})])
def test_an_account_without_the_officers_role_decides_nothing(
    desk: Desk, needed: PaperCase, roles: frozenset[Role]
) -> None:
    appoint(desk.services, OTHER, roles=roles)
    refused(desk, approval(needed, officer=OTHER), NotAllowedError)
    refused(desk, Rejection(needed.id, OTHER, NOW, RefusalGround.ERASED, ""), NotAllowedError)


def test_a_paper_that_is_not_there_cannot_be_decided(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        decide(desk.services, Rejection(PaperId("s9.1"), OFFICER, NOW, RefusalGround.ERASED, ""), version=1)


def test_a_paper_that_changed_meanwhile_must_be_looked_at_again(desk: Desk, needed: PaperCase) -> None:
    for version in (needed.version - 1, needed.version + 1):
        with pytest.raises(StaleError):
            decide(desk.services, approval(needed), version=version)
    assert desk.case(needed.id) == needed


@pytest.mark.parametrize("made", [approval, rejection, returned])
def test_a_paper_is_decided_once(
    desk: Desk, needed: PaperCase, made: Callable[[PaperCase], Decision]
) -> None:
    desk.decide(rejection(needed))
    refused(desk, made(needed), NotDecidableError)


def test_a_paper_that_could_not_be_issued_is_decided_anew(desk: Desk, needed: PaperCase) -> None:
    desk.replace(signer=RefusingSigner())
    desk.decide(approval(needed))
    desk.work()
    assert desk.case(needed.id).stage is PaperStage.FAILED
    again = desk.decide(approval(needed))
    assert (again.stage, again.failure) == (PaperStage.ISSUING, None)
    assert desk.database.waiting() == ((ISSUE_JOB, job_key(again)),)


def test_no_receipt_where_the_records_do_not_answer(desk: Desk, needed: PaperCase) -> None:
    refused(desk, not_needed(needed), ReceiptNotPossibleError)


def test_no_receipt_for_a_paper_with_one_letter_changed(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    refused(desk, not_needed(desk.hand_in(birth_page(full_name="NGUYỄN THỊ MẬU"))), ReceiptNotPossibleError)


@pytest.mark.parametrize("demander", [None, "", "   "])
def test_a_needless_copy_names_who_demands_it(desk: Desk, needless: PaperCase, demander: str | None) -> None:
    refused(desk, approval(needless, demander=demander), DemanderMissingError)


def test_a_copy_of_a_copy_is_never_certified(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    paper = desk.hand_in(certified_birth_page())
    refused(desk, approval(paper, demander="Công ty TNHH Mẫu"), CopyOfCopyError)
    refused(desk, not_needed(paper), ReceiptNotPossibleError)
    assert desk.decide(rejection(paper)).stage is PaperStage.REJECTED


# -- delegations -------------------------------------------------------------------------------------------


def test_an_officer_without_a_delegation_signs_nothing(desk: Desk, needed: PaperCase) -> None:
    appoint(desk.services, OTHER, revoked=True)
    refused(desk, approval(needed, officer=OTHER), NoDelegationError)


@pytest.mark.parametrize(
    ("valid_from", "valid_to"),
    [(date(2026, 1, 1), date(2026, 11, 23)), (date(2026, 11, 25), date(2026, 12, 31))],
)
def test_a_delegation_counts_on_its_days_only(
    desk: Desk, needed: PaperCase, valid_from: date, valid_to: date
) -> None:
    appoint(desk.services, OTHER, valid_from=valid_from, valid_to=valid_to)
    refused(desk, approval(needed, officer=OTHER), NoDelegationError)


def test_both_days_of_a_delegation_count(desk: Desk, needed: PaperCase) -> None:
    appoint(desk.services, OTHER, valid_from=date(2026, 11, 24), valid_to=date(2026, 11, 24))
    assert desk.decide(approval(needed, officer=OTHER)).stage is PaperStage.ISSUING


def test_the_day_of_a_delegation_is_that_of_vietnam(desk: Desk, needed: PaperCase) -> None:
    appoint(desk.services, OTHER, valid_from=date(2026, 11, 25), valid_to=date(2026, 11, 25))
    desk.clock.move(hours=15)
    assert desk.decide(approval(needed, officer=OTHER)).stage is PaperStage.ISSUING


def test_a_revoked_delegation_stops_signing_at_once(desk: Desk, needed: PaperCase) -> None:
    with desk.database.transaction() as tx:
        delegate(tx, OFFICER, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), revoked=True)
    refused(desk, approval(needed), NoDelegationError)


def test_an_officer_without_a_delegation_may_still_refuse(desk: Desk, needed: PaperCase) -> None:
    appoint(desk.services, OFFICER, revoked=True)
    assert desk.decide(rejection(needed)).stage is PaperStage.REJECTED
