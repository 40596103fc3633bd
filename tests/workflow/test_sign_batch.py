"""A batch: one entry of the PIN, each paper its own number, in order; what breaks off is taken up again."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from signing.errors import PinNeededError, TokenLostError, WrongPinError
from signing.model import Signatory
from tests.builders import birth_page, birth_row, diploma_page
from tests.desk import OFFICER, OFFICER_NAME, Desk, appoint, approval, not_needed
from tests.signing_ways import PIN, TokenSigner
from verification.batch import Batch, BatchState, PaperState
from verification.decision import Delegation, DelegationScope, Role
from verification.errors import NoDelegationError, NotAllowedError, NotDecidableError, StaleError
from verification.ports import PaperCase
from verification.register import EntryState, Series
from verification.services import Services
from verification.signing_errors import BatchRunningError, NothingToSignError
from verification.submission import OfficerId, PaperId, PaperStage
from verification.workflow.issue import hold, sign_and_keep
from verification.workflow.review import case
from verification.workflow.sign_batch import (
    LEASE,
    Wanted,
    end_lost_of,
    halt,
    run_batch,
    start_batch,
    to_sign,
)
from verification.workflow.take_back import take_back
from verification.workflow.verify_register import verify_register

PERSON = Signatory(OFFICER, OFFICER_NAME)


@pytest.fixture
def token(desk: Desk) -> TokenSigner:
    """The officer's key is on a token."""
    token = TokenSigner(desk.services.signer)
    desk.replace(signer=token)
    return token


def approved(desk: Desk, count: int) -> tuple[PaperId, ...]:
    """So many papers that wait to be signed."""
    papers = tuple(desk.hand_in(diploma_page()) for _ in range(count))
    for paper in papers:
        desk.decide(approval(paper))
    return tuple(paper.id for paper in papers)


def started(desk: Desk, *papers: PaperId) -> Batch:
    return start_batch(desk.services, Wanted(OFFICER, papers, "here"))


def signed(desk: Desk, *papers: PaperId) -> Batch:
    """A whole batch, as whoever holds the PIN runs it."""
    batch = started(desk, *papers)
    with desk.services.signer.unlocked(PERSON, PIN) as signer:
        return run_batch(desk.services, batch, signer)


def states(batch: Batch) -> list[str]:
    return [paper.state.value for paper in batch.papers]


# -- waiting to be signed ----------------------------------------------------------------------------


def test_what_a_pin_must_sign_waits_without_a_number_and_without_a_job(
    desk: Desk, token: TokenSigner
) -> None:
    (paper,) = approved(desk, 1)
    assert desk.case(paper).stage is PaperStage.TO_SIGN
    assert desk.database.waiting() == ()
    assert desk.lines() == ()


def test_the_office_may_sign_in_batches_with_any_key(desk: Desk) -> None:
    desk.replace(sign_in_batches=True)
    papers = approved(desk, 2)
    assert [item.paper.id for item in to_sign(desk.services, OFFICER)] == list(papers)
    assert states(signed(desk, *papers)) == ["ISSUED", "ISSUED"]


def test_only_ones_own_papers_are_on_the_list(desk: Desk, token: TokenSigner) -> None:
    approved(desk, 1)
    assert to_sign(desk.services, OfficerId("somebody.else")) == ()


def test_a_key_that_asks_for_its_pin_signs_nothing_without_it(desk: Desk, token: TokenSigner) -> None:
    (paper,) = approved(desk, 1)
    hold(desk.services, paper)
    with pytest.raises(PinNeededError):
        sign_and_keep(desk.services, paper)
    assert [line.state for line in desk.lines()] == [EntryState.HELD]


# -- signed in order -----------------------------------------------------------------------------------


def test_one_entry_of_the_pin_signs_all_and_each_has_its_number_in_order(
    desk: Desk, token: TokenSigner
) -> None:
    papers = approved(desk, 3)
    batch = signed(desk, *papers)
    assert token.entries == [OFFICER]
    assert [paper.number for paper in batch.papers] == ["1/2026", "2/2026", "3/2026"]
    assert (batch.state, batch.reached, batch.count(PaperState.ISSUED)) == (BatchState.DONE, 3, 3)
    assert [desk.case(paper).stage for paper in papers] == [PaperStage.ISSUED] * 3
    assert verify_register(desk.services).faults == ()


def test_copies_and_receipts_are_numbered_each_in_its_own_list(desk: Desk, token: TokenSigner) -> None:
    desk.load("civil_status", birth_row())
    receipt = desk.hand_in(birth_page())
    desk.decide(not_needed(receipt))
    (first, last) = approved(desk, 2)
    batch = signed(desk, first, receipt.id, last)
    assert [paper.number for paper in batch.papers] == ["1/2026", "1/2026", "2/2026"]
    assert [line.paper_id for line in desk.lines(Series.RECEIPTS)] == [receipt.id]


def test_the_pin_is_nowhere_in_what_is_kept(desk: Desk, token: TokenSigner) -> None:
    signed(desk, *approved(desk, 1))
    with desk.database.transaction() as tx:
        assert PIN not in repr((tx.audit.all(), tx.batches.last_of(OFFICER, limit=9)))


def test_the_trail_says_who_began_a_batch_and_how_it_ended(desk: Desk, token: TokenSigner) -> None:
    batch = signed(desk, *approved(desk, 2))
    with desk.database.transaction() as tx:
        began, ended = tx.audit.about(batch.id)
    assert (began.action, began.actor, began.detail) == ("batch.started", OFFICER, (("papers", "2"),))
    assert (ended.action, dict(ended.detail)["issued"]) == ("batch.ended", "2")


# -- what goes wrong -------------------------------------------------------------------------------------


def test_a_wrong_pin_signs_nothing(desk: Desk, token: TokenSigner) -> None:
    papers = approved(desk, 1)
    batch = started(desk, *papers)
    with pytest.raises(WrongPinError) as wrong, desk.services.signer.unlocked(PERSON, "0000"):
        pass
    ended = halt(desk.services, batch.id, wrong.value)
    assert (ended.state, ended.reason, states(ended)) == (BatchState.HALTED, "WRONG_PIN", ["WAITING"])
    assert desk.lines() == ()
    assert states(signed(desk, *papers)) == ["ISSUED"]


def spoilt_paper(desk: Desk) -> PaperId:
    """Approved, and the picture of its page is gone."""
    plain = diploma_page()
    grey = np.full((1300, 900, 3), 200, dtype=np.uint8)
    paper = desk.hand_in(replace(plain, page=replace(plain.page, picture=grey)))
    desk.decide(approval(paper))
    (picture,) = case(desk.services, paper.id).pages()
    desk.objects.delete(picture.digest)
    return paper.id


def test_a_paper_that_cannot_be_drawn_is_cancelled_and_the_rest_goes_on(
    desk: Desk, token: TokenSigner
) -> None:
    (first,), spoilt, (last,) = approved(desk, 1), spoilt_paper(desk), approved(desk, 1)
    assert states(signed(desk, first, spoilt, last)) == ["ISSUED", "FAILED", "ISSUED"]
    assert [(line.state, line.reason) for line in desk.lines()] == [
        (EntryState.ISSUED, None),
        (EntryState.CANCELLED, "OBJECT_MISSING"),
        (EntryState.ISSUED, None),
    ]
    assert (desk.case(spoilt).stage, desk.case(spoilt).failure) == (PaperStage.FAILED, "OBJECT_MISSING")
    assert verify_register(desk.services).faults == ()


def test_a_token_pulled_out_ends_the_batch_and_the_next_takes_the_number_up(
    desk: Desk, token: TokenSigner
) -> None:
    papers = approved(desk, 3)
    token.left = 1
    with pytest.raises(TokenLostError) as lost:
        signed(desk, *papers)
    with desk.database.transaction() as tx:
        (batch,) = tx.batches.running()
    ended = halt(desk.services, batch.id, lost.value)
    assert (ended.state, ended.reason) == (BatchState.HALTED, "TOKEN_LOST")
    assert states(ended) == ["ISSUED", "WAITING", "WAITING"]
    assert [line.state for line in desk.lines()] == [EntryState.ISSUED, EntryState.HELD]
    token.left = None
    again = signed(desk, *papers)
    assert [paper.number for paper in again.papers] == ["2/2026", "3/2026"]
    assert [line.paper_id for line in desk.lines()] == list(papers)
    assert verify_register(desk.services).faults == ()


def test_a_record_that_changed_while_the_paper_waited_sends_it_back(desk: Desk, token: TokenSigner) -> None:
    desk.load("civil_status", birth_row())
    paper = desk.hand_in(birth_page())
    desk.decide(not_needed(paper))
    desk.load("civil_status", birth_row({"child.full_name": "Nguyễn Thị Khác"}))
    batch = signed(desk, paper.id)
    assert [(p.state, p.code) for p in batch.papers] == [(PaperState.FAILED, "NO_LONGER_ANSWERED")]
    assert (desk.case(paper.id).stage, desk.lines(Series.RECEIPTS)) == (PaperStage.WAITING, ())


# -- two at once, and the end ------------------------------------------------------------------------------


def test_of_two_batches_of_one_officer_the_second_is_told(desk: Desk, token: TokenSigner) -> None:
    papers = approved(desk, 2)
    started(desk, papers[0])
    with pytest.raises(BatchRunningError):
        started(desk, papers[1])


def test_a_batch_that_comes_again_finds_nothing_to_sign(desk: Desk, token: TokenSigner) -> None:
    papers = approved(desk, 2)
    signed(desk, *papers)
    with pytest.raises(NothingToSignError):
        started(desk, *papers)


def test_a_batch_is_stopped_after_the_paper_being_signed(desk: Desk, token: TokenSigner) -> None:
    papers = approved(desk, 3)
    batch = started(desk, *papers)

    def stop(_signed: int) -> None:
        with desk.database.transaction() as tx:
            tx.batches.stop(batch.id)

    token.on_sign = stop
    with token.unlocked(PERSON, PIN) as signer:
        ended = run_batch(desk.services, batch, signer)
    assert (ended.state, states(ended)) == (BatchState.STOPPED, ["ISSUED", "WAITING", "WAITING"])
    assert [desk.case(paper).stage for paper in papers[1:]] == [PaperStage.TO_SIGN] * 2


def test_a_batch_whose_process_is_heard_of_no_more_is_lost_after_a_while(
    desk: Desk, token: TokenSigner
) -> None:
    papers = approved(desk, 1)
    lost = started(desk, *papers)
    desk.clock.at += LEASE + timedelta(seconds=1)
    assert states(signed(desk, *papers)) == ["ISSUED"]
    with desk.database.transaction() as tx:
        assert tx.batches.get(lost.id).state is BatchState.LOST
    with pytest.raises(StaleError), token.unlocked(PERSON, PIN) as signer:
        run_batch(desk.services, lost, signer)


def test_a_process_that_starts_anew_ends_what_it_left_running(desk: Desk, token: TokenSigner) -> None:
    papers = approved(desk, 1)
    lost = started(desk, *papers)
    end_lost_of(desk.services, "elsewhere")
    with pytest.raises(BatchRunningError):
        started(desk, *papers)
    end_lost_of(desk.services, "here")
    assert states(signed(desk, *papers)) == ["ISSUED"]
    assert lost.state is BatchState.RUNNING


# -- taken back ----------------------------------------------------------------------------------------------


def test_a_paper_taken_back_waits_for_a_decision_again(desk: Desk, token: TokenSigner) -> None:
    (paper,) = approved(desk, 1)
    taken = take_back(desk.services, paper, OFFICER)
    assert (taken.stage, taken.decision) == (PaperStage.WAITING, None)
    assert desk.actions()[-1] == "paper.taken_back"
    with pytest.raises(NothingToSignError):
        started(desk, paper)
    desk.decide(approval(desk.case(paper)))
    assert [p.number for p in signed(desk, paper).papers] == ["1/2026"]


def test_a_number_already_taken_is_cancelled_with_the_paper_taken_back(
    desk: Desk, token: TokenSigner
) -> None:
    (paper,) = approved(desk, 1)
    hold(desk.services, paper)
    take_back(desk.services, paper, OFFICER)
    assert [(line.state, line.reason) for line in desk.lines()] == [(EntryState.CANCELLED, "TAKEN_BACK")]


def test_what_is_taken_back_while_it_is_signed_is_not_kept(desk: Desk, token: TokenSigner) -> None:
    (paper, other) = approved(desk, 2)

    def change_ones_mind(number: int) -> None:
        if number == 1:
            take_back(desk.services, paper, OFFICER)

    token.on_sign = change_ones_mind
    batch = signed(desk, paper, other)
    assert states(batch) == ["PASSED", "ISSUED"]
    assert desk.issued(paper) == ()
    assert [line.state for line in desk.lines()] == [EntryState.CANCELLED, EntryState.ISSUED]
    assert verify_register(desk.services).faults == ()


def test_only_the_officer_who_decided_takes_back_and_only_what_waits(desk: Desk, token: TokenSigner) -> None:
    (paper,) = approved(desk, 1)
    with pytest.raises(NotAllowedError):
        take_back(desk.services, paper, OfficerId("somebody.else"))
    signed(desk, paper)
    with pytest.raises(NotDecidableError):
        take_back(desk.services, paper, OFFICER)


# -- by whose right ----------------------------------------------------------------------


def delegated(desk: Desk, scope: DelegationScope, *, revoked: bool = False) -> None:
    """The officer's one delegation from now on."""
    capacity = ("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH")
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    with desk.database.transaction() as tx:
        tx.officers.add_delegation(
            Delegation(f"d-{OFFICER}", OFFICER, "01/QĐ-MẪU", capacity, first, last, revoked, scope)
        )


def test_a_delegation_for_receipts_signs_no_copy(desk: Desk, needed: PaperCase) -> None:
    delegated(desk, DelegationScope.RECEIPTS)
    with pytest.raises(NoDelegationError):
        desk.decide(approval(needed))


def test_a_delegation_for_copies_signs_no_receipt(desk: Desk) -> None:
    delegated(desk, DelegationScope.COPIES)
    desk.load("civil_status", birth_row())
    with pytest.raises(NoDelegationError):
        desk.decide(not_needed(desk.hand_in(birth_page())))


def test_the_line_says_by_which_delegation(desk: Desk, token: TokenSigner) -> None:
    signed(desk, *approved(desk, 1))
    assert desk.lines()[0].line.delegation == f"d-{OFFICER}"


def test_without_any_delegation_no_batch_begins(desk: Desk, token: TokenSigner) -> None:
    papers = approved(desk, 1)
    delegated(desk, DelegationScope.BOTH, revoked=True)
    with pytest.raises(NoDelegationError):
        started(desk, *papers)


def test_a_delegation_revoked_in_the_middle_leaves_the_rest_unsigned_and_unnumbered(
    desk: Desk, token: TokenSigner
) -> None:
    papers = approved(desk, 3)
    token.on_sign = lambda _: delegated(desk, DelegationScope.BOTH, revoked=True)
    batch = signed(desk, *papers)
    assert [(p.state, p.code) for p in batch.papers] == [
        (PaperState.ISSUED, None),
        (PaperState.PASSED, "NO_DELEGATION"),
        (PaperState.PASSED, "NO_DELEGATION"),
    ]
    assert [desk.case(paper).stage for paper in papers[1:]] == [PaperStage.TO_SIGN] * 2
    assert len(desk.lines()) == 1


def test_nothing_is_signed_under_a_line_whose_delegation_has_ended(desk: Desk, token: TokenSigner) -> None:
    (paper,) = approved(desk, 1)
    hold(desk.services, paper)
    delegated(desk, DelegationScope.BOTH, revoked=True)
    appoint_anew(desk.services)
    batch = signed(desk, paper)
    assert [(p.state, p.code) for p in batch.papers] == [(PaperState.FAILED, "DELEGATION_ENDED")]
    assert token.signed == 0
    assert [(line.state, line.reason) for line in desk.lines()] == [
        (EntryState.CANCELLED, "DELEGATION_ENDED")
    ]


def appoint_anew(services: Services) -> None:
    """Another delegation, under which the officer signs as somebody else's deputy."""
    with services.database.transaction() as tx:
        tx.officers.add_delegation(
            Delegation(
                "d-new",
                OFFICER,
                "02/QĐ-MẪU",
                ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
                date(2026, 1, 1),
                date(2026, 12, 31),
            )
        )


def test_who_is_no_officer_any_more_signs_no_batch(desk: Desk, token: TokenSigner) -> None:
    papers = approved(desk, 1)
    appoint(desk.services, roles=frozenset({Role.AUDITOR}))
    with pytest.raises(NotAllowedError):
        started(desk, *papers)
