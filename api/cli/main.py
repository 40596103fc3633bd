"""Entry of the command: argument list in, exit code out; no traceback ever reaches a person."""

import argparse
import logging
import os
import resource
import sys
import tempfile
import traceback
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from api.cli import (
    bench,
    certifications,
    delegations,
    demanders,
    demo,
    keys,
    log,
    officers,
    papers,
    preserving,
    records,
    register,
    rules,
    serving,
    signing,
    specimens,
    trust,
    validating,
)
from api.cli.files import FileNotOpenedError
from api.cli.output import FAULT, SOME_FAILED, USAGE, print_json, tell
from api.errors import ApiError, FaultError
from api.schemas.messages import Coded, message_of
from api.settings import SettingError, Settings, from_environment
from ocr.errors import OcrError
from signing.errors import SigningError
from storage.errors import StorageError
from verification.errors import VerificationError

_DESCRIPTION = (
    "Đọc giấy tờ, đối chiếu dữ liệu, cấp và kiểm tra bản sao điện tử chứng thực. / "
    "Reads papers, checks them against records, issues and validates electronic certifications."
)
_TOLD = (ApiError, FileNotOpenedError, OcrError, SigningError, StorageError, VerificationError)
_GROUPS = (
    demo,
    serving,
    papers,
    validating,
    trust,
    records,
    rules,
    register,
    certifications,
    preserving,
    log,
    demanders,
    specimens,
    officers,
    keys,
    delegations,
    signing,
    bench,
)


class _Parser(argparse.ArgumentParser):
    """Wrong usage is exit code 64 (interface.md)."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        tell(f"{self.prog}: {message}")
        raise SystemExit(USAGE)


def parser() -> argparse.ArgumentParser:
    """All commands; each group of them adds its own."""
    top = _Parser(prog="chungthuc", description=_DESCRIPTION)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    for group in _GROUPS:
        group.add_commands(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. A crash leaves no dump of memory, which may hold keys and a PIN."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    args = parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    try:
        settings = from_environment(os.environ)
        return int(args.run(settings, args))
    except (*_TOLD, SettingError) as error:
        tell(f"{error.message_vi}\n{error.message_en} [{error.code}]")
        _print_error(args, error)
        return USAGE if isinstance(error, SettingError) else SOME_FAILED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return SOME_FAILED
    except Exception:  # noqa: BLE001 the outermost edge: a person gets a sentence and a number
        _print_error(args, FaultError())
        return _fault()


def _print_error(args: argparse.Namespace, error: Coded) -> None:
    """With `--json` standard output holds one document, also where nothing came of the command."""
    if getattr(args, "json", False):
        print_json({"error": message_of(error).model_dump(mode="json", exclude_none=True)})


def _fault() -> int:
    """Keep the traceback where an administrator finds it, and say under which number."""
    number = uuid.uuid4().hex[:8]
    kept = _keep(from_environment(os.environ), number, traceback.format_exc())
    tell(f"Lỗi nội bộ, mã {number}; vui lòng báo quản trị. / Internal fault {number}; see {kept}.")
    return FAULT


def _keep(settings: Settings, number: str, text: str) -> str:
    """In the home, or, when that is what is broken, in the folder for temporary files."""
    for folder in (settings.home / "logs", Path(tempfile.gettempdir())):
        path = folder / f"fault-{number}.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return str(path)
    return "-"
