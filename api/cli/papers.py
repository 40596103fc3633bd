"""`text`, `read` and `check`: files in, lines, fields or assessments out."""

import hashlib
import time
from argparse import Namespace
from dataclasses import dataclass
from typing import Any

from api.cli.files import read_given
from api.cli.output import OK, SOME_FAILED, print_json, print_line, progress, progress_done, tell
from api.schemas.messages import MessageJson, message_of
from api.schemas.reading import ReadFileJson, ReadJson, TextFileJson, TextJson, page_of, paper_of, text_page
from api.schemas.validation import validated_file
from api.settings import Settings
from api.wiring import wire
from ocr.errors import OcrError
from ocr.intake import take_in
from ocr.model import Document
from verification.assessment import Assessment
from verification.extraction import Extraction
from verification.services import Services
from verification.workflow.check import ReadFile, cross_check, joined, read_file
from verification.workflow.inquire import Purpose


def add_commands(commands: Any) -> None:
    """Hang in `text`, `read`, `check`."""
    for name, run, words in (
        ("text", run_text, "trang thành dòng chữ / pages to lines"),
        ("read", run_read, "giấy tờ thành loại và trường / papers to kinds and fields"),
        ("check", run_check, "đọc rồi đối chiếu dữ liệu / read, then compare with the records"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("files", nargs="+", metavar="FILE")
        command.add_argument("--json", action="store_true")
        command.set_defaults(run=run)
        if name == "check":
            command.add_argument("--officer", default="local", metavar="ID")
            command.add_argument("--dossier", default="-", metavar="CODE")
            command.add_argument("--purpose", default="command line", metavar="TEXT")


@dataclass(frozen=True, slots=True)
class _Taken:
    """One named file: read, or refused with a message."""

    name: str
    sha256: str
    seconds: float
    media_type: str | None
    read: ReadFile | None
    error: MessageJson | None


def run_text(settings: Settings, args: Namespace) -> int:
    """Pages to lines with boxes."""
    wired = wire(settings)
    files = []
    for name in args.files:
        progress(f"{name} …")
        given = read_given(name)
        if given.content is None:
            files.append(TextFileJson(file=name, error=given.error, pages=[]))
            continue
        try:
            reading = wired.services.papers.read(take_in(given.content, settings.limits))
        except OcrError as error:
            files.append(TextFileJson(file=name, error=message_of(error), pages=[]))
            continue
        files.append(TextFileJson(file=name, error=None, pages=[text_page(p) for p in reading.pages]))
    progress_done()
    wired.close()
    _print_text(TextJson(files=files), as_json=args.json)
    return SOME_FAILED if any(f.error for f in files) else OK


def run_read(settings: Settings, args: Namespace) -> int:
    """Papers to kinds and fields."""
    wired = wire(settings)
    taken = _take_all(wired.services, args.files)
    wired.close()
    return _answer([_file_json(t, [paper_of(p) for p in _papers(t)]) for t in taken], as_json=args.json)


def run_check(settings: Settings, args: Namespace) -> int:
    """Read, then compare with the records; who asks and why is logged."""
    wired = wire(settings)
    taken = _take_all(wired.services, args.files)
    assessed = _assessed(wired.services, taken, Purpose(args.officer, args.dossier, args.purpose))
    wired.close()
    files = [_file_json(t, [paper_of(p, assessed.get(id(p))) for p in _papers(t)]) for t in taken]
    return _answer(files, as_json=args.json)


def _take_all(services: Services, names: list[str]) -> list[_Taken]:
    taken = []
    for name in names:
        progress(f"{name} …")
        taken.append(_take(services, name))
    progress_done()
    read = iter(joined(services, [t.read for t in taken if t.read]))
    return [_with(t, next(read)) if t.read else t for t in taken]


def _with(taken: _Taken, read: ReadFile) -> _Taken:
    return _Taken(taken.name, taken.sha256, taken.seconds, taken.media_type, read, None)


def _take(services: Services, name: str) -> _Taken:
    began = time.perf_counter()
    given = read_given(name)
    digest = hashlib.sha256(given.content or b"").hexdigest() if given.content is not None else ""
    document: Document | None = None
    try:
        if given.content is None:
            return _Taken(name, digest, 0.0, None, None, given.error)
        document = take_in(given.content, services.limits)
        read = read_file(services, document)
    except OcrError as error:
        media = document.media_type.value if document else None
        return _Taken(name, digest, time.perf_counter() - began, media, None, message_of(error))
    return _Taken(name, digest, time.perf_counter() - began, document.media_type.value, read, None)


def _papers(taken: _Taken) -> tuple[Extraction, ...]:
    return taken.read.papers if taken.read else ()


def _assessed(services: Services, taken: list[_Taken], purpose: Purpose) -> dict[int, Assessment]:
    read = [t.read for t in taken if t.read]
    checked = cross_check(services, read, purpose)
    return {id(paper): c.assessment for c in checked for _, paper in c.sides}


def _file_json(taken: _Taken, papers: list[Any]) -> ReadFileJson:
    read = taken.read
    report = read.signatures if read else None
    return ReadFileJson(
        file=taken.name,
        sha256=taken.sha256,
        media_type=taken.media_type,
        seconds=round(taken.seconds, 3),
        error=taken.error,
        signatures=validated_file(taken.name, taken.sha256, report, None) if report else None,
        pages=[page_of(p.page) for p in read.reading.pages] if read else [],
        documents=papers,
    )


def _answer(files: list[ReadFileJson], *, as_json: bool) -> int:
    if as_json:
        print_json(ReadJson(files=files))
    else:
        for file in files:
            _print_file(file)
    return SOME_FAILED if any(f.error for f in files) else OK


def _print_file(file: ReadFileJson) -> None:
    print_line(f"{file.file}  ({file.seconds:.1f} s)")
    if file.error:
        tell(f"  {file.error.message_vi} / {file.error.message_en} [{file.error.code}]")
    for paper in file.documents:
        print_line(f"  {paper.kind}{'' if paper.sure else ' (?)'}")
        for name, field in paper.fields.items():
            print_line(f"    {'✓' if field.sure else '?'} {name}: {field.value or ''}")
        for warning in paper.warnings:
            print_line(f"    ! {warning.message_vi}")
        if paper.assessment:
            print_line(f"    → {paper.assessment.outcome}")
            for reason in paper.assessment.reasons:
                print_line(f"      {reason.message_vi}")


def _print_text(answer: TextJson, *, as_json: bool) -> None:
    if as_json:
        print_json(answer)
        return
    for file in answer.files:
        print_line(file.file)
        if file.error:
            tell(f"  {file.error.message_vi} / {file.error.message_en} [{file.error.code}]")
        for page in file.pages:
            for line in page.lines:
                print_line(f"  {line.text}")
