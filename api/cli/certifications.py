"""`certifications list|show|history|revoke`: what was issued, and how it stands."""

from argparse import Namespace
from datetime import datetime
from typing import Any

from api.cli.output import OK, print_json, print_line, table
from api.schemas.issued import history_of, issued_list, issued_of
from api.settings import Settings
from api.web.writing import VIETNAM
from api.wiring import wire
from verification.certification import Search, ShortCode, Standing, parse_code
from verification.errors import NotFoundError
from verification.standing import RevocationReason, standing_words
from verification.submission import OfficerId
from verification.workflow.find_issued import Listed, Whole, find_issued, whole
from verification.workflow.revoke import Revocation, revoke
from verification.workflow.validate import standing_reason

_KINDS = {"copies": False, "receipts": True}


def add_commands(commands: Any) -> None:
    """Hang in `certifications`."""
    top = commands.add_parser("certifications", help="văn bản đã cấp / what was issued")
    actions = top.add_subparsers(dest="action", required=True)
    _add_list(actions)
    _add_revoke(actions)
    for name, run, words in (
        ("show", run_show, "một văn bản / one document"),
        ("history", run_history, "mọi việc về một văn bản / all that was done about it"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument("code", help="mã tra cứu / the look-up code")
        action.set_defaults(run=run)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def _add_list(actions: Any) -> None:
    listed = actions.add_parser("list", help="mới nhất trước / newest first")
    listed.add_argument(
        "words", nargs="?", default="", help="số, mã, mã hồ sơ hoặc họ tên / number, code, dossier or name"
    )
    listed.add_argument("--standing", choices=[s.value for s in Standing])
    listed.add_argument("--kind", choices=_KINDS)
    listed.add_argument("--limit", type=int, default=100)
    listed.set_defaults(run=run_list)


def _add_revoke(actions: Any) -> None:
    revoked = actions.add_parser("revoke", help="hủy bỏ giá trị, không đổi lại được / annul, for good")
    revoked.add_argument("code", help="mã tra cứu / the look-up code")
    revoked.add_argument("--officer", required=True, help="cán bộ có ủy quyền / an officer with a delegation")
    revoked.add_argument("--reason", required=True, choices=[r.value for r in RevocationReason])
    revoked.add_argument("--number", required=True, help="số văn bản, để xác nhận / to confirm")
    revoked.add_argument("--decision", default="", help="số quyết định; bắt buộc với bản sao")
    revoked.add_argument("--note", required=True, help="sự việc, không công bố / what happened, unpublished")
    revoked.set_defaults(run=run_revoke)


def run_list(settings: Settings, args: Namespace) -> int:
    """What the words find."""
    receipts = _KINDS[args.kind] if args.kind else None
    standing = Standing(args.standing) if args.standing else None
    wired = wire(settings)
    search = Search(args.words, receipts=receipts, standing=standing, limit=max(args.limit, 1))
    found = find_issued(wired.services, search)
    wired.close()
    if args.json:
        print_json(issued_list(found))
        return OK
    rows = [["số", "quyển", "ngày", "giấy tờ", "người yêu cầu", "tình trạng", "mã"]]
    for line in table(rows + [_row(each) for each in found]):
        print_line(line)
    return OK


def _row(listed: Listed) -> list[str]:
    issued = listed.issued
    day = issued.issued_at.astimezone(VIETNAM).date().isoformat()
    requester, standing = listed.entry.line.requester, issued.standing.value
    return [issued.number, issued.book, day, issued.title, requester, standing, issued.code]


def run_show(settings: Settings, args: Namespace) -> int:
    """One document and how it stands."""
    found = _whole(settings, args)
    if args.json:
        print_json(issued_of(found))
        return OK
    for line in table([_row(Listed(found.issued, found.entry))]):
        print_line(line)
    why = standing_reason(found.issued, found.successor)
    if why:
        print_line(f"{why.message_vi} / {why.message_en}")
    return OK


def run_history(settings: Settings, args: Namespace) -> int:
    """Changes of its standing with their notes, and the trail."""
    found = _whole(settings, args)
    if args.json:
        print_json(history_of(found))
        return OK
    rows = [["lúc", "ai", "việc", "ghi chú"]]
    rows += [[_moment(e.at), e.actor, e.action, ""] for e in found.trail]
    for change in found.changes:
        why = standing_words(change.reason)
        what = f"{change.standing.value}: {why.vi if why else change.reason} {change.decision_number}"
        rows.append([_moment(change.at), change.by, what.strip(), change.note])
    for line in table(rows):
        print_line(line)
    return OK


def _moment(at: datetime) -> str:
    return at.astimezone(VIETNAM).isoformat(timespec="seconds")


def run_revoke(settings: Settings, args: Namespace) -> int:
    """Annulled; the public page says so from now on."""
    code = _code(args)
    said = Revocation(
        code=code,
        officer_id=OfficerId(args.officer),
        reason=RevocationReason(args.reason),
        number=args.number,
        note=args.note,
        decision_number=args.decision,
    )
    wired = wire(settings)
    revoked = revoke(wired.services, said)
    found = whole(wired.services, code)
    wired.close()
    if args.json:
        print_json(history_of(found))
    else:
        print_line(f"{revoked.number}, {revoked.book}: đã hủy bỏ giá trị / annulled")
    return OK


def _whole(settings: Settings, args: Namespace) -> Whole:
    """Raises NotFoundError."""
    code = _code(args)
    wired = wire(settings)
    found = whole(wired.services, code)
    wired.close()
    return found


def _code(args: Namespace) -> ShortCode:
    code = parse_code(args.code)
    if code is None:
        raise NotFoundError
    return code
