"""`records drift`: what was issued or waits and has lost its record."""

from argparse import Namespace
from typing import Any

from api.cli.output import OK, print_json, print_line, table
from api.schemas.drift import DriftJson, drift_line
from api.settings import Settings
from api.wiring import wire
from verification.drift import DriftState
from verification.workflow.settle_drift import EVERY_STATE, work_list

_MOST = 500


def add_command(actions: Any) -> None:
    """Hang in `drift` beside the other commands of `records`."""
    drift = actions.add_parser("drift", help="văn bản có dữ liệu gốc đã thay đổi / what lost its record")
    drift.add_argument("--all", action="store_true", help="cả những dòng đã xử lý / done lines as well")
    drift.set_defaults(run=run_drift)


def run_drift(settings: Settings, args: Namespace) -> int:
    """The work list, newest first. An officer settles its lines on the page or over HTTP."""
    wired = wire(settings)
    items = work_list(wired.services, states=EVERY_STATE if args.all else (DriftState.OPEN,), limit=_MOST)
    with wired.database.reading() as tx:
        waiting = tx.drift.open_lines()
    wired.close()
    found = DriftJson(open=waiting, lines=[drift_line(item) for item in items])
    if args.json:
        print_json(found)
        return OK
    rows = [["dòng", "hồ sơ", "văn bản", "tình trạng", "nguồn", "đã đổi", "xử lý"]]
    for line in found.lines:
        issued = line.issued
        lost = f"{line.what} {', '.join(line.fields)}".strip()
        number = f"{issued.number} {issued.book}" if issued else "-"
        standing = issued.standing if issued else "-"
        done = line.settled or ("lại khớp" if line.answers_again else line.state)
        rows.append([str(line.id), line.dossier, number, standing, line.source, lost, done])
    for text in table(rows):
        print_line(text)
    return OK
