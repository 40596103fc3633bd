"""The page of the sources of records: how they stand; administrators try a delivery, nothing is loaded."""

from typing import Annotated

from fastapi import File, Form, Response, UploadFile

from api.deps import Access, Visitor, VisitorDep, page
from api.record_deliveries import HandedIn, hand_in
from api.record_files import RecordFile
from api.record_states import source_states
from api.routes.guarded import form_router, page_router
from api.routes.showing.records import Asked, shown_sources
from api.routes.uploads import plain_name
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.views import FieldError
from verification.decision import Role
from verification.delivery import DeliveryKind, Header
from verification.errors import DeliveryRefusedError

staff = page_router(Access.STAFF)
forms = form_router(Access.ADMIN)
ROUTERS = (staff, forms)
LARGE = (forms,)
_SHOWN = 20
_NO_FILE = Both("Chọn một tệp NDJSON hoặc CSV.", "Choose a file of NDJSON or CSV.")


@staff.get(paths.SOURCES)
def sources(visitor: VisitorDep) -> Response:
    """How old the records are, and what was loaded lately."""
    return _page(visitor, Asked())


@forms.post(paths.SOURCES)
def try_delivery(
    visitor: VisitorDep,
    records: Annotated[UploadFile | None, File()] = None,
    source: Annotated[str, Form()] = "",
    full: Annotated[str, Form()] = "",
) -> Response:
    """What the delivery would do; nothing is loaded. Raises UnknownSourceError."""
    asked = Asked(source[:40], full == "yes")
    if records is None or not records.filename:
        return _page(visitor, Asked(asked.source, asked.full, errors=(FieldError("records", _NO_FILE),)))
    name = plain_name(records.filename)
    file = RecordFile(records.file, csv=".csv" in name.lower(), packed=name.lower().endswith(".gz"))
    try:
        loaded = hand_in(visitor.site.services, file, _given(visitor, asked))
    except DeliveryRefusedError as error:
        wrong = FieldError("records", Both(error.message_vi, error.message_en))
        return _page(visitor, Asked(asked.source, asked.full, name, errors=(wrong,)))
    return _page(visitor, Asked(asked.source, asked.full, name, loaded))


def _given(visitor: Visitor, asked: Asked) -> HandedIn:
    return HandedIn(
        source=asked.source,
        actor=visitor.officer.id,
        as_of=visitor.site.services.now(),
        told=Header(kind=DeliveryKind.FULL if asked.full else None),
        dry_run=True,
    )


def _page(visitor: Visitor, asked: Asked) -> Response:
    with visitor.site.database.reading() as tx:
        states = source_states(visitor.site.services, tx)
        deliveries = tx.deliveries.newest(limit=_SHOWN)
    view = shown_sources(states, deliveries, asked, may_try=Role.ADMIN in visitor.officer.roles)
    return page(visitor, view, status=422 if asked.errors else 200, at=paths.SOURCES)
