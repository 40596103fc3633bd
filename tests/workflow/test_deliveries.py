"""Deliveries with numbers, full loads, and what is taken back although every row was good."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from tests.builders import NOW, birth_page, birth_row, card_row
from tests.desk import OFFICER, Desk
from tests.workflow.following import corrected, now, receipt
from verification.assessment import Outcome
from verification.certification import Standing
from verification.delivery import DeliveryKind, Header, PastDelivery
from verification.errors import (
    DeliveryContradictsError,
    DeliveryCutError,
    DeliveryOtherSourceError,
    DeliveryOutOfTurnError,
    DeliveryUnreadableError,
    RecordRowError,
    RemovalsRefusedError,
    VerificationError,
)
from verification.source import Change, SourceName
from verification.workflow.synchronise import Delivery, Loaded, rehearse, synchronise

POPULATION = SourceName("population")
FULL = Header(kind=DeliveryKind.FULL)


def person(place: int = 1, *, name: str = "Nguyễn Thị Mẫu") -> dict[str, object]:
    return card_row(personal_number=f"001199{place:06}", old_id_numbers="", full_name=name)


def people(last: int, first: int = 1) -> list[dict[str, object]]:
    return [person(place) for place in range(first, last + 1)]


def delivery(header: Header = Header(), *, digest: str = "a", allow: bool = False) -> Delivery:  # noqa: B008
    return Delivery("population", NOW, OFFICER, header, digest, allow)


def load(desk: Desk, rows: list[dict[str, object]], given: Delivery | None = None) -> Loaded:
    return synchronise(desk.services, enumerate(rows, 1), given or delivery())


def numbered(number: int, kind: DeliveryKind = DeliveryKind.INCREMENT) -> Header:
    return Header(sequence=number, kind=kind)


def kept(desk: Desk) -> tuple[int, int]:
    """The number of our copy's snapshot and of its records."""
    with desk.database.transaction() as tx:
        snapshot = tx.sources.snapshot(POPULATION)
    return (snapshot.sequence, snapshot.records) if snapshot else (0, 0)


def history(desk: Desk) -> tuple[PastDelivery, ...]:
    with desk.database.transaction() as tx:
        return tx.deliveries.newest(POPULATION)


def refused(desk: Desk, error: type[VerificationError], header: Header, digest: str = "b") -> None:
    """Nothing of the delivery is kept, and nothing is told of it."""
    before = kept(desk), history(desk), desk.actions()
    with pytest.raises(error):
        load(desk, [person(99)], delivery(header, digest=digest))
    assert (kept(desk), history(desk), desk.actions()) == before


# -- numbers -------------------------------------------------------------------------------------


def test_numbered_deliveries_follow_one_another(desk: Desk) -> None:
    for number in (7, 8, 9):
        load(desk, [person(number)], delivery(numbered(number), digest=str(number)))
    assert [past.sequence for past in history(desk)] == [9, 8, 7]
    assert kept(desk) == (3, 3)


def test_the_last_one_again_is_taken_already(desk: Desk) -> None:
    load(desk, [person(1)], delivery(numbered(7)))
    again = load(desk, [person(1)], delivery(numbered(7)))
    assert (again.already, again.accepted, again.snapshot.sequence) == (True, 0, 1)
    assert len(history(desk)) == 1


def test_a_feed_that_lies_about_its_number_changes_nothing(desk: Desk) -> None:
    load(desk, [person(1)], delivery(numbered(7)))
    refused(desk, DeliveryContradictsError, numbered(7))
    refused(desk, DeliveryOutOfTurnError, numbered(9))
    refused(desk, DeliveryOutOfTurnError, numbered(6))
    refused(desk, DeliveryOtherSourceError, replace(numbered(8), source="civil_status"))


@pytest.mark.parametrize("rows", [0, 2])
def test_a_delivery_with_other_than_its_rows_is_cut(desk: Desk, rows: int) -> None:
    load(desk, [person(1)])
    refused(desk, DeliveryCutError, Header(rows=rows))


def test_rejected_rows_are_rows(desk: Desk) -> None:
    assert load(desk, [person(1), {}], delivery(Header(rows=2))).accepted == 1


def test_a_full_load_begins_the_numbers_again(desk: Desk) -> None:
    load(desk, people(10), delivery(numbered(7)))
    load(desk, people(10), delivery(numbered(1, DeliveryKind.FULL), digest="b"))
    load(desk, [person(11)], delivery(numbered(2), digest="c"))
    assert kept(desk) == (3, 11)
    refused(desk, DeliveryOutOfTurnError, numbered(8))


def test_deliveries_without_a_number_leave_the_numbers_alone(desk: Desk) -> None:
    load(desk, [person(1)], delivery(numbered(7)))
    load(desk, [person(2)])
    assert load(desk, [person(3)], delivery(numbered(8), digest="b")).snapshot.records == 3


# -- full loads ----------------------------------------------------------------------------------


def test_a_full_load_removes_what_it_does_not_name(desk: Desk) -> None:
    load(desk, people(20))
    loaded = load(desk, people(19), delivery(FULL))
    assert (loaded.removed, loaded.tally.counts[Change.GONE], kept(desk)[1]) == (1, 1, 19)


def test_a_full_load_that_would_remove_a_tenth_and_more_is_taken_back(desk: Desk) -> None:
    load(desk, people(20))
    with pytest.raises(RemovalsRefusedError) as told:
        load(desk, people(17), delivery(FULL))
    assert "3 of 20" in told.value.message_en
    assert kept(desk) == (1, 20)
    assert load(desk, people(17), delivery(FULL, allow=True)).removed == 3


def test_what_a_full_load_would_remove_is_seen_before(desk: Desk) -> None:
    load(desk, people(20))
    told = rehearse(desk.services, enumerate(people(3), 1), delivery(FULL))
    assert (told.removed, kept(desk)) == (17, (1, 20))


def test_new_records_do_not_hide_what_a_full_load_removes(desk: Desk) -> None:
    load(desk, people(20))
    with pytest.raises(RemovalsRefusedError):
        load(desk, people(40, first=11), delivery(FULL))


def test_a_full_load_with_rejected_rows_removes_nothing_unasked(desk: Desk) -> None:
    load(desk, people(20))
    broken = {**person(20), "date_of_birth": "1999-02-30"}
    with pytest.raises(RemovalsRefusedError):
        load(desk, [*people(19), broken], delivery(FULL))
    assert kept(desk) == (1, 20)


def test_a_delivery_in_another_format_is_not_listed_for_ever(desk: Desk) -> None:
    with pytest.raises(DeliveryUnreadableError):
        synchronise(desk.services, ((line, RecordRowError()) for line in count()), delivery())
    assert kept(desk) == (0, 0)


def test_the_first_load_may_have_bad_rows(desk: Desk) -> None:
    assert load(desk, [*people(3), {}], delivery(FULL)).snapshot.records == 3


def test_a_record_that_a_full_load_left_out_no_longer_answers(desk: Desk) -> None:
    desk.load("civil_status", birth_row(), as_of=NOW - timedelta(hours=1))
    assert desk.check(birth_page()).assessment.outcome is Outcome.NO_COPY_NEEDED
    other = birth_row(record_id="KS-2026-2", child__personal_number="001320099999")
    given = Delivery("civil_status", NOW, OFFICER, FULL, allow_removals=True)
    synchronise(desk.services, [(1, other)], given)
    assert desk.check(birth_page()).assessment.outcome is not Outcome.NO_COPY_NEEDED


# -- what is told --------------------------------------------------------------------------------


def test_what_became_of_a_delivery_is_kept(desk: Desk) -> None:
    rows = [{**person(1), "blood_group": "O"}, person(1, name="Nguyễn Thị Mậu"), {}]
    load(desk, rows, delivery(numbered(7)))
    (past,) = history(desk)
    assert (past.accepted, past.rejected, past.unknown, past.conflicts) == (2, 1, 1, (2,))
    assert past.counts[Change.CONFLICTING] == 1
    assert (past.actor, past.as_of, past.kind, past.digest) == (OFFICER, NOW, DeliveryKind.INCREMENT, "a")


def test_names_that_no_schema_knows_are_told_however_many(desk: Desk) -> None:
    rows = [{**person(n), f"x{n}": "1", "x": "1", "y" * 999: "1"} for n in range(1, 150)]
    unknown = load(desk, rows).unknown
    assert (unknown["x"], unknown["y" * 80]) == (149, 149)
    assert len(unknown) == 101
    assert sum(unknown.values()) == 3 * 149


def test_the_audit_says_which_delivery_it_was(desk: Desk) -> None:
    load(desk, [person(1)], delivery(numbered(7)))
    with desk.database.transaction() as tx:
        detail = dict(tx.audit.about("population")[-1].detail)
    assert (detail["sequence"], detail["kind"], detail["removed"]) == ("7", "increment", "0")


def test_a_receipt_whose_records_newer_row_was_rejected_is_superseded(desk: Desk) -> None:
    issued = receipt(desk)
    loaded = corrected(desk, child__date_of_birth="2020-02-30")
    assert (loaded.doubted, loaded.drift) == (1, 1)
    assert now(desk, issued).standing is Standing.SUPERSEDED
