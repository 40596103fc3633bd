"""`bench sign`: one core in; how fast papers are signed and issued on it, beside plain pyHanko, out."""

import os
from argparse import ArgumentTypeError, Namespace
from pathlib import Path
from typing import Any

from api.cli.bench_reading.splice import spliced
from api.cli.bench_signing.measured import Counts, measure
from api.cli.bench_signing.report import document, markdown, rows
from api.cli.files import must_read
from api.cli.output import OK, SOME_FAILED, print_json, print_line, progress_done, table, tell
from api.settings import Settings

MARKERS = ("<!-- bench sign -->", "<!-- /bench sign -->")
_RECEIPTS, _DOCUMENTS, _ISSUED = 10_000, 400, 100


def add_command(benches: Any) -> None:
    """Hang in `bench sign`."""
    command = benches.add_parser(
        "sign", help="ký và cấp nhanh đến đâu / how fast papers are signed and issued"
    )
    for name, default, help_ in (
        ("--receipts", _RECEIPTS, "phiếu vẽ, ký và lưu / receipts rendered, signed, stored"),
        ("--documents", _DOCUMENTS, "tệp ký bằng mỗi loại khóa / PDFs signed with each kind of key"),
        ("--issued", _ISSUED, "phiếu được cấp qua hàng đợi / receipts issued by the job engine"),
    ):
        command.add_argument(name, type=_number, default=default, metavar="N", help=help_)
    shown = command.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true")
    shown.add_argument("--into", metavar="FILE", help=f"thay giữa / replace between {' '.join(MARKERS)}")
    command.set_defaults(bench=run_bench_sign)


def run_bench_sign(settings: Settings, args: Namespace) -> int:
    """Measure, then tell."""
    page = must_read(args.into).decode("utf-8") if args.into else None
    if page is not None and spliced(page, "", MARKERS) is None:
        tell(
            f"Tệp thiếu hai dòng {MARKERS[0]} và {MARKERS[1]}. / "
            f"Put the lines {MARKERS[0]} and {MARKERS[1]} where the table is to stand."
        )
        return SOME_FAILED
    measured = measure(settings, Counts(args.receipts, args.documents, args.issued))
    progress_done()
    if args.json:
        print_json({"bench": "sign", **document(measured)})
    elif page is not None:
        new = spliced(page, markdown(measured, _title(args, measured.cores)), MARKERS)
        Path(args.into).write_text(new or page, encoding="utf-8")
    else:
        for line in table(rows(measured)):
            print_line(line)
    return OK


def _title(args: Namespace, cores: int | None) -> str:
    held = "one core" if cores == 1 else f"{os.cpu_count()} cores"
    return (
        f"`chungthuc bench sign` on {held}: {args.documents:,} prepared PDFs a kind of key, "
        f"{args.receipts:,} receipts, {args.issued:,} of them issued each way; ✗ where a goal is missed."
    )


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text}: a whole number of at least 1 is wanted")
    return int(text)
