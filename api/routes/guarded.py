"""Routers that say for whom their routes are: an audience in, a router that lets nobody else in out."""

from typing import Any

from fastapi import APIRouter, Depends

from api.deps import Access, CheckedForm, Guard
from api.schemas.problems import ProblemJson

API = "/api/v1"


class GuardedRouter(APIRouter):
    """A router all of whose routes are for one audience."""

    def __init__(self, access: Access, **more: Any) -> None:
        super().__init__(dependencies=[Depends(Guard(access)), *more.pop("dependencies", ())], **more)
        self.access = access


def page_router(access: Access) -> GuardedRouter:
    """For pages that are looked at."""
    return GuardedRouter(access, include_in_schema=False)


def form_router(access: Access) -> GuardedRouter:
    """For forms that pages send: they must come from a page of ours."""
    return GuardedRouter(access, include_in_schema=False, dependencies=[CheckedForm])


def program_router(access: Access, tag: str) -> GuardedRouter:
    """For programs: refusals are problem documents."""
    refusals: dict[int | str, dict[str, Any]] = {
        "4XX": {"model": ProblemJson, "description": "Bị từ chối / refused"},
    }
    return GuardedRouter(access, prefix=API, tags=[tag], responses=refusals)
