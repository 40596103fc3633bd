"""A service with its records in; how long questions take, alone and while a delivery is loaded, out."""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from api.cli.bench_matching.loading import load, timed
from api.cli.bench_matching.people import Asked
from api.settings import Settings
from api.wiring import wire
from verification.assess import assess
from verification.assessment import Outcome
from verification.match import match_one
from verification.matching import RecordMatch
from verification.services import Services
from verification.source import LookUp, Snapshot, SourceName, SourceRecord
from verification.workflow.check import evidence_of
from verification.workflow.inquire import Purpose, inquire
from verification.workflow.inquiry import Inquiry

_POPULATION = SourceName("population")
_PURPOSE = Purpose("bench", "-", "bench match")
_ALONE_S, _ENOUGH = 3.0, 2000
"""So long alone; for fewer people than are enough, as much less."""


@dataclass(frozen=True, slots=True)
class Times:
    """Of single calls, in milliseconds."""

    median_ms: float
    p99_ms: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Times":
        """Of at least two calls."""
        hundredths = statistics.quantiles(seconds, n=100, method="inclusive")
        return cls(round(1000 * statistics.median(seconds), 3), round(1000 * hundredths[98], 3))


@dataclass(frozen=True, slots=True)
class WhileLoading:
    """Look-ups by number, one after the other, alone and while an update is loaded by another process."""

    rows: int
    seconds: float
    alone: Times
    during: Times
    slower: float
    """The share of look-ups a second that is lost."""


def by_number(services: Services, asked: Asked) -> None:
    """A look-up as `check` does it, without its log."""
    with services.database.reading() as tx:
        found = tx.sources.by_number(_POPULATION, asked.number)
    if len(found) != 1:
        raise RuntimeError("a person who was loaded is not found by number")


def by_name(services: Services, asked: Asked) -> None:
    """The same by folded name and birth date, which two people may share."""
    with services.database.reading() as tx:
        found = tx.sources.by_name_and_birth(_POPULATION, asked.name_key, asked.birth_date)
    if not any(record.record_id == asked.number for record in found):
        raise RuntimeError("a person who was loaded is not found by name and birth date")


def warm(services: Services, people: Sequence[Asked], ask: Callable[[Services, Asked], None]) -> Times:
    """Each is asked for twice; the second time counts."""
    for asked in people:
        ask(services, asked)
    return Times.of([timed(lambda a=asked: ask(services, a)) for asked in people])  # type: ignore[misc]


def log_commits(services: Services, people: Sequence[Asked]) -> Times:
    """What the line in the access log costs each look-up, the wait for the disk included."""

    def log(asked: Asked) -> None:
        line = LookUp(
            services.now(),
            "bench",
            "-",
            "bench match",
            _POPULATION,
            "number",
            (asked.number,),
            ("full_name",),
        )
        services.database.access_log.add((line,))

    return Times.of([timed(lambda a=asked: log(a)) for asked in people])  # type: ignore[misc]


def assessments(services: Services, people: Sequence[Asked]) -> Times:
    """Comparison of every field and the assessment, the record being at hand."""
    seconds = []
    for asked in people:
        with services.database.reading() as tx:
            snapshot = tx.sources.snapshot(_POPULATION)
            (record,) = tx.sources.by_number(_POPULATION, asked.number)
        if snapshot is None:
            raise RuntimeError("nothing is loaded")
        ask = partial(_compared, record=record, snapshot=snapshot)
        seconds.append(timed(lambda a=asked, ask=ask: _assessed(services, a, ask)))  # type: ignore[misc]
    return Times.of(seconds)


def papers(services: Services, people: Sequence[Asked]) -> Times:
    """From the fields of a paper to its proposal: look-up, line in the access log, comparison, assessment."""

    def ask(inquiry: Inquiry) -> RecordMatch:
        return inquire(services, inquiry, _PURPOSE)

    return Times.of([timed(lambda a=asked: _assessed(services, a, ask)) for asked in people])  # type: ignore[misc]


def _compared(inquiry: Inquiry, *, record: SourceRecord, snapshot: Snapshot) -> RecordMatch:
    return match_one(
        inquiry.fields, inquiry.specs, record, source=inquiry.source, snapshot=snapshot, key_sure=True
    )


def _assessed(services: Services, asked: Asked, ask: Callable[[Inquiry], RecordMatch]) -> None:
    outcome = assess(evidence_of(services, (asked.card,), None, ask)).outcome
    if outcome is not Outcome.NO_COPY_NEEDED:
        raise RuntimeError(f"a card that says what the record says came out as {outcome}")


# -- while a delivery is loaded --------------------------------------------------------------------


def while_loading(
    settings: Settings, services: Services, people: Sequence[Asked], path: Path, *, as_of: datetime
) -> WhileLoading:
    """Look-ups alone, then while another process loads the file."""
    started = multiprocessing.get_context("spawn")
    here, there = started.Pipe()
    loader = started.Process(target=_load_when_told, args=(settings, path, as_of, there))
    loader.start()
    here.recv()  # it is ready, and idle
    end = time.perf_counter() + _ALONE_S * min(len(people) / _ENOUGH, 1)
    alone = _asked_until(services, people, lambda: time.perf_counter() > end)
    here.send(None)
    during = _asked_until(services, people, here.poll)
    seconds, rows = here.recv()
    loader.join()
    slower = 1 - (len(during) / sum(during)) / (len(alone) / sum(alone))
    return WhileLoading(rows, seconds, Times.of(alone), Times.of(during), round(slower, 3))


def _asked_until(services: Services, people: Sequence[Asked], over: Callable[[], bool]) -> list[float]:
    seconds: list[float] = []
    while len(seconds) < 2 or not over():
        asked = people[len(seconds) % len(people)]
        seconds.append(timed(lambda a=asked: by_number(services, a)))  # type: ignore[misc]
    return seconds


def _load_when_told(settings: Settings, path: Path, as_of: datetime, there: "Connection[Any, Any]") -> None:
    wired = wire(settings)
    there.send(None)
    there.recv()
    seconds, loaded = load(wired.services, path, as_of=as_of)
    there.send((seconds, loaded.accepted))
    wired.close()
