"""`bench pipeline|read`: the README's figures, beside what a user would pick instead, in one run.

Everything runs in a home of its own that is removed afterwards; papers come from the seeds kept apart for
published figures.
"""

import os
import tempfile
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from api.cli.bench_pipeline import bench_pipeline
from api.cli.bench_read import bench_read
from api.cli.output import OK, print_json, print_line, table
from api.settings import Settings

Bench = Callable[[Settings, int], list[dict[str, Any]]]
_BENCHES: dict[str, tuple[Bench, int]] = {"pipeline": (bench_pipeline, 9), "read": (bench_read, 6)}


def add_commands(commands: Any) -> None:
    """Hang in `bench`."""
    command = commands.add_parser("bench", help="đo tốc độ và độ chính xác / measure")
    command.add_argument("what", choices=_BENCHES)
    command.add_argument("--count", type=int, metavar="N", help="số giấy tờ mỗi loại")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_bench)


def run_bench(settings: Settings, args: Namespace) -> int:
    """Measure and print one table."""
    bench, count = _BENCHES[args.what]
    with tempfile.TemporaryDirectory(prefix="chungthuc-bench-") as home:
        own = replace(
            settings,
            home=Path(home),
            database_url=f"sqlite:///{Path(home) / 'chungthuc.db'}",
            bucket=None,
        )
        rows = bench(own, args.count or count)
    if args.json:
        print_json({"bench": args.what, "cores": os.cpu_count(), "rows": rows})
        return OK
    head = list(rows[0])
    for line in table([head, *([str(row.get(h, "")) for h in head] for row in rows)]):
        print_line(line)
    return OK
