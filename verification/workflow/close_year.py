"""Close a year: a series and its year in, the locked and added up book out. There is no way back.

1. The year is over, or its last book was declared ended.
2. One transaction: the open book is ended, which bars every number of the year from here on; no line is still
   HELD; all lines are counted, and chained into one digest; the close and its audit entry are kept.
"""

from datetime import datetime

from verification.audit import AuditEntry
from verification.errors import NotFoundError
from verification.ports import Transaction
from verification.register import VIETNAM, Book, Count, EntryState, Series, YearClose
from verification.register_errors import LinesHeldError, YearNotOverError
from verification.services import Services

YEAR_CLOSED = "year.closed"
"""What the audit trail calls it; its subject is `year_id`, its detail the digest of `Count`."""
_MOST_NAMED = 20


def close_year(services: Services, series: Series, year: int, *, by: str, ended: bool = False) -> YearClose:
    """Raises YearNotOverError, NotFoundError where there is no book, LinesHeldError, BookClosedError."""
    at = services.now()
    # 1
    if at.astimezone(VIETNAM).year <= year and not ended:
        raise YearNotOverError
    # 2
    with services.database.transaction() as tx:
        books = tx.register.end_books(series, year)
        if not books:
            raise NotFoundError
        close = _counted(tx, books, at=at, by=by)
        tx.register.close_year(close)
        detail = (("digest", close.digest), ("lines", str(close.totals.lines)))
        tx.audit.add(AuditEntry(at, by, YEAR_CLOSED, year_id(series, year), detail))
    return close


def year_id(series: Series, year: int) -> str:
    """How the audit trail names a year of a series."""
    return f"{series.name}-{year}"


def _counted(tx: Transaction, books: tuple[Book, ...], *, at: datetime, by: str) -> YearClose:
    count, held = Count(), []
    for entry in tx.register.lines(books[0].series, books[0].year):
        count.add(entry)
        if entry.state is EntryState.HELD:
            held.append(entry.label)
    if held:
        raise LinesHeldError(tuple(held[:_MOST_NAMED]))
    return YearClose(
        series=books[0].series,
        year=books[0].year,
        closed_at=at,
        by=by,
        first=min(book.first for book in books),
        last=max(book.last for book in books),
        totals=count.totals,
        digest=count.digest,
    )
