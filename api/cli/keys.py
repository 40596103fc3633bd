"""`keys list|check|unblock|make-test`: with what this home signs, and whether it can."""

import os
import secrets
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from api.cli.files import already_there
from api.cli.output import OK, SOME_FAILED, print_json, print_line, table, tell
from api.errors import NoTokenError
from api.key_facts import SEAL, KeyFacts, common_name, fingerprint
from api.schemas.messages import message_of
from api.self_test import WARN_DAYS, Check, CheckState
from api.settings import Settings
from api.signing_keys import pin_guard
from api.wiring import Wired, now, wire
from signing.errors import KeyMissingError
from signing.keyring import AGENCY, FileKeyring
from signing.keys import Identity, private_key, write_once
from signing.keys_file import ContainerEntry, Entry, TokenEntry
from signing.model import Signatory
from verification.submission import OfficerId

_UNBLOCKED = (
    "Chỉ mở lại sau khi người giữ khóa đã đăng nhập đúng mã PIN bằng phần mềm của thiết bị: chỉ khi đó thiết "
    "bị mới xóa số lần nhập sai. / Do this only after the holder signed in with the right PIN in the token's "
    "own tool: only that makes the token forget wrong ones."
)
_SIGNS = {CheckState.OK: "tốt", CheckState.WARNING: "lưu ý", CheckState.FAULT: "LỖI"}


def add_commands(commands: Any) -> None:
    """Hang in `keys`."""
    keys = commands.add_parser("keys", help="khóa ký / signing keys")
    actions = keys.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="các chứng thư / certificates").set_defaults(run=run_list)
    actions.add_parser("check", help="tự kiểm tra / self-test").set_defaults(run=run_check)
    unblock = actions.add_parser("unblock", help="cho nhập lại mã PIN / let a PIN be typed again")
    unblock.add_argument("whose", metavar="OFFICER", help=f"tài khoản, hoặc {SEAL} / an account, or {SEAL}")
    unblock.set_defaults(run=run_unblock)
    made = actions.add_parser("make-test", help="tệp PKCS#12 để dùng thử / a PKCS#12 file to try out")
    made.add_argument("file", metavar="FILE", help="FILE.p12, FILE.password")
    made.add_argument("--officer", metavar="ID", help="con dấu nếu bỏ trống / the seal where left out")
    made.set_defaults(run=run_make_test)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true")


def run_list(settings: Settings, args: Namespace) -> int:
    """Every key this home signs with; warns of those that expire soon."""
    wired = wire(settings)
    try:
        found = tuple(wired.self_test.places().facts())
    finally:
        wired.close()
    at = now()
    if args.json:
        print_json({"keys": [_json(facts, at) for facts in found]})
    else:
        _print(found, at)
    for facts in found:
        days = facts.days_left(at)
        if days is not None and days < WARN_DAYS:
            tell(f"{facts.whose}: {_left(days)}")
    return OK


def _left(days: int) -> str:
    return f"còn {days} ngày / expires in {days} days" if days >= 0 else "đã hết hạn / has expired"


def run_check(settings: Settings, args: Namespace) -> int:
    """The self-test; 1 on a fault."""
    wired = wire(settings)
    try:
        checks = wired.self_test.run()
    finally:
        wired.close()
    if args.json:
        print_json({"held": _held(checks), "checks": [_check_json(check) for check in checks]})
    else:
        rows = [[_SIGNS[c.state], c.about, c.code, f"{c.message_vi} / {c.message_en}"] for c in checks]
        for line in table(rows):
            print_line(line)
    return OK if _held(checks) else SOME_FAILED


def run_unblock(settings: Settings, args: Namespace) -> int:
    """Let PINs be tried again; whoever runs this has seen to it that the token forgot the wrong ones."""
    wired = wire(settings)
    wired.close()
    entry = _entry(wired, args.whose)
    match entry:
        case TokenEntry():
            label = entry.place.token
        case ContainerEntry(password=None):
            label = entry.path.name
        case _:
            raise NoTokenError
    count = pin_guard(settings).unblock(label)
    if args.json:
        print_json({"officer": args.whose, "token": label, "unblocked": count > 0})
    else:
        print_line(f"{label}: {'đã mở lại / unblocked' if count else 'không bị chặn / not blocked'}")
    if isinstance(entry, TokenEntry):
        tell(_UNBLOCKED)
    return OK


def run_make_test(settings: Settings, args: Namespace) -> int:
    """A key of this home's test authority as a container, to try out a keys file with."""
    wired = wire(settings)
    identity = _test_identity(wired, args.officer)
    wired.close()
    file, password = Path(args.file), secrets.token_urlsafe(18)
    container = pkcs12.serialize_key_and_certificates(
        common_name(identity.certificate.subject).encode(),
        private_key(identity),
        identity.certificate,
        identity.chain,
        BestAvailableEncryption(password.encode()),
    )
    names = [file.with_suffix(".p12"), file.with_suffix(".password")]
    for name, content in zip(names, (container, password.encode()), strict=True):
        if not write_once(name.absolute(), content):
            raise already_there()
    if args.json:
        print_json({"pkcs12": os.fspath(names[0]), "password_file": os.fspath(names[1])})
    else:
        print_line(f'[officers."{args.officer}"]' if args.officer else f"[{SEAL}]")
        print_line(f'pkcs12 = "{names[0]}"')
        print_line(f'password_file = "{names[1]}"')
    return OK


def _test_identity(wired: Wired, officer: str | None) -> Identity:
    if officer is None:
        return wired.pki.agency(wired.settings.unit.agency)
    with wired.database.reading() as tx:
        found = tx.officers.get(OfficerId(officer))
    return wired.pki.person(Signatory(found.id, found.full_name))


def _entry(wired: Wired, whose: str) -> Entry | None:
    if not isinstance(wired.keyring, FileKeyring):
        return None
    found = wired.keyring.entries.get(AGENCY if whose == SEAL else whose)
    if found is None:
        raise KeyMissingError
    return found


def _held(checks: tuple[Check, ...]) -> bool:
    return all(check.state is not CheckState.FAULT for check in checks)


def _check_json(check: Check) -> dict[str, str]:
    words = {"code": check.code, "message_vi": check.message_vi, "message_en": check.message_en}
    return {"about": check.about, "state": check.state.value, **words}


def _json(facts: KeyFacts, at: datetime) -> dict[str, Any]:
    own = facts.certificate
    return {
        "whose": facts.whose,
        "kind": facts.kind,
        "way": facts.way.value if facts.way else None,
        "test": facts.test,
        "id": fingerprint(own) if own else None,
        "name": common_name(own.subject) if own else None,
        "issuer": common_name(own.issuer) if own else None,
        "valid_until": own.not_valid_after_utc.isoformat() if own else None,
        "days_left": facts.days_left(at),
        "error": message_of(facts.error).model_dump(mode="json", exclude_none=True) if facts.error else None,
    }


def _print(found: tuple[KeyFacts, ...], at: datetime) -> None:
    rows = [["của", "loại", "thử", "chủ thể", "nơi cấp", "đến", "còn (ngày)"]]
    for facts in found:
        own = facts.certificate
        if own is None:
            words = facts.error.message_vi if facts.error else ""
            rows.append([facts.whose, facts.kind, "?", words, "", "", ""])
            continue
        until = own.not_valid_after_utc.date().isoformat()
        names = [common_name(own.subject), common_name(own.issuer)]
        kind = "THỬ NGHIỆM" if facts.test else "thật"
        rows.append([facts.whose, facts.kind, kind, *names, until, str(facts.days_left(at))])
    for line in table(rows):
        print_line(line)
