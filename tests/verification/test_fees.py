"""The fee of a certified copy (TT 226/2016; vectors of domain.md 1.2)."""

import pytest

from verification.fees import certification_fee


@pytest.mark.parametrize(
    ("pages", "fee"),
    [(1, 2_000), (2, 4_000), (3, 5_000), (10, 12_000), (197, 199_000), (198, 200_000), (500, 200_000)],
)
def test_two_thousand_a_page_then_one_thousand_up_to_the_ceiling(pages: int, fee: int) -> None:
    assert certification_fee(pages) == fee


def test_every_copy_is_paid_for_and_has_a_ceiling_of_its_own() -> None:
    assert certification_fee(3, copies=4) == 20_000
    assert certification_fee(198, copies=2) == 400_000


@pytest.mark.parametrize(("pages", "copies"), [(0, 1), (-1, 1), (1, 0)])
def test_a_copy_has_at_least_one_page(pages: int, copies: int) -> None:
    with pytest.raises(ValueError, match="at least one page"):
        certification_fee(pages, copies=copies)
