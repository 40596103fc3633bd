"""`bench pipeline|read|match|sign`: the README's figures, beside what a user would pick instead, in one run.

Everything runs in a home of its own that is removed afterwards; papers come from the seeds kept apart for
published figures.
"""

import os
import tempfile
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Any

from api.cli import bench_match, bench_read, bench_sign
from api.cli.bench_pipeline import bench_pipeline
from api.cli.output import OK, print_json, print_line, table
from api.settings import Settings


def add_commands(commands: Any) -> None:
    """Hang in `bench`."""
    command = commands.add_parser("bench", help="đo tốc độ và độ chính xác / measure")
    command.set_defaults(run=run_bench)
    benches = command.add_subparsers(dest="what", required=True)
    pipeline = benches.add_parser("pipeline", help="thời gian từng bước / seconds of every step")
    pipeline.add_argument("--count", type=int, default=9, metavar="N", help="số giấy tờ / papers")
    pipeline.add_argument("--json", action="store_true")
    pipeline.set_defaults(bench=run_pipeline)
    bench_read.add_command(benches)
    bench_match.add_command(benches)
    bench_sign.add_command(benches)


def run_bench(settings: Settings, args: Namespace) -> int:
    """Measure, in a home that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="chungthuc-bench-") as home:
        own = replace(
            settings,
            home=Path(home),
            database_url=f"sqlite:///{Path(home) / 'chungthuc.db'}",
            bucket=None,
            keys=None,
            time_services=(),
        )
        return int(args.bench(own, args))


def run_pipeline(settings: Settings, args: Namespace) -> int:
    """One table."""
    rows = bench_pipeline(settings, args.count)
    if args.json:
        print_json({"bench": args.what, "cores": os.cpu_count(), "rows": rows})
        return OK
    head = list(rows[0])
    for line in table([head, *([str(row.get(h, "")) for h in head] for row in rows)]):
        print_line(line)
    return OK
