"""The book: a year of it with its files for officers and auditors, its keeping for administrators."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Form, Response
from fastapi.responses import RedirectResponse

from api.book_export import Export
from api.book_words import NAMES
from api.deps import Access, Visitor, VisitorDep, page
from api.errors import PageNotFoundError
from api.problems import status_of
from api.routes.guarded import form_router, page_router
from api.routes.showing.book import WORDS, looked_up, shown_book, shown_entry, shown_keeping
from api.routes.uploads import plain_text
from api.routes.v1.register import FileType, confirmed, exported
from api.web import paths
from api.web.book_views import EntryInput
from api.web.language import Bilingual as Both
from api.web.views import FieldError
from api.web.writing import VIETNAM
from verification.errors import VerificationError
from verification.register import EntryId, EntryState, LinesWanted, Series
from verification.register_errors import LineIncompleteError, ReasonMissingError
from verification.workflow.cancel_held import cancel_held, held_too_long
from verification.workflow.close_year import close_year
from verification.workflow.enter_line import PaperCopies, enter_line
from verification.workflow.open_book import FirstBook, next_book, open_first_book

readers = page_router(Access.BOOK_READER)
admins = page_router(Access.ADMIN)
forms = form_router(Access.ADMIN)
officers = page_router(Access.OFFICER)
officers_forms = form_router(Access.OFFICER)
ROUTERS = (readers, admins, forms, officers, officers_forms)
_MOST_WORDS = 500


def asked(
    visitor: VisitorDep,
    loai: str = "",
    nam: str = "",
    quyen: str = "",
    thang: str = "",
    tinh_trang: str = "",
) -> Export:
    """This year's electronic copies unless something else is named; no month and no state is all of them."""
    services = visitor.site.services
    series = next((s for s, word in WORDS.items() if word == loai), services.terms.copies)
    month = _number(thang)
    wanted = LinesWanted(
        book=quyen[:40] or None,
        month=month if month and 1 <= month <= 12 else None,
        state=next((state for state in EntryState if state == tinh_trang), None),
    )
    this_year = services.now().astimezone(VIETNAM).year
    return Export(series, _number(nam) or this_year, wanted)


Asked = Annotated[Export, Depends(asked)]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


@readers.get(paths.BOOK)
def book(visitor: VisitorDep, wanted: Asked, trang: str = "") -> Response:
    """A year of the book or of the receipts."""
    with visitor.site.database.reading() as tx:
        found = looked_up(tx, wanted.series, wanted.year, wanted.wanted, _number(trang) or 1)
    return page(visitor, shown_book(found))


@readers.get(f"{paths.BOOK}/tai-ve.{{ending}}")
def book_file(visitor: VisitorDep, wanted: Asked, ending: str) -> Response:
    """The lines that are shown, all pages of them, as a file."""
    if ending not in ("csv", "pdf"):
        raise PageNotFoundError
    return exported(visitor.site, wanted, FileType(ending))


@readers.get(f"{paths.BOOK}/khoa-so.pdf")
def confirmation(visitor: VisitorDep, wanted: Asked) -> Response:
    """The confirmation of a close, for signing."""
    return confirmed(visitor.site, wanted.series, wanted.year)


# -- keeping -----------------------------------------------------------------------------------------


@admins.get(paths.BOOK_KEEPING)
def keeping(visitor: VisitorDep) -> Response:
    """What may be done to the books."""
    return _keeping(visitor)


def _keeping(
    visitor: Visitor, errors: tuple[FieldError, ...] = (), *, status: int = 200, notice: Both | None = None
) -> Response:
    services = visitor.site.services
    with visitor.site.database.reading() as tx:
        books, closes = tx.register.books(), tx.register.year_closes()
    year = services.now().astimezone(VIETNAM).year
    view = shown_keeping(books, closes, held_too_long(services), year=year, errors=errors)
    return page(visitor, view, status=status, at=paths.BOOK_KEEPING, notice=notice)


def _done(visitor: Visitor, field: str, action: Callable[[], object]) -> Response:
    """Back to the page; what is refused is said there, at the form it was about."""
    try:
        action()
    except VerificationError as error:
        wrong = FieldError(field, Both(error.message_vi, error.message_en))
        return _keeping(visitor, (wrong,), status=int(status_of(error)))
    return RedirectResponse(paths.BOOK_KEEPING, 303)


Chosen = Annotated[str, Form()]


def _series(name: str) -> Series:
    if name not in NAMES:
        raise PageNotFoundError
    return NAMES[name]


@forms.post(paths.NEXT_BOOK)
def following(visitor: VisitorDep, series: Chosen = "", year: Chosen = "") -> Response:
    """Numbers run on into the next book."""
    chosen, by = _series(series), visitor.officer.id
    return _done(
        visitor, "title", lambda: next_book(visitor.site.services, chosen, _number(year) or 0, by=by)
    )


@forms.post(paths.FIRST_BOOK)
def begin(
    visitor: VisitorDep, series: Chosen = "", year: Chosen = "", ordinal: Chosen = "", first: Chosen = ""
) -> Response:
    """A book that goes on where one on paper ended."""
    wanted = FirstBook(_series(series), _number(year) or 0, _number(ordinal) or 0, _number(first) or 0)
    by = visitor.officer.id
    return _done(visitor, "first", lambda: open_first_book(visitor.site.services, wanted, by=by))


@forms.post(paths.CLOSE_YEAR)
def close(visitor: VisitorDep, series: Chosen = "", year: Chosen = "", ended: Chosen = "") -> Response:
    """Locked and added up, for good."""
    chosen, by, over = _series(series), visitor.officer.id, ended == "yes"
    services = visitor.site.services
    return _done(
        visitor,
        "close-year",
        lambda: close_year(services, chosen, _number(year) or 0, by=by, ended=over),
    )


@forms.post(f"{paths.BOOK_KEEPING}/huy/{{entry_id}}")
def cancel(visitor: VisitorDep, entry_id: str, reason: Annotated[str, Form()] = "") -> Response:
    """A number that nothing will issue any more."""
    words, by, services = plain_text(reason, _MOST_WORDS), visitor.officer.id, visitor.site.services
    held = [entry.id for entry in held_too_long(services)]
    field = f"reason-{held.index(EntryId(entry_id)) + 1}" if entry_id in held else "title"

    def act() -> None:
        if not words:
            raise ReasonMissingError
        cancel_held(services, EntryId(entry_id), reason=words, by=by)

    return _done(visitor, field, act)


# -- copies on paper ---------------------------------------------------------------------------------


@officers.get(paths.BOOK_ENTRY)
def entry_form(visitor: VisitorDep) -> Response:
    """An empty form."""
    return page(visitor, shown_entry(EntryInput(visitor.site.services.new_id())))


def typed(
    once: Annotated[str, Form()] = "",
    requester: Annotated[str, Form()] = "",
    paper: Annotated[str, Form()] = "",
    pages: Annotated[str, Form()] = "",
    copies: Annotated[str, Form()] = "",
) -> EntryInput:
    """What was typed, without the note."""
    return EntryInput(once[:40], plain_text(requester), plain_text(paper), pages[:6], copies[:6])


@officers_forms.post(paths.BOOK_ENTRY)
def enter(
    visitor: VisitorDep,
    given: Annotated[EntryInput, Depends(typed)],
    note: Annotated[str, Form()] = "",
) -> Response:
    """The number, and the next form; or what is missing."""
    services, words = visitor.site.services, plain_text(note)
    pages, copies = _number(given.pages) or 0, _number(given.copies) or 0
    stated = PaperCopies(given.once, given.requester, given.paper, pages, copies, words)
    try:
        entry = enter_line(services, stated, visitor.officer.id)
    except LineIncompleteError as error:
        wrong = FieldError("requester", Both(error.message_vi, error.message_en))
        view = shown_entry(replace(given, note=words), (wrong,))
        return page(visitor, view, status=422, at=paths.BOOK_ENTRY)
    return page(visitor, shown_entry(EntryInput(services.new_id()), entered=entry), at=paths.BOOK_ENTRY)
