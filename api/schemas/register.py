"""The books as JSON: every line of a year."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from verification.register import RegisterEntry


class EntryJson(BaseModel):
    """Một dòng của sổ. / One line: held, issued or cancelled, never missing."""

    number: str
    book: str
    state: str
    held_at: datetime
    closed_at: datetime | None
    requester: str
    title: str
    signer: str
    copies: int
    fee: int
    note: str
    reason: str | None
    document: str | None


class EntriesJson(BaseModel):
    """Mọi dòng của một năm, theo số. / Every line of a year, by number."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "series": "copies",
                    "year": 2026,
                    "entries": [
                        {
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
                            "document": "0" * 64,
                        }
                    ],
                }
            ]
        }
    )

    series: str
    year: int
    entries: list[EntryJson]


def entry_of(entry: RegisterEntry) -> EntryJson:
    """A line."""
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
        document=entry.document,
    )
