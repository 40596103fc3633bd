"""The fee of a certified copy: pages of the original, copies and the day in, đồng and their legal basis out.

The fee is that of TT 226/2016/TT-BTC unless the office's own file has a rule in force: a resolution of the
People's Council may set another one, or none for electronic copies (domain.md 1.2).

A page is a page of the original with something on it, as it was pictured: a card with two sides has two, also
when both lie on one sheet.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

CIRCULAR = "Thông tư 226/2016/TT-BTC"


class CopyForm(StrEnum):
    """Which copies a rule is about."""

    ELECTRONIC = "electronic"
    PAPER = "paper"
    BOTH = "both"


class FeesUnusableError(Exception):
    """The file of fees cannot be used as it is written."""


@dataclass(frozen=True, slots=True)
class FeeRates:
    """Đồng: of each of the first pages, of each further page, and the most that one copy costs."""

    first_rate: int = 2_000
    further_rate: int = 1_000
    ceiling: int = 200_000
    first_pages: int = 2

    def fee(self, pages: int, *, copies: int = 1) -> int:
        """Of so many copies of so many pages. Raises ValueError where there is nothing to copy."""
        if pages < 1 or copies < 1:
            raise ValueError("a copy has at least one page")
        first = min(pages, self.first_pages)
        return min(first * self.first_rate + (pages - first) * self.further_rate, self.ceiling) * copies


@dataclass(frozen=True, slots=True)
class FeeRule:
    """Rates from one day to another (both count), by which act."""

    basis: str
    rates: FeeRates
    form: CopyForm = CopyForm.BOTH
    valid_from: date = date.min
    valid_to: date = date.max

    def holds(self, form: CopyForm, day: date) -> bool:
        """Whether it says what a copy of this form costs on this day."""
        return self.form in (CopyForm.BOTH, form) and self.valid_from <= day <= self.valid_to

    @property
    def note(self) -> str:
        """For the book's last column; the circular, being the rule, is not repeated in every line."""
        if self.basis == CIRCULAR:
            return ""
        return f"{'Phí' if self.rates.ceiling else 'Miễn phí'} theo {self.basis}"


BY_CIRCULAR = FeeRule(CIRCULAR, FeeRates())


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """All rules; the last that holds is the one that counts."""

    rules: tuple[FeeRule, ...] = (BY_CIRCULAR,)

    def rule(self, form: CopyForm, day: date) -> FeeRule:
        """What counts on this day in Viet Nam."""
        return next(rule for rule in reversed(self.rules) if rule.holds(form, day))


def certification_fee(pages: int, *, copies: int = 1) -> int:
    """2,000 đ a page, 1,000 đ from the third, at most 200,000 đ a copy; pages are those of the original."""
    return BY_CIRCULAR.rates.fee(pages, copies=copies)


def parse_fees(text: str) -> FeeSchedule:
    """TOML of `[[fee]]` tables after the circular's rule. Raises FeesUnusableError, which says what is wrong.

    ```toml
    [[fee]]
    basis = "Nghị quyết 12/2025/NQ-HĐND"
    form = "electronic"          # or "paper", "both"
    from = 2026-01-01
    to = 2026-12-31              # may be left out
    free = true                  # or first_rate, further_rate, ceiling in đồng
    ```
    """
    try:
        rows = tomllib.loads(text).get("fee", [])
        return FeeSchedule((BY_CIRCULAR, *(_rule(row) for row in rows)))
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise FeesUnusableError(f"not a file of [[fee]] tables: {error}") from error


_KEYS = frozenset({"basis", "form", "from", "to", "free", "first_rate", "further_rate", "ceiling"})


def _rule(row: Mapping[str, Any]) -> FeeRule:
    if unknown := row.keys() - _KEYS:
        raise ValueError(f"unknown key {sorted(unknown)[0]}")
    first, last = row["from"], row.get("to", date.max)
    if not row["basis"].strip() or last < first:
        raise ValueError("a fee needs its act, and a last day that is not before the first")
    return FeeRule(row["basis"].strip(), _rates(row), CopyForm(row.get("form", "both")), first, last)


def _rates(row: Mapping[str, Any]) -> FeeRates:
    if row.get("free", False):
        return FeeRates(0, 0, 0)
    given = {name: row[name] for name in ("first_rate", "further_rate", "ceiling")}
    if any(
        not isinstance(amount, int) or isinstance(amount, bool) or amount < 0 for amount in given.values()
    ):
        raise ValueError("an amount is a whole number of đồng")
    return FeeRates(**given)
