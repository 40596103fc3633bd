"""All papers measured in, what `bench read` says of them out: sentences, a README's tables, JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from api.cli.bench_reading.figures import Figures, figures_of
from api.cli.bench_reading.goals import (
    CODE_AIM,
    CODE_DPI,
    CPU_AIM,
    KIND_AIM,
    beyond_truth,
    codes,
    licences,
    measured_goals,
    of_grades,
    short_fields,
    wrong_when_sure,
)
from api.cli.bench_reading.measured import Measured
from api.cli.bench_reading.rows import COLUMNS, line, percent, row, with_interval, wrong
from api.cli.bench_reading.share import Share
from verification.specimens import Grade

ALL = "all"
Row = tuple[str, str, Figures]
"""Kind, grade, figures."""


def cell_rows(papers: Sequence[Measured]) -> list[Row]:
    """A row a kind and grade, in the order in which they were read."""
    cells: dict[tuple[str, Grade], list[Measured]] = {}
    for paper in papers:
        cells.setdefault((paper.paper.kind, paper.paper.grade), []).append(paper)
    return [(kind, grade.value, figures_of(those)) for (kind, grade), those in cells.items()]


def grade_rows(papers: Sequence[Measured]) -> list[Row]:
    """All kinds together, a row a grade."""
    found = ((grade, of_grades(papers, (grade,))) for grade in Grade)
    return [(ALL, grade.value, figures_of(those)) for grade, those in found if those]


# -- for people ----------------------------------------------------------------------------------


def sentences(papers: Sequence[Measured]) -> Iterator[str]:
    """Everything that stands under the rows of kinds and grades."""
    yield from (line(*found) for found in grade_rows(papers))
    yield ""
    yield from _goals(papers)
    yield from counts(papers)
    yield ""
    yield from _short(papers)
    yield from _wrong(papers)


def _goals(papers: Sequence[Measured]) -> Iterator[str]:
    for goal, found in measured_goals(papers):
        asked = "honest" if goal.coverage is None else f"≥ {100 * goal.coverage:.0f}"
        yield (
            f"{'reached' if goal.reached(found) else 'SHORT  '}  {goal.name}: "
            f"exact {percent(found.exact)} (≥ {100 * goal.exact:.0f}), "
            f"sure {percent(found.coverage)} ({asked}), "
            f"wrong when sure {wrong(found.wrong)} (≤ {100 * goal.wrong:.1f})"
        )


def counts(papers: Sequence[Measured]) -> Iterator[str]:
    """What is asked of all papers together."""
    found, (read, coarse), mistaken = figures_of(papers), codes(papers), licences(papers)
    yield f"kinds right: {_of(found.kinds)} (≥ {100 * KIND_AIM:.0f} %); files refused: {found.refused}"
    yield (
        f"QR codes of cards at {CODE_DPI} dpi or more read: {_of(read)} (≥ {100 * CODE_AIM:.0f} %); "
        f"coarser and not counted: {coarse}"
    )
    yield f"driving licences taken for a person's card or number: {mistaken.part} of {mistaken.of} (0)"
    yield (
        f"CPU of straightening, detection and first reader to that of Tesseract alone: {found.lead:.2f} "
        f"(≤ {CPU_AIM:.0f}), to Tesseract with Vietnamese alone {found.lead_vie:.2f}; "
        f"of the whole first pass {found.first_pass:.2f}"
    )


def _of(share: Share) -> str:
    low, high = share.interval()
    return (
        f"{share.part} of {share.of} = {100 * share.value:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"
        if share.of
        else "none of these papers"
    )


def _short(papers: Sequence[Measured]) -> Iterator[str]:
    for field in short_fields(papers):
        yield (
            f"short of coverage: {field.name} ({field.grades}): {field.coverage.part} of {field.coverage.of} "
            f"sure, {field.exact.part} exact"
        )


def _wrong(papers: Sequence[Measured]) -> Iterator[str]:
    yield from (f"wrong when sure: {where}" for where in wrong_when_sure(papers))
    if beyond := beyond_truth(papers):
        named = ", ".join(f"{name} ({count})" for name, count in beyond.items())
        yield f"sure, not in the truth and so not judged: {named}"


# -- for the README ------------------------------------------------------------------------------


def markdown(papers: Sequence[Measured], title: str) -> str:
    """Tables: what was asked and reached, all columns a grade, three columns a kind and grade."""
    goals = [
        f"| {goal.name} | {percent(f.exact)} (≥ {100 * goal.exact:.0f}) | {percent(f.coverage)} "
        f"({'honest' if goal.coverage is None else f'≥ {100 * goal.coverage:.0f}'}) "
        f"| {wrong(f.wrong)} (≤ {100 * goal.wrong:.1f}) |"
        for goal, f in measured_goals(papers)
    ]
    blocks = (
        title,
        _table(("grade", "exact %", "sure %", "wrong when sure % [95 %]"), goals),
        "\n".join(f"- {sentence}" for sentence in counts(papers)),
        _table(("grade", *(c.head for c in COLUMNS)), map(_grade_row, grade_rows(papers))),
        _table(("kind: exact / sure / wrong when sure", *(g.value for g in Grade)), _by_kind(papers)),
    )
    return "\n\n".join(blocks) + "\n"


def _table(heads: Sequence[str], rows: Iterator[str] | Sequence[str]) -> str:
    return "\n".join((f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *rows))


def _grade_row(found: Row) -> str:
    _, grade, figures = found
    return f"| {' | '.join((grade, *(c.cell(figures) for c in COLUMNS)))} |"


def _by_kind(papers: Sequence[Measured]) -> Iterator[str]:
    cells = {(kind, grade): figures for kind, grade, figures in cell_rows(papers)}
    for kind in dict.fromkeys(kind for kind, _ in cells):
        of_kind = (cells.get((kind, grade.value)) for grade in Grade)
        yield f"| {' | '.join((f'`{kind}`', *map(_brief, of_kind)))} |"


def _brief(figures: Figures | None) -> str:
    if figures is None:
        return ""
    return (
        f"{percent(figures.exact)} / {percent(figures.coverage)} / {figures.wrong.part} of {figures.wrong.of}"
    )


# -- for programs --------------------------------------------------------------------------------


def document(papers: Sequence[Measured]) -> dict[str, Any]:
    """The same and more, as JSON."""
    read, coarse = codes(papers)
    found = figures_of(papers)
    return {
        "rows": [row(*each) for each in (*cell_rows(papers), *grade_rows(papers))],
        "goals": [
            {"asked": asdict(goal), "reached": goal.reached(figures), **row(ALL, goal.name, figures)}
            for goal, figures in measured_goals(papers)
        ],
        "kinds": with_interval(found.kinds),
        "qr_read": {**with_interval(read), "coarser": coarse},
        "licences_taken_for_persons": with_interval(licences(papers)),
        "short_of_coverage": [asdict(field) for field in short_fields(papers)],
        "wrong_when_sure": wrong_when_sure(papers),
        "beyond_truth": beyond_truth(papers),
    }
