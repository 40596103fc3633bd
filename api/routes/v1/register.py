"""The books: every line of a year and its file for officers and auditors; what begins, ends and closes a book
for administrators.
"""

from collections.abc import Iterator
from enum import StrEnum
from tempfile import SpooledTemporaryFile
from typing import Annotated

from fastapi import Depends, Query, Response
from fastapi.responses import StreamingResponse

from api.book_export import Export, book_pdf, close_of_year, close_pdf, csv_lines, notes_of
from api.book_words import NAMES, name_of
from api.deps import Access, CallerDep, Site, SiteDep
from api.routes.guarded import program_router
from api.routes.uploads import plain_text
from api.schemas.register import (
    BookJson,
    BooksJson,
    CancelJson,
    CloseJson,
    CloseYearJson,
    EntriesJson,
    EntryJson,
    FirstBookJson,
    HeldJson,
    PaperCopiesJson,
    WhichJson,
    book_of,
    close_of,
    entry_of,
    held_of,
)
from verification.register import EntryId, EntryState, LinesWanted, Series
from verification.workflow.cancel_held import cancel_held, held_too_long
from verification.workflow.close_year import close_year
from verification.workflow.enter_line import PaperCopies, enter_line
from verification.workflow.open_book import FirstBook, next_book, open_first_book

readers = program_router(Access.BOOK_READER, "Sổ / Register")
admins = program_router(Access.ADMIN, "Sổ / Register")
officers = program_router(Access.OFFICER, "Sổ / Register")
ROUTERS = (readers, admins, officers)
_IN_MEMORY = 1024 * 1024
_MOST_WORDS = 500


class Which(StrEnum):
    """Certifications in the book proper, electronic or on paper, or receipts in a list of their own."""

    COPIES = "copies"
    PAPER = "paper"
    RECEIPTS = "receipts"


class FileType(StrEnum):
    """CSV for a spreadsheet, PDF for paper."""

    CSV = "csv"
    PDF = "pdf"


Year = Annotated[int, Query(ge=2000, le=2200, description="Năm. / Year.")]
ChosenSeries = Annotated[
    Which | None,
    Query(
        description="Sổ nào; mặc định là sổ ghi bản sao điện tử. / "
        "Which list; by default the one that electronic copies are entered in."
    ),
]


def _series(site: Site, which: Which | None) -> Series:
    return NAMES[which] if which else site.services.terms.copies


def wanted(
    book: Annotated[str | None, Query(description="Chỉ một quyển. / One book alone.", max_length=40)] = None,
    month: Annotated[int | None, Query(ge=1, le=12, description="Chỉ một tháng. / One month.")] = None,
    state: Annotated[EntryState | None, Query(description="Chỉ một tình trạng. / One state.")] = None,
) -> LinesWanted:
    """What a caller asks for."""
    return LinesWanted(book=book, month=month, state=state)


@readers.get("/register", summary="Sổ chứng thực / The book")
def register(
    site: SiteDep,
    year: Year,
    chosen: Annotated[LinesWanted, Depends(wanted)],
    series: ChosenSeries = None,
) -> EntriesJson:
    """Mọi dòng của năm: đang giữ số, đã cấp, đã hủy. / Every line: held, issued, cancelled."""
    with site.database.reading() as tx:
        entries = [entry_of(e) for e in tx.register.lines(_series(site, series), year, chosen)]
    return EntriesJson(series=name_of(_series(site, series)), year=year, entries=entries)


@readers.get(
    "/register/export",
    response_class=Response,
    responses={
        200: {
            "content": {"text/csv": {}, "application/pdf": {}},
            "description": "Tám cột của sổ / the eight columns",
        }
    },
    summary="Tải sổ / Download the book",
)
def export(
    site: SiteDep,
    year: Year,
    chosen: Annotated[LinesWanted, Depends(wanted)],
    series: ChosenSeries = None,
    file_type: Annotated[FileType, Query(alias="format", description="Dạng tệp. / Kind.")] = FileType.CSV,
) -> Response:
    """CSV cho bảng tính hoặc PDF khổ A4 ngang. / CSV for a spreadsheet, or PDF, A4 across."""
    return exported(site, Export(_series(site, series), year, chosen), file_type)


def exported(site: Site, export: Export, file_type: FileType) -> Response:
    """The file. Of a CSV every line is of one moment, and only a little is in memory at a time."""
    if file_type is FileType.PDF:
        with site.database.reading() as tx:
            content = book_pdf(site.services, tx, export)
        return Response(content, media_type="application/pdf", headers=_attached(export, "pdf"))
    lines = _spooled(site, export)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=_attached(export, "csv"))


def _spooled(site: Site, export: Export) -> Iterator[bytes]:
    """Written whole before the first byte leaves: no transaction waits for a slow reader."""
    file = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)
    with site.database.reading() as tx:
        entries = tx.register.lines(export.series, export.year, export.wanted)
        for line in csv_lines(entries, notes_of(tx, export)):
            file.write(line.encode())
    file.seek(0)
    return _pieces(file)


def _pieces(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(64 * 1024):
            yield piece


def _attached(export: Export, ending: str) -> dict[str, str]:
    month = f"-{export.wanted.month:02d}" if export.wanted.month else ""
    name = f"so-{export.series.name.lower().replace('_', '-')}-{export.year}{month}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


@readers.get(
    "/register/closes/{year}/confirmation",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}, "description": "PDF để ký / a PDF for signing"}},
    summary="Xác nhận khóa sổ / Confirmation of a close",
)
def confirmation(site: SiteDep, year: int, series: ChosenSeries = None) -> Response:
    """Tổng số và chỗ ký. / The totals, and the lines for signing."""
    return confirmed(site, _series(site, series), year)


def confirmed(site: Site, series: Series, year: int) -> Response:
    """The confirmation. Raises YearNotClosedError."""
    with site.database.reading() as tx:
        close = close_of_year(tx, series, year)
    export = Export(series, year, LinesWanted())
    return Response(
        close_pdf(site.services, close),
        media_type="application/pdf",
        headers=_attached(export, "khoa-so.pdf"),
    )


@admins.get("/register/books", summary="Các quyển sổ / The books")
def books(site: SiteDep) -> BooksJson:
    """Mọi quyển và mọi năm đã khóa. / Every book and every closed year."""
    with site.database.reading() as tx:
        return BooksJson(
            books=[book_of(b) for b in tx.register.books()],
            closed=[close_of(c) for c in tx.register.year_closes()],
        )


@admins.post("/register/books", summary="Mở quyển đầu tiên từ một số / Begin a book at a number")
def begin(site: SiteDep, caller: CallerDep, body: FirstBookJson) -> BookJson:
    """Khi quyển giấy đã dùng đến số trước đó; chỉ khi chưa có dòng nào. / Where a book on paper ended; only
    while there is no line."""
    first = FirstBook(NAMES[body.series], body.year, body.ordinal, body.first)
    return book_of(open_first_book(site.services, first, by=caller.known().id))


@admins.post("/register/next-book", summary="Sang quyển mới / The next book")
def following(site: SiteDep, caller: CallerDep, body: WhichJson) -> BookJson:
    """Số tiếp tục từ quyển trước. / Numbers run on."""
    return book_of(next_book(site.services, NAMES[body.series], body.year, by=caller.known().id))


@admins.post("/register/closes", summary="Khóa sổ của một năm / Close the book of a year")
def close(site: SiteDep, caller: CallerDep, body: CloseYearJson) -> CloseJson:
    """Không mở lại được. / There is no way back."""
    series, by = NAMES[body.series], caller.known().id
    return close_of(close_year(site.services, series, body.year, by=by, ended=body.ended))


@admins.get("/register/held", summary="Số giữ quá lâu / Numbers held too long")
def held(site: SiteDep) -> HeldJson:
    """Giữ quá một giờ mà chưa cấp, chưa hủy. / Held for more than an hour, neither issued nor cancelled."""
    return HeldJson(held=[held_of(e) for e in held_too_long(site.services)])


@admins.post("/register/held/{entry_id}/cancel", summary="Hủy số giữ quá lâu / Cancel such a number")
def cancel(site: SiteDep, caller: CallerDep, entry_id: str, body: CancelJson) -> EntryJson:
    """Chỉ khi không còn việc nào dùng số này; lý do ghi vào sổ. / Only when nothing can use it any more."""
    reason, by = plain_text(body.reason, _MOST_WORDS), caller.known().id
    return entry_of(cancel_held(site.services, EntryId(entry_id), reason=reason, by=by))


@officers.post("/register/entries", summary="Ghi một dòng cho bản sao giấy / A line for copies on paper")
def enter(site: SiteDep, caller: CallerDep, body: PaperCopiesJson) -> EntryJson:
    """Số trong sổ SCT/BS cho bản sao giấy chứng thực bằng tay; gửi lại cùng `once` thì không lấy số mới. / A
    number for copies certified on paper by hand; the same `once` again takes no other."""
    requester, title = plain_text(body.requester), plain_text(body.title)
    stated = PaperCopies(body.once, requester, title, body.pages, body.copies, plain_text(body.note))
    return entry_of(enter_line(site.services, stated, caller.known().id))
