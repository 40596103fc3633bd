"""The fee of a certified copy (TT 226/2016; vectors of domain.md 1.2)."""

from datetime import date

import pytest

from verification.fees import CopyForm, FeesUnusableError, certification_fee, parse_fees


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


# -- fees that a resolution sets --------------------------------------------------------------------

RESOLUTION = """
[[fee]]
basis = "Nghị quyết 12/2025/NQ-HĐND"
form = "electronic"
from = 2026-01-01
to = 2026-06-30
free = true

[[fee]]
basis = "Nghị quyết 20/2026/NQ-HĐND"
from = 2026-07-01
first_rate = 1000
further_rate = 500
ceiling = 100000
"""


@pytest.mark.parametrize(
    ("form", "day", "fee", "note"),
    [
        (CopyForm.ELECTRONIC, date(2025, 12, 31), 5_000, ""),
        (CopyForm.ELECTRONIC, date(2026, 1, 1), 0, "Miễn phí theo Nghị quyết 12/2025/NQ-HĐND"),
        (CopyForm.PAPER, date(2026, 6, 30), 5_000, ""),
        (CopyForm.ELECTRONIC, date(2026, 7, 1), 2_500, "Phí theo Nghị quyết 20/2026/NQ-HĐND"),
        (CopyForm.PAPER, date(2027, 7, 1), 2_500, "Phí theo Nghị quyết 20/2026/NQ-HĐND"),
    ],
)
def test_the_last_rule_in_force_says_the_fee(form: CopyForm, day: date, fee: int, note: str) -> None:
    rule = parse_fees(RESOLUTION).rule(form, day)
    assert (rule.rates.fee(3), rule.note) == (fee, note)


@pytest.mark.parametrize(
    "text",
    [
        "fee = 3",
        "[[fee]]\nbasis = 'NQ 1'",
        "[[fee]]\nbasis = ' '\nfrom = 2026-01-01\nfree = true",
        "[[fee]]\nbasis = 'NQ 1'\nfrom = 2026-01-02\nto = 2026-01-01\nfree = true",
        "[[fee]]\nbasis = 'NQ 1'\nfrom = 2026-01-01\nfirst_rate = -1\nfurther_rate = 0\nceiling = 0",
        "[[fee]]\nbasis = 'NQ 1'\nfrom = 2026-01-01\nfree = true\nform = 'both of them'",
        "[[fee]]\nbasis = 'NQ 1'\nfrom = 2026-01-01\nfree = true\nrate = 3",
        "[[fee]",
    ],
)
def test_a_file_of_fees_that_says_it_wrongly_is_refused(text: str) -> None:
    with pytest.raises(FeesUnusableError):
        parse_fees(text)
