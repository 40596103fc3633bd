"""`delegations`: who may certify for the chairman, from when to when; added, listed, revoked."""

from argparse import Namespace
from typing import Any

from api.cli.days import WRITTEN, day
from api.cli.log import LOCAL
from api.cli.output import OK, print_json, print_line, table, tell
from api.settings import Settings
from api.wiring import Wired, wire
from verification.assess import VIETNAM
from verification.capacity import title_missing
from verification.decision import Delegation, DelegationScope
from verification.submission import OfficerId
from verification.workflow.delegate import (
    NewDelegation,
    add_delegation,
    delegations,
    ending_soon,
    revoke_delegation,
)

_SCOPES = {
    "both": DelegationScope.BOTH,
    "copies": DelegationScope.COPIES,
    "receipts": DelegationScope.RECEIPTS,
}


def add_commands(commands: Any) -> None:
    """Hang in `delegations`."""
    top = commands.add_parser("delegations", help="ủy quyền, phân công / who may certify")
    actions = top.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add")
    add.add_argument("officer")
    add.add_argument("--decision", required=True, help="số văn bản ủy quyền hoặc phân công")
    add.add_argument(
        "--capacity",
        action="append",
        required=True,
        help="dòng thể thức: 'CHỦ TỊCH', hoặc 'TUQ. CHỦ TỊCH' rồi chức danh / lines above the name",
    )
    add.add_argument("--scope", choices=tuple(_SCOPES), default="both", help="ký bản sao, phiếu, hoặc cả hai")
    add.add_argument(
        "--from", dest="valid_from", type=day, required=True, metavar=WRITTEN, help="từ ngày / first day"
    )
    add.add_argument(
        "--to", dest="valid_to", type=day, required=True, metavar=WRITTEN, help="đến hết ngày / last day"
    )
    add.set_defaults(run=run_add)
    listed = actions.add_parser("list")
    listed.add_argument("officer", nargs="?", help="chỉ của cán bộ này / of this officer alone")
    listed.set_defaults(run=run_list)
    revoke = actions.add_parser("revoke", help="thu hồi ngay / revoke at once")
    revoke.add_argument("id", help="mã trong `delegations list --json`")
    revoke.add_argument("--reason", default="", help="lý do")
    revoke.set_defaults(run=run_revoke)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def run_add(settings: Settings, args: Namespace) -> int:
    """Keep a delegation."""
    new = NewDelegation(
        officer_id=OfficerId(args.officer),
        decision_number=args.decision,
        capacity=tuple(args.capacity),
        valid_from=args.valid_from,
        valid_to=args.valid_to,
        scope=_SCOPES[args.scope],
    )
    wired = wire(settings)
    try:
        made = add_delegation(wired.services, new, by=LOCAL)
        _print(wired, (made,), as_json=args.json)
    finally:
        wired.close()
    if title_missing(made.capacity):
        tell(
            "Chưa ghi chức danh dưới dòng TUQ./TL.; nên thu hồi và thêm lại với chức danh (NĐ 30/2020).\n"
            "The signer's title below TUQ./TL. is missing: better revoke this and add it with the title."
        )
    return OK


def run_list(settings: Settings, args: Namespace) -> int:
    """All delegations, or those of an officer."""
    wired = wire(settings)
    try:
        every = delegations(wired.services)
        found = tuple(d for o, d in every if args.officer in (None, o.id))
        _print(wired, found, as_json=args.json)
    finally:
        wired.close()
    return OK


def run_revoke(settings: Settings, args: Namespace) -> int:
    """From now on nothing is signed by it."""
    wired = wire(settings)
    try:
        revoked = revoke_delegation(wired.services, args.id, by=LOCAL, reason=args.reason)
        _print(wired, (revoked,), as_json=args.json)
    finally:
        wired.close()
    return OK


def _print(wired: Wired, found: tuple[Delegation, ...], *, as_json: bool) -> None:
    if as_json:
        print_json({"delegations": [delegation_json(wired, d) for d in found]})
        return
    rows = [["mã", "cán bộ", "văn bản", "từ", "đến", "ký", "thể thức", ""]]
    rows += [
        [
            d.id,
            d.officer_id,
            d.decision_number,
            str(d.valid_from),
            str(d.valid_to),
            d.scope.value.lower(),
            " / ".join(d.capacity),
            _standing(wired, d),
        ]
        for d in found
    ]
    for line in table(rows):
        print_line(line)


def _standing(wired: Wired, delegation: Delegation) -> str:
    if delegation.revoked:
        return "đã thu hồi"
    if not delegation.in_force(wired.services.now().astimezone(VIETNAM).date()):
        return "không có hiệu lực hôm nay"
    return "sắp hết hạn" if ending_soon(wired.services, delegation) else ""


def delegation_json(wired: Wired, delegation: Delegation) -> dict[str, Any]:
    """A delegation as a document."""
    return {
        "id": delegation.id,
        "officer": delegation.officer_id,
        "decision_number": delegation.decision_number,
        "capacity": list(delegation.capacity),
        "scope": delegation.scope.value,
        "valid_from": delegation.valid_from.isoformat(),
        "valid_to": delegation.valid_to.isoformat(),
        "revoked": delegation.revoked,
        "ending_soon": ending_soon(wired.services, delegation),
    }
