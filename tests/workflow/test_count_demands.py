"""Count demands: what was decided is counted once, by whoever asked for it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import birth_page, birth_row, diploma_page
from tests.desk import OFFICER, REQUEST, Desk, appoint, approval, not_needed
from verification.decision import RefusalGround, Rejection, Role
from verification.demand import DemanderCount
from verification.errors import DemanderUnknownError, NotAllowedError
from verification.ports import PaperCase
from verification.submission import OfficerId
from verification.workflow.count_demands import Merge, Period, count_demands, merge, month_of, organisations

TODAY = Period(date(2026, 11, 24), date(2026, 11, 24))
ADMIN = OfficerId("quan.tri")


@pytest.fixture
def needless(desk: Desk) -> PaperCase:
    """A paper that the records answer for."""
    desk.load("civil_status", birth_row())
    return desk.hand_in(birth_page())


def rows(desk: Desk, period: Period = TODAY) -> list[tuple[str, int, int]]:
    return [(row.organisation, row.copies, row.receipts) for row in counts(desk, period)]


def counts(desk: Desk, period: Period = TODAY) -> tuple[DemanderCount, ...]:
    return count_demands(desk.services, period)


def test_a_copy_that_was_insisted_on_is_counted_under_who_demands_it(desk: Desk, needless: PaperCase) -> None:
    desk.decide(approval(needless, demander=" Công ty TNHH Mẫu "))
    (row,) = counts(desk)
    assert (row.organisation, row.kind, row.copies, row.receipts) == (
        "Công ty TNHH Mẫu",
        "birth_certificate",
        1,
        0,
    )
    assert row.dossiers == ("H26.10.05-261124-0001",)


def test_a_receipt_is_counted_under_whom_it_is_for(desk: Desk, needless: PaperCase) -> None:
    desk.decide(not_needed(needless))
    assert rows(desk) == [("Trường THPT Mẫu", 0, 1)]


def test_what_is_not_decided_or_was_needed_is_not_counted(desk: Desk, needless: PaperCase) -> None:
    desk.decide(approval(desk.hand_in(diploma_page()), demander="Công ty TNHH Mẫu"))
    assert rows(desk) == []
    desk.decide(Rejection(needless.id, OFFICER, desk.clock.at, RefusalGround.ERASED, "…"))
    assert rows(desk) == []


def test_a_receipt_for_nobody_is_nobodys(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    submission = desk.submit(desk.upload(birth_page()), request=replace(REQUEST, audience=" "))
    with desk.database.transaction() as tx:
        (paper,) = tx.submissions.papers(submission.id)
    desk.decide(not_needed(paper))
    assert rows(desk) == []


def test_days_are_those_of_vietnam(desk: Desk, needless: PaperCase) -> None:
    desk.clock.at = desk.clock.at.replace(hour=17, minute=30)  # half past midnight of the 25th
    desk.decide(replace(approval(needless, demander="Công ty Mẫu"), at=desk.clock.at))
    assert rows(desk) == []
    assert rows(desk, Period(date(2026, 11, 25), date(2026, 11, 25))) == [("Công ty Mẫu", 1, 0)]
    assert rows(desk, month_of(date(2026, 11, 3))) == [("Công ty Mẫu", 1, 0)]


@pytest.mark.parametrize(
    ("day", "last"), [((2026, 2, 9), 28), ((2028, 2, 1), 29), ((2026, 12, 31), 31), ((2026, 4, 30), 30)]
)
def test_a_month_ends_with_its_last_day(day: tuple[int, int, int], last: int) -> None:
    assert month_of(date(*day)).last.day == last


def test_writings_that_an_administrator_merged_are_one_and_stay_so(desk: Desk, needless: PaperCase) -> None:
    appoint(desk.services, ADMIN, roles=frozenset({Role.ADMIN}))
    desk.decide(approval(needless, demander="cty mẫu"))
    merge(desk.services, Merge("Cty Mẫu", "Công ty Mẫu"), by=ADMIN)
    assert rows(desk) == [("Công ty Mẫu", 1, 0)]
    merge(desk.services, Merge("CÔNG TY MẪU", "Công ty TNHH Mẫu"), by=ADMIN)
    assert rows(desk) == [("Công ty TNHH Mẫu", 1, 0)]
    assert organisations(desk.services) == ("Công ty TNHH Mẫu",)
    assert desk.actions()[-1] == "demander.merged"


def test_only_an_administrator_merges_and_only_names(desk: Desk) -> None:
    appoint(desk.services, ADMIN, roles=frozenset({Role.ADMIN}))
    with pytest.raises(NotAllowedError):
        merge(desk.services, Merge("a", "b"), by=OFFICER)
    with pytest.raises(DemanderUnknownError):
        merge(desk.services, Merge("a", " . "), by=ADMIN)
