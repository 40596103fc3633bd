"""Keeping the book: one book or two, numbers that run on, what is held too long, and the close of a year."""

from datetime import UTC, date, datetime

import pytest

from api.routes.showing.fees import fee_after, fee_before
from api.web.language import Bilingual
from tests.builders import diploma_page
from tests.desk import OFFICER, Desk, RefusingSigner, appoint, approval
from verification.audit import AuditEntry
from verification.errors import NotDecidableError, NotFoundError, StaleError
from verification.fees import FeeRates, FeeRule, FeeSchedule
from verification.pending import Pending, PendingToken
from verification.ports import PaperCase
from verification.register import EntryId, EntryState, RegisterEntry, Series
from verification.register_errors import (
    BookClosedError,
    BookEmptyError,
    FirstNumberError,
    LineInUseError,
    LinesHeldError,
    ReasonMissingError,
    YearNotOverError,
)
from verification.submission import PaperStage
from verification.terms import OfficeTerms
from verification.workflow.cancel_held import BY_HAND, LINE_CANCELLED, cancel_held, held_too_long
from verification.workflow.close_year import YEAR_CLOSED, close_year
from verification.workflow.issue import abandon, hold, sign_and_keep
from verification.workflow.open_book import BOOK_OPENED, FirstBook, next_book, open_first_book
from verification.workflow.review import case
from verification.workflow.verify_register import verify_register

COPIES, PAPER = Series.COPIES, Series.PAPER_COPIES
JOINT = OfficeTerms(copies=PAPER)


def held(desk: Desk, paper: PaperCase) -> RegisterEntry:
    """The paper approved and its number taken; the job that issues it is lost."""
    desk.decide(approval(paper))
    with desk.database.transaction() as tx:
        tx.state.jobs.clear()
    hold(desk.services, paper.id)
    with desk.database.reading() as tx:
        return next(e for s in (COPIES, PAPER) if (e := tx.register.held_for(paper.id, s)))


def told(desk: Desk, action: str) -> list[AuditEntry]:
    with desk.database.reading() as tx:
        return [entry for entry in tx.audit.all() if entry.action == action]


# -- one book or two --------------------------------------------------------------------------------


def test_electronic_copies_have_a_book_of_their_own_unless_the_office_keeps_one(desk: Desk) -> None:
    assert desk.issue(approval(desk.hand_in(diploma_page()))).book == "01/2026-SCTĐT/BS"
    desk.replace(terms=JOINT)
    assert desk.issue(approval(desk.hand_in(diploma_page()))).book == "01/2026-SCT/BS"
    assert verify_register(desk.services).faults == ()


def test_a_number_that_was_taken_stays_in_its_book_when_the_setting_changes(
    desk: Desk, needed: PaperCase
) -> None:
    entry = held(desk, needed)
    desk.replace(terms=JOINT)
    hold(desk.services, needed.id)
    sign_and_keep(desk.services, needed.id)
    assert desk.lines(PAPER) == ()
    (line,) = desk.lines(COPIES)
    assert (line.id, line.state) == (entry.id, EntryState.ISSUED)
    assert desk.issue(approval(desk.hand_in(diploma_page()))).number == "1/2026"
    desk.replace(terms=OfficeTerms())
    assert desk.issue(approval(desk.hand_in(diploma_page()))).number == "2/2026"
    assert verify_register(desk.services).faults == ()


def test_several_copies_of_one_original_share_a_line(desk: Desk, needed: PaperCase) -> None:
    desk.issue(approval(needed, copies=3))
    (line,) = desk.lines()
    assert (line.line.copies, line.line.fee) == (3, 6_000)


def test_a_book_ends_after_so_many_lines(desk: Desk) -> None:
    desk.replace(terms=OfficeTerms(lines_per_book=1))
    issued = [desk.issue(approval(desk.hand_in(diploma_page()))) for _ in range(2)]
    assert [(one.number, one.book[:2]) for one in issued] == [("1/2026", "01"), ("2/2026", "02")]
    assert verify_register(desk.services).faults == ()


# -- fees -------------------------------------------------------------------------------------------


def test_a_resolution_says_the_fee_and_stands_in_the_line(desk: Desk, needed: PaperCase) -> None:
    free = FeeRule("Nghị quyết 12/2025/NQ-HĐND", FeeRates(0, 0, 0), valid_from=date(2026, 1, 1))
    desk.replace(terms=OfficeTerms(fees=FeeSchedule((*FeeSchedule().rules, free))))
    desk.issue(approval(needed, demander="Trường Mẫu"))
    (line,) = desk.lines()
    assert (line.line.fee, line.line.note) == (0, "Trường Mẫu; Miễn phí theo Nghị quyết 12/2025/NQ-HĐND")


def test_the_fee_is_fixed_when_the_number_is_taken(desk: Desk, needed: PaperCase) -> None:
    entry = held(desk, needed)
    dear = FeeRule("Nghị quyết 1/2026/NQ-HĐND", FeeRates(9_000, 9_000, 90_000))
    desk.replace(terms=OfficeTerms(fees=FeeSchedule((dear,))))
    sign_and_keep(desk.services, needed.id)
    assert desk.lines()[0].line == entry.line


def test_an_officer_sees_the_fee_before_and_after_the_decision(desk: Desk, needed: PaperCase) -> None:
    (before,) = fee_before(desk.services, case(desk.services, needed.id))
    assert before.value == Bilingual(
        "2.000 đồng một bản (1 trang bản chính, Thông tư 226/2016/TT-BTC)",
        "2.000 đồng a copy (1 pages of the original, Thông tư 226/2016/TT-BTC)",
    )
    assert fee_after(desk.services, case(desk.services, needed.id)) == ()
    desk.issue(approval(needed, copies=2))
    (after,) = fee_after(desk.services, case(desk.services, needed.id))
    assert after.value == Bilingual("4.000 đồng (2 bản)", "4.000 đồng (2 copies)")


# -- opening ----------------------------------------------------------------------------------------


def test_an_office_goes_on_where_its_book_on_paper_ended(desk: Desk, needed: PaperCase) -> None:
    book = open_first_book(desk.services, FirstBook(COPIES, 2026, ordinal=3, first=871), by="admin")
    assert (book.sign, desk.issue(approval(needed)).number) == ("03/2026-SCTĐT/BS", "871/2026")
    (entry,) = told(desk, BOOK_OPENED)
    assert (entry.actor, entry.subject, entry.detail) == ("admin", "COPIES-2026-3", (("first", "871"),))
    assert verify_register(desk.services).faults == ()


@pytest.mark.parametrize(
    "wanted", [FirstBook(COPIES, 2026, first=0), FirstBook(COPIES, 2026, 0), FirstBook(COPIES, 2025)]
)
def test_a_first_book_begins_with_a_number_this_year_or_later(desk: Desk, wanted: FirstBook) -> None:
    with pytest.raises(FirstNumberError):
        open_first_book(desk.services, wanted, by="admin")


def test_a_next_book_is_opened_only_after_another(desk: Desk, needed: PaperCase) -> None:
    with pytest.raises(NotFoundError):
        next_book(desk.services, COPIES, 2026, by="admin")
    desk.issue(approval(needed))
    assert next_book(desk.services, COPIES, 2026, by="admin").sign == "02/2026-SCTĐT/BS"
    with pytest.raises(BookEmptyError):
        next_book(desk.services, COPIES, 2026, by="admin")
    assert [entry.detail for entry in told(desk, BOOK_OPENED)] == [(("first", "2"),)]


# -- held too long ----------------------------------------------------------------------------------


def test_a_number_held_for_an_hour_is_listed_and_cancelled_with_a_reason(
    desk: Desk, needed: PaperCase
) -> None:
    entry = held(desk, needed)
    assert held_too_long(desk.services) == ()
    desk.clock.move(minutes=61)
    assert held_too_long(desk.services) == (entry,)
    gone = cancel_held(desk.services, entry.id, reason="  Mất điện\n khi ký ", by="admin")
    assert (gone.state, gone.reason) == (EntryState.CANCELLED, "Mất điện khi ký")
    paper = desk.case(needed.id)
    assert (paper.stage, paper.failure) == (PaperStage.FAILED, BY_HAND)
    assert [e.actor for e in told(desk, LINE_CANCELLED)] == ["admin"]
    assert "Mất điện" not in str(told(desk, LINE_CANCELLED)), "the trail keeps no words"
    assert verify_register(desk.services).faults == ()
    assert desk.issue(approval(paper)).number == "2/2026"


def test_a_number_cancelled_by_hand_is_never_issued_afterwards(desk: Desk, needed: PaperCase) -> None:
    """A job thought lost wakes up: before signing it finds no line, and after it its line is cancelled."""
    entry = held(desk, needed)
    desk.clock.move(hours=2)
    cancel_held(desk.services, entry.id, reason="Mất điện", by="admin")
    with pytest.raises(NotDecidableError):
        sign_and_keep(desk.services, needed.id)
    abandon(desk.services, needed.id, NotDecidableError())
    with pytest.raises(StaleError), desk.database.transaction() as tx:
        tx.register.issue(entry.id, at=desk.clock(), document=desk.objects.put_once(b"late"))
    assert [line.state for line in desk.lines()] == [EntryState.CANCELLED]
    assert desk.issued(needed.id) == ()


def test_a_number_that_a_job_may_still_use_is_not_cancelled(desk: Desk, needed: PaperCase) -> None:
    desk.decide(approval(needed))
    hold(desk.services, needed.id)
    (entry,) = desk.lines()
    with pytest.raises(LineInUseError):
        cancel_held(desk.services, entry.id, reason="Nhầm", by="admin")
    desk.clock.move(hours=2)
    with pytest.raises(LineInUseError):
        cancel_held(desk.services, entry.id, reason="Nhầm", by="admin")
    desk.work()
    with pytest.raises(StaleError):
        cancel_held(desk.services, entry.id, reason="Nhầm", by="admin")
    assert [line.state for line in desk.lines()] == [EntryState.ISSUED]


def test_a_number_that_waits_for_a_signature_elsewhere_is_not_cancelled(
    desk: Desk, needed: PaperCase
) -> None:
    entry = held(desk, needed)
    desk.clock.move(hours=2)
    with desk.database.transaction() as tx:
        document = desk.objects.put_once(b"prepared")
        begun, ends = desk.clock(), desk.clock().replace(hour=23)
        tx.pending.keep(
            Pending(
                needed.id, PendingToken("t"), OFFICER, entry.id, document, b"a", b"c", (), "r", begun, ends
            )
        )
    with pytest.raises(LineInUseError):
        cancel_held(desk.services, entry.id, reason="Nhầm", by="admin")
    desk.clock.move(days=1)
    assert cancel_held(desk.services, entry.id, reason="Bỏ ký", by="admin").state is EntryState.CANCELLED
    with desk.database.reading() as tx:
        assert tx.pending.of(needed.id) is None


def test_a_number_is_not_cancelled_without_a_reason_or_twice(desk: Desk, needed: PaperCase) -> None:
    entry = held(desk, needed)
    desk.clock.move(hours=2)
    with pytest.raises(ReasonMissingError):
        cancel_held(desk.services, entry.id, reason=" \n", by="admin")
    with pytest.raises(NotFoundError):
        cancel_held(desk.services, EntryId("COPIES-2026-9"), reason="X", by="admin")
    cancel_held(desk.services, entry.id, reason="Mất điện", by="admin")
    with pytest.raises(StaleError):
        cancel_held(desk.services, entry.id, reason="Mất điện", by="admin")


# -- the close of a year ------------------------------------------------------------------------------


def test_a_year_is_closed_when_it_is_over(desk: Desk, needed: PaperCase) -> None:
    desk.issue(approval(needed, copies=2))
    signer = desk.services.signer
    desk.replace(signer=RefusingSigner())
    desk.decide(approval(desk.hand_in(diploma_page())))
    desk.work()
    desk.replace(signer=signer)
    with pytest.raises(YearNotOverError):
        close_year(desk.services, COPIES, 2026, by="admin")
    desk.clock.at = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
    with pytest.raises(YearNotOverError):
        close_year(desk.services, COPIES, 2026, by="admin")
    desk.clock.move(seconds=1)
    close = close_year(desk.services, COPIES, 2026, by="admin")
    totals = close.totals
    assert (close.first, close.last, close.by, totals.lines) == (1, 2, "admin", 2)
    assert (totals.issued, totals.cancelled, totals.copies, totals.fees) == (1, 1, 2, 4_000)
    assert totals.kinds == (("Bằng tốt nghiệp", 1),)
    assert [e.subject for e in told(desk, YEAR_CLOSED)] == ["COPIES-2026"]
    assert verify_register(desk.services).faults == ()
    with pytest.raises(BookClosedError):
        close_year(desk.services, COPIES, 2026, by="admin")


def test_no_year_is_closed_over_a_number_that_is_held(desk: Desk, needed: PaperCase) -> None:
    entry = held(desk, needed)
    with pytest.raises(LinesHeldError) as refused:
        close_year(desk.services, COPIES, 2026, by="admin", ended=True)
    assert refused.value.numbers == (entry.label,)
    assert entry.label in refused.value.message_vi
    assert entry.label in refused.value.message_en
    sign_and_keep(desk.services, needed.id)
    assert close_year(desk.services, COPIES, 2026, by="admin", ended=True).totals.issued == 1


def test_what_was_approved_before_midnight_is_numbered_in_the_new_year(desk: Desk, needed: PaperCase) -> None:
    appoint(desk.services, valid_to=date(2027, 12, 31))
    desk.clock.at = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
    desk.decide(approval(needed))
    desk.clock.move(seconds=2)
    with desk.database.transaction() as tx:
        tx.register.open_book(COPIES, 2026, ordinal=1, first=1)
    close_year(desk.services, COPIES, 2026, by="admin")
    desk.work()
    (issued,) = desk.issued(needed.id)
    assert (issued.number, issued.book) == ("1/2027", "01/2027-SCTĐT/BS")
    assert verify_register(desk.services).faults == ()


def test_a_closed_book_refuses_numbers_for_good(desk: Desk, needed: PaperCase) -> None:
    desk.issue(approval(needed))
    close_year(desk.services, COPIES, 2026, by="admin", ended=True)
    paper = desk.hand_in(diploma_page())
    desk.decide(approval(paper))
    desk.work()
    assert (desk.case(paper.id).stage, desk.case(paper.id).failure) == (PaperStage.FAILED, "BOOK_CLOSED")
    assert len(desk.lines()) == 1


def test_a_year_without_a_book_is_not_closed(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        close_year(desk.services, COPIES, 2025, by="admin")
