"""A year closed at the very moment at which its open book is filled: nothing is open afterwards, on both
databases."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from storage.database import SqlDatabase
from tests.storage.builders import COPIES, LINE, NOW
from verification.register import RegisterEntry
from verification.submission import PaperId

LINES_PER_BOOK = 2


def hold(database: SqlDatabase, paper: str, *, before_commit: Event | None = None) -> RegisterEntry:
    """A line taken and cancelled in one transaction, which waits a little before it commits."""
    with database.transaction() as tx:
        entry = tx.register.hold(PaperId(paper), COPIES, LINE, at=NOW, lines_per_book=LINES_PER_BOOK)
        cancelled = tx.register.cancel(entry.id, at=NOW, reason="TAKEN_BACK")
        if before_commit:
            before_commit.set()
            time.sleep(0.3)
    return cancelled


@contextmanager
def being_filled(database: SqlDatabase) -> Iterator[None]:
    """The last line of the open book is taken by somebody who has not committed yet."""
    taken = Event()
    with ThreadPoolExecutor(1) as other:
        filling = other.submit(hold, database, "s2.1", before_commit=taken)
        assert taken.wait(10)
        yield
        filling.result()


def test_the_book_that_was_opened_meanwhile_is_ended_too(sql: SqlDatabase) -> None:
    hold(sql, "s1.1")
    with being_filled(sql), sql.transaction() as tx:
        books = tx.register.end_books(COPIES, NOW.year)
    assert [(book.ordinal, book.open) for book in books] == [(1, False), (2, False)]
