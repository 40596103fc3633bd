"""Is it alive, is it ready: for whatever starts and watches the service."""

from typing import Annotated

from fastapi import Depends
from fastapi.responses import PlainTextResponse

from api.deps import Access, SiteDep
from api.errors import NotReadyError
from api.routes.guarded import GuardedRouter
from ocr.model import Digest
from signing.errors import SigningError
from storage.errors import StorageError
from verification.errors import StoreUnavailableError

router = GuardedRouter(Access.PUBLIC, include_in_schema=False)
ROUTERS = (router,)
_NOBODYS = Digest("0" * 64)


@router.get("/healthz", response_class=PlainTextResponse)
def alive() -> str:
    """The process answers; nothing else is looked at, so that a slow database does not get it killed."""
    return "ok"


def parts_answer(site: SiteDep) -> None:
    """Database, store and keys. Raises NotReadyError."""
    try:
        with site.database.reading() as tx:
            tx.sources.snapshot(site.services.sources[0].name)
        site.services.objects.exists(_NOBODYS)
        site.services.trust.anchors()
    except (StorageError, StoreUnavailableError, SigningError) as silent:
        raise NotReadyError from silent


@router.get("/readyz", response_class=PlainTextResponse)
def ready(_parts: Annotated[None, Depends(parts_answer)]) -> str:
    """The service can do its work."""
    return "ok"
