"""The books: every line of a year, for officers and auditors."""

from enum import StrEnum
from typing import Annotated

from fastapi import Query

from api.deps import Access, SiteDep
from api.routes.guarded import program_router
from api.schemas.register import EntriesJson, entry_of
from verification.register import Series

router = program_router(Access.BOOK_READER, "Sổ / Register")
ROUTERS = (router,)


class Which(StrEnum):
    """Certifications in the book proper, or receipts in a list of their own."""

    COPIES = "copies"
    RECEIPTS = "receipts"


@router.get("/register", summary="Sổ chứng thực / The book")
def register(
    site: SiteDep,
    year: Annotated[int, Query(ge=2000, le=2200, description="Năm. / Year.")],
    series: Annotated[Which, Query(description="Sổ chứng thực hay phiếu xác nhận. / Which list.")] = (
        Which.COPIES
    ),
) -> EntriesJson:
    """Mọi dòng của năm: đang giữ số, đã cấp, đã hủy. / Every line: held, issued, cancelled."""
    with site.database.reading() as tx:
        entries = tx.register.entries(Series[series.name], year)
    return EntriesJson(series=series.value, year=year, entries=[entry_of(e) for e in entries])
