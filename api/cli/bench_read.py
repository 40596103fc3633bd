"""How well papers are read: specimens of the kept-apart set in, a row a kind and grade out.

`wrong_when_sure` is given with its 95 % Wilson interval; the single readers stand beside on the same pages.
"""

import statistics
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from api.cli.output import progress, progress_done
from api.settings import Settings
from api.wiring import Wired, wire
from ocr.intake import take_in
from ocr.sandbox import SandboxedReader
from verification.extraction import Extraction, Field
from verification.specimens import KINDS, PUBLISHED_SEEDS, Grade, Specimen, draw
from verification.workflow.check import read_file

Row = dict[str, Any]
_READERS = ("asternet", "tesseract")


@dataclass(slots=True)
class _Count:
    """What was counted over the papers of one kind and grade."""

    papers: int = 0
    kinds_right: int = 0
    fields: int = 0
    exact: int = 0
    sure: int = 0
    wrong_when_sure: int = 0
    alone: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_READERS, 0))
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    peak_mb: int = 0


def bench_read(settings: Settings, count: int) -> list[Row]:
    """`count` papers of every kind in every grade."""
    wired = wire(settings)
    rows = []
    counts: dict[Grade, list[_Count]] = {grade: [] for grade in Grade}
    for kind in KINDS:
        for grade in Grade:
            progress(f"{kind} {grade.value} …")
            counted = _counted(wired, kind, grade, count)
            counts[grade].append(counted)
            rows.append(_row(kind, grade, counted))
    progress_done()
    wired.close()
    return rows + [_row("all", grade, _sum(counts[grade])) for grade in Grade]


def _sum(counts: list[_Count]) -> _Count:
    """All kinds of one grade together."""
    total = _Count()
    for count in counts:
        for name in ("papers", "kinds_right", "fields", "exact", "sure", "wrong_when_sure"):
            setattr(total, name, getattr(total, name) + getattr(count, name))
        total.alone = {reader: total.alone[reader] + count.alone[reader] for reader in _READERS}
        total.seconds += count.seconds
        total.cpu_seconds += count.cpu_seconds
        total.peak_mb = max(total.peak_mb, count.peak_mb)
    return total


def _counted(wired: Wired, kind: str, grade: Grade, count: int) -> _Count:
    counted, services, reader = _Count(), wired.services, wired.reader.open()
    for number in range(count):
        specimen = draw(kind, seed=PUBLISHED_SEEDS + number, grade=grade)
        document = take_in(specimen.content, services.limits)
        began, cpu = time.perf_counter(), _cpu_seconds(reader)
        papers = read_file(services, document).papers
        counted.seconds.append(time.perf_counter() - began)
        counted.cpu_seconds.append(_cpu_seconds(reader) - cpu)
        _count(counted, specimen, papers)
    counted.peak_mb = reader.used().peak_megabytes
    return counted


def _cpu_seconds(reader: SandboxedReader) -> float:
    """Of this process and of the one that reads."""
    return time.process_time() + reader.used().cpu_seconds


def _count(counted: _Count, specimen: Specimen, papers: tuple[Extraction, ...]) -> None:
    paper = next((p for p in papers if p.kind == specimen.kind), papers[0])
    counted.papers += 1
    counted.kinds_right += len(papers) == 1 and paper.kind == specimen.kind
    for name, truth in specimen.truth.items():
        found = paper.field(name)
        counted.fields += 1
        if found is None:
            continue
        counted.exact += found.value == truth
        counted.sure += found.sure
        counted.wrong_when_sure += found.sure and found.value != truth
        for reader in _READERS:
            counted.alone[reader] += _alone(found, reader) == truth


def _alone(found: Field, reader: str) -> str | None:
    return next((r.value for r in found.readings if r.by == reader), None)


def _row(kind: str, grade: Grade, counted: _Count) -> Row:
    low, high = wilson(counted.wrong_when_sure, counted.sure)
    return {
        "kind": kind,
        "grade": grade.value,
        "papers": counted.papers,
        "kind_right": _share(counted.kinds_right, counted.papers),
        "fields": counted.fields,
        "exact": _share(counted.exact, counted.fields),
        "coverage": _share(counted.sure, counted.fields),
        "wrong_when_sure": f"{counted.wrong_when_sure}/{counted.sure} [{low:.3f}, {high:.3f}]",
        **_beside(counted.alone, counted.fields),
        "median_s": round(statistics.median(counted.seconds), 2),
        "cpu_s": round(statistics.median(counted.cpu_seconds), 2),
        "peak_mb": counted.peak_mb,
    }


def _beside(alone: Mapping[str, int], fields: int) -> Row:
    return {f"{reader}_alone": _share(exact, fields) for reader, exact in alone.items()}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def wilson(hits: int, of: int) -> Iterable[float]:
    """The 95 % Wilson score interval of a share."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(middle - half, 0.0), min(middle + half, 1.0)
