"""`bench match`: millions of invented people in; how fast they load and answer, on each database, out."""

import os
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from api.cli.bench_matching.loading import raw_postgres, raw_sqlite
from api.cli.bench_matching.measured import Measured, measure
from api.cli.bench_matching.people import BenchPeople
from api.cli.bench_matching.report import document, markdown, rows
from api.cli.bench_matching.servers import SETTINGS, postgres, postgres_programs
from api.cli.bench_reading.splice import spliced
from api.cli.files import must_read
from api.cli.output import OK, SOME_FAILED, print_json, print_line, progress_done, table, tell
from api.settings import Settings

MARKERS = ("<!-- bench match -->", "<!-- /bench match -->")
_DATABASES = ("sqlite", "postgres")
_PEOPLE = 5_000_000


def add_command(benches: Any) -> None:
    """Hang in `bench match`."""
    command = benches.add_parser(
        "match", help="nạp và tra cứu nhanh đến đâu / how fast records load and answer"
    )
    command.add_argument("--people", type=_number, default=_PEOPLE, metavar="N", help="số người / people")
    command.add_argument(
        "--databases", type=_databases, default=_DATABASES, metavar="D,D", help=",".join(_DATABASES)
    )
    shown = command.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true")
    shown.add_argument("--into", metavar="FILE", help=f"thay giữa / replace between {' '.join(MARKERS)}")
    command.set_defaults(bench=run_bench_match)


def run_bench_match(settings: Settings, args: Namespace) -> int:
    """Measure each database in turn, then tell."""
    page = must_read(args.into).decode("utf-8") if args.into else None
    if page is not None and spliced(page, "", MARKERS) is None:
        tell(
            f"Tệp thiếu hai dòng {MARKERS[0]} và {MARKERS[1]}. / "
            f"Put the lines {MARKERS[0]} and {MARKERS[1]} where the table is to stand."
        )
        return SOME_FAILED
    measured = list(_measured(settings, args))
    progress_done()
    if not measured:
        return SOME_FAILED
    if args.json:
        print_json({"bench": "match", "cores": os.cpu_count(), "databases": document(measured)})
    elif page is not None:
        new = spliced(page, markdown(measured, _title(args)), MARKERS)
        Path(args.into).write_text(new or page, encoding="utf-8")
    else:
        for line in table(rows(measured)):
            print_line(line)
    return OK


def _measured(settings: Settings, args: Namespace) -> Iterator[Measured]:
    people = BenchPeople(args.people)
    if "sqlite" in args.databases:
        home = settings.home / "SQLite"
        own = replace(settings, database_url=f"sqlite:///{home / 'chungthuc.db'}")
        yield measure(own, people, partial(raw_sqlite, home / "chungthuc.db"))
        for file in home.glob("chungthuc.db*"):
            file.unlink()
    programs = postgres_programs()
    if "postgres" in args.databases and programs is None:
        tell("Máy này không có PostgreSQL, chưa đo. / PostgreSQL is not installed here and was not measured.")
    elif "postgres" in args.databases and programs:
        with postgres(programs, settings.home / "server") as url:
            yield measure(replace(settings, database_url=url), people, partial(raw_postgres, url))


def _title(args: Namespace) -> str:
    return (
        f"`chungthuc bench match`, {args.people:,} invented people of one source, {os.cpu_count()} cores; "
        f"✗ where a goal is missed. PostgreSQL with {' and '.join(f'`{s}`' for s in SETTINGS)}."
    )


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text}: a whole number of at least 1 is wanted")
    return int(text)


def _databases(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(text.split(",")))
    if unknown := [name for name in names if name not in _DATABASES]:
        raise ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(_DATABASES)}")
    return names
