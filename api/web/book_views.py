"""The pages of the book: a year's lines for those who read it, and its keeping for administrators."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual
from api.web.views import Choice, Errors, Fact, Link, Pagination, State


@dataclass(frozen=True, slots=True)
class BookRow:
    """One line of the book; a line is held, issued or cancelled, never missing."""

    number: str
    entered_on: str
    applicant: str
    paper: Bilingual
    officer: str
    state: State
    href: str | None = None


@dataclass(frozen=True, slots=True)
class BookFilter:
    """What is shown of a year: which book, month and state; `kind` and `year` say of which series it is."""

    kind: str
    year: int
    books: tuple[Choice, ...]
    months: tuple[Choice, ...]
    states: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class BookPage:
    """Sổ chứng thực; `integrity` says whether every number is there once. `closed` are the totals of a year
    that is closed, with the file of its confirmation."""

    template: ClassVar[str] = "book.html"
    book: str
    title: Bilingual
    integrity: State
    rows: tuple[BookRow, ...]
    filter: BookFilter
    csv: str
    pdf: str
    books: tuple[Link, ...] = ()
    pages: Pagination | None = None
    closed: tuple[Fact, ...] = ()
    confirmation: str | None = None


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A book that is open; `series` and `year` are sent to end it."""

    sign: str
    title: Bilingual
    series: str
    year: int
    lines: int


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A number held too long; `action` is where its cancelling is sent, `field` the id of the reason."""

    number: str
    book: str
    since: str
    action: str
    field: str


@dataclass(frozen=True, slots=True)
class BookKeeping:
    """Giữ sổ: next books, numbers held too long, a book that goes on after one on paper, the close of a year.

    `series` are the choices of the forms, `year` what they propose.
    """

    template: ClassVar[str] = "book_keeping.html"
    title: ClassVar[Bilingual] = Bilingual("Giữ sổ", "Keeping the book")
    open_books: tuple[OpenBook, ...]
    held: tuple[HeldRow, ...]
    closed: tuple[Bilingual, ...]
    series: tuple[Choice, ...]
    year: int
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class EntryInput:
    """What was typed of copies on paper; `once` names the form, so that sent twice it is entered once."""

    once: str
    requester: str = ""
    paper: str = ""
    pages: str = "1"
    copies: str = "1"
    note: str = ""


@dataclass(frozen=True, slots=True)
class BookEntry:
    """Ghi sổ bản giấy: a number for copies that are certified on paper by hand; `given` is the last one."""

    template: ClassVar[str] = "book_entry.html"
    title: ClassVar[Bilingual] = Bilingual("Ghi sổ bản giấy", "A line for copies on paper")
    typed: EntryInput
    given: Bilingual | None = None
    errors: Errors = ()
