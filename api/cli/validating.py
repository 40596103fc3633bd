"""`validate`: signed PDFs in, verdicts out."""

import hashlib
from argparse import Namespace
from typing import Any

from api.cli.files import must_read, read_given
from api.cli.output import OK, print_json, print_line
from api.schemas.messages import MessageJson, message_of
from api.schemas.validation import ValidatedFileJson, ValidateJson, unvalidated_file, validated_file
from api.settings import Settings
from api.wiring import wire, with_trust
from signing.errors import SigningError
from verification.services import Services
from verification.workflow.validate import validate

_INVALID, _UNDETERMINED, _NOT_PDF = 1, 2, 3
_SIGNS = {"VALID": "HỢP LỆ", "INVALID": "KHÔNG HỢP LỆ", "UNDETERMINED": "CHƯA XÁC ĐỊNH"}


def add_commands(commands: Any) -> None:
    """Hang in `validate`."""
    command = commands.add_parser("validate", help="kiểm tra PDF đã ký / a signed PDF to a verdict")
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--trust", metavar="FILE", help="tin cậy thêm chứng thư trong tệp này")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=run_validate)


def run_validate(settings: Settings, args: Namespace) -> int:
    """The first present of: 1 some INVALID, 3 some not a PDF, 2 some UNDETERMINED; else 0."""
    wired = wire(settings)
    services = with_trust(wired, must_read(args.trust)) if args.trust else wired.services
    files = [_validated(services, name) for name in args.files]
    wired.close()
    if args.json:
        print_json(ValidateJson(files=files))
    else:
        for file in files:
            _print_file(file)
    return _exit_code(files)


def _validated(services: Services, name: str) -> ValidatedFileJson:
    given = read_given(name)
    if given.content is None:
        return unvalidated_file(name, "", given.error or MessageJson(code="", message_vi="", message_en=""))
    digest = hashlib.sha256(given.content).hexdigest()
    try:
        found = validate(services, given.content)
    except SigningError as error:
        return unvalidated_file(name, digest, message_of(error))
    return validated_file(name, digest, found.report, found.issued, found.successor)


def _exit_code(files: list[ValidatedFileJson]) -> int:
    verdicts = {f.verdict for f in files}
    if "INVALID" in verdicts:
        return _INVALID
    if None in verdicts:
        return _NOT_PDF
    return _UNDETERMINED if "UNDETERMINED" in verdicts else OK


def _print_file(file: ValidatedFileJson) -> None:
    if file.error:
        print_line(f"{file.file}: {file.error.message_vi} / {file.error.message_en} [{file.error.code}]")
        return
    print_line(f"{file.file}: {_SIGNS[file.verdict or 'UNDETERMINED']} ({file.verdict})")
    for reason in file.reasons:
        print_line(f"  - {reason.message_vi} / {reason.message_en} [{reason.code}]")
        if reason.next_step_vi:
            print_line(f"    {reason.next_step_vi}")
    for signature in file.signatures:
        when = signature.signed_at.isoformat() if signature.signed_at else "?"
        print_line(f"  {signature.role}: {signature.signer}, {when}, {signature.level}")
    if file.in_register:
        at = file.in_register
        print_line(f"  Số {at.number}, {at.book}: {at.standing}")
