"""Who looked into the records, in memory, apart from transactions: `verification.record_ports.AccessLog`."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from storage.moments import utc
from verification.source import LookUp, SourceName


class MemoryAccessLog:
    """`verification.record_ports.AccessLog`; what is in it stays whatever becomes of a transaction."""

    def __init__(self) -> None:
        self._lines: tuple[LookUp, ...] = ()

    def add(self, look_ups: Iterable[LookUp]) -> None:
        self._lines += tuple(replace(each, at=utc(each.at)) for each in look_ups)

    def about(self, source: SourceName, record_id: str) -> tuple[LookUp, ...]:
        return self._where(lambda line: line.source == source and record_id in line.record_ids)

    def of_dossier(self, dossier: str) -> tuple[LookUp, ...]:
        return self._where(lambda line: line.dossier == dossier)

    def of_officer(self, officer: str, *, limit: int = 1000) -> tuple[LookUp, ...]:
        return self._where(lambda line: line.officer == officer)[:limit]

    def _where(self, asked: Callable[[LookUp], bool]) -> tuple[LookUp, ...]:
        last_first = reversed([line for line in self._lines if asked(line)])
        return tuple(sorted(last_first, key=lambda line: line.at, reverse=True))

    def forget_before(self, moment: datetime) -> int:
        before = len(self._lines)
        self._lines = tuple(line for line in self._lines if line.at >= utc(moment))
        return before - len(self._lines)
