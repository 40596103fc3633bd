"""Rows of a delivery in, records and rejected rows out: few of them here, many in processes beside this."""

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from verification.record_rows import Parsed, Row, block_rows, parse_rows, parsed_block
from verification.source import Source

_FEW = 100_000
"""Parsed in two seconds, which is what a process takes to start: an update of a day needs none."""
_BLOCK = 1000
"""Rows, about 600 kB a message."""
_SELDOM = 50_000
"""New objects between two looks for cycles. A thousand rows are ten thousand objects and no cycle: at the
usual 700 a third of the writing process's time goes there."""
_GIVES_WAY = 5
"""More would have a busy machine hold the one writer's turn of SQLite for long."""


@dataclass(frozen=True, slots=True)
class ParsingBeside:
    """`verification.record_rows.ParseRows` in so many further processes; with none, here."""

    processes: int
    few: int = _FEW

    def __call__(self, rows: Iterable[Row], source: Source, as_of: datetime) -> Iterator[Parsed]:
        """In the order of the rows, but that rejected ones come at the end of their block."""
        remaining = iter(rows)
        yield from parse_rows(islice(remaining, self.few if self.processes else None), source, as_of)
        more = list(islice(remaining, 1))
        if more:
            yield from self._beside(chain(more, remaining), source, as_of)

    def _beside(self, rows: Iterator[Row], source: Source, as_of: datetime) -> Iterator[Parsed]:
        # Started afresh, not forked: this process has threads.
        started = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(self.processes, mp_context=started, initializer=_begin)
        usual = gc.get_threshold()
        gc.set_threshold(_SELDOM, *usual[1:])
        try:
            for block, message in self._sent(pool, rows, source, as_of):
                try:
                    yield from block_rows(message.result(), source.name)
                except BrokenProcessPool:
                    # Somebody ended a process (out of memory, say); nothing is lost but its help.
                    yield from parse_rows(block, source, as_of)
        finally:
            gc.set_threshold(*usual)
            pool.shutdown(wait=False, cancel_futures=True)

    def _sent(
        self, pool: ProcessPoolExecutor, rows: Iterator[Row], source: Source, as_of: datetime
    ) -> Iterator[tuple[list[Row], "Future[bytes]"]]:
        """Blocks in order, of which only a few are under way: a delivery is never held whole."""
        under_way: deque[tuple[list[Row], Future[bytes]]] = deque()
        while block := list(islice(rows, _BLOCK)):
            under_way.append((block, _submitted(pool, block, source, as_of)))
            if len(under_way) > 4 * self.processes:
                yield under_way.popleft()
        yield from under_way


def _begin() -> None:
    """Of a process beside. Rows make no cycles: looking for some takes half of a parser's time. Whoever asks
    goes before whoever parses. Who breaks off from the keyboard ends the process that writes, which ends
    these."""
    gc.disable()
    os.nice(_GIVES_WAY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _submitted(
    pool: ProcessPoolExecutor, block: list[Row], source: Source, as_of: datetime
) -> "Future[bytes]":
    try:
        return pool.submit(parsed_block, block, source, as_of)
    except BrokenProcessPool as broken:
        failed: Future[bytes] = Future()
        failed.set_exception(broken)
        return failed
