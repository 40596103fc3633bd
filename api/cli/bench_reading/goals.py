"""All papers measured in; what was to be reached, what was, and which fields stay short, out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from api.cli.bench_reading.figures import Figures, figures_of, is_exact
from api.cli.bench_reading.measured import Measured
from api.cli.bench_reading.share import Share
from verification.specimens import Grade

CODE_DPI = 150
"""From this resolution on a card's QR code is to be read; below it a paper is counted apart."""
CODE_AIM, KIND_AIM, CPU_AIM = 0.95, 0.99, 1.0


@dataclass(frozen=True, slots=True)
class Goal:
    """Of the grades together. Without `coverage` none is asked of them: it is to be honest, not high."""

    grades: tuple[Grade, ...]
    exact: float
    coverage: float | None
    wrong: float

    @property
    def name(self) -> str:
        """The grades in one word."""
        return "+".join(grade.value for grade in self.grades)

    def reached(self, figures: Figures) -> bool:
        """Whether all that is asked holds, by point estimates."""
        covered = self.coverage is None or figures.coverage.value >= self.coverage
        return figures.exact.value >= self.exact and covered and figures.wrong.value <= self.wrong


GOALS = (
    Goal((Grade.CLEAN, Grade.SCAN), 0.98, 0.92, 0.002),
    Goal((Grade.PHOTO,), 0.95, 0.85, 0.003),
    Goal((Grade.HARD,), 0.85, None, 0.005),
)


def of_grades(papers: Sequence[Measured], grades: Sequence[Grade]) -> list[Measured]:
    """Those of the papers that are of one of the grades."""
    return [paper for paper in papers if paper.paper.grade in grades]


def measured_goals(papers: Sequence[Measured]) -> list[tuple[Goal, Figures]]:
    """Every goal of which some paper was read."""
    found = ((goal, of_grades(papers, goal.grades)) for goal in GOALS)
    return [(goal, figures_of(those)) for goal, those in found if those]


@dataclass(frozen=True, slots=True)
class ShortField:
    """A field of one kind that is sure less often than its goal asks."""

    name: str
    grades: str
    exact: Share
    coverage: Share
    missing: float
    """How many more would have to be sure."""


def short_fields(papers: Sequence[Measured], worst: int = 10) -> list[ShortField]:
    """Those from which most is missing, the worst first."""
    found = [
        field
        for goal in GOALS
        if goal.coverage is not None
        for field in _short(of_grades(papers, goal.grades), goal.name, goal.coverage)
    ]
    return sorted(found, key=lambda f: (-f.missing, f.name))[:worst]


def _short(papers: Sequence[Measured], grades: str, aim: float) -> list[ShortField]:
    counts: dict[str, list[tuple[bool, bool]]] = {}
    for paper in papers:
        for field in paper.fields:
            counts.setdefault(f"{paper.paper.kind}.{field.name}", []).append((is_exact(field), field.sure))
    shares = [
        (name, Share(sum(e for e, _ in seen), len(seen)), Share(sum(s for _, s in seen), len(seen)))
        for name, seen in counts.items()
    ]
    return [
        ShortField(name, grades, exact, sure, aim * sure.of - sure.part)
        for name, exact, sure in shares
        if sure.value < aim
    ]


def codes(papers: Sequence[Measured]) -> tuple[Share, int]:
    """Of papers with a card's QR code at `CODE_DPI` or more those read, and how many were coarser."""
    bearing = [paper for paper in papers if paper.code_read is not None]
    fine = [paper for paper in bearing if paper.dpi >= CODE_DPI]
    return Share(sum(bool(paper.code_read) for paper in fine), len(fine)), len(bearing) - len(fine)


def licences(papers: Sequence[Measured]) -> Share:
    """Of driving licences those that came out as a card, or whose number came out as a personal number."""
    those = [paper for paper in papers if paper.paper.kind == "driving_licence"]
    return Share(sum(paper.licence_as_person for paper in those), len(those))


def beyond_truth(papers: Sequence[Measured]) -> dict[str, int]:
    """Fields that were sure where the truth knows of none, how often: printed but not noted, or invented."""
    return dict(Counter(f"{p.paper.kind}.{name}" for p in papers for name in p.beyond_truth).most_common())


def wrong_when_sure(papers: Sequence[Measured]) -> list[str]:
    """Where a sure value was wrong: kind.field, grade and seed, and no value."""
    return [
        f"{p.paper.kind}.{f.name} {p.paper.grade.value} {p.paper.seed}"
        for p in papers
        for f in p.fields
        if f.sure and not is_exact(f)
    ]
