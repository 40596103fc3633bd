"""How many of how many, with the interval that the count allows."""

from dataclasses import dataclass
from math import sqrt

_Z = 1.96
"""Two-sided 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `of`."""

    part: int
    of: int

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing."""
        return self.part / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson score interval; of nothing nothing is known."""
        if not self.of:
            return 0.0, 1.0
        z2n = _Z * _Z / self.of
        middle = (self.value + z2n / 2) / (1 + z2n)
        half = _Z * sqrt((self.value * (1 - self.value) + z2n / 4) / self.of) / (1 + z2n)
        return max(middle - half, 0.0), min(middle + half, 1.0)
