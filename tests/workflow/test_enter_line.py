"""A line for copies that an officer certifies on paper by hand: numbered in the book, without a file."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import diploma_page
from tests.desk import OFFICER, Desk, appoint, approval
from verification.decision import Role
from verification.errors import NoDelegationError, NotAllowedError
from verification.register import EntryState, Series
from verification.register_errors import BookClosedError, LineIncompleteError
from verification.submission import OfficerId
from verification.terms import OfficeTerms
from verification.workflow.close_year import close_year
from verification.workflow.enter_line import LINE_ENTERED, PaperCopies, enter_line
from verification.workflow.verify_register import verify_register

PAPER = Series.PAPER_COPIES
STATED = PaperCopies("form-1", "Nguyễn Thị Mẫu", "Bằng tốt nghiệp", pages=3, copies=2, note="Trả bưu điện")


def test_copies_on_paper_take_a_number_of_their_book(desk: Desk) -> None:
    entry = enter_line(desk.services, STATED, OFFICER)
    assert (entry.label, entry.book, entry.state) == ("1/2026", "01/2026-SCT/BS", EntryState.ISSUED)
    assert (entry.line.copies, entry.line.fee) == (2, 10_000)
    assert entry.line.note == "Bản giấy; Trả bưu điện"
    assert entry.line.signer == "Trần Văn Thử"
    assert entry.by_hand
    assert LINE_ENTERED in desk.actions()
    assert verify_register(desk.services).faults == ()


def test_one_book_holds_both_where_the_office_keeps_one(desk: Desk) -> None:
    desk.replace(terms=OfficeTerms(copies=PAPER))
    enter_line(desk.services, STATED, OFFICER)
    issued = desk.issue(approval(desk.hand_in(diploma_page())))
    assert (issued.number, issued.book) == ("2/2026", "01/2026-SCT/BS")
    assert enter_line(desk.services, replace(STATED, once="form-2"), OFFICER).number == 3
    assert verify_register(desk.services).faults == ()


def test_a_form_sent_twice_is_entered_once(desk: Desk) -> None:
    first = enter_line(desk.services, STATED, OFFICER)
    assert enter_line(desk.services, replace(STATED, copies=5), OFFICER) == first
    assert len(desk.lines(PAPER)) == 1


@pytest.mark.parametrize(
    "missing",
    [
        {"requester": ""},
        {"title": ""},
        {"once": ""},
        {"pages": 0},
        {"pages": 2_001},
        {"copies": 0},
        {"copies": 501},
    ],
    ids=str,
)
def test_a_line_that_lacks_something_takes_no_number(desk: Desk, missing: dict[str, object]) -> None:
    with pytest.raises(LineIncompleteError):
        enter_line(desk.services, replace(STATED, **missing), OFFICER)  # type: ignore[arg-type]
    assert desk.lines(PAPER) == ()


def test_nothing_is_entered_without_the_role_or_a_delegation(desk: Desk) -> None:
    admin, late = OfficerId("mau.admin"), OfficerId("mau.late")
    appoint(desk.services, admin, roles=frozenset({Role.ADMIN}))
    appoint(desk.services, late, valid_to=date(2026, 11, 1))
    with pytest.raises(NotAllowedError):
        enter_line(desk.services, STATED, admin)
    with pytest.raises(NoDelegationError):
        enter_line(desk.services, STATED, late)
    assert desk.lines(PAPER) == ()


def test_a_closed_book_takes_no_line(desk: Desk) -> None:
    enter_line(desk.services, STATED, OFFICER)
    close = close_year(desk.services, PAPER, 2026, by="admin", ended=True)
    assert (close.totals.copies, close.totals.fees) == (2, 10_000)
    with pytest.raises(BookClosedError):
        enter_line(desk.services, replace(STATED, once="form-2"), OFFICER)


def test_a_line_entered_by_hand_and_changed_is_found(desk: Desk) -> None:
    entry = enter_line(desk.services, STATED, OFFICER)
    with desk.database.transaction() as tx:
        tx.state.lines[entry.id] = replace(entry, line=replace(entry.line, copies=9))
    assert verify_register(desk.services).faults == (("LINE_CHANGED", "1/2026-SCT/BS"),)
