"""`specimens`: papers of invented people, their truth and matching records, into a folder."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from api.cli.output import OK, print_json, print_line
from api.settings import Settings
from verification.specimens import KINDS, Grade, write


def add_commands(commands: Any) -> None:
    """Hang in `specimens`."""
    command = commands.add_parser("specimens", help="giấy tờ MẪU để thử / specimen papers")
    command.add_argument("folder", metavar="DIR")
    command.add_argument("--kind", required=True, choices=KINDS)
    command.add_argument("--count", type=int, required=True)
    command.add_argument("--seed", type=int, required=True)
    command.add_argument("--grade", choices=[g.value for g in Grade], default=Grade.SCAN.value)
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_specimens)


def run_specimens(_settings: Settings, args: Namespace) -> int:
    """Draw and write."""
    folder = Path(args.folder)
    write(folder, kind=args.kind, count=args.count, seed=args.seed, grade=Grade(args.grade))
    if args.json:
        print_json({"folder": str(folder), "kind": args.kind, "count": args.count})
    else:
        print_line(f"{args.count} × {args.kind} → {folder}")
    return OK
