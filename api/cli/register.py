"""`register …`, the numbered book and what an administrator does to it: arguments in, lines and files out."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from api.book_export import (
    COLUMNS,
    Export,
    book_pdf,
    cells,
    close_of_year,
    close_pdf,
    csv_lines,
    notes_of,
    totals_said,
)
from api.book_words import NAMES, TITLES, reason_words
from api.cli.files import not_opened
from api.cli.output import (
    OK,
    SOME_FAILED,
    USAGE,
    print_json,
    print_line,
    progress,
    progress_done,
    table,
    tell,
)
from api.schemas.register import book_of, close_of, entry_of
from api.settings import Settings
from api.web.writing import VIETNAM, moment
from api.wiring import Wired, now, wire
from verification.register import EntryId, EntryState, LinesWanted, Series, YearClose
from verification.register_faults import FAULTS
from verification.workflow.cancel_held import cancel_held, held_too_long
from verification.workflow.close_year import close_year
from verification.workflow.open_book import FirstBook, next_book, open_first_book
from verification.workflow.verify_register import verify_register

LOCAL = "local"
"""Who did it, where somebody at the machine did."""
_EVERY = 500
"""How often the proof says how far it is."""


def add_commands(commands: Any) -> None:
    """Hang in `register`."""
    top = commands.add_parser("register", help="sổ chứng thực / the book")
    actions = top.add_subparsers(dest="action", required=True)
    _add_looking(actions)
    _add_keeping(actions)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def _add_looking(actions: Any) -> None:
    listed = actions.add_parser("list", help="các dòng của một năm / the lines of a year")
    listed.set_defaults(run=run_list)
    export = actions.add_parser("export", help="tám cột của sổ: CSV hoặc PDF / the eight columns")
    export.add_argument("--pdf", type=Path, metavar="FILE", help="tệp PDF thay cho CSV / a PDF, not CSV")
    export.add_argument(
        "--confirmation", action="store_true", help="chỉ xác nhận khóa sổ, cùng --pdf / of the close alone"
    )
    export.set_defaults(run=run_export)
    for action in (listed, export):
        _add_book(action)
        action.add_argument("--book", metavar="SIGN", help="chỉ một quyển, ví dụ 01/2026-SCTĐT/BS")
        action.add_argument("--month", type=int, choices=range(1, 13), metavar="1-12")
        action.add_argument("--state", choices=[state.value for state in EntryState])
    actions.add_parser("verify", help="chứng minh sổ nguyên vẹn / prove the book").set_defaults(
        run=run_verify
    )
    actions.add_parser("held", help="số giữ quá lâu / numbers held too long").set_defaults(run=run_held)


def _add_keeping(actions: Any) -> None:
    first = actions.add_parser("open", help="mở quyển đầu tiên từ một số / begin at a number")
    first.add_argument("--first", type=int, default=1, metavar="N", help="số đầu tiên / the first number")
    first.add_argument("--ordinal", type=int, default=1, metavar="N", help="thứ tự quyển / which book it is")
    first.set_defaults(run=run_open)
    following = actions.add_parser("next-book", help="sang quyển mới / open the next book")
    following.set_defaults(run=run_next_book)
    close = actions.add_parser("close-year", help="khóa sổ của một năm / close the book of a year")
    close.add_argument("--ended", action="store_true", help="quyển cuối đã kết thúc dù năm chưa hết")
    close.set_defaults(run=run_close_year)
    for action in (first, following, close):
        _add_book(action)
    cancel = actions.add_parser("cancel", help="hủy một số giữ quá lâu / cancel a number held too long")
    cancel.add_argument("line", metavar="ID", help="mã dòng, xem `register held`")
    cancel.add_argument("--reason", required=True, help="lý do, ghi vào sổ / stays in the book")
    cancel.set_defaults(run=run_cancel)


def _add_book(action: ArgumentParser) -> None:
    action.add_argument("--year", type=int, default=now().astimezone(VIETNAM).year)
    action.add_argument("--series", choices=NAMES, help="mặc định: sổ của bản sao điện tử")


@contextmanager
def _wired(settings: Settings) -> Iterator[Wired]:
    wired = wire(settings)
    try:
        yield wired
    finally:
        wired.close()


def _series(settings: Settings, args: Namespace) -> Series:
    return NAMES[args.series] if args.series else settings.terms.copies


def _export(settings: Settings, args: Namespace) -> Export:
    state = EntryState(args.state) if args.state else None
    wanted = LinesWanted(book=args.book, month=args.month, state=state)
    return Export(_series(settings, args), args.year, wanted)


def run_list(settings: Settings, args: Namespace) -> int:
    """The lines of a year."""
    export = _export(settings, args)
    with _wired(settings) as wired, wired.database.reading() as tx:
        entries = tuple(tx.register.lines(export.series, export.year, export.wanted))
    if args.json:
        print_json({"entries": [entry_of(e).model_dump(mode="json") for e in entries]})
        return OK
    rows = [["số", "quyển", "trạng thái", "giấy tờ", "người yêu cầu", "lý do"]]
    rows += [
        [e.label, e.book, e.state.value, e.line.title, e.line.requester, _why(e.reason)] for e in entries
    ]
    for line in table(rows):
        print_line(line)
    return OK


def _why(reason: str | None) -> str:
    return reason_words(reason).vi if reason else ""


def run_export(settings: Settings, args: Namespace) -> int:
    """The eight columns as CSV, JSON or PDF, for the auditor."""
    if args.confirmation and not args.pdf:
        tell("--confirmation cần --pdf TỆP. / --confirmation needs --pdf FILE.")
        return USAGE
    export = _export(settings, args)
    with _wired(settings) as wired, wired.database.reading() as tx:
        if args.pdf:
            _write(args.pdf, _pdf(wired, tx, export, confirmation=args.confirmation))
        elif args.json:
            entries, notes = (
                tx.register.lines(export.series, export.year, export.wanted),
                notes_of(tx, export),
            )
            print_json({"columns": COLUMNS, "rows": [cells(e, notes) for e in entries]})
        else:
            entries = tx.register.lines(export.series, export.year, export.wanted)
            sys.stdout.writelines(csv_lines(entries, notes_of(tx, export)))
    if args.pdf and args.json:
        print_json({"file": str(args.pdf)})
    return OK


def _pdf(wired: Wired, tx: Any, export: Export, *, confirmation: bool) -> bytes:
    if not confirmation:
        return book_pdf(wired.services, tx, export)
    return close_pdf(wired.services, close_of_year(tx, export.series, export.year))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise not_opened(error) from error


def run_verify(settings: Settings, args: Namespace) -> int:
    """Proves that no line was lost, changed or re-used."""
    with _wired(settings) as wired:
        found = verify_register(wired.services, progress=_say)
    progress_done()
    if args.json:
        print_json(
            {"lines": found.lines, "faults": [[code, what, *FAULTS[code]] for code, what in found.faults]}
        )
    else:
        print_line(f"{found.lines} dòng, {len(found.faults)} lỗi")
        for code, what in found.faults:
            vi, en = FAULTS[code]
            tell(f"  {code}: {what}. {vi} / {en}")
    return SOME_FAILED if found.faults else OK


def _say(what: str, count: int) -> None:
    if count % _EVERY == 0:
        progress(f"{_LOOKED_AT[what]}: {count}")


_LOOKED_AT = {"trail": "nhật ký", "lines": "dòng", "documents": "tệp đã cấp"}


def run_held(settings: Settings, args: Namespace) -> int:
    """Numbers that are held for so long that something must have gone wrong."""
    with _wired(settings) as wired:
        held = held_too_long(wired.services)
    if args.json:
        print_json({"held": [{"id": e.id, **entry_of(e).model_dump(mode="json")} for e in held]})
        return OK
    rows = [["dòng", "số", "quyển", "giữ từ", "giấy tờ"]]
    rows += [[e.id, e.label, e.book, moment(e.held_at), e.paper_id] for e in held]
    for line in table(rows):
        print_line(line)
    return OK


def run_cancel(settings: Settings, args: Namespace) -> int:
    """The number stays in the book, cancelled with the reason."""
    with _wired(settings) as wired:
        entry = cancel_held(wired.services, EntryId(args.line), reason=args.reason, by=LOCAL)
    _answer(args, entry_of(entry).model_dump(mode="json"), f"Đã hủy số {entry.label}, {entry.book}")
    return OK


def run_open(settings: Settings, args: Namespace) -> int:
    """The year's first book begins where a book on paper ended."""
    wanted = FirstBook(_series(settings, args), args.year, args.ordinal, args.first)
    with _wired(settings) as wired:
        book = open_first_book(wired.services, wanted, by=LOCAL)
    _answer(args, book_of(book).model_dump(mode="json"), f"Đã mở quyển {book.sign}, từ số {book.first}")
    return OK


def run_next_book(settings: Settings, args: Namespace) -> int:
    """Numbers run on into the next book."""
    with _wired(settings) as wired:
        book = next_book(wired.services, _series(settings, args), args.year, by=LOCAL)
    _answer(args, book_of(book).model_dump(mode="json"), f"Đã mở quyển {book.sign}, từ số {book.first}")
    return OK


def run_close_year(settings: Settings, args: Namespace) -> int:
    """Lock and add up; for good."""
    series = _series(settings, args)
    with _wired(settings) as wired:
        close = close_year(wired.services, series, args.year, by=LOCAL, ended=args.ended)
    _answer(args, close_of(close).model_dump(mode="json"), _closed(close))
    return OK


def _closed(close: YearClose) -> str:
    said = (f"  {label}: {value}" for label, value in totals_said(close.totals))
    return "\n".join((f"Đã khóa {TITLES[close.series].vi} năm {close.year}", *said, f"  {close.digest}"))


def _answer(args: Namespace, document: dict[str, Any], words: str) -> None:
    if args.json:
        print_json(document)
    else:
        print_line(words)
