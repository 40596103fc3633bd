"""Open a book: a series and its year in, the year's first book, or the next one when one is full, out.

The audit trail says who did it. An office that begins mid-year goes on where its book on paper ended.
"""

from dataclasses import dataclass

from verification.audit import AuditEntry
from verification.ports import Transaction
from verification.register import VIETNAM, Book, Series
from verification.register_errors import BookEmptyError, FirstNumberError
from verification.services import Services

BOOK_OPENED = "book.opened"
"""What the audit trail calls it; its subject is the book, its detail the first number."""


@dataclass(frozen=True, slots=True)
class FirstBook:
    """Book `ordinal` of a series in a year, whose first line bears `first`."""

    series: Series
    year: int
    ordinal: int = 1
    first: int = 1


def open_first_book(services: Services, wanted: FirstBook, *, by: str) -> Book:
    """An office that begins mid-year goes on where its book on paper ended.

    Raises FirstNumberError, BookInUseError, BookClosedError.
    """
    if wanted.first < 1 or wanted.ordinal < 1 or wanted.year < _this_year(services):
        raise FirstNumberError
    with services.database.transaction() as tx:
        book = tx.register.open_book(wanted.series, wanted.year, ordinal=wanted.ordinal, first=wanted.first)
        _note(services, tx, book, by)
    return book


def next_book(services: Services, series: Series, year: int, *, by: str) -> Book:
    """The open book is full: the next one's numbers run on. Raises NotFoundError where none is open, and
    BookEmptyError: who asks twice has one new book."""
    with services.database.transaction() as tx:
        book = tx.register.next_book(series, year)
        if any((b.series, b.year) == (series, year) and b.first == book.first for b in _others(tx, book)):
            raise BookEmptyError
        _note(services, tx, book, by)
    return book


def _others(tx: Transaction, book: Book) -> tuple[Book, ...]:
    return tuple(other for other in tx.register.books() if other != book)


def book_id(book: Book) -> str:
    """How the audit trail names a book."""
    return f"{book.series.name}-{book.year}-{book.ordinal}"


def _note(services: Services, tx: Transaction, book: Book, by: str) -> None:
    detail = (("first", str(book.first)),)
    tx.audit.add(AuditEntry(services.now(), by, BOOK_OPENED, book_id(book), detail))


def _this_year(services: Services) -> int:
    return services.now().astimezone(VIETNAM).year
