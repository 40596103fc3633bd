"""A key (words and numbers) goes in, choices that are always the same for that key come out."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Chance:
    """A stream of choices that depends on its key alone; each use takes a stream of its own.

    People, layout and noise have separate keys, so that the same paper can be drawn in every grade.
    """

    def __init__(self, *key: str | int) -> None:
        digest = hashlib.sha256("\x1f".join(map(str, key)).encode()).digest()
        self.noise = np.random.default_rng(int.from_bytes(digest[:16], "big"))

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return int(self.noise.integers(low, high + 1))

    def spread(self, low: float, high: float) -> float:
        """A number in the half-open range."""
        return float(self.noise.uniform(low, high))

    def happens(self, probability: float) -> bool:
        """True in that share of the cases."""
        return self.spread(0, 1) < probability

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices, each as likely as the next."""
        return choices[self.between(0, len(choices) - 1)]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """One of the choices, as likely as its weight says."""
        ball = self.between(1, sum(weight for _, weight in choices))
        for choice, weight in choices:
            ball -= weight
            if ball <= 0:
                return choice
        raise AssertionError("the weights add up to less than their sum")

    def day(self, first: date, last: date) -> date:
        """A day, both ends included."""
        return first + timedelta(days=self.between(0, (last - first).days))

    def digits(self, count: int) -> str:
        """So many digits as text."""
        return "".join(str(self.between(0, 9)) for _ in range(count))
