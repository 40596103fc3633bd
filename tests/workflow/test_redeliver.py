"""Redeliver: the same original brought again gets the same copy, and never anybody else's."""

from dataclasses import replace

import pytest

from ocr.model import PageReading
from tests.builders import birth_page, diploma_page
from tests.desk import OFFICER, Desk, appoint, approval, not_needed
from tests.workflow.following import waits
from tests.workflow.lives import again, brought, certified, diploma, request, revocation
from verification.certification import Issued
from verification.decision import Role
from verification.errors import NotAllowedError
from verification.ports import PaperCase
from verification.same_original import Likeness
from verification.standing_errors import NotComparedError, NotSameOriginalError
from verification.submission import Channel, OfficerId, PaperStage
from verification.workflow.look_up import status
from verification.workflow.receive import Request
from verification.workflow.redeliver import documents_of, offers
from verification.workflow.revoke import revoke
from verification.workflow.supersede import begin_replacement
from verification.workflow.verify_register import verify_register


@pytest.fixture
def issued(desk: Desk) -> Issued:
    return certified(desk)


def offered(desk: Desk, paper: PaperCase) -> list[tuple[str, Likeness]]:
    return [(offer.issued.number, offer.likeness) for offer in offers(desk.services, paper.id)]


def test_the_very_same_file_is_told_as_such(desk: Desk) -> None:
    upload = desk.upload(diploma_page())
    papers: list[PaperCase] = []
    for _ in range(2):
        submission = desk.submit(upload)
        with desk.database.transaction() as tx:
            papers += tx.submissions.papers(submission.id)
    desk.issue(approval(papers[0]))
    assert offered(desk, papers[1]) == [("1/2026", Likeness.SAME_SCAN)]
    assert desk.decide(again(papers[1], desk.issued(papers[0].id)[0], compared=False)).stage is (
        PaperStage.REDELIVERED
    )


@pytest.mark.parametrize(
    ("page", "how"),
    [
        (diploma(), [Likeness.SAME_NUMBERS]),
        (diploma(unsure=True), [Likeness.LOOKS_ALIKE]),
        (diploma(serial="654321"), []),
        (diploma(born="02/01/1999"), []),
    ],
    ids=["same", "unsure number", "another number", "another day"],
)
def test_a_new_scan_is_told_by_its_numbers(
    desk: Desk, issued: Issued, page: PageReading, how: list[Likeness]
) -> None:
    assert [likeness for _, likeness in offered(desk, brought(desk, page))] == how


@pytest.mark.parametrize(
    ("by", "found"),
    [
        (request(), True),
        (request(full_name="NGUYỄN THỊ MẪU", number_tail=""), True),
        (request(full_name="Nguyễn Thị Mẩu"), False),
        (request(full_name="Nguyen Thi Mau"), False),
        (request(birth_year="1998"), False),
        (request(number_tail="9999"), False),
        (request(birth_year="", number_tail=""), False),
    ],
    ids=["same", "less is known", "one letter", "no marks", "other year", "other number", "nothing known"],
)
def test_nothing_is_ever_offered_across_persons(desk: Desk, issued: Issued, by: Request, found: bool) -> None:
    paper = brought(desk, by=by)
    assert bool(offered(desk, paper)) is found
    if not found:
        with pytest.raises(NotSameOriginalError):
            desk.decide(again(paper, issued))
        assert desk.case(paper.id).stage is PaperStage.WAITING


def test_it_takes_no_number_and_no_fee_and_is_noted(desk: Desk, issued: Issued) -> None:
    paper = brought(desk)
    decided = desk.decide(again(paper, issued))
    desk.work()
    assert decided.stage is PaperStage.REDELIVERED
    assert [line.number for line in desk.lines()] == [1]
    assert desk.actions()[-1] == "paper.decided.Redelivery"
    assert verify_register(desk.services).faults == ()


def test_the_citizen_gets_it_by_the_code_of_the_new_dossier(desk: Desk, issued: Issued) -> None:
    desk.decide(again(brought(desk), issued))
    found = status(desk.services, "H26.10.05-261124-0002", "2345")
    assert found.issued == (issued,)


def test_a_new_scan_is_given_only_once_somebody_has_compared(desk: Desk, issued: Issued) -> None:
    paper = brought(desk)
    with pytest.raises(NotComparedError):
        desk.decide(again(paper, issued, compared=False))
    assert desk.case(paper.id).stage is PaperStage.WAITING


def test_on_line_the_very_same_file_is_not_enough(desk: Desk) -> None:
    """Whoever has a picture of a paper can hand it in under its holder's name, with an answer they chose."""
    upload = desk.upload(diploma())
    papers: list[PaperCase] = []
    for by in (request(), replace(request(), channel=Channel.ONLINE)):
        submission = desk.submit(upload, request=by)
        with desk.database.transaction() as tx:
            papers += tx.submissions.papers(submission.id)
    issued = desk.issue(approval(papers[0]))
    with pytest.raises(NotComparedError):
        desk.decide(again(papers[1], issued, compared=False))
    assert desk.decide(again(papers[1], issued)).stage is PaperStage.REDELIVERED


def test_what_was_annulled_is_not_offered_and_not_given(desk: Desk, issued: Issued) -> None:
    paper = brought(desk)
    revoke(desk.services, revocation(issued))
    assert offered(desk, paper) == []
    with pytest.raises(NotSameOriginalError):
        desk.decide(again(paper, issued))


def test_what_is_annulled_afterwards_says_so_in_the_new_dossier_too(desk: Desk, issued: Issued) -> None:
    desk.decide(again(brought(desk), issued))
    revoked = revoke(desk.services, revocation(issued))
    assert status(desk.services, "H26.10.05-261124-0002", "1999").issued == (revoked,)


def test_what_replaced_it_since_is_given_too(desk: Desk, issued: Issued) -> None:
    paper = brought(desk)
    desk.decide(again(paper, issued))
    new = desk.issue(approval(begin_replacement(desk.services, issued.code, OFFICER)))
    found = status(desk.services, "H26.10.05-261124-0002", "1999")
    assert [each.number for each in documents_of(desk.case(paper.id), found.issued)] == ["1/2026", new.number]


@pytest.mark.parametrize(("days", "found"), [(180, True), (180.001, False)])
def test_it_is_offered_for_so_many_days(desk: Desk, issued: Issued, days: float, found: bool) -> None:
    desk.clock.move(days=days)
    assert bool(offered(desk, brought(desk))) is found


def test_an_office_that_wants_no_such_offers_gets_none(desk: Desk, issued: Issued) -> None:
    desk.replace(redeliver_days=0)
    assert offered(desk, brought(desk)) == []


def test_a_receipt_is_never_given_again(desk: Desk) -> None:
    issued = desk.issue(not_needed(waits(desk)))
    paper = desk.hand_in(birth_page())
    assert offered(desk, paper) == []
    with pytest.raises(NotSameOriginalError):
        desk.decide(again(paper, issued))


def test_a_paper_that_is_to_replace_something_is_offered_nothing(desk: Desk, issued: Issued) -> None:
    paper = brought(desk)
    with desk.database.transaction() as tx:
        paper = tx.submissions.save_paper(replace(paper, replaces=issued.code))
    assert offered(desk, paper) == []


def test_only_officers_give(desk: Desk, issued: Issued) -> None:
    auditor = OfficerId("kiem.toan")
    appoint(desk.services, auditor, roles=frozenset({Role.AUDITOR}))
    with pytest.raises(NotAllowedError):
        desk.decide(replace(again(brought(desk), issued), officer_id=auditor))
