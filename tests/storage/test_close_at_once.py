"""A year closed while callers take its numbers: every number is counted by the close, or was never taken."""

from concurrent.futures import ThreadPoolExecutor

from storage.database import SqlDatabase, open_database
from tests.storage.builders import COPIES, LINE, NOW
from verification.register import Count, YearClose
from verification.register_errors import BookClosedError
from verification.submission import PaperId

CALLERS, AT_LEAST = 3, 12


def take_until_closed(url: str, name: str) -> int:
    """Take numbers and cancel them at once, until the book says that it is closed; how many were taken."""
    database, taken = open_database(url), 0
    try:
        while True:
            with database.transaction() as work:
                entry = work.register.hold(PaperId(f"{name}.{taken}"), COPIES, LINE, at=NOW)
                work.register.cancel(entry.id, at=NOW, reason="X")
            taken += 1
    except BookClosedError:
        return taken
    finally:
        database.close()


def close_after(database: SqlDatabase, lines: int) -> YearClose:
    """Close as soon as there are so many lines."""
    while True:
        with database.reading() as work:
            if len(work.register.numbers(COPIES, 2026)) >= lines:
                break
    with database.transaction() as work:
        books = work.register.end_books(COPIES, 2026)
        count = Count()
        for entry in work.register.lines(COPIES, 2026):
            count.add(entry)
        close = YearClose(COPIES, 2026, NOW, "admin", 1, books[-1].last, count.totals, count.digest)
        work.register.close_year(close)
    return close


def test_a_number_is_counted_by_the_close_or_was_never_taken(url: str, sql: SqlDatabase) -> None:
    with ThreadPoolExecutor(CALLERS) as pool:
        callers = [pool.submit(take_until_closed, url, f"c{n}") for n in range(CALLERS)]
        close = close_after(sql, AT_LEAST)
        taken = sum(caller.result(timeout=60) for caller in callers)
    with sql.reading() as work:
        numbers = work.register.numbers(COPIES, 2026)
        assert work.register.year_closes() == (close,)
    assert numbers == tuple(range(1, taken + 1))
    assert (close.totals.lines, close.totals.cancelled, close.last) == (taken, taken, taken)
