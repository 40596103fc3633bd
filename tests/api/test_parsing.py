"""Rows parsed in processes beside: the same records, in order, and no process left behind."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from api.parsing import ParsingBeside
from tests.builders import card_row
from verification.errors import DeliveryCutError, RecordRowError
from verification.record_rows import Parsed, Row, parse_rows
from verification.source import RejectedRow, Source
from verification.source_profile import shipped_sources, source_of

AS_OF = datetime(2026, 11, 24, tzinfo=UTC)
BESIDE = ParsingBeside(2, few=10)


@pytest.fixture
def population() -> Source:
    source = source_of("population", shipped_sources())
    assert source is not None
    return source


def line(number: int) -> str:
    card = {**card_row(), "personal_number": f"001199{number:06d}", "sâu": "?"}
    return str(card).replace("'", '"') + "\n"


def rows(count: int) -> Iterator[Row]:
    for number in range(count):
        yield number + 1, "no object\n" if number % 700 == 699 else line(number)
    yield count + 1, RecordRowError("half a surrogate \ud800")
    yield count + 2, {**card_row(), "odd\ud800": "?", "personal_number": "001199999999"}


def apart(found: Iterator[Parsed]) -> tuple[list[Parsed], list[RejectedRow]]:
    both = list(found)
    good: list[Parsed] = [row for row in both if not isinstance(row, RejectedRow)]
    return good, [row for row in both if isinstance(row, RejectedRow)]


def test_processes_beside_find_what_is_found_here(population: Source) -> None:
    here_good, here_bad = apart(parse_rows(rows(6000), population, AS_OF))
    good, bad = apart(BESIDE(rows(6000), population, AS_OF))
    assert good == here_good
    assert [(b.line, b.code) for b in bad] == [(b.line, b.code) for b in here_bad]
    assert "ud800" in bad[-1].detail


def test_few_rows_start_no_process(population: Source) -> None:
    before = {child.pid for child in multiprocessing.active_children()}
    assert len(list(BESIDE(rows(5), population, AS_OF))) == 7
    assert {child.pid for child in multiprocessing.active_children()} <= before


def test_a_delivery_that_turns_out_cut_leaves_no_process(population: Source) -> None:
    def cut() -> Iterator[Row]:
        yield from rows(3000)
        raise DeliveryCutError

    before = {child.pid for child in multiprocessing.active_children()}  # a token's session of other tests
    with pytest.raises(DeliveryCutError):
        list(BESIDE(cut(), population, AS_OF))
    left = [child for child in multiprocessing.active_children() if child.pid not in before]
    for child in left:
        child.join(timeout=10)
    assert [child for child in left if child.is_alive()] == []


def test_processes_that_are_killed_lose_no_row(population: Source) -> None:
    before = {child.pid for child in multiprocessing.active_children()}
    found = BESIDE(rows(9000), population, AS_OF)
    first = [next(found) for _ in range(1500)]
    for child in multiprocessing.active_children():
        if child.pid not in before:
            os.kill(child.pid or 0, signal.SIGKILL)
    assert len(first) + len(list(found)) == 9002
