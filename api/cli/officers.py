"""`users`: who may work here."""

from argparse import Namespace
from typing import Any

from api.accounts import create_account, list_accounts, set_password_link
from api.cli.output import OK, print_json, print_line
from api.settings import Settings
from api.wiring import wire
from verification.decision import Role


def add_commands(commands: Any) -> None:
    """Hang in `users`."""
    _add_users(commands)


def _add_users(commands: Any) -> None:
    users = commands.add_parser("users", help="tài khoản / accounts")
    actions = users.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add")
    add.add_argument("username")
    add.add_argument("--name", required=True, help="họ và tên")
    add.add_argument("--role", action="append", choices=[r.value for r in Role], required=True)
    add.set_defaults(run=run_users_add)
    link = actions.add_parser("link", help="liên kết đặt mật khẩu, dùng một lần")
    link.add_argument("username")
    link.set_defaults(run=run_users_link)
    listed = actions.add_parser("list")
    listed.set_defaults(run=run_users_list)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def run_users_add(settings: Settings, args: Namespace) -> int:
    """Make an account without a password; the link printed sets one, once."""
    wired = wire(settings)
    link = create_account(wired, args.username, args.name, frozenset(Role(r) for r in args.role))
    wired.close()
    _print_link(args, link)
    return OK


def run_users_link(settings: Settings, args: Namespace) -> int:
    """A new one-time link for an account."""
    wired = wire(settings)
    link = set_password_link(wired, args.username)
    wired.close()
    _print_link(args, link)
    return OK


def run_users_list(settings: Settings, args: Namespace) -> int:
    """All accounts with their roles."""
    wired = wire(settings)
    accounts = list_accounts(wired)
    wired.close()
    if args.json:
        print_json({"users": [dict(a) for a in accounts]})
    else:
        for account in accounts:
            print_line(f"{account['username']}  {account['full_name']}  {', '.join(account['roles'])}")
    return OK


def _print_link(args: Namespace, link: str) -> None:
    if args.json:
        print_json({"username": args.username, "link": link})
    else:
        print_line(link)
