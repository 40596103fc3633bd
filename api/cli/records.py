"""`records import|watch|status|deliveries`: what is loaded of the databases, and how old it is."""

import time
from argparse import Namespace
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.cli import record_drift
from api.cli.asked_sources import pull_line
from api.cli.files import must_exist, not_opened
from api.cli.output import OK, SOME_FAILED, print_json, print_line, table, tell
from api.record_deliveries import HandedIn, hand_in
from api.record_files import record_file
from api.record_folder import Arrived, take_arrived
from api.record_reasons import reason_vi
from api.record_states import SourceState, source_states
from api.schemas.messages import message_of
from api.schemas.records import (
    DeliveriesJson,
    RecordsStatusJson,
    delivery_json,
    loaded_of,
    rejected_row,
    source_status,
)
from api.settings import Settings
from api.wiring import now, wire
from verification.delivery import DeliveryKind, Header, PastDelivery
from verification.errors import DeliveryUnreadableError, RecordRowError, UnknownSourceError
from verification.source import Change, RejectedRow, SourceName
from verification.source_profile import source_of
from verification.workflow.synchronise import Loaded

CHANGES = {
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
    _add_import(actions)
    watch = actions.add_parser("watch", help="nạp các tệp được đưa vào một thư mục / load what arrives")
    watch.add_argument("folder", metavar="DIR", type=Path)
    watch.add_argument("--source", required=True, metavar="NAME")
    watch.add_argument("--once", action="store_true", help="nạp những tệp đang có rồi dừng")
    watch.add_argument("--every", type=float, default=60.0, metavar="SECONDS")
    watch.set_defaults(run=run_watch)
    status = actions.add_parser("status", help="tuổi và số bản ghi của từng nguồn")
    status.set_defaults(run=run_status)
    history = actions.add_parser("deliveries", help="các lần nạp, mới nhất trước / what was loaded")
    history.add_argument("--source", metavar="NAME")
    history.add_argument("--limit", type=int, default=20, metavar="N")
    history.set_defaults(run=run_deliveries)
    record_drift.add_command(actions)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def _add_import(actions: Any) -> None:
    load = actions.add_parser("import", help="nạp NDJSON hoặc CSV, cả .gz")
    load.add_argument("file", metavar="FILE")
    load.add_argument("--source", required=True, metavar="NAME")
    load.add_argument("--as-of", type=_moment, metavar="TIME", help="ISO 8601; mặc định là bây giờ")
    load.add_argument("--sequence", type=_positive, metavar="N", help="số thứ tự do nguồn đặt")
    load.add_argument("--full", action="store_true", help="tệp nêu mọi bản ghi: xóa bản ghi không được nêu")
    load.add_argument("--allow-removals", action="store_true", help="cho phép xóa nhiều bản ghi")
    load.add_argument("--dry-run", action="store_true", help="chỉ đếm, không thay đổi gì / only count")
    load.set_defaults(run=run_import)


def run_import(settings: Settings, args: Namespace) -> int:
    """Good rows are kept, rejected and conflicting ones are listed."""
    must_exist(args.file)
    told = Header(sequence=args.sequence, kind=DeliveryKind.FULL if args.full else None, as_of=args.as_of)
    given = HandedIn(
        source=args.source,
        actor="local",
        as_of=now(),
        told=told,
        allow_removals=args.allow_removals,
        dry_run=args.dry_run,
    )
    wired = wire(settings)
    try:
        with record_file(Path(args.file)) as file:
            loaded = hand_in(wired.services, file, given)
    except DeliveryUnreadableError as error:
        return _unreadable(error, as_json=args.json)
    finally:
        wired.close()
    if args.json:
        print_json(loaded_of(loaded, dry_run=args.dry_run))
    else:
        _print_loaded(loaded, dry_run=args.dry_run)
    return SOME_FAILED if loaded.rejected or loaded.tally.conflicts else OK


def _unreadable(error: DeliveryUnreadableError, *, as_json: bool) -> int:
    """Nothing was loaded; the rows are listed as those of any other delivery."""
    tell(f"{error.message_vi}\n{error.message_en} [{error.code}]")
    rows = [RejectedRow(line, RecordRowError.code, detail) for line, detail in error.rejected]
    if as_json:
        listed = [rejected_row(row).model_dump(mode="json") for row in rows]
        print_json({"error": message_of(error).model_dump(exclude_none=True), "rejected": listed})
    else:
        _tell_rejected(rows)
    return SOME_FAILED


def run_watch(settings: Settings, args: Namespace) -> int:
    """Takes what arrives until it is stopped; with `--once` what is there."""
    if not args.folder.is_dir():
        raise not_opened(FileNotFoundError())
    wired = wire(settings)
    if source_of(args.source, wired.services.sources) is None:
        wired.close()
        raise UnknownSourceError
    taken: list[Arrived] = []
    told: set[Path] = set()
    try:
        while True:
            taken = list(_told(take_arrived(wired.services, args.folder, args.source), told))
            if args.once:
                break
            time.sleep(args.every)
    except OSError as error:
        raise not_opened(error) from error
    finally:
        wired.close()
    if args.json:
        print_json({"files": [{"file": a.path.name, "folder": _folder(a)} for a in taken]})
    return OK if all(a.clean for a in taken) else SOME_FAILED


def _told(arrived: Iterable[Arrived], told: set[Path]) -> Iterable[Arrived]:
    for file in arrived:
        if file.path not in told:
            tell(f"{_folder(file)}: {file.path.name}")
            if file.refused:
                tell(f"  {file.refused.message_vi}\n  {file.refused.message_en} [{file.refused.code}]")
        if file.waits:
            told.add(file.path)
        yield file


def _folder(arrived: Arrived) -> str:
    return "waiting" if arrived.waits else arrived.path.parent.name


def run_status(settings: Settings, args: Namespace) -> int:
    """Snapshot, age, announcement and last delivery of every source."""
    wired = wire(settings)
    with wired.database.reading() as tx:
        states = source_states(wired.services, tx)
    wired.close()
    if args.json:
        print_json(RecordsStatusJson(sources=[source_status(state) for state in states]))
        return OK
    head = [
        "nguồn",
        "lần nạp",
        "số của nguồn",
        "dữ liệu đến",
        "giờ",
        "giới hạn",
        "còn mới",
        "bản ghi",
        "công bố từ",
    ]
    for line in table([head, *(_status_line(state) for state in states)]):
        print_line(line)
    for asked in (state.pull for state in states if state.pull):
        print_line(pull_line(asked))
    return OK


def _status_line(state: SourceState) -> list[str]:
    status = source_status(state)
    cells = (
        status.source,
        status.sequence,
        status.delivery_sequence,
        status.as_of.isoformat(timespec="seconds") if status.as_of else None,
        status.age_hours,
        f"{status.limit_hours:g}",
        "có" if status.fresh else "không",
        status.records,
        status.published.since if status.published else None,
    )
    return ["-" if cell is None else str(cell) for cell in cells]


def run_deliveries(settings: Settings, args: Namespace) -> int:
    """What was loaded, the newest first. Raises UnknownSourceError."""
    wired = wire(settings)
    try:
        if args.source and source_of(args.source, wired.services.sources) is None:
            raise UnknownSourceError
        with wired.database.reading() as tx:
            source = SourceName(args.source) if args.source else None
            found = tx.deliveries.newest(source, limit=max(args.limit, 0))
    finally:
        wired.close()
    if args.json:
        print_json(DeliveriesJson(deliveries=[delivery_json(past) for past in found]))
        return OK
    head = ["lúc", "nguồn", "số", "loại", "dữ liệu đến", "nhận", "loại bỏ", "mâu thuẫn", "bởi"]
    for line in table([head, *(_delivery_line(past) for past in found)]):
        print_line(line)
    return OK


def _delivery_line(past: PastDelivery) -> list[str]:
    cells = (
        past.at.isoformat(timespec="seconds"),
        past.source,
        "-" if past.sequence is None else past.sequence,
        past.kind.value,
        past.as_of.isoformat(timespec="seconds"),
        past.accepted,
        past.rejected,
        past.counts.get(Change.CONFLICTING, 0),
        past.actor,
    )
    return [str(cell) for cell in cells]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) < 2**31:
        raise ValueError
    return int(text)


def _print_loaded(loaded: Loaded, *, dry_run: bool) -> None:
    source = loaded.snapshot.source
    if loaded.already:
        print_line(f"{source}: đã nạp trước đây, không làm gì thêm / taken already")
        return
    if loaded.empty:
        shown = loaded.snapshot.as_of.isoformat(timespec="seconds")
        print_line(f"{source}: tệp không có dòng nào, dữ liệu vẫn tính đến {shown} / no rows, nothing done")
        return
    done = "dòng sẽ được nạp" if dry_run else "dòng được nạp"
    print_line(f"{source}: {loaded.accepted} {done}, {len(loaded.rejected)} dòng bị loại")
    print_line(", ".join(f"{CHANGES[change]}: {count}" for change, count in loaded.tally.counts.items()))
    if loaded.removed:
        print_line(f"bản ghi bị xóa: {loaded.removed}")
    if loaded.needs_allowing:
        tell("  chỉ xóa khi có --allow-removals / removed only with --allow-removals")
    if loaded.doubted:
        tell(
            f"  {loaded.doubted} bản ghi có dòng mới bị loại: chưa dùng để trả lời đến khi được nạp lại / "
            "records in doubt: they answer nothing until they are delivered well"
        )
    if loaded.drift:
        tell(f"  {loaded.drift} giấy tờ cần cán bộ xem lại / papers for an officer to look at again")
    for name, count in loaded.unknown.items():
        tell(f"  {name}: tên không có trong khai báo của nguồn, không giữ ({count} lần) / not in the schema")
    for line in loaded.tally.conflicts:
        tell(
            f"  dòng {line}: mâu thuẫn với một dòng khác cùng thời điểm / "
            "contradicts another row of the same moment"
        )
    _tell_rejected(loaded.rejected)


def _tell_rejected(rows: Iterable[RejectedRow]) -> None:
    for row in rows:
        tell(f"  dòng {row.line}: {reason_vi(row.detail)} / {row.detail}")
