"""Synchronise: good rows kept, bad ones listed, a new snapshot each time."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest

from tests.builders import NOW, birth_page, birth_row, card_row
from tests.desk import OFFICER, Desk
from verification.assessment import Outcome
from verification.errors import DeliveryAheadError, RecordRowError, UnknownSourceError
from verification.record_rows import Row
from verification.source import Change, SourceName
from verification.workflow.synchronise import Delivery, rehearse, synchronise

POPULATION = SourceName("population")


def holds(desk: Desk, number: str = "001199012345") -> list[str]:
    with desk.database.transaction() as tx:
        return [r.values["full_name"].text for r in tx.sources.by_number(POPULATION, number)]


def test_a_delivery_makes_a_snapshot(desk: Desk) -> None:
    loaded = desk.load("population", card_row(), as_of=NOW - timedelta(hours=1))
    assert (loaded.snapshot.sequence, loaded.snapshot.records, loaded.accepted) == (1, 1, 1)
    assert loaded.snapshot.as_of == NOW - timedelta(hours=1)
    assert desk.actions()[-1] == "source.loaded"


def test_every_delivery_has_the_next_number(desk: Desk) -> None:
    assert [desk.load("population", card_row()).snapshot.sequence for _ in range(3)] == [1, 2, 3]


def test_bad_rows_are_listed_by_their_line_and_the_good_ones_kept(desk: Desk) -> None:
    loaded = desk.load("population", {"full_name": "X"}, card_row(), {**card_row(), "updated_at": "hôm qua"})
    assert loaded.accepted == 1
    assert [(row.line, row.code, row.detail) for row in loaded.rejected] == [
        (1, "RECORD_ROW_INVALID", "personal_number is missing"),
        (3, "RECORD_ROW_INVALID", "updated_at is not an ISO 8601 time"),
    ]
    assert holds(desk) == ["Nguyễn Thị Mẫu"]


def test_a_line_that_is_no_row_at_all_is_listed(desk: Desk) -> None:
    rows: list[Row] = [(1, RecordRowError("not JSON")), (2, card_row())]
    loaded = synchronise(desk.services, rows, Delivery("population", NOW, OFFICER))
    assert [row.detail for row in loaded.rejected] == ["not JSON"]
    assert holds(desk) == ["Nguyễn Thị Mẫu"]


def test_a_newer_row_replaces_an_older_one_and_not_the_other_way(desk: Desk) -> None:
    newer = card_row(full_name="Nguyễn Thị Mới", updated_at="2026-11-21T00:00:00Z")
    desk.load("population", newer)
    desk.load("population", card_row())
    assert holds(desk) == ["Nguyễn Thị Mới"]


def test_a_tombstone_removes_the_record_for_good(desk: Desk) -> None:
    desk.load("population", card_row())
    gone = {**card_row(updated_at="2026-11-22T00:00:00Z"), "deleted": True}
    assert desk.load("population", gone).snapshot.records == 0
    desk.load("population", card_row())
    assert holds(desk) == []


def test_a_source_that_nobody_knows_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownSourceError):
        desk.load("nobody", card_row())
    assert desk.actions() == []


def test_a_delivery_that_breaks_off_changes_nothing(desk: Desk) -> None:
    def broken() -> Iterator[tuple[int, Mapping[str, object]]]:
        yield 1, card_row()
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        synchronise(desk.services, broken(), Delivery("population", NOW, OFFICER))
    assert holds(desk) == []
    assert desk.actions() == []
    with desk.database.transaction() as tx:
        assert tx.sources.snapshot(POPULATION) is None


def test_a_rehearsal_counts_and_changes_nothing(desk: Desk) -> None:
    desk.load("population", card_row())
    before = desk.actions()
    rows: list[Row] = [(1, card_row(full_name="Nguyễn Thị Mậu")), (2, {})]
    told = rehearse(desk.services, rows, Delivery("population", NOW, OFFICER))
    assert (told.tally.counts[Change.CONFLICTING], told.tally.conflicts) == (1, (1,))
    assert [row.line for row in told.rejected] == [2]
    assert holds(desk) == ["Nguyễn Thị Mẫu"]
    assert desk.actions() == before


def test_a_record_in_conflict_answers_nothing(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    desk.load("civil_status", birth_row(child__sex="male"))
    desk.load("civil_status", birth_row())
    assert desk.check(birth_page()).assessment.outcome is Outcome.OFFICER_REVIEW


def test_a_delivery_from_the_future_is_refused(desk: Desk) -> None:
    with pytest.raises(DeliveryAheadError):
        desk.load("population", card_row(), as_of=NOW + timedelta(days=2))
    assert holds(desk) == []


def test_an_annulled_birth_no_longer_answers(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    assert desk.check(birth_page()).assessment.outcome is Outcome.NO_COPY_NEEDED
    desk.load("civil_status", birth_row(status="annulled", updated_at="2026-11-23T00:00:00Z"))
    assert desk.check(birth_page()).assessment.outcome is Outcome.OFFICER_REVIEW


@pytest.mark.parametrize(
    ("broken", "doubted"),
    [
        ({"updated_at": "2026-11-23T00:00:00Z", "registered_on": "2026-02-30"}, True),
        ({"updated_at": "hôm qua"}, True),
        ({"updated_at": "2026-11-01T00:00:00Z", "registered_on": "2026-02-30"}, False),
    ],
)
def test_a_record_whose_newer_row_is_rejected_answers_nothing(
    desk: Desk, broken: dict[str, object], doubted: bool
) -> None:
    """The row may have said that the entry was annulled."""
    desk.load("civil_status", birth_row())
    assert desk.load("civil_status", {**birth_row(status="annulled"), **broken}).doubted == int(doubted)
    expected = Outcome.OFFICER_REVIEW if doubted else Outcome.NO_COPY_NEEDED
    assert desk.check(birth_page()).assessment.outcome is expected
    desk.load("civil_status", birth_row(updated_at="2026-11-23T00:00:00Z"))
    assert desk.check(birth_page()).assessment.outcome is Outcome.NO_COPY_NEEDED


def test_a_copy_grown_old_no_longer_answers(desk: Desk) -> None:
    desk.load("civil_status", birth_row())
    desk.clock.move(hours=49)
    assert desk.check(birth_page()).assessment.outcome is Outcome.SOURCE_UNAVAILABLE
