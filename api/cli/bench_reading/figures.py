"""Papers measured in, the figures of one row out."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from api.cli.bench_reading.letters import edits
from api.cli.bench_reading.measured import Cost, FieldSeen, Measured
from api.cli.bench_reading.share import Share

T = TypeVar("T")
OfCost = Callable[[Cost], float]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of some papers. `alone` and `printed` are of the first reader, the second, and Tesseract alone.

    `wrong` is of the sure ones. `cer`: letters wrong in values of fields; `printed`: letters wrong in all
    texts of the papers. Times are medians a page. The ratios are sums of CPU-seconds over Tesseract's: `lead`
    of straightening, detection and first reader, `first_pass` of all that is done before the second reader.
    """

    papers: int
    refused: int
    kinds: Share
    exact: Share
    coverage: Share
    wrong: Share
    cer: Share
    alone: tuple[Share, Share, Share]
    printed: tuple[Share, Share, Share]
    page_s: float
    page_cpu_s: float
    tesseract_page_cpu_s: float
    lead: float
    lead_vie: float
    first_pass: float
    peak_mb: int


def figures_of(papers: Sequence[Measured]) -> Figures:
    """The figures of at least one paper."""
    fields = [field for paper in papers for field in paper.fields]
    sure = [field for field in fields if field.sure]
    return Figures(
        papers=len(papers),
        refused=sum(paper.refused is not None for paper in papers),
        kinds=_share(papers, lambda p: p.kinds == (p.paper.kind,)),
        exact=_share(fields, is_exact),
        coverage=_share(fields, lambda f: f.sure),
        wrong=_share(sure, lambda f: not is_exact(f)),
        cer=Share(sum(edits(f.value, f.truth) for f in fields), sum(len(f.truth) for f in fields)),
        alone=(
            _share(fields, lambda f: f.alone[0] == f.truth),
            _share(fields, lambda f: f.alone[1] == f.truth),
            _share(fields, lambda f: f.in_text),
        ),
        printed=(_printed(papers, 0), _printed(papers, 1), _printed(papers, 2)),
        page_s=_median_a_page(papers, lambda c: c.seconds),
        page_cpu_s=_median_a_page(papers, lambda c: c.cpu_seconds),
        tesseract_page_cpu_s=_median_a_page(papers, lambda c: c.tesseract_cpu),
        lead=_ratio(papers, lambda c: c.lead_cpu, lambda c: c.tesseract_cpu),
        lead_vie=_ratio(papers, lambda c: c.lead_cpu, lambda c: c.tesseract_vie_cpu),
        first_pass=_ratio(papers, lambda c: c.pass_cpu, lambda c: c.tesseract_cpu),
        peak_mb=max(paper.cost.peak_mb for paper in papers),
    )


def is_exact(field: FieldSeen) -> bool:
    """Letter by letter."""
    return field.value == field.truth


def _share(those: Sequence[T], holds: Callable[[T], bool]) -> Share:
    return Share(sum(map(holds, those)), len(those))


def _printed(papers: Sequence[Measured], reader: int) -> Share:
    return Share(sum(p.printed_edits[reader] for p in papers), sum(p.printed for p in papers))


def _median_a_page(papers: Sequence[Measured], of: OfCost) -> float:
    return statistics.median(of(paper.cost) / paper.pages for paper in papers)


def _ratio(papers: Sequence[Measured], ours: OfCost, theirs: OfCost) -> float:
    return sum(ours(p.cost) for p in papers) / sum(theirs(p.cost) for p in papers)
