"""`sign`: what an officer approved and has not signed yet in, a batch signed here and now out.

The PIN is asked for on the terminal, or read as one line from standard input; never an argument.
"""

import getpass
import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from api.cli.output import OK, SOME_FAILED, print_json, print_line, progress, progress_done, table, tell
from api.routes.showing.failing import failure_words
from api.schemas.signing import BatchJson, batch_json
from api.settings import Settings
from api.signing_desk import Ordered, sign_now
from api.wiring import Wired, wire
from signing.model import Signatory, SigningWay
from verification.batch import Batch, BatchState, PaperState
from verification.decision import Officer
from verification.submission import OfficerId, PaperId
from verification.workflow.sign_batch import to_sign


def add_commands(commands: Any) -> None:
    """Hang in `sign`."""
    sign = commands.add_parser("sign", help="ký số theo đợt / sign what was approved, in one batch")
    sign.add_argument("paper", nargs="*", help="chỉ các giấy tờ này / these papers alone")
    sign.add_argument("--officer", required=True, help="tài khoản của người ký / whose key signs")
    sign.add_argument("--list", action="store_true", help="chỉ liệt kê / list them and sign nothing")
    sign.add_argument("--json", action="store_true")
    sign.set_defaults(run=run_sign)


def run_sign(settings: Settings, args: Namespace) -> int:
    """Exit code 1 when a paper could not be issued or the batch broke off."""
    wired = wire(settings)
    try:
        return _list(wired, args) if args.list else _sign(wired, args)
    finally:
        wired.close()


def _officer(wired: Wired, args: Namespace) -> Officer:
    """Raises NotFoundError."""
    with wired.database.reading() as tx:
        return tx.officers.get(OfficerId(args.officer))


def _list(wired: Wired, args: Namespace) -> int:
    waiting = to_sign(wired.services, _officer(wired, args).id)
    if args.json:
        print_json({"papers": [{"id": i.paper.id, "dossier": i.submission.code} for i in waiting]})
    else:
        for item in waiting:
            print_line(f"{item.paper.id}  {item.submission.code}")
    return OK


def _sign(wired: Wired, args: Namespace) -> int:
    officer = _officer(wired, args)
    person = Signatory(officer.id, officer.full_name)
    waiting = tuple(item.paper.id for item in to_sign(wired.services, officer.id))
    chosen = tuple(PaperId(each) for each in args.paper) or waiting
    pin = _pin() if wired.services.signer.way_of(person) is SigningWay.PIN else ""
    ordered = Ordered(person, chosen, pin)
    with _stopped_by_keyboard() as stop:
        batch = sign_now(
            wired.services,
            ordered,
            f"{wired.settings.executor_id}:sign",
            begun=lambda begun: progress(f"{len(begun.papers)} giấy tờ / papers"),
            stop=stop,
        )
    progress_done()
    tell_batch(batch, as_json=args.json)
    whole = batch.state is BatchState.DONE and batch.count(PaperState.ISSUED) == len(batch.papers)
    return OK if whole else SOME_FAILED


@contextmanager
def _stopped_by_keyboard() -> Iterator[Callable[[], bool]]:
    """Ctrl-C ends the batch after the paper that is being signed."""
    asked = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: asked.set())
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _pin() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("PIN: ")
    return sys.stdin.readline().rstrip("\r\n")


def tell_batch(batch: Batch, *, as_json: bool) -> None:
    """Each paper with its number, and in words why the batch broke off."""
    shown: BatchJson = batch_json(batch)
    if as_json:
        print_json(shown)
        return
    for line in table(
        [["giấy tờ", "", "số"], *([p.paper, p.state, p.number or p.code or ""] for p in shown.papers)]
    ):
        print_line(line)
    if batch.reason:
        words = failure_words(batch.reason)
        tell(f"{words.vi}\n{words.en} [{batch.reason}]")
    elif batch.state is not BatchState.DONE:
        tell(batch.state)
