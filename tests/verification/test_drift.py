"""What is lost between two matches of one paper, and what is not."""

from dataclasses import replace

import pytest

from tests.builders import NOW
from verification.agreement import Agreement
from verification.drift import Drifted, Loss, loss
from verification.matching import Comparison, Found, RecordMatch
from verification.source import Snapshot, SourceName, SourceRecord

POPULATION = SourceName("population")


def compared(name: str, agreement: Agreement = Agreement.EXACT, *, passes: bool = True) -> Comparison:
    return Comparison(name, "giấy", "dữ liệu", agreement, None, identity=False, passes=passes)


NAME, BORN = compared("full_name"), compared("date_of_birth")
BEFORE = RecordMatch(
    source=POPULATION,
    snapshot=Snapshot(POPULATION, 1, NOW, 1),
    found=Found.ONE,
    key_sure=True,
    record=SourceRecord(POPULATION, "a", "active", {}),
    status_good=True,
    comparisons=(NAME, BORN, compared("residence", Agreement.DIFFERENT, passes=False)),
)
OTHER_NAME = compared("full_name", Agreement.DIFFERENT, passes=False)


def test_the_same_again_loses_nothing() -> None:
    assert loss(BEFORE, replace(BEFORE, snapshot=Snapshot(POPULATION, 2, NOW, 1))) is None


def test_another_way_of_agreeing_loses_nothing() -> None:
    equivalent = compared("full_name", Agreement.EQUIVALENT)
    assert loss(BEFORE, replace(BEFORE, comparisons=(equivalent, BORN))) is None


def test_a_field_that_fails_now_is_lost_and_one_that_failed_before_is_not() -> None:
    after = replace(BEFORE, comparisons=(OTHER_NAME, BORN, BEFORE.comparisons[2]))
    assert loss(BEFORE, after) == Loss(Drifted.CHANGED, ("full_name",))


def test_a_field_that_came_to_the_record_and_does_not_agree_is_lost() -> None:
    after = replace(BEFORE, comparisons=(*BEFORE.comparisons, compared("sex", passes=False)))
    assert loss(BEFORE, after) == Loss(Drifted.CHANGED, ("sex",))


def test_a_status_that_is_good_no_longer_comes_before_the_fields() -> None:
    after = replace(BEFORE, status_good=False, comparisons=(OTHER_NAME,))
    assert loss(BEFORE, after) == Loss(Drifted.NOT_VALID, ("full_name",))


def test_a_status_that_never_was_good_is_not_lost() -> None:
    bad = replace(BEFORE, status_good=False)
    assert loss(bad, bad) is None


def test_a_key_that_was_sure_and_is_not_is_a_loss() -> None:
    assert loss(BEFORE, replace(BEFORE, key_sure=False)) == Loss(Drifted.CHANGED)


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (Found.NONE, Drifted.GONE),
        (Found.SEVERAL, Drifted.SEVERAL),
        (Found.NO_KEY, Drifted.GONE),
        (Found.NOT_CONFIGURED, Drifted.GONE),
    ],
)
def test_anything_but_one_record_is_a_loss(found: Found, what: Drifted) -> None:
    assert loss(BEFORE, RecordMatch(POPULATION, None, found)) == Loss(what)


def test_no_match_at_all_is_a_loss() -> None:
    assert loss(BEFORE, None) == Loss(Drifted.GONE)
