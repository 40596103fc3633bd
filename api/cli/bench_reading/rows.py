"""Figures in, the cells of tables out: for people, for a README, for programs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from api.cli.bench_reading.figures import Figures
from api.cli.bench_reading.share import Share


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, how wide a terminal shows it, and its cell."""

    head: str
    width: int
    cell: Callable[[Figures], str]


def percent(share: Share) -> str:
    """With one decimal."""
    return f"{100 * share.value:.1f}"


def wrong(share: Share) -> str:
    """The count, the share and its interval, in per cent."""
    low, high = share.interval()
    return f"{share.part}/{share.of} = {100 * share.value:.2f} [{100 * low:.2f}, {100 * high:.2f}]"


def _three(shares: Sequence[Share]) -> str:
    return " / ".join(percent(share) for share in shares)


COLUMNS = (
    Column("n", 3, lambda f: str(f.papers)),
    Column("kind %", 6, lambda f: percent(f.kinds)),
    Column("fields", 6, lambda f: str(f.exact.of)),
    Column("exact %", 7, lambda f: percent(f.exact)),
    Column("sure %", 6, lambda f: percent(f.coverage)),
    Column("wrong when sure [95 %]", 30, lambda f: wrong(f.wrong)),
    Column("CER %", 5, lambda f: percent(f.cer)),
    Column("exact % 1st / 2nd / Tess", 24, lambda f: _three(f.alone)),
    Column("print CER % 1st / 2nd / Tess", 28, lambda f: _three(f.printed)),
    Column("s", 5, lambda f: f"{f.page_s:.2f}"),
    Column("CPU-s", 5, lambda f: f"{f.page_cpu_s:.2f}"),
    Column("Tess CPU-s", 10, lambda f: f"{f.tesseract_page_cpu_s:.2f}"),
    Column("lead/Tess", 9, lambda f: f"{f.lead:.2f}"),
    Column("MB", 4, lambda f: str(f.peak_mb)),
)
NAMES = (("kind", 30), ("grade", 10))


def head_line() -> str:
    """The heads, spaced as the lines under them."""
    return _spaced([*NAMES, *((c.head, c.width) for c in COLUMNS)])


def line(kind: str, grade: str, figures: Figures) -> str:
    """One row, for people; it can be printed before the next is known."""
    names = zip((kind, grade), (width for _, width in NAMES), strict=True)
    return _spaced([*names, *((c.cell(figures), c.width) for c in COLUMNS)])


def _spaced(cells: Sequence[tuple[str, int]]) -> str:
    return "  ".join(text.ljust(width) for text, width in cells).rstrip()


def row(kind: str, grade: str, figures: Figures) -> dict[str, Any]:
    """One row, for programs: shares of 1, seconds, megabytes."""
    first, second, page = (_rounded(share) for share in figures.alone)
    return {
        "kind": kind,
        "grade": grade,
        "papers": figures.papers,
        "refused": figures.refused,
        "kind_right": _rounded(figures.kinds),
        "fields": figures.exact.of,
        "exact": _rounded(figures.exact),
        "coverage": _rounded(figures.coverage),
        "wrong_when_sure": with_interval(figures.wrong),
        "cer": _rounded(figures.cer),
        "first_reader_alone": first,
        "second_reader_alone": second,
        "tesseract_page": page,
        "print_cer": {
            "first_reader": _rounded(figures.printed[0]),
            "second_reader": _rounded(figures.printed[1]),
            "tesseract_page": _rounded(figures.printed[2]),
        },
        "page_s": round(figures.page_s, 3),
        "page_cpu_s": round(figures.page_cpu_s, 3),
        "tesseract_page_cpu_s": round(figures.tesseract_page_cpu_s, 3),
        "lead_to_tesseract": round(figures.lead, 3),
        "lead_to_tesseract_vie": round(figures.lead_vie, 3),
        "first_pass_to_tesseract": round(figures.first_pass, 3),
        "peak_mb": figures.peak_mb,
    }


def _rounded(share: Share) -> float:
    return round(share.value, 4)


def with_interval(share: Share) -> dict[str, float]:
    """A count with its share and interval, for programs."""
    low, high = share.interval()
    return {
        "count": share.part,
        "of": share.of,
        "share": round(share.value, 5),
        "low": round(low, 5),
        "high": round(high, 5),
    }
