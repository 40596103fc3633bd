"""`register list|export|verify`: the numbered book."""

import csv
import sys
from argparse import Namespace
from typing import Any

from api.cli.output import OK, SOME_FAILED, print_json, print_line, table, tell
from api.settings import Settings
from api.wiring import Wired, now, wire
from verification.register import RegisterEntry, Series
from verification.workflow.verify_register import verify_register

_SERIES = {"copies": Series.COPIES, "receipts": Series.RECEIPTS}
COLUMNS = (
    "Số chứng thực",
    "Ngày, tháng, năm chứng thực",
    "Họ tên người yêu cầu chứng thực",
    "Tên bản chính giấy tờ, văn bản",
    "Họ tên, chức danh người ký chứng thực",
    "Số bản sao đã được chứng thực",
    "Lệ phí/Phí chứng thực",
    "Ghi chú",
)
"""The eight columns of the book (TT 01/2020/TT-BTP; domain.md 1.2)."""


def add_commands(commands: Any) -> None:
    """Hang in `register`."""
    top = commands.add_parser("register", help="sổ chứng thực / the book")
    actions = top.add_subparsers(dest="action", required=True)
    for name, run in (("list", run_list), ("export", run_export), ("verify", run_verify)):
        action = actions.add_parser(name)
        action.add_argument("--json", action="store_true")
        action.set_defaults(run=run)
        if name != "verify":
            action.add_argument("--year", type=int, default=now().year)
            action.add_argument("--series", choices=_SERIES, default="copies")


def run_list(settings: Settings, args: Namespace) -> int:
    """Every line of a year."""
    wired = wire(settings)
    entries = _entries(wired, args)
    wired.close()
    if args.json:
        print_json({"entries": [_entry_json(e) for e in entries]})
        return OK
    rows = [["số", "quyển", "trạng thái", "giấy tờ", "người yêu cầu"]]
    rows += [[e.label, e.book, e.state.value, e.line.title, e.line.requester] for e in entries]
    for line in table(rows):
        print_line(line)
    return OK


def run_export(settings: Settings, args: Namespace) -> int:
    """The eight columns as CSV (or JSON), for the auditor."""
    wired = wire(settings)
    entries = _entries(wired, args)
    wired.close()
    rows = [_columns(e) for e in entries]
    if args.json:
        print_json({"columns": COLUMNS, "rows": rows})
        return OK
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return OK


def run_verify(settings: Settings, args: Namespace) -> int:
    """Proves that no line was lost, changed or re-used."""
    wired = wire(settings)
    found = verify_register(wired.services)
    wired.close()
    if args.json:
        print_json({"lines": found.lines, "faults": [list(f) for f in found.faults]})
    else:
        print_line(f"{found.lines} dòng, {len(found.faults)} lỗi")
        for code, what in found.faults:
            tell(f"  {code}: {what}")
    return SOME_FAILED if found.faults else OK


def _entries(wired: Wired, args: Namespace) -> tuple[RegisterEntry, ...]:
    with wired.database.transaction() as tx:
        return tx.register.entries(_SERIES[args.series], args.year)


def _entry_json(entry: RegisterEntry) -> dict[str, Any]:
    return {
        "number": entry.label,
        "book": entry.book,
        "state": entry.state.value,
        "held_at": entry.held_at.isoformat(),
        "closed_at": entry.closed_at.isoformat() if entry.closed_at else None,
        "requester": entry.line.requester,
        "title": entry.line.title,
        "signer": entry.line.signer,
        "copies": entry.line.copies,
        "fee": entry.line.fee,
        "note": entry.line.note,
        "reason": entry.reason,
        "document": entry.document,
    }


def _columns(entry: RegisterEntry) -> list[str]:
    cancelled = f"ĐÃ HỦY: {entry.reason}" if entry.reason else ""
    return [
        entry.label,
        entry.held_at.strftime("%d/%m/%Y"),
        entry.line.requester,
        entry.line.title,
        ", ".join((entry.line.signer, *entry.line.capacity)),
        str(entry.line.copies),
        str(entry.line.fee),
        "; ".join(part for part in (entry.line.note, cancelled) if part),
    ]
