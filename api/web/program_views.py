"""The page for people who program: every operation of the JSON API with what it takes and answers."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.language import Bilingual


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that a request carries: where (path, query, header, form, body), and what it is."""

    name: str
    where: str
    kind: str
    required: bool
    about: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program may ask: how, with what, and what comes back; `example` is JSON."""

    anchor: str
    method: str
    path: str
    summary: str
    about: str
    parameters: tuple[Parameter, ...]
    answers: tuple[tuple[str, str], ...]
    example: str = ""


@dataclass(frozen=True, slots=True)
class OperationGroup:
    """Operations of one subject."""

    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class ApiDocs:
    """The JSON API for people who program, drawn from its OpenAPI document, which lies at `openapi`."""

    template: ClassVar[str] = "docs.html"
    title: ClassVar[Bilingual] = Bilingual("Giao diện lập trình (API)", "Programming interface (API)")
    about: str
    openapi: str
    groups: tuple[OperationGroup, ...]
