"""How many papers of which kinds and grades are wanted in, the papers to draw and read out."""

from collections.abc import Sequence
from dataclasses import dataclass

from verification.specimens import PUBLISHED_SEEDS, Grade

SETS = {"published": PUBLISHED_SEEDS, "working": 0}
"""The first seed of each set: figures are published of the one, rules are tuned on the other."""


@dataclass(frozen=True, slots=True)
class PaperToRead:
    """One specimen by what it is drawn from."""

    kind: str
    grade: Grade
    seed: int


def papers_to_read(
    kinds: Sequence[str], grades: Sequence[Grade], *, count: int, first_seed: int
) -> tuple[PaperToRead, ...]:
    """`count` papers in order of kind, grade and seed.

    Any count is spread evenly: each kind once, every next kind in the next grade; then all again in the grade
    that follows; after all grades with the next seed.
    """
    found = [_nth(n, kinds, grades, first_seed) for n in range(count)]
    return tuple(sorted(found, key=lambda p: (kinds.index(p.kind), grades.index(p.grade), p.seed)))


def _nth(number: int, kinds: Sequence[str], grades: Sequence[Grade], first_seed: int) -> PaperToRead:
    turn, kind = divmod(number, len(kinds))
    seed, shift = divmod(turn, len(grades))
    return PaperToRead(kinds[kind], grades[(kind + shift) % len(grades)], first_seed + seed)
