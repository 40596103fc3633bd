"""Supersede: a new one takes the place of an old one when it is there, and not a moment before."""

import pytest

from api.book_export import Export, csv_lines, notes_of
from signing.model import Verdict
from tests.builders import birth_page, birth_row
from tests.desk import OFFICER, Desk, RefusingSigner, appoint, approval, not_needed
from tests.workflow.following import SOURCE, corrected, later, lines, now, receipt, waits
from tests.workflow.lives import brought, certified, diploma, request, revocation
from verification.certification import Issued, ShortCode, Standing
from verification.decision import RefusalGround, Rejection, Role
from verification.drift import DriftState, Settled
from verification.errors import NotAllowedError, NotFoundError, StaleError
from verification.register import EVERY_LINE, Series
from verification.standing_errors import NotReplaceableError
from verification.submission import OfficerId, PaperStage
from verification.workflow.find_issued import book_notes
from verification.workflow.look_up import look_up, status
from verification.workflow.revoke import revoke
from verification.workflow.settle_drift import work_list
from verification.workflow.supersede import begin_replacement, mark_replacing
from verification.workflow.validate import standing_reason, validate
from verification.workflow.verify_register import verify_register


@pytest.fixture
def old(desk: Desk) -> Issued:
    return certified(desk)


def replaced(desk: Desk, old: Issued) -> Issued:
    """A new one begun, approved and issued."""
    return desk.issue(approval(begin_replacement(desk.services, old.code, OFFICER)))


def test_a_new_paper_of_the_same_dossier_waits_and_the_old_one_stands(desk: Desk, old: Issued) -> None:
    paper = begin_replacement(desk.services, old.code, OFFICER)
    assert (paper.stage, paper.replaces) == (PaperStage.WAITING, old.code)
    assert paper.submission_id == desk.case(old.paper_id).submission_id
    assert paper.sides == desk.case(old.paper_id).sides
    assert now(desk, old) == old


def test_when_the_new_one_is_issued_the_old_one_says_by_what(desk: Desk, old: Issued) -> None:
    new = replaced(desk, old)
    stands = now(desk, old)
    assert (stands.standing, stands.replaced_by) == (Standing.SUPERSEDED, new.code)
    assert (new.number, now(desk, new).standing) == ("2/2026", Standing.GOOD)
    assert verify_register(desk.services).faults == ()


def test_whoever_has_the_old_file_is_led_to_the_new_one(desk: Desk, old: Issued) -> None:
    new = replaced(desk, old)
    found = validate(desk.services, desk.objects.get(old.digest))
    assert (found.report.verdict, found.successor) == (Verdict.UNDETERMINED, new)
    assert "số 2/2026, cấp ngày 24/11/2026" in found.report.reasons[0].message_vi


def test_whoever_has_only_the_old_code_hears_the_number_and_no_code(desk: Desk, old: Issued) -> None:
    new = replaced(desk, old)
    known = look_up(desk.services, old.code)
    why = standing_reason(known.issued, known.successor)
    assert why is not None
    assert "2/2026" in why.message_vi
    assert new.code not in f"{why}"


def test_the_citizen_finds_both_in_the_same_dossier(desk: Desk, old: Issued) -> None:
    new = replaced(desk, old)
    found = status(desk.services, "H26.10.05-261124-0001", "1999")
    assert [issued.code for issued in found.issued] == [old.code, new.code]


def test_a_receipt_never_takes_the_place_of_a_copy(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    old = desk.issue(approval(brought(desk, birth_page()), demander="Công ty TNHH Mẫu"))
    new = desk.issue(not_needed(begin_replacement(desk.services, old.code, OFFICER)))
    assert new.series is Series.RECEIPTS
    assert now(desk, old).standing is Standing.GOOD
    assert verify_register(desk.services).faults == ()


def test_a_new_one_that_could_not_be_signed_leaves_the_old_one_good(desk: Desk, old: Issued) -> None:
    paper = begin_replacement(desk.services, old.code, OFFICER)
    desk.decide(approval(paper))
    desk.replace(signer=RefusingSigner())
    desk.work()
    assert desk.case(paper.id).stage is PaperStage.FAILED
    assert now(desk, old) == old


def test_only_one_new_one_is_on_its_way(desk: Desk, old: Issued) -> None:
    paper = begin_replacement(desk.services, old.code, OFFICER)
    with pytest.raises(NotReplaceableError):
        begin_replacement(desk.services, old.code, OFFICER)
    refused = Rejection(paper.id, OFFICER, desk.clock.at, RefusalGround.UNREADABLE, "Rách")
    desk.decide(refused)
    assert begin_replacement(desk.services, old.code, OFFICER).id != paper.id


def test_what_was_replaced_or_annulled_is_not_replaced_again(desk: Desk, old: Issued) -> None:
    new = replaced(desk, old)
    revoke(desk.services, revocation(new))
    for code in (old.code, new.code):
        with pytest.raises(NotReplaceableError):
            begin_replacement(desk.services, code, OFFICER)


def test_what_was_annulled_while_the_new_one_was_made_stays_annulled(desk: Desk, old: Issued) -> None:
    paper = begin_replacement(desk.services, old.code, OFFICER)
    revoke(desk.services, revocation(old))
    new = desk.issue(approval(paper))
    assert now(desk, old).standing is Standing.REVOKED
    assert now(desk, new).standing is Standing.GOOD


def test_a_replaced_one_may_still_be_annulled(desk: Desk, old: Issued) -> None:
    replaced(desk, old)
    assert revoke(desk.services, revocation(old)).standing is Standing.REVOKED


def test_only_an_officer_begins_it_and_only_of_what_is_there(desk: Desk, old: Issued) -> None:
    appoint(desk.services, OfficerId("quan.tri"), roles=frozenset({Role.ADMIN}))
    with pytest.raises(NotAllowedError):
        begin_replacement(desk.services, old.code, OfficerId("quan.tri"))
    with pytest.raises(NotFoundError):
        begin_replacement(desk.services, ShortCode("1111-1111-1111-1"), OFFICER)


# -- receipts, whose record may have changed -----------------------------------------------------


def test_a_receipt_that_lost_its_record_is_replaced_when_the_record_is_right_again(desk: Desk) -> None:
    old = receipt(desk)
    corrected(desk, child__full_name="Nguyễn Thị Mậu")
    corrected(desk, hour=2)
    new = desk.issue(not_needed(begin_replacement(desk.services, old.code, OFFICER)))
    stands = now(desk, old)
    assert (stands.standing_reason, stands.replaced_by) == ("REPLACED", new.code)
    assert [(line.state, line.settled) for line in lines(desk)] == [(DriftState.DONE, Settled.DECIDED)]


def test_a_replaced_receipt_has_no_record_left_to_lose(desk: Desk) -> None:
    old = receipt(desk)
    new = desk.issue(not_needed(begin_replacement(desk.services, old.code, OFFICER)))
    desk.load(SOURCE, birth_row({"updated_at": later(5)}, without=(), status="annulled"))
    assert now(desk, old).standing_reason == "REPLACED"
    assert now(desk, new).standing_reason == "RECORD_NOT_VALID"
    assert [item.line.paper_id for item in work_list(desk.services)] == [new.paper_id]


def test_the_new_paper_is_compared_with_the_records_of_today(desk: Desk) -> None:
    old = receipt(desk)
    corrected(desk, child__full_name="Nguyễn Thị Mậu")
    paper = begin_replacement(desk.services, old.code, OFFICER)
    assert paper.assessment.outcome != desk.case(old.paper_id).assessment.outcome


# -- a new scan ---------------------------------------------------------------------------------


def test_a_new_scan_of_the_same_applicant_takes_the_place_of_the_old_one(desk: Desk, old: Issued) -> None:
    paper = brought(desk, diploma(serial="123457"))
    marked = mark_replacing(desk.services, paper.id, old.code, OFFICER, version=paper.version)
    new = desk.issue(approval(marked))
    assert now(desk, old).replaced_by == new.code


def test_a_new_scan_of_somebody_else_does_not(desk: Desk, old: Issued) -> None:
    paper = brought(desk, by=request(full_name="Trần Thị Mẫu"))
    with pytest.raises(NotReplaceableError):
        mark_replacing(desk.services, paper.id, old.code, OFFICER, version=paper.version)
    assert desk.case(paper.id).replaces is None


def test_a_paper_that_changed_since_it_was_seen_is_not_marked(desk: Desk, old: Issued) -> None:
    paper = brought(desk)
    with pytest.raises(StaleError):
        mark_replacing(desk.services, paper.id, old.code, OFFICER, version=paper.version + 1)


def test_a_receipt_is_not_replaced_by_another_scan(desk: Desk) -> None:
    old = desk.issue(not_needed(waits(desk)))
    paper = brought(desk, birth_page())
    with pytest.raises(NotReplaceableError):
        mark_replacing(desk.services, paper.id, old.code, OFFICER, version=paper.version)


def test_the_book_says_beside_the_line_what_became_of_its_document(desk: Desk, old: Issued) -> None:
    new = replaced(desk, old)
    revoke(desk.services, revocation(new))
    with desk.database.reading() as tx:
        export = Export(Series.COPIES, 2026, EVERY_LINE)
        notes = notes_of(tx, export)
        written = "".join(csv_lines(tx.register.lines(Series.COPIES, 2026, EVERY_LINE), notes))
        assert book_notes(tx, Series.COPIES, 2027) == {}
    assert notes[old.entry_id] == ("Đã thay bằng số 2/2026", "Replaced by number 2/2026")
    assert "Đã thay bằng số 2/2026" in written
    assert "Đã hủy bỏ giá trị (12/QĐ-UBND)" in written


def test_the_audit_trail_names_both(desk: Desk, old: Issued) -> None:
    new = replaced(desk, old)
    with desk.database.transaction() as tx:
        begun = [e for e in tx.audit.about(new.paper_id) if e.action == "replacement.begun"]
        changed = tx.audit.about(old.entry_id)[-1]
    assert [dict(e.detail)["replaces"] for e in begun] == [old.code]
    assert dict(changed.detail) == {"standing": "SUPERSEDED", "reason": "REPLACED", "by": new.entry_id}
