"""A source that is asked over the network; how that goes, as a document and as a line for people."""

from typing import Any

from api.schemas.pulling import pull_of
from verification.services import Services
from verification.source import SourceName

_REACH = {"asked": "đang hỏi được", "resting": "tạm ngừng hỏi"}


def pull_document(services: Services, source: SourceName) -> dict[str, Any] | None:
    """None for a source that our copy alone answers."""
    told = pull_of(services.pull.standing(source)) if services.pull else None
    return told.model_dump(mode="json") if told else None


def pull_line(told: dict[str, Any]) -> str:
    """One line of `records status`."""
    failed = f", lỗi liên tiếp: {told['failures']} ({told['code']})" if told["failures"] else ""
    return f"{_REACH[told['reach']]} {told['address']}{failed}"
