"""What was measured of each database in; the rows of a table, and the table for the README, out."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from api.cli.bench_matching.measured import Measured


@dataclass(frozen=True, slots=True)
class _Figure:
    """A line of the table: `goals` are those of SQLite and of PostgreSQL, `at_least` or at most."""

    title: str
    of: Callable[[Measured], float]
    unit: str = "ms"
    goals: tuple[float, float] | None = None
    at_least: bool = False


_FIGURES = (
    _Figure("load, rows a second", lambda m: m.rate, "", (30_000, 45_000), at_least=True),
    _Figure("the bare database, rows a second", lambda m: m.raw_rate, ""),
    _Figure("most memory of a process while loading", lambda m: m.most_mb, "MB"),
    _Figure("look-up by number, median", lambda m: m.by_number.median_ms),
    _Figure("look-up by number, p99", lambda m: m.by_number.p99_ms, goals=(1, 3)),
    _Figure("look-up by name and birth date, median", lambda m: m.by_name_and_birth_date.median_ms),
    _Figure("look-up by name and birth date, p99", lambda m: m.by_name_and_birth_date.p99_ms, goals=(2, 6)),
    _Figure("line in the access log, median", lambda m: m.log_commit.median_ms),
    _Figure("line in the access log, p99", lambda m: m.log_commit.p99_ms),
    _Figure("comparison and assessment, median", lambda m: m.assessment.median_ms, goals=(5, 5)),
    _Figure("comparison and assessment, p99", lambda m: m.assessment.p99_ms),
    _Figure("a card's fields to its proposal, all of these, median", lambda m: m.paper.median_ms),
    _Figure("update, rows a second, look-ups running", lambda m: m.update.rows / m.update.seconds, ""),
    _Figure("look-up by number before the update, median", lambda m: m.update.alone.median_ms),
    _Figure("look-up by number during the update, median", lambda m: m.update.during.median_ms),
    _Figure("look-up by number during the update, p99", lambda m: m.update.during.p99_ms),
    _Figure("look-ups a second lost to the update", lambda m: 100 * m.update.slower, "%", (50, 50)),
)


def rows(measured: Sequence[Measured]) -> list[list[str]]:
    """The head, then a row a figure: what it is, each database's figure, and the goal."""
    head = ["", *(m.database for m in measured), "goal"]
    return [
        head,
        *([figure.title, *(_cell(figure, m) for m in measured), _goal(figure)] for figure in _FIGURES),
    ]


def markdown(measured: Sequence[Measured], title: str) -> str:
    """For the README."""
    head, *others = rows(measured)
    lines = [head, ["---", *("---:" for _ in measured), "---"], *others]
    return title + "\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def document(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """For `--json`."""
    return [{**asdict(m), "rate": round(m.rate), "raw_rate": round(m.raw_rate)} for m in measured]


def _cell(figure: _Figure, measured: Measured) -> str:
    value = figure.of(measured)
    goal = _goal_of(figure, measured)
    missed = goal is not None and (value < goal if figure.at_least else value > goal)
    text = _number(value, figure.unit)
    return f"{text} ✗" if missed else text


def _goal_of(figure: _Figure, measured: Measured) -> float | None:
    return figure.goals[measured.database != "SQLite"] if figure.goals else None


def _goal(figure: _Figure) -> str:
    if figure.goals is None:
        return ""
    sign = "≥" if figure.at_least else "≤"
    return " / ".join(f"{sign} {_number(goal, figure.unit)}" for goal in dict.fromkeys(figure.goals))


def _number(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if value >= 100 or value == round(value) else f"{value:.3g}"
    return f"{text} {unit}".rstrip()
