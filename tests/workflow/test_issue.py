"""Issue: a decided paper in, a numbered and twice signed PDF out; the number never lost, never used twice."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from signing.errors import KeysUnusableError
from signing.model import Verdict
from signing.pades import PadesSigner, prepare
from signing.text import printed_text
from signing.validation import validate
from tests.builders import (
    NOW,
    birth_page,
    birth_row,
    card_back,
    card_front,
    card_row,
    diploma_page,
    page,
    texts,
)
from tests.desk import (
    OFFICER_NAME,
    UNIT,
    Desk,
    RefusingSigner,
    SilentTimeStamps,
    appoint,
    approval,
    not_needed,
)
from tests.workflow.attachments import evidence_in
from verification.errors import NoDelegationError, NotDecidableError, PreparedDiffersError
from verification.ports import PaperCase
from verification.register import EntryId, EntryState, Series
from verification.services import Services
from verification.submission import PaperId, PaperStage
from verification.workflow.as_recorded import require_as_recorded
from verification.workflow.compose import Held, compose
from verification.workflow.decide import ISSUE_JOB
from verification.workflow.issue import abandon, code_of, hold, put_aside, sign_and_keep


@pytest.fixture
def needless(desk: Desk) -> PaperCase:
    desk.load("civil_status", birth_row())
    return desk.hand_in(birth_page())


# -- what is issued ---------------------------------------------------------------------------------


def test_a_copy_bears_the_number_and_book_of_its_line(desk: Desk, needed: PaperCase) -> None:
    issued = desk.issue(approval(needed))
    (line,) = desk.lines()
    text = printed_text(desk.objects.get(issued.digest))
    assert (issued.number, issued.book) == (line.label, line.book) == ("1/2026", "01/2026-SCTĐT/BS")
    assert "Sốchứngthực:1/2026Quyểnsố:01/2026-SCTĐT/BS" in text
    assert issued.code in text
    assert "".join(OFFICER_NAME.split()) in text


def test_a_receipt_is_numbered_in_a_list_of_its_own(desk: Desk, needless: PaperCase) -> None:
    issued = desk.issue(not_needed(needless))
    assert (issued.series, issued.number) == (Series.RECEIPTS, "1/2026")
    assert desk.lines(Series.COPIES) == ()
    assert "Số:1/2026" in printed_text(desk.objects.get(issued.digest))


def test_the_line_says_what_the_columns_of_the_book_ask_for(desk: Desk, needed: PaperCase) -> None:
    desk.issue(approval(needed, copies=3))
    (entry,) = desk.lines()
    line = entry.line
    assert (line.requester, line.title, line.signer) == ("Nguyễn Thị Mẫu", "Bằng tốt nghiệp", OFFICER_NAME)
    assert (line.copies, line.fee, line.note) == (3, 6_000, "")
    assert line.capacity == ("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH")


def test_a_receipt_costs_nothing(desk: Desk, needless: PaperCase) -> None:
    desk.issue(not_needed(needless))
    assert desk.lines(Series.RECEIPTS)[0].line.fee == 0


def test_who_demanded_a_needless_copy_stands_in_the_book(desk: Desk, needless: PaperCase) -> None:
    desk.issue(approval(needless, demander="Công ty TNHH Mẫu"))
    assert desk.lines()[0].line.note == "Công ty TNHH Mẫu"


def test_both_signatures_hold_and_are_dated(desk: Desk, needed: PaperCase) -> None:
    issued = desk.issue(approval(needed))
    report = validate(desk.objects.get(issued.digest), trust=desk.services.trust, at=NOW)
    assert (report.verdict, issued.level) == (Verdict.VALID, "B-T")
    assert [signature.role.value for signature in report.signatures] == ["person", "agency"]
    assert {signature.signed_at for signature in report.signatures} == {NOW}


def test_a_paper_that_was_issued_says_so_and_the_trail_knows_the_document(
    desk: Desk, needed: PaperCase
) -> None:
    issued = desk.issue(approval(needed))
    (line,) = desk.lines()
    assert desk.case(needed.id).stage is PaperStage.ISSUED
    assert (line.state, line.document) == (EntryState.ISSUED, issued.digest)
    with desk.database.transaction() as tx:
        assert [e.action for e in tx.audit.about(line.id)] == ["number.held", "document.issued"]


def test_a_receipt_repeats_nothing_of_the_paper_but_name_and_last_digits(
    desk: Desk, needless: PaperCase
) -> None:
    content = desk.objects.get(desk.issue(not_needed(needless)).digest)
    text, told = printed_text(content), evidence_in(content)
    for value in ("001320012345", "02/03/2020", "2020-03-02", "TRẦNTHỊTHỬ", "ThụyLâm"):
        assert value not in text
        assert value not in json.dumps(told, ensure_ascii=False)
    assert "•••••••••345" in text


def test_the_evidence_tells_decision_record_and_outcome(desk: Desk, needless: PaperCase) -> None:
    told = evidence_in(desk.objects.get(desk.issue(approval(needless, demander="Công ty")).digest))
    assert told["outcome"] == "NO_COPY_NEEDED"
    assert told["decision"]["what"] == "Approval"
    assert told["decision"]["insisted"]
    assert told["decision"]["original_seen"]["place"] == "Quầy số 1"
    assert told["record"]["snapshot"] == 1


def test_a_card_is_one_paper_with_two_pages(desk: Desk) -> None:
    desk.load("population", card_row())
    paper = desk.hand_in(card_front(), replace(card_back(), page=replace(card_back().page, number=2)))
    issued = desk.issue(approval(paper, demander="Công ty TNHH Mẫu"))
    assert issued.title == "Thẻ căn cước công dân"
    assert desk.lines()[0].line.fee == 4_000


def test_an_unknown_paper_can_be_certified(desk: Desk) -> None:
    issued = desk.issue(approval(desk.hand_in(page(texts("Hợp đồng")))))
    assert issued.title == "Giấy tờ, văn bản"


# -- once ---------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing(desk: Desk, needed: PaperCase) -> None:
    issued = desk.issue(approval(needed))
    before = (desk.lines(), desk.actions(), desk.case(needed.id))
    signer = RefusingSigner()
    desk.replace(signer=signer)
    hold(desk.services, needed.id)
    sign_and_keep(desk.services, needed.id)
    assert (desk.lines(), desk.actions(), desk.case(needed.id)) == before
    assert desk.issued(needed.id) == (issued,)
    assert signer.asked == 0


def test_a_retry_takes_up_the_line_already_held(desk: Desk, needed: PaperCase) -> None:
    desk.decide(approval(needed))
    hold(desk.services, needed.id)
    desk.clock.move(minutes=5)
    hold(desk.services, needed.id)
    (held,) = desk.lines()
    assert (held.state, held.held_at) == (EntryState.HELD, NOW)
    sign_and_keep(desk.services, needed.id)
    assert [(line.number, line.state) for line in desk.lines()] == [(1, EntryState.ISSUED)]


def test_what_is_signed_is_dated_when_the_number_was_held(desk: Desk, needed: PaperCase) -> None:
    desk.decide(approval(needed))
    hold(desk.services, needed.id)
    desk.clock.move(hours=1)
    sign_and_keep(desk.services, needed.id)
    (issued,) = desk.issued(needed.id)
    report = validate(desk.objects.get(issued.digest), trust=desk.services.trust, at=desk.clock())
    assert {issued.issued_at, *(signature.signed_at for signature in report.signatures)} == {NOW}
    assert "24/11/202609:30:00+07:00" in printed_text(desk.objects.get(issued.digest))


def test_numbers_run_on_from_paper_to_paper(desk: Desk) -> None:
    numbers = [desk.issue(approval(desk.hand_in(diploma_page()))).number for _ in range(3)]
    assert numbers == ["1/2026", "2/2026", "3/2026"]


def test_the_first_number_of_a_year_is_one(desk: Desk) -> None:
    appoint(desk.services, valid_to=date(2027, 12, 31))
    desk.issue(approval(desk.hand_in(diploma_page())))
    desk.clock.at = datetime(2026, 12, 31, 17, 30, tzinfo=NOW.tzinfo)
    assert desk.issue(approval(desk.hand_in(diploma_page()))).number == "1/2027"


def test_the_code_of_a_line_is_the_same_for_every_try_and_another_for_another_secret(
    desk: Desk, needed: PaperCase
) -> None:
    desk.issue(approval(needed))
    (line,) = desk.lines()
    first = code_of(desk.services, line)
    assert code_of(desk.services, line) == first
    desk.replace(code_secret=b"x" * 32)
    assert code_of(desk.services, line) != first


# -- what goes wrong -----------------------------------------------------------------------------------


def test_a_failed_signing_cancels_the_line_with_its_reason(desk: Desk, needed: PaperCase) -> None:
    desk.replace(signer=RefusingSigner())
    desk.decide(approval(needed))
    desk.work()
    (line,) = desk.lines()
    assert (line.state, line.reason, line.document) == (EntryState.CANCELLED, "KEYS_UNUSABLE", None)
    paper = desk.case(needed.id)
    assert (paper.stage, paper.failure) == (PaperStage.FAILED, "KEYS_UNUSABLE")
    assert desk.issued(needed.id) == ()
    assert desk.actions()[-1] == "issue.failed"


def test_the_next_paper_gets_the_next_number(desk: Desk, needed: PaperCase) -> None:
    able = desk.services.signer
    desk.replace(signer=RefusingSigner())
    desk.decide(approval(needed))
    desk.work()
    desk.replace(signer=able)
    assert desk.issue(approval(desk.hand_in(diploma_page()))).number == "2/2026"
    assert [line.state for line in desk.lines()] == [EntryState.CANCELLED, EntryState.ISSUED]


def test_a_paper_decided_anew_gets_the_next_number(desk: Desk, needed: PaperCase) -> None:
    able = desk.services.signer
    desk.replace(signer=RefusingSigner())
    desk.decide(approval(needed))
    desk.work()
    desk.replace(signer=able)
    assert desk.issue(approval(needed)).number == "2/2026"
    assert [line.reason for line in desk.lines()] == ["KEYS_UNUSABLE", None]


def test_without_a_time_stamp_it_is_issued_at_the_lower_level(desk: Desk, needed: PaperCase) -> None:
    desk.replace(signer=PadesSigner(desk.pki, UNIT.agency, SilentTimeStamps()))
    assert desk.issue(approval(needed)).level == "B-B"


def test_a_delegation_that_ends_before_the_number_is_held_stops_it(desk: Desk, needed: PaperCase) -> None:
    desk.decide(approval(needed))
    appoint(desk.services, revoked=True)
    with pytest.raises(NoDelegationError):
        hold(desk.services, needed.id)
    desk.work()
    assert desk.lines() == ()
    assert desk.case(needed.id).failure == "NO_DELEGATION"


@pytest.mark.parametrize("step", [hold, sign_and_keep])
def test_a_paper_nobody_decided_is_not_issued(
    desk: Desk, needed: PaperCase, step: Callable[[Services, PaperId], None]
) -> None:
    with pytest.raises(NotDecidableError):
        step(desk.services, needed.id)
    assert desk.lines() == ()


def test_nothing_is_signed_without_a_number_held(desk: Desk, needed: PaperCase) -> None:
    desk.decide(approval(needed))
    with pytest.raises(NotDecidableError):
        sign_and_keep(desk.services, needed.id)


def test_abandoning_what_was_issued_changes_nothing(desk: Desk, needed: PaperCase) -> None:
    desk.issue(approval(needed))
    before = (desk.lines(), desk.case(needed.id), desk.actions())
    abandon(desk.services, needed.id, KeysUnusableError())
    assert (desk.lines(), desk.case(needed.id), desk.actions()) == before


def test_a_job_put_aside_leaves_alone_what_was_decided_anew(desk: Desk, needed: PaperCase) -> None:
    desk.decide(approval(needed))
    old = f"{needed.id}@1"
    put_aside(desk.services, old, KeysUnusableError())
    assert desk.case(needed.id).stage is PaperStage.ISSUING
    desk.database.drain({ISSUE_JOB: lambda _: None})
    put_aside(desk.services, old, KeysUnusableError())
    assert desk.case(needed.id).stage is PaperStage.FAILED


def test_a_receipt_that_does_not_say_how_old_the_records_are_is_not_signed(
    desk: Desk, needless: PaperCase
) -> None:
    forged = replace(
        needless, id=PaperId("s9.1"), assessment=replace(needless.assessment, match=None), version=1
    )
    with desk.database.transaction() as tx:
        tx.submissions.add_papers([forged])
    desk.decide(not_needed(forged))
    desk.work()
    (line,) = desk.lines(Series.RECEIPTS)
    assert (line.state, line.reason) == (EntryState.CANCELLED, "PREPARED_DIFFERS")


# -- never sign what was not recorded ------------------------------------------------------------------


def test_what_shows_the_line_may_be_signed(desk: Desk, held: Held) -> None:
    code = code_of(desk.services, held.entry)
    require_as_recorded(desk.services, prepare(compose(desk.services, held, code)), held, code)


@pytest.mark.parametrize(
    "change", [{"number": 2}, {"number": 4}, {"year": 2027}, {"book": "02/2026-SCTĐT/BS"}]
)
def test_what_shows_another_line_is_not_signed(desk: Desk, held: Held, change: dict[str, object]) -> None:
    code = code_of(desk.services, held.entry)
    prepared = prepare(compose(desk.services, held, code))
    changed = replace(held, entry=replace(held.entry, **change))  # type: ignore[arg-type]
    with pytest.raises(PreparedDiffersError):
        require_as_recorded(desk.services, prepared, changed, code)


def test_a_number_that_only_a_date_shows_is_not_shown(desk: Desk, held: Held) -> None:
    """The paper is dated 24/11/2026, which ends as the number 1/2026 does."""
    code = code_of(desk.services, held.entry)
    other = replace(held, entry=replace(held.entry, number=7))
    with pytest.raises(PreparedDiffersError):
        require_as_recorded(desk.services, prepare(compose(desk.services, other, code)), held, code)


def test_what_shows_another_code_is_not_signed(desk: Desk, held: Held) -> None:
    code = code_of(desk.services, held.entry)
    prepared = prepare(compose(desk.services, held, code))
    another = code_of(desk.services, replace(held.entry, id=EntryId("COPIES-2026-2")))
    with pytest.raises(PreparedDiffersError):
        require_as_recorded(desk.services, prepared, held, another)
