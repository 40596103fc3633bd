"""The books as JSON: every line of a year."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.book_words import name_of, reason_words
from verification.register import Book, RegisterEntry, YearClose

_LINE: dict[str, Any] = {
    "number": "1/2026",
    "book": "01/2026-SCTĐT/BS",
    "state": "ISSUED",
    "held_at": "2026-11-24T02:30:00Z",
    "closed_at": "2026-11-24T02:30:01Z",
    "requester": "Nguyễn Thị Mẫu",
    "title": "Bằng tốt nghiệp",
    "signer": "Trần Văn Thử",
    "copies": 1,
    "fee": 2000,
    "note": "",
    "reason": None,
    "reason_vi": None,
    "reason_en": None,
    "document": "0" * 64,
}


class EntryJson(BaseModel):
    """Một dòng của sổ. / One line: held, issued or cancelled, never missing."""

    model_config = ConfigDict(json_schema_extra={"examples": [_LINE]})

    number: str
    book: str
    state: str
    held_at: datetime
    closed_at: datetime | None = None
    requester: str
    title: str
    signer: str
    copies: int
    fee: int
    note: str
    reason: str | None = None
    reason_vi: str | None = None
    """Lý do hủy bằng lời. / Why it was cancelled, in words."""
    reason_en: str | None = None
    document: str | None = None


class EntriesJson(BaseModel):
    """Mọi dòng của một năm, theo số. / Every line of a year, by number."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "series": "copies",
                    "year": 2026,
                    "entries": [_LINE],
                }
            ]
        }
    )

    series: str
    year: int
    entries: list[EntryJson]


class BookJson(BaseModel):
    """Một quyển sổ. / One book; `last` is the number given last."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "book": "02/2026-SCTĐT/BS",
                    "series": "copies",
                    "year": 2026,
                    "first": 501,
                    "last": 500,
                    "open": True,
                }
            ]
        }
    )

    book: str
    series: str
    year: int
    first: int
    last: int
    open: bool


class CloseJson(BaseModel):
    """Việc khóa sổ của một năm. / The close of a year: what its lines come to, and their digest."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "series": "copies",
                    "year": 2026,
                    "closed_at": "2027-01-04T02:00:00Z",
                    "by": "quan.tri",
                    "first": 1,
                    "last": 812,
                    "lines": 812,
                    "issued": 809,
                    "cancelled": 3,
                    "copies": 1204,
                    "fees": 4016000,
                    "kinds": {"Bằng tốt nghiệp": 809},
                    "digest": "0" * 64,
                }
            ]
        }
    )

    series: str
    year: int
    closed_at: datetime
    by: str
    first: int
    last: int
    lines: int
    issued: int
    cancelled: int
    copies: int
    fees: int
    kinds: dict[str, int]
    digest: str


class HeldEntryJson(EntryJson):
    """Một số đang giữ. / A number that is held; `id` is what it is cancelled by."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_LINE, "id": "COPIES-2026-1"}]})

    id: str


class HeldJson(BaseModel):
    """Các số giữ quá một giờ, cũ nhất trước. / Numbers held for more than an hour, oldest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"held": []}]})

    held: list[HeldEntryJson]


class BooksJson(BaseModel):
    """Các quyển sổ và các năm đã khóa. / All books, and the years that are closed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"books": [], "closed": []}]})

    books: list[BookJson]
    closed: list[CloseJson]


_SeriesName = Literal["copies", "paper", "receipts"]


class WhichJson(BaseModel):
    """Sổ nào, năm nào. / Which series, which year."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"series": "copies", "year": 2026}]})

    series: _SeriesName
    year: int = Field(ge=2000, le=2200)


class FirstBookJson(WhichJson):
    """Quyển đầu tiên bắt đầu từ số nào. / Which number the year's first book begins with."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"series": "copies", "year": 2026, "ordinal": 3, "first": 871}]}
    )

    ordinal: int = Field(default=1, ge=1, le=999)
    first: int = Field(ge=1, le=10_000_000)


class CloseYearJson(WhichJson):
    """`ended`: quyển cuối đã kết thúc dù năm chưa hết. / The last book has ended before the year."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"series": "copies", "year": 2026, "ended": False}]}
    )

    ended: bool = False


class PaperCopiesJson(BaseModel):
    """Bản sao giấy chứng thực bằng tay; `once` là mã do bên gọi đặt. / Copies certified on paper by hand;
    `once` is a code of the caller's, so that sent twice it is entered once."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "once": "quay-1-0007",
                    "requester": "Nguyễn Thị Mẫu",
                    "title": "Bằng tốt nghiệp",
                    "pages": 1,
                    "copies": 2,
                    "note": "",
                }
            ]
        }
    )

    once: str = Field(min_length=1, max_length=40, pattern=r"^[\w.-]+$")
    requester: str = Field(min_length=1, max_length=200)
    title: str = Field(min_length=1, max_length=200)
    pages: int = Field(ge=1, le=2_000)
    copies: int = Field(ge=1, le=500)
    note: str = Field(default="", max_length=200)


class CancelJson(BaseModel):
    """Lý do hủy, ghi vào sổ. / Why it is cancelled; the reason stays in the book."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Mất điện khi ký"}]})

    reason: str = Field(min_length=1, max_length=500)


def entry_of(entry: RegisterEntry) -> EntryJson:
    """A line."""
    words = reason_words(entry.reason) if entry.reason else None
    return EntryJson(
        number=entry.label,
        book=entry.book,
        state=entry.state.value,
        held_at=entry.held_at,
        closed_at=entry.closed_at,
        requester=entry.line.requester,
        title=entry.line.title,
        signer=entry.line.signer,
        copies=entry.line.copies,
        fee=entry.line.fee,
        note=entry.line.note,
        reason=entry.reason,
        reason_vi=words.vi if words else None,
        reason_en=words.en if words else None,
        document=entry.document,
    )


def held_of(entry: RegisterEntry) -> HeldEntryJson:
    """A line that is held, with its id."""
    return HeldEntryJson(id=entry.id, **entry_of(entry).model_dump())


def book_of(book: Book) -> BookJson:
    """A book."""
    return BookJson(
        book=book.sign,
        series=name_of(book.series),
        year=book.year,
        first=book.first,
        last=book.last,
        open=book.open,
    )


def close_of(close: YearClose) -> CloseJson:
    """The close of a year."""
    totals = close.totals
    return CloseJson(
        series=name_of(close.series),
        year=close.year,
        closed_at=close.closed_at,
        by=close.by,
        first=close.first,
        last=close.last,
        lines=totals.lines,
        issued=totals.issued,
        cancelled=totals.cancelled,
        copies=totals.copies,
        fees=totals.fees,
        kinds=dict(totals.kinds),
        digest=close.digest,
    )
