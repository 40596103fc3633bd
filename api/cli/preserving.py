"""`preserve`: what was issued in, the same files with long-term data behind them and how it stands out."""

from argparse import Namespace
from collections import Counter
from typing import Any

from api.cli.output import OK, SOME_FAILED, print_json, print_line, progress, tell
from api.settings import Settings
from api.wiring import wire
from signing.errors import SigningError
from storage.errors import StorageError
from verification.errors import VerificationError
from verification.preservation import Preservation, PreservationCounts
from verification.services import Services
from verification.workflow.preserve import counts, job_key, preserve, put_off, to_do

_MANY = 1_000_000


def add_commands(commands: Any) -> None:
    """Hang in `preserve`."""
    command = commands.add_parser("preserve", help="bổ sung dữ liệu lưu giữ lâu dài / add long-term data")
    command.add_argument("--all", action="store_true", help="cả khi chưa đến hạn / also what is not due yet")
    command.add_argument("--state", action="store_true", help="chỉ xem tình trạng / only tell how it stands")
    command.add_argument("--limit", type=int, default=_MANY, help="nhiều nhất bao nhiêu / at most so many")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run)


def run(settings: Settings, args: Namespace) -> int:
    """Do now what the worker would do when it is due; what fails is put off."""
    wired = wire(settings)
    try:
        failed = Counter[str]() if args.state else _preserve(wired.services, args)
        found = counts(wired.services)
    finally:
        wired.close()
    _tell(found, failed, as_json=args.json)
    return SOME_FAILED if failed else OK


def _preserve(services: Services, args: Namespace) -> Counter[str]:
    """The codes of what went wrong, and how often."""
    failed = Counter[str]()
    waiting = to_do(services, everything=args.all, limit=max(args.limit, 0))
    for number, one in enumerate(waiting, 1):
        progress(f"{number}/{len(waiting)}")
        code = _one(services, one)
        if code:
            failed[code] += 1
    return failed


def _one(services: Services, waiting: Preservation) -> str | None:
    key = job_key(waiting)
    try:
        preserve(services, key)
    except (SigningError, StorageError, VerificationError) as error:
        put_off(services, key, error)
        return str(error.code)
    return None


def _tell(found: PreservationCounts, failed: Counter[str], *, as_json: bool) -> None:
    if as_json:
        state = {"waiting": found.waiting, "failing": found.failing, "due": found.due}
        print_json({**state, "failed_now": dict(failed)})
        return
    print_line(f"chờ dữ liệu lưu giữ lâu dài / wait for long-term data: {found.waiting}")
    print_line(f"lần gần nhất không được / last try failed: {found.failing}")
    print_line(f"đến hạn / due: {found.due}")
    for code, times in failed.items():
        tell(f"  {code}: {times}")
