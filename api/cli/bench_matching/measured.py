"""A database goes in; everything that `bench match` tells of it comes out."""

import resource
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api.cli.bench_matching.asking import (
    Times,
    WhileLoading,
    assessments,
    by_name,
    by_number,
    log_commits,
    papers,
    warm,
    while_loading,
)
from api.cli.bench_matching.loading import load
from api.cli.bench_matching.people import BenchPeople
from api.cli.output import progress
from api.settings import Settings
from api.wiring import wire

_ASKED, _LOGGED, _ASSESSED = 2000, 300, 300
_MOVED = 100_000
_ASIDE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one database. Rates are rows a second; `raw` is the bare database with the same rows and indexes."""

    database: str
    rows: int
    seconds: float
    raw_seconds: float
    by_number: Times
    by_name_and_birth_date: Times
    log_commit: Times
    assessment: Times
    paper: Times
    update: WhileLoading
    most_mb: int
    """Memory of this process, or of one beside it, at its most so far."""

    @property
    def rate(self) -> float:
        """Rows a second from the file to the commit."""
        return self.rows / self.seconds

    @property
    def raw_rate(self) -> float:
        """The same of the bare database, which has nothing to parse."""
        return self.rows / self.raw_seconds


def measure(settings: Settings, people: BenchPeople, raw: Callable[[Path], float]) -> Measured:
    """Everything, on the database of the settings; `raw` loads its rows once more into the bare database."""
    name = "SQLite" if settings.database_url.startswith("sqlite") else "PostgreSQL"
    now = datetime.now(UTC)
    delivered, moved = settings.home / "people.ndjson", settings.home / "moved.ndjson"
    if not delivered.exists():
        people.write(delivered, updated_at=now - 2 * _ASIDE)
    changes = people.write_moved(moved, min(_MOVED, people.count), updated_at=now - _ASIDE)
    own = replace(settings, home=settings.home / name)
    wired = wire(own)
    services = wired.services
    progress(f"{name}: {people.count} …")
    seconds, loaded = load(services, delivered, as_of=now)
    if loaded.snapshot.records != people.count or loaded.rejected:
        raise RuntimeError("not everybody was loaded")
    most_mb = _most_mb()
    progress(f"{name}: the bare database …")
    (own.home / "raw").mkdir()
    raw_seconds = raw(own.home / "raw")
    shutil.rmtree(own.home / "raw")
    progress(f"{name}: questions …")
    asked = people.asked(min(_ASKED, people.count))
    measured = Measured(
        database=name,
        rows=people.count,
        seconds=seconds,
        raw_seconds=raw_seconds,
        by_number=warm(services, asked, by_number),
        by_name_and_birth_date=warm(services, asked, by_name),
        log_commit=log_commits(services, asked[:_LOGGED]),
        assessment=assessments(services, asked[:_ASSESSED]),
        paper=papers(services, asked[:_ASSESSED]),
        update=while_loading(own, services, asked, moved, as_of=now),
        most_mb=most_mb,
    )
    wired.close()
    if measured.update.rows != changes:
        raise RuntimeError("not every change was loaded")
    return measured


def _most_mb() -> int:
    """Of this process and of those it has waited for."""
    mine, others = (
        resource.getrusage(of).ru_maxrss for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return max(mine, others) // 1024
