"""Signing: the list with its PIN, a batch and how far it is, and a signature that is made elsewhere."""

import base64
import binascii
from typing import Annotated

from fastapi import Form, Response
from fastapi.responses import RedirectResponse

from api.deps import Access, Visitor, VisitorDep, page
from api.errors import SignatureUnreadableError
from api.problems import status_of
from api.routes.guarded import form_router, page_router
from api.routes.showing.signing import Waiting, shown_batch, shown_signing, shown_to_sign
from api.routes.uploads import MaybeFiles, uploads
from api.signing_desk import Ordered, batch_of, stop_batch
from api.web import paths
from api.web.language import Bilingual as Both
from api.web.views import Errors, FieldError, Message
from signing.errors import KeysUnusableError, SigningError
from signing.model import Signatory, SigningWay
from verification.batch import BatchId
from verification.errors import NotDecidableError, NotFoundError, VerificationError
from verification.pending import PendingToken
from verification.ports import QueueItem
from verification.services import Services
from verification.signing_errors import NothingToSignError, SignatureNotAwaitedError
from verification.submission import PaperId, PaperStage
from verification.workflow.review import case
from verification.workflow.sign_batch import to_sign, way_of
from verification.workflow.sign_outside import Returned, awaited, begin, finish
from verification.workflow.take_back import take_back

officers = page_router(Access.OFFICER)
forms = form_router(Access.OFFICER)
ROUTERS = (officers, forms)
_BATCHES = 10


@officers.get(paths.SIGNING)
def waiting(visitor: VisitorDep) -> Response:
    """What waits for the officer's signature, oldest first."""
    return _list(visitor)


@forms.post(paths.SIGNING)
def sign(
    visitor: VisitorDep,
    papers: Annotated[tuple[str, ...], Form()] = (),
    pin: Annotated[str, Form()] = "",
) -> Response:
    """A batch that has begun, or why not: the PIN is tried at once."""
    officer = visitor.officer
    if not papers:
        return _list(visitor, NothingToSignError(), field="p-1")
    ordered = Ordered(Signatory(officer.id, officer.full_name), tuple(map(PaperId, papers)), pin[:64])
    try:
        batch = visitor.site.signing.begin(ordered)
    except (SigningError, VerificationError) as error:
        return _list(visitor, error, chosen=frozenset(papers))
    return RedirectResponse(paths.signing_batch(batch.id), 303)


@officers.get("/can-bo/ky-so/dot/{batch_id}")
def batch(visitor: VisitorDep, batch_id: str) -> Response:
    """How far it is."""
    services = visitor.site.services
    found = batch_of(services, BatchId(batch_id), visitor.officer.id)
    papers = {paper.paper_id: item for paper in found.papers if (item := _item(services, paper.paper_id))}
    return page(visitor, shown_batch(found, papers, services.profiles))


@forms.post("/can-bo/ky-so/dot/{batch_id}/dung")
def stop(visitor: VisitorDep, batch_id: str) -> Response:
    """An end after the paper that is being signed."""
    stop_batch(visitor.site.services, BatchId(batch_id), visitor.officer.id)
    return RedirectResponse(paths.signing_batch(batch_id), 303)


# -- one paper ---------------------------------------------------------------------------------


@officers.get("/can-bo/ky-so/giay-to/{paper_id}")
def paper(visitor: VisitorDep, paper_id: str) -> Response:
    """One paper that waits; once it waits no more, what became of it."""
    if case(visitor.site.services, PaperId(paper_id)).paper.stage is not PaperStage.TO_SIGN:
        return RedirectResponse(paths.decided(paper_id), 303)
    return _paper(visitor, paper_id)


@forms.post("/can-bo/ky-so/giay-to/{paper_id}/rut-lai")
def take_paper_back(visitor: VisitorDep, paper_id: str) -> Response:
    """The decision is withdrawn; a second click finds the paper waiting."""
    taken = take_back(visitor.site.services, PaperId(paper_id), visitor.officer.id)
    return RedirectResponse(paths.review(taken.id), 303)


@forms.post("/can-bo/ky-so/giay-to/{paper_id}/bat-dau")
def begin_elsewhere(visitor: VisitorDep, paper_id: str) -> Response:
    """The number is held and the digest handed out."""
    try:
        begin(visitor.site.services, PaperId(paper_id), visitor.officer.id)
    except SigningError as error:
        return _paper(visitor, paper_id, error)
    return RedirectResponse(paths.signing_paper(paper_id), 303)


@officers.get("/can-bo/ky-so/giay-to/{paper_id}/noi-dung")
def content(visitor: VisitorDep, paper_id: str) -> Response:
    """What is to be signed, byte for byte. Raises NotFoundError when nothing is waited for."""
    found = awaited(visitor.site.services, PaperId(paper_id), visitor.officer.id)
    if found is None:
        raise NotFoundError
    headers = {"Content-Disposition": 'attachment; filename="noi-dung-can-ky.der"'}
    return Response(found.pending.signed_attributes, media_type="application/octet-stream", headers=headers)


@forms.post("/can-bo/ky-so/giay-to/{paper_id}/hoan-tat")
def finish_elsewhere(
    visitor: VisitorDep,
    paper_id: str,
    token: Annotated[str, Form()] = "",
    signature: Annotated[str, Form()] = "",
    file: MaybeFiles = None,
) -> Response:
    """The signature taken, or why not; the number stays held."""
    try:
        value = _value(signature, file)
        returned = Returned(visitor.officer.id, PendingToken(token[:64]), value)
        finish(visitor.site.services, PaperId(paper_id), returned)
    except (SigningError, SignatureNotAwaitedError, SignatureUnreadableError) as error:
        return _paper(visitor, paper_id, error)
    return RedirectResponse(paths.decided(paper_id), 303)


def _value(typed: str, file: MaybeFiles) -> bytes:
    """A file may hold the bytes themselves, or base64 as well."""
    given = [each for each in file or () if each.filename or each.size]
    raw = uploads(given)[0].content if given else typed.encode()
    if not raw.strip():
        raise SignatureUnreadableError
    try:
        return base64.b64decode(b"".join(raw.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        if given:
            return raw
        raise SignatureUnreadableError from error


def _item(services: Services, paper_id: PaperId) -> QueueItem | None:
    try:
        found = case(services, paper_id)
    except NotFoundError:
        return None
    return QueueItem(found.paper, found.submission)


def _paper(
    visitor: Visitor,
    paper_id: str,
    error: SigningError | SignatureNotAwaitedError | SignatureUnreadableError | None = None,
) -> Response:
    services, officer = visitor.site.services, visitor.officer
    found = case(services, PaperId(paper_id))
    decision = found.paper.decision
    if found.paper.stage is not PaperStage.TO_SIGN or decision is None or decision.officer_id != officer.id:
        raise NotDecidableError
    begun = awaited(services, found.paper.id, officer.id)
    outside = way_of(services, officer) is SigningWay.OUTSIDE
    errors = (FieldError("signature", _words(error)),) if error else ()
    view = shown_to_sign(found, begun, services.profiles, outside=outside, errors=errors)
    status = status_of(error) if error else 200
    return page(visitor, view, status=status, at=paths.signing_paper(paper_id))


def _list(
    visitor: Visitor,
    error: SigningError | VerificationError | None = None,
    *,
    field: str = "pin",
    chosen: frozenset[str] | None = None,
) -> Response:
    services, officer = visitor.site.services, visitor.officer
    items = to_sign(services, officer.id)
    with services.database.reading() as tx:
        batches = tx.batches.last_of(officer.id, limit=_BATCHES)
    way, blocked = _way(visitor)
    errors: Errors = (FieldError(field, _words(error)),) if error else ()
    waits = Waiting(items, batches, way, blocked)
    view = shown_signing(waits, services.profiles, errors=errors, chosen=chosen)
    return page(visitor, view, status=status_of(error) if error else 200, at=paths.SIGNING)


def _way(visitor: Visitor) -> tuple[SigningWay | None, Message | None]:
    """Whoever has no key may still see the list, and why nothing can be signed."""
    try:
        return way_of(visitor.site.services, visitor.officer), None
    except KeysUnusableError as error:
        return None, Message(_words(error))


def _words(error: SigningError | VerificationError | SignatureUnreadableError) -> Both:
    return Both(error.message_vi, error.message_en)
