"""Reading for whoever asks: named files in, the JSON of `read` and `check` out; one for all ways in."""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from api.schemas.messages import MessageJson, message_of
from api.schemas.reading import (
    LookedFileJson,
    LookedPageJson,
    LookJson,
    ReadFileJson,
    ReadJson,
    looked_page_of,
    page_of,
    paper_of,
)
from api.schemas.validation import validated_file
from ocr.errors import OcrError
from verification.assessment import Assessment
from verification.services import Services
from verification.source import SourceRecord
from verification.workflow.check import AssessedPaper, ReadFile, cross_check, joined, read_file
from verification.workflow.inquire import Purpose
from verification.workflow.rank import alike


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as somebody names it; `content` is None when `error` says why it could not be had."""

    name: str
    content: bytes | None
    error: MessageJson | None = None


@dataclass(frozen=True, slots=True)
class _Taken:
    """One file: read, or refused with a message."""

    name: str
    sha256: str
    seconds: float
    media_type: str | None
    read: ReadFile | None
    error: MessageJson | None


@dataclass(frozen=True, slots=True)
class _Checked:
    """What is proposed for a paper, and the records like it where none was found."""

    assessment: Assessment | None
    alike: tuple[SourceRecord, ...] = ()


def _say_nothing(name: str) -> None:
    """Nobody watches."""


def read_files(
    services: Services,
    files: Iterable[NamedFile],
    *,
    purpose: Purpose | None = None,
    procedure: str = "",
    on_file: Callable[[str], None] = _say_nothing,
) -> ReadJson:
    """Papers and fields of every file; with a `purpose` they are compared with the records too (and who
    asked is logged), by the rules for this `procedure`. A file that cannot be read is told in its place, the
    others are read."""
    taken = []
    for file in files:
        on_file(file.name)
        taken.append(_take(services, file))
    whole = iter(joined(services, [t.read for t in taken if t.read]))
    taken = [replace(t, read=next(whole)) if t.read else t for t in taken]
    assessed: dict[int, _Checked] = {}
    if purpose is not None:
        checked = cross_check(services, [t.read for t in taken if t.read], purpose, procedure=procedure)
        assessed = {id(paper): _ranked(services, c, purpose) for c in checked for _, paper in c.sides}
    return ReadJson(files=[_json(t, assessed) for t in taken])


def _ranked(services: Services, checked: AssessedPaper, purpose: Purpose) -> _Checked:
    papers = [paper for _, paper in checked.sides]
    return _Checked(checked.assessment, alike(services, papers, checked.assessment.match, purpose))


def look_at_files(services: Services, files: Iterable[NamedFile]) -> LookJson:
    """Whether the pictures are good enough to read, in a fifth of the time of reading them."""
    return LookJson(files=[_looked(services, file) for file in files])


def _looked(services: Services, file: NamedFile) -> LookedFileJson:
    error, pages = file.error, list[LookedPageJson]()
    if file.content is not None:
        try:
            document = services.take_in(file.content, services.limits)
            pages = [looked_page_of(page) for page in services.papers.look(document).pages]
        except OcrError as refused:
            error = message_of(refused)
    good = error is None and not any(page.warnings for page in pages)
    return LookedFileJson(file=file.name, good=good, error=error, pages=pages)


def _take(services: Services, file: NamedFile) -> _Taken:
    if file.content is None:
        return _Taken(file.name, "", 0.0, None, None, file.error)
    began, media_type, found, fault = time.perf_counter(), None, None, None
    try:
        document = services.take_in(file.content, services.limits)
        media_type = document.media_type.value
        found = read_file(services, document)
    except OcrError as error:
        fault = message_of(error)
    digest = hashlib.sha256(file.content).hexdigest()
    return _Taken(file.name, digest, time.perf_counter() - began, media_type, found, fault)


def _json(taken: _Taken, assessed: dict[int, _Checked]) -> ReadFileJson:
    read = taken.read
    told = ((p, assessed.get(id(p), _Checked(None))) for p in (read.papers if read else ()))
    report = read.signatures if read else None
    return ReadFileJson(
        file=taken.name,
        sha256=taken.sha256,
        media_type=taken.media_type,
        seconds=round(taken.seconds, 3),
        error=taken.error,
        signatures=validated_file(taken.name, taken.sha256, report, None) if report else None,
        pages=[page_of(p.page) for p in read.reading.pages] if read else [],
        documents=[paper_of(paper, checked.assessment, checked.alike) for paper, checked in told],
    )
