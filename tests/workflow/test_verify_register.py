"""Verify the register: whatever is done to a line behind the service's back is found, each by its code."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from storage.memory.database import MemoryTransaction
from tests.builders import birth_page, birth_row, diploma_page
from tests.desk import Desk, RefusingSigner, approval, not_needed
from tests.workflow.lives import revocation
from verification.certification import Standing
from verification.register import Book, EntryId, EntryState, RegisterEntry, Series
from verification.workflow.issue import hold
from verification.workflow.revoke import revoke
from verification.workflow.verify_register import verify_register

FIRST, LAST = EntryId("COPIES-2026-1"), EntryId("COPIES-2026-2")
UNLINED = ("CERTIFICATION_WITHOUT_LINE", "1/2026, 01/2026-SCTĐT/BS")


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Two copies and a receipt issued, and one line cancelled."""
    desk.load("civil_status", birth_row())
    for _ in range(2):
        desk.issue(approval(desk.hand_in(diploma_page())))
    desk.issue(not_needed(desk.hand_in(birth_page())))
    desk.replace(signer=RefusingSigner())
    desk.decide(approval(desk.hand_in(diploma_page())))
    desk.work()
    return desk


def found(desk: Desk) -> set[tuple[str, str]]:
    return set(verify_register(desk.services).faults)


def tamper(desk: Desk, change: Callable[[MemoryTransaction], None]) -> None:
    """Change rows as somebody with the database in hand would."""
    with desk.database.transaction() as tx:
        change(tx)


def rewrite(desk: Desk, entry_id: EntryId, **parts: object) -> None:
    def change(tx: MemoryTransaction) -> None:
        entry: RegisterEntry = tx.state.lines[entry_id]
        tx.state.lines[entry_id] = replace(entry, **parts)  # type: ignore[arg-type]

    tamper(desk, change)


def line_of(desk: Desk, entry_id: EntryId) -> RegisterEntry:
    with desk.database.transaction() as tx:
        return tx.register.entry(entry_id)


def test_books_left_alone_have_no_fault(office: Desk) -> None:
    proof = verify_register(office.services)
    assert (proof.lines, proof.faults) == (4, ())


def test_no_books_have_no_fault(desk: Desk) -> None:
    assert verify_register(desk.services).lines == 0
    assert found(desk) == set()


def test_a_line_that_is_only_held_is_no_fault(desk: Desk) -> None:
    paper = desk.hand_in(diploma_page())
    desk.decide(approval(paper))
    hold(desk.services, paper.id)
    assert [line.state for line in desk.lines()] == [EntryState.HELD]
    assert found(desk) == set()


def test_a_line_torn_out_is_missing(office: Desk) -> None:
    def change(tx: MemoryTransaction) -> None:
        del tx.state.lines[FIRST]

    tamper(office, change)
    assert ("NUMBER_MISSING", "1/2026-SCTĐT/BS") in found(office)


def test_the_last_line_torn_out_with_its_number_is_lost(office: Desk) -> None:
    """The book's counter is set back as well, so that the numbers look whole."""

    def change(tx: MemoryTransaction) -> None:
        for entry_id in (LAST, EntryId("COPIES-2026-3")):
            del tx.state.lines[entry_id]
        key = (Series.COPIES, 2026, 1)
        book: Book = tx.state.books[key]
        tx.state.books[key] = replace(book, last=1)

    tamper(office, change)
    assert found(office) == {
        ("LINE_LOST", LAST),
        ("LINE_LOST", "COPIES-2026-3"),
        ("CERTIFICATION_WITHOUT_LINE", "2/2026, 01/2026-SCTĐT/BS"),
    }


def test_a_number_used_twice_is_repeated(office: Desk) -> None:
    rewrite(office, LAST, number=1)
    assert {("NUMBER_REPEATED", "1/2026-SCTĐT/BS"), ("NUMBER_MISSING", "2/2026-SCTĐT/BS")} <= found(office)


def test_a_line_that_nobody_held_is_changed(office: Desk) -> None:
    def change(tx: MemoryTransaction) -> None:
        forged = replace(tx.state.lines[FIRST], id=EntryId("COPIES-2026-4"), number=4)
        tx.state.lines[forged.id] = forged
        key = (Series.COPIES, 2026, 1)
        tx.state.books[key] = replace(tx.state.books[key], last=4)

    tamper(office, change)
    assert found(office) == {
        ("LINE_CHANGED", "4/2026-SCTĐT/BS"),
        ("LINE_WITHOUT_CERTIFICATION", "4/2026-SCTĐT/BS"),
        ("PAPER_TWICE", str(line_of(office, FIRST).paper_id)),
    }


@pytest.mark.parametrize("column", ["requester", "title", "signer", "copies", "fee", "note"])
def test_a_column_written_over_is_changed(office: Desk, column: str) -> None:
    written = {column: 9 if column in ("copies", "fee") else "Người khác"}
    rewrite(office, FIRST, line=replace(line_of(office, FIRST).line, **written))  # type: ignore[arg-type]
    assert found(office) == {("LINE_CHANGED", "1/2026-SCTĐT/BS")}


@pytest.mark.parametrize("part", ["paper_id", "book"])
def test_a_line_given_to_another_paper_or_book_is_changed(office: Desk, part: str) -> None:
    rewrite(office, FIRST, **{part: "02/2026-SCTĐT/BS"})
    assert ("LINE_CHANGED", "1/2026-SCTĐT/BS") in found(office)


def test_a_document_put_in_the_place_of_another_is_changed(office: Desk) -> None:
    rewrite(office, FIRST, document=line_of(office, LAST).document)
    assert found(office) == {
        ("LINE_CHANGED", "1/2026-SCTĐT/BS"),
        ("CERTIFICATION_DIFFERS", "1/2026-SCTĐT/BS"),
    }


def test_an_issued_line_that_says_it_was_not_is_changed(office: Desk) -> None:
    rewrite(office, FIRST, state=EntryState.HELD, document=None)
    assert found(office) == {("LINE_CHANGED", "1/2026-SCTĐT/BS"), UNLINED}


def test_a_line_cancelled_behind_the_back_is_changed(office: Desk) -> None:
    rewrite(office, FIRST, state=EntryState.CANCELLED, document=None)
    assert found(office) == {("LINE_CHANGED", "1/2026-SCTĐT/BS"), UNLINED}


def test_a_cancelled_line_that_says_it_was_issued_is_changed(office: Desk) -> None:
    document = line_of(office, FIRST).document
    rewrite(office, EntryId("COPIES-2026-3"), state=EntryState.ISSUED, document=document)
    assert found(office) == {
        ("LINE_CHANGED", "3/2026-SCTĐT/BS"),
        ("LINE_WITHOUT_CERTIFICATION", "3/2026-SCTĐT/BS"),
    }


@pytest.mark.parametrize("standing", [Standing.REVOKED, Standing.SUPERSEDED])
def test_a_standing_changed_behind_the_back_is_found(office: Desk, standing: Standing) -> None:
    def change(tx: MemoryTransaction) -> None:
        tx.state.issued[FIRST] = replace(tx.state.issued[FIRST], standing=standing)

    tamper(office, change)
    assert found(office) == {("STANDING_CHANGED", "1/2026-SCTĐT/BS")}


def test_what_was_annulled_and_made_good_behind_the_back_is_found(office: Desk) -> None:
    (issued,) = office.issued(line_of(office, FIRST).paper_id)
    revoke(office.services, revocation(issued))
    assert found(office) == set()

    def change(tx: MemoryTransaction) -> None:
        tx.state.issued[FIRST] = replace(tx.state.issued[FIRST], standing=Standing.GOOD)

    tamper(office, change)
    assert found(office) == {("STANDING_CHANGED", "1/2026-SCTĐT/BS")}


def test_a_lost_document_is_missing(office: Desk) -> None:
    office.objects.delete(line_of(office, FIRST).document)  # type: ignore[arg-type]
    assert found(office) == {("OBJECT_MISSING", "1/2026-SCTĐT/BS")}


def test_a_spoilt_document_is_damaged(office: Desk) -> None:
    office.objects.damage(line_of(office, FIRST).document)  # type: ignore[arg-type]
    assert found(office) == {("OBJECT_DAMAGED", "1/2026-SCTĐT/BS")}


def test_a_changed_trail_is_broken_where_it_was_changed(office: Desk) -> None:
    def change(tx: MemoryTransaction) -> None:
        tx.state.audit[4] = replace(tx.state.audit[4], actor="somebody")

    tamper(office, change)
    assert ("AUDIT_BROKEN", "5") in found(office)


def test_verifying_changes_nothing(office: Desk) -> None:
    before = (office.lines(), office.actions())
    verify_register(office.services)
    assert (office.lines(), office.actions()) == before
