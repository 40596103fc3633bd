"""How asking a source over the network goes, as JSON."""

from datetime import datetime

from pydantic import BaseModel
from pydantic.config import JsonDict

from verification.pulling import PullStanding

PULL_EXAMPLE: JsonDict = {
    "address": "https://nen-tang.example.vn:443/api",
    "reach": "asked",
    "failures": 0,
    "last_answer": "2026-11-24T02:31:07Z",
    "last_failure": None,
    "code": None,
}


class PullJson(BaseModel):
    """Nền tảng được hỏi và tình trạng trả lời. / The platform that is asked, and how it answers."""

    address: str
    reach: str
    """`asked`, or `resting` after failures in a row: nobody waits for it until its rest is over."""
    failures: int
    last_answer: datetime | None
    last_failure: datetime | None
    code: str | None
    """Of the last failure."""


def pull_of(standing: PullStanding | None) -> PullJson | None:
    """None for a source that is not asked."""
    if standing is None:
        return None
    return PullJson(
        address=standing.address,
        reach=standing.reach.value,
        failures=standing.failures,
        last_answer=standing.last_answer,
        last_failure=standing.last_failure,
        code=standing.code,
    )
