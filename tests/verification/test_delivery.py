"""What a delivery says of itself, and whether it is its turn."""

from datetime import UTC, datetime, timedelta

import pytest

from verification.delivery import (
    DeliveryKind,
    Header,
    PastDelivery,
    agreed,
    header_in,
    is_taken,
    refuse_early,
)
from verification.errors import (
    DeliveryContradictsError,
    DeliveryHeaderError,
    DeliveryOutOfTurnError,
)
from verification.source import SourceName

AS_OF = datetime(2026, 11, 24, tzinfo=UTC)
FULL, INCREMENT = DeliveryKind.FULL, DeliveryKind.INCREMENT
SAID: dict[str, object] = {
    "source": "population",
    "sequence": 7,
    "kind": "increment",
    "as_of": "2026-11-24T07:00:00+07:00",
    "rows": 100,
}


def past(sequence: int | None, kind: DeliveryKind = INCREMENT, digest: str = "a") -> PastDelivery:
    return PastDelivery(
        SourceName("population"), AS_OF, "folder", sequence, kind, AS_OF, digest, 1, 1, 0, 0, {}, ()
    )


def coming(sequence: int | None, kind: DeliveryKind = INCREMENT, **hours: float) -> Header:
    return Header(sequence=sequence, kind=kind, as_of=AS_OF + timedelta(**hours))


def test_a_first_line_says_what_comes() -> None:
    assert header_in({"delivery": SAID}) == Header("population", 7, INCREMENT, AS_OF, 100)


def test_a_header_may_say_little() -> None:
    assert header_in({"delivery": {}}) == Header()


@pytest.mark.parametrize(
    "row", [{"personal_number": "1"}, {"delivery": {}, "personal_number": "1"}, [], "delivery", None]
)
def test_a_row_is_no_header(row: object) -> None:
    assert header_in(row) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("source", 1),
        ("sequence", "7"),
        ("sequence", 0),
        ("sequence", True),
        ("sequence", 2**40),
        ("kind", "all"),
        ("kind", []),
        ("as_of", "hôm qua"),
        ("as_of", 20261124),
        ("rows", -1),
        ("rows", 1.5),
        ("owner", "x"),
    ],
)
def test_a_header_that_cannot_be_used_is_told(name: str, value: object) -> None:
    with pytest.raises(DeliveryHeaderError) as refused:
        header_in({"delivery": {**SAID, name: value}})
    assert name in refused.value.message_en


def test_a_header_that_is_no_group_is_told() -> None:
    with pytest.raises(DeliveryHeaderError):
        header_in({"delivery": "population"})


def test_what_the_delivery_does_not_say_may_be_told_beside_it() -> None:
    assert agreed(Header(sequence=7), Header(kind=FULL)) == Header(sequence=7, kind=FULL)


def test_two_that_say_different_things_are_not_believed() -> None:
    with pytest.raises(DeliveryHeaderError):
        agreed(Header(sequence=7), Header(sequence=8))


# -- whose turn it is ----------------------------------------------------------------------------


@pytest.mark.parametrize("last", [None, past(None)])
def test_the_first_number_may_be_any(last: PastDelivery | None) -> None:
    assert is_taken(last, coming(7), "b") is False


def test_the_next_number_is_taken_and_the_last_one_is_told_to_be_there() -> None:
    assert is_taken(past(7), coming(8), "b") is False
    assert is_taken(past(7), coming(7), "a") is True


@pytest.mark.parametrize("sequence", [1, 6, 9, 100])
def test_a_gap_and_going_back_are_refused(sequence: int) -> None:
    with pytest.raises(DeliveryOutOfTurnError):
        is_taken(past(7), coming(sequence), "b")


def test_only_what_others_are_missing_before_is_early() -> None:
    for sequence in (6, 7, 8):
        refuse_early(past(7), coming(sequence))
    refuse_early(past(7), coming(9, FULL))
    refuse_early(None, coming(9))
    with pytest.raises(DeliveryOutOfTurnError) as told:
        refuse_early(past(7), coming(9))
    assert told.value.early


@pytest.mark.parametrize("kind", [FULL, INCREMENT])
def test_the_last_number_with_other_content_is_a_contradiction(kind: DeliveryKind) -> None:
    with pytest.raises(DeliveryContradictsError):
        is_taken(past(7, kind), coming(7, kind), "b")


@pytest.mark.parametrize("sequence", [1, 7, 8, 100])
def test_a_full_load_begins_again_with_any_number(sequence: int) -> None:
    assert is_taken(past(7), coming(sequence, FULL), "b") is False


def test_a_full_load_of_before_the_last_delivery_is_refused() -> None:
    with pytest.raises(DeliveryOutOfTurnError):
        is_taken(past(7), coming(1, FULL, hours=-1), "b")


def test_a_delivery_without_a_number_has_no_turn() -> None:
    assert is_taken(past(7), coming(None), "b") is False
