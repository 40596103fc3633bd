"""`serve`, `work`, `migrate`: the long-running parts."""

import signal
import sys
import threading
from argparse import Namespace
from typing import Any

import uvicorn

from api.app import create_app
from api.cli.output import OK, print_json, tell
from api.first_run import first_run_link
from api.logging import start_logging
from api.record_watching import Watching
from api.settings import Settings
from api.wiring import wire
from api.worker import Housekeeping, worker


def add_commands(commands: Any) -> None:
    """Hang in `serve`, `work`, `migrate`."""
    for name, run, words in (
        ("serve", run_serve, "trang web, API và bộ xử lý / pages, API and an embedded worker"),
        ("work", run_work, "chỉ bộ xử lý / a worker alone"),
        ("migrate", run_migrate, "cập nhật cấu trúc dữ liệu / schema to head"),
    ):
        command = commands.add_parser(name, help=words)
        command.set_defaults(run=run)
        if name == "migrate":
            command.add_argument("--json", action="store_true")
        if name == "serve":
            command.add_argument("--no-worker", action="store_true", help="không chạy bộ xử lý kèm theo")


def run_serve(settings: Settings, args: Namespace) -> int:
    """Serve until stopped. The first run prints a link that sets the administrator's password."""
    start_logging(sys.stderr)
    wired = wire(settings)
    engine = None
    watching = Watching(wired.services, () if args.no_worker else settings.watched)
    if not args.no_worker:
        engine = worker(wired.services, url=settings.database_url, executor_id=settings.executor_id)
    link = first_run_link(wired)
    if link:
        tell(f"Đặt mật khẩu quản trị (dùng một lần) / set the administrator's password (once): {link}")
    tell(f"chungthuc: {settings.public_url}")
    wired.self_test.start()
    watching.start()
    uvicorn.run(
        create_app(wired, engine=engine),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
    )
    watching.stop()
    wired.self_test.stop()
    wired.close()
    return OK


def run_work(settings: Settings, _args: Namespace) -> int:
    """Work until a signal asks to stop; what is cut off is taken up again at the next start."""
    start_logging(sys.stderr)
    wired = wire(settings)
    engine = worker(wired.services, url=settings.database_url, executor_id=settings.executor_id)
    watching = Watching(wired.services, settings.watched)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    engine.launch()
    house = Housekeeping(wired.services, engine, look_ups_kept_days=settings.look_ups_kept_days)
    house.start()
    watching.start()
    wired.self_test.start()
    stop.wait()
    wired.self_test.stop()
    watching.stop()
    house.stop()
    engine.stop()
    wired.close()
    return OK


def run_migrate(settings: Settings, args: Namespace) -> int:
    """Opening the home migrates it."""
    wire(settings).close()
    if args.json:
        print_json({"migrated": True})
    return OK
