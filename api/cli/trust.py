"""`trust list|add|remove|update`: whom this home trusts."""

from argparse import Namespace
from typing import Any

from api.cli.files import must_read
from api.cli.output import OK, print_json, print_line
from api.settings import Settings
from api.wiring import wire
from signing.trust import TrustAnchor


def add_commands(commands: Any) -> None:
    """Hang in `trust`."""
    top = commands.add_parser("trust", help="cơ quan cấp chứng thư được tin cậy / trust anchors")
    actions = top.add_subparsers(dest="action", required=True)
    listed = actions.add_parser("list")
    listed.set_defaults(run=run_list)
    for name, run in (("add", run_add), ("update", run_add)):
        action = actions.add_parser(name)
        action.add_argument("file", metavar="FILE")
        action.add_argument("--name", default="")
        action.set_defaults(run=run)
    removed = actions.add_parser("remove")
    removed.add_argument("id", metavar="ID")
    removed.set_defaults(run=run_remove)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def run_list(settings: Settings, args: Namespace) -> int:
    """All anchors."""
    wired = wire(settings)
    _print(wired.trust.anchors(), args)
    wired.close()
    return OK


def run_add(settings: Settings, args: Namespace) -> int:
    """Trust the certificates of a file; those already trusted stay."""
    wired = wire(settings)
    _print(wired.trust.add(must_read(args.file), name=args.name), args)
    wired.close()
    return OK


def run_remove(settings: Settings, args: Namespace) -> int:
    """No longer trust one."""
    wired = wire(settings)
    _print((wired.trust.remove(args.id),), args)
    wired.close()
    return OK


def _print(anchors: tuple[TrustAnchor, ...], args: Namespace) -> None:
    if args.json:
        print_json({"anchors": [{"id": a.id, "name": a.name, "test": a.test} for a in anchors]})
        return
    for anchor in anchors:
        print_line(f"{anchor.id}  {anchor.name}{'  (THỬ NGHIỆM)' if anchor.test else ''}")
