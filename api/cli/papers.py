"""`look`, `text`, `read` and `check`: files in, faults of pictures, lines, fields or assessments out."""

from argparse import Namespace
from typing import Any

from api.cli.files import read_given
from api.cli.output import OK, SOME_FAILED, print_json, print_line, progress, progress_done, tell
from api.reading import look_at_files, read_files
from api.schemas.messages import message_of
from api.schemas.reading import (
    ComparisonJson,
    LookedFileJson,
    ReadFileJson,
    TextFileJson,
    TextJson,
    text_page,
)
from api.settings import Settings
from api.web.differences import cut
from api.wiring import wire
from ocr.errors import OcrError
from verification.agreement import Agreement
from verification.differing import Span
from verification.normalise import nfc
from verification.workflow.inquire import Purpose


def add_commands(commands: Any) -> None:
    """Hang in `look`, `text`, `read`, `check`."""
    for name, run, words in (
        ("look", run_look, "xem ảnh có đủ rõ không / is the picture good enough"),
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
            command.add_argument(
                "--procedure", default="", metavar="CODE", help="mã thủ tục; mặc định: bất kỳ / default: any"
            )


def run_look(settings: Settings, args: Namespace) -> int:
    """What is wrong with the pictures, before anything is read."""
    wired = wire(settings)
    answer = look_at_files(wired.services, (read_given(name) for name in args.files))
    wired.close()
    if args.json:
        print_json(answer)
    else:
        for file in answer.files:
            _print_looked(file)
    return OK if all(file.good for file in answer.files) else SOME_FAILED


def _print_looked(file: LookedFileJson) -> None:
    print_line(f"{file.file}: {'ảnh đủ rõ / good' if file.good else 'cần chụp lại / take it again'}")
    if file.error:
        tell(f"  {file.error.message_vi} / {file.error.message_en} [{file.error.code}]")
    for warning in (warning for page in file.pages for warning in page.warnings):
        print_line(f"  ! {warning.message_vi} / {warning.message_en}")


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
            document = wired.services.take_in(given.content, settings.limits)
            reading = wired.services.papers.read(document, both=False)
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
    return _answer(settings, args, None, "")


def run_check(settings: Settings, args: Namespace) -> int:
    """Read, then compare with the records; who asks and why is logged."""
    return _answer(settings, args, Purpose(args.officer, args.dossier, args.purpose), args.procedure)


def _answer(settings: Settings, args: Namespace, purpose: Purpose | None, procedure: str) -> int:
    wired = wire(settings)
    given = (read_given(name) for name in args.files)
    answer = read_files(
        wired.services,
        given,
        purpose=purpose,
        procedure=procedure,
        on_file=lambda name: progress(f"{name} …"),
    )
    progress_done()
    wired.close()
    if args.json:
        print_json(answer)
    else:
        for file in answer.files:
            _print_file(file)
    return SOME_FAILED if any(f.error for f in answer.files) else OK


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
                if reason.legal_basis:
                    print_line(f"        ({reason.legal_basis})")
            for compared in paper.assessment.comparisons:
                _print_compared(compared)


def _print_compared(compared: ComparisonJson) -> None:
    """What does not agree as it stands: both values, with what differs between brackets."""
    if compared.agreement == Agreement.EXACT or compared.paper is None or compared.record is None:
        return
    rule = f" ({compared.rule})" if compared.rule else ""
    print_line(f"      ≠ {compared.field}: {compared.agreement}{rule}")
    for words, text, spans in (
        ("giấy / paper", compared.paper, compared.differs.paper),
        ("dữ liệu / record", compared.record, compared.differs.record),
    ):
        print_line(f"        {words}: {_marked(text, tuple(spans))}")


def _marked(text: str, spans: tuple[Span, ...]) -> str:
    return "".join(f"[{p.text}]" if p.differs else p.text for p in cut(nfc(text), spans))


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
