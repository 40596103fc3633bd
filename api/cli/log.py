"""`log look-ups`: who looked into which record, for an auditor."""

from argparse import Namespace
from typing import Any

from api.cli.output import OK, print_json, print_line, table
from api.schemas.look_ups import look_ups_of
from api.settings import Settings
from api.wiring import wire
from verification.workflow.trace import Trail, trace

LOCAL = "local"


def add_commands(commands: Any) -> None:
    """Hang in `log`."""
    top = commands.add_parser("log", help="nhật ký khai thác dữ liệu / who looked into the records")
    actions = top.add_subparsers(dest="action", required=True)
    look_ups = actions.add_parser("look-ups")
    asked = look_ups.add_mutually_exclusive_group(required=True)
    asked.add_argument("--record", default="", metavar="ID")
    asked.add_argument("--dossier", default="", metavar="CODE")
    asked.add_argument("--officer", default="", metavar="ID")
    look_ups.add_argument("--json", action="store_true")
    look_ups.set_defaults(run=run_look_ups)


def run_look_ups(settings: Settings, args: Namespace) -> int:
    """Everything about one record, dossier or officer, newest first."""
    wired = wire(settings)
    found = trace(wired.services, Trail(args.record, args.dossier, args.officer), actor=LOCAL)
    wired.close()
    if args.json:
        print_json(look_ups_of(found))
        return OK
    rows = [["lúc", "ai", "hồ sơ", "mục đích", "nguồn", "theo", "bản ghi", "mục", "mã yêu cầu", "trả lời"]]
    for line in found:
        at = line.at.isoformat(timespec="seconds")
        records, fields = ",".join(line.record_ids) or "–", ",".join(line.fields) or "–"
        asked = (line.request_code or "–", line.answer or "–")
        who = (line.officer, line.dossier, line.purpose)
        rows.append([at, *who, line.source, line.key, records, fields, *asked])
    for text in table(rows):
        print_line(text)
    return OK
