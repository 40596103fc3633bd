"""Messages and errors as JSON: `{"code", "message_vi", "message_en"}` and where they have a place."""

from typing import Protocol

from pydantic import BaseModel

from ocr.model import Box
from verification.finding import Finding

BoxJson = tuple[int, int, int, int]


class Coded(Protocol):
    """Every error of every package."""

    @property
    def code(self) -> str: ...
    @property
    def message_vi(self) -> str: ...
    @property
    def message_en(self) -> str: ...


class MessageJson(BaseModel):
    """One sentence in two languages under a code."""

    code: str
    message_vi: str
    message_en: str
    page: int | None = None
    box: BoxJson | None = None


class ReasonJson(MessageJson):
    """A message with the act it rests on."""

    legal_basis: str | None = None
    legal_basis_en: str | None = None


def message_of(error: Coded) -> MessageJson:
    """An error as a message."""
    return MessageJson(code=error.code, message_vi=error.message_vi, message_en=error.message_en)


def finding_of(finding: Finding) -> ReasonJson:
    """A finding as a message with its legal basis."""
    return ReasonJson(
        code=finding.code,
        message_vi=finding.message_vi,
        message_en=finding.message_en,
        page=finding.page,
        box=box_of(finding.box) if finding.box else None,
        legal_basis=finding.legal_basis,
        legal_basis_en=finding.legal_basis_en,
    )


def box_of(box: Box) -> BoxJson:
    """[x0, y0, x1, y1]."""
    return (box.x0, box.y0, box.x1, box.y1)
