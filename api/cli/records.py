"""`records import|status`: deliveries of the synchronised databases, and how old our copies are."""

import time
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.cli.asked_sources import pull_document, pull_line
from api.cli.files import must_exist
from api.cli.output import OK, SOME_FAILED, print_json, print_line, table, tell
from api.record_files import opened, rows_of
from api.record_folder import Arrived, loaded_document, take_arrived
from api.settings import Settings
from api.wiring import now, wire
from verification.errors import NotFoundError
from verification.source import Change
from verification.workflow.synchronise import Delivery, Loaded, rehearse, synchronise

_CHANGES = {
    Change.NEW: "mới",
    Change.CHANGED: "thay đổi",
    Change.GONE: "đã xóa",
    Change.UNCHANGED: "như cũ",
    Change.OLDER: "cũ hơn bản đang có",
    Change.CONFLICTING: "mâu thuẫn",
}


def add_commands(commands: Any) -> None:
    """Hang in `records`."""
    top = commands.add_parser("records", help="dữ liệu đồng bộ / synchronised records")
    actions = top.add_subparsers(dest="action", required=True)
    load = actions.add_parser("import", help="nạp NDJSON hoặc CSV, cả .gz")
    load.add_argument("file", metavar="FILE")
    load.add_argument("--source", required=True, metavar="NAME")
    load.add_argument("--as-of", type=_moment, metavar="TIME", help="ISO 8601; mặc định là bây giờ")
    load.add_argument("--dry-run", action="store_true", help="chỉ đếm, không thay đổi gì / only count")
    load.set_defaults(run=run_import)
    watch = actions.add_parser("watch", help="nạp các tệp được đưa vào một thư mục / load what arrives")
    watch.add_argument("folder", metavar="DIR", type=Path)
    watch.add_argument("--source", required=True, metavar="NAME")
    watch.add_argument("--once", action="store_true", help="nạp những tệp đang có rồi dừng")
    watch.add_argument("--every", type=float, default=60.0, metavar="SECONDS")
    watch.set_defaults(run=run_watch)
    status = actions.add_parser("status", help="tuổi và số bản ghi của từng nguồn")
    status.set_defaults(run=run_status)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def run_import(settings: Settings, args: Namespace) -> int:
    """Good rows are kept, rejected and conflicting ones are listed."""
    must_exist(args.file)
    wired = wire(settings)
    delivery = Delivery(args.source, args.as_of or now(), "local")
    with opened(Path(args.file)) as stream:
        put_in = rehearse if args.dry_run else synchronise
        loaded = put_in(wired.services, rows_of(stream, args.file), delivery)
    wired.close()
    _print_loaded(loaded, dry_run=args.dry_run, as_json=args.json)
    return SOME_FAILED if loaded.rejected or loaded.tally.conflicts else OK


def run_watch(settings: Settings, args: Namespace) -> int:
    """Takes what arrives until it is stopped; with `--once` what is there."""
    if not args.folder.is_dir():
        raise NotFoundError
    wired = wire(settings)
    taken: list[Arrived] = []
    while True:
        for arrived in take_arrived(wired.services, args.folder, args.source):
            tell(f"{arrived.path.parent.name}: {arrived.path.name}")
            taken.append(arrived)
        if args.once:
            break
        taken.clear()
        time.sleep(args.every)
    wired.close()
    if args.json:
        files = [{"file": a.path.name, "folder": a.path.parent.name} for a in taken]
        print_json({"files": files})
    clean = all(a.loaded and not a.loaded.rejected and not a.loaded.tally.conflicts for a in taken)
    return OK if clean else SOME_FAILED


def run_status(settings: Settings, args: Namespace) -> int:
    """Snapshot, age and count of every source."""
    wired = wire(settings)
    with wired.database.transaction() as tx:
        found = [(source, tx.sources.snapshot(source.name)) for source in wired.services.sources]
    wired.close()
    rows = [
        {
            "source": source.name,
            "sequence": snapshot.sequence if snapshot else None,
            "as_of": snapshot.as_of.isoformat() if snapshot else None,
            "records": snapshot.records if snapshot else 0,
            "fresh": bool(snapshot and now() - snapshot.as_of <= source.fresh_for),
            "pull": pull_document(wired.services, source.name),
        }
        for source, snapshot in found
    ]
    if args.json:
        print_json({"sources": rows})
    else:
        head = ["source", "sequence", "as_of", "records", "fresh"]
        for line in table([head, *([str(row[h]) for h in head] for row in rows)]):
            print_line(line)
        for source, _ in found:
            if told := pull_document(wired.services, source.name):
                print_line(f"{source.name}: {pull_line(told)}")
    return OK


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _print_loaded(loaded: Loaded, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        print_json({**loaded_document(loaded), "dry_run": dry_run})
        return
    done = "dòng sẽ được nạp" if dry_run else "dòng được nạp"
    print_line(f"{loaded.snapshot.source}: {loaded.accepted} {done}, {len(loaded.rejected)} dòng bị loại")
    print_line(", ".join(f"{_CHANGES[change]}: {count}" for change, count in loaded.tally.counts.items()))
    for line in loaded.tally.conflicts:
        tell(f"  dòng {line}: mâu thuẫn với một dòng khác cùng thời điểm")
    for row in loaded.rejected:
        tell(f"  dòng {row.line}: {row.detail}")
