"""`demanders`: which organisations still demand copies that nobody needs."""

import sys
from argparse import ArgumentTypeError, Namespace
from datetime import date
from typing import Any

from api.cli.days import day
from api.cli.output import OK, USAGE, print_json, print_line, table, tell
from api.routes.showing.people_data import CSV_COLUMNS, demander_rows, demanders_csv
from api.schemas.people_data import demanders_json
from api.settings import Settings
from api.web.writing import VIETNAM
from api.wiring import now, wire
from verification.workflow.count_demands import Period, count_demands, month_of


def add_commands(commands: Any) -> None:
    """Hang in `demanders`."""
    top = commands.add_parser("demanders", help="nơi còn yêu cầu bản sao / who still demands copies")
    top.add_argument("--month", type=month, metavar="YYYY-MM", help="mặc định: tháng này / default: this one")
    top.add_argument("--from", dest="first", type=day, metavar="YYYY-MM-DD")
    top.add_argument("--to", dest="last", type=day, metavar="YYYY-MM-DD")
    shape = top.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true")
    shape.add_argument("--csv", action="store_true")
    top.set_defaults(run=run_demanders)


def month(text: str) -> Period:
    """`2026-11`: the whole month."""
    try:
        return month_of(date.fromisoformat(f"{text}-01"))
    except ValueError as error:
        raise ArgumentTypeError("YYYY-MM, 2026-11") from error


def run_demanders(settings: Settings, args: Namespace) -> int:
    """The register of a month, or of the days named."""
    period = args.month or month_of(now().astimezone(VIETNAM).date())
    period = Period(args.first or period.first, args.last or period.last)
    if args.month and (args.first or args.last):
        tell("--month hoặc --from và --to / --month, or --from and --to")
        return USAGE
    if period.last < period.first:
        tell("--to trước --from / --to lies before --from")
        return USAGE
    wired = wire(settings)
    found = count_demands(wired.services, period)
    wired.close()
    if args.json:
        print_json(demanders_json(found, first=period.first.isoformat(), last=period.last.isoformat()))
    elif args.csv:
        sys.stdout.write(demanders_csv(wired.services, found))
    else:
        rows = [
            [r.organisation, r.kind.vi, r.copies, r.receipts, r.first, r.last]
            for r in demander_rows(wired.services, found)
        ]
        for line in table([list(CSV_COLUMNS[:6]), *rows]):
            print_line(line)
    return OK
