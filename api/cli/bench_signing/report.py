"""What was measured in; the rows of a table, the table for the README, and the document of `--json`, out."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from api.cli.bench_signing.figures import Measured, Rate, Signing


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table; `goal` is one to reach or not to pass."""

    title: str
    value: float
    unit: str = ""
    goal: float | None = None
    at_least: bool = True

    def cells(self) -> list[str]:
        """Title, figure with ✗ where the goal is missed, and the goal."""
        missed = self.goal is not None and (
            self.value < self.goal if self.at_least else self.value > self.goal
        )
        sign = "≥" if self.at_least else "≤"
        goal = f"{sign} {_number(self.goal, self.unit)}" if self.goal is not None else ""
        return [self.title, _number(self.value, self.unit) + (" ✗" if missed else ""), goal]


def rows(measured: Measured) -> list[list[str]]:
    """The head, then a row a figure."""
    return [["", "", "goal"], *(row.cells() for row in _rows(measured))]


def markdown(measured: Measured, title: str) -> str:
    """For the README."""
    lines = [["", "", "goal"], ["---", "---:", "---"], *rows(measured)[1:]]
    return title + "\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def document(measured: Measured) -> dict[str, Any]:
    """For `--json`: everything measured, and what follows from it."""
    return {
        **asdict(measured),
        "figures": {row.title: row.value for row in _rows(measured)},
    }


def _rows(measured: Measured) -> Iterator[_Row]:
    for one in measured.signing:
        yield from _signing(one)
    receipts, issuing = measured.receipts, measured.issuing
    yield _Row("receipts rendered, signed twice and stored, a second", receipts.whole.a_second, goal=20)
    yield from _parts(
        (("rendering", receipts.render), ("signing", receipts.sign), ("storing", receipts.store))
    )
    yield _Row("receipts decided and issued by the job engine, a second", issuing.by_engine.a_second)
    yield _Row("the same without the engine, a second", issuing.without.a_second)
    yield _Row("what the engine costs a receipt", issuing.engine_ms, "ms")
    yield _Row("size of a one-page receipt", receipts.size_kb, "KB", goal=110, at_least=False)
    yield _Row("long-term data added (B-LTA)", measured.long_term.extend.ms, "ms")
    yield _Row("its size then", measured.long_term.size_kb, "KB")
    for count, megabytes in receipts.memory_mb:
        yield _Row(f"memory after {count:,} receipts", megabytes, "MB")


def _signing(one: Signing) -> Iterator[_Row]:
    goal = 150 if one.kind == "P-256" else None
    yield _Row(f"{one.kind}: signatures on prepared PDFs (B-T), a second", one.signatures_a_second, goal=goal)
    if one.beside is None or one.times_as_fast is None:
        return
    yield _Row(f"{one.kind}: the same by pyHanko's SimpleSigner, a second", 2 * one.beside.a_second)
    yield _Row(f"{one.kind}: times as fast", one.times_as_fast)


def _parts(parts: tuple[tuple[str, Rate], ...]) -> Iterator[_Row]:
    for title, rate in parts:
        yield _Row(f"of which {title}", rate.ms, "ms")


def _number(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if value >= 100 or value == round(value) else f"{value:.3g}"
    return f"{text} {unit}".rstrip()
