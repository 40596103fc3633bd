"""Files as they come in a form: what the framework spooled to disk in, names and bytes out."""

import unicodedata
from collections.abc import Sequence
from typing import Annotated

from fastapi import File, UploadFile

from api.errors import NoFileError, TooManyFilesError
from verification.workflow.receive import Upload

MAX_FILES = 20
_NAME_LENGTH = 120

Files = Annotated[list[UploadFile], File(description="Một hoặc nhiều tệp. / One or more files.")]
MaybeFiles = Annotated[list[UploadFile] | None, File()]


def uploads(files: Sequence[UploadFile] | None) -> list[Upload]:
    """Raises NoFileError, TooManyFilesError. A file field left empty by a browser is no file."""
    given = [file for file in files or () if file.filename or file.size]
    if not given:
        raise NoFileError
    if len(given) > MAX_FILES:
        raise TooManyFilesError
    names = told_apart([plain_name(file.filename) for file in given])
    return [Upload(name, file.file.read()) for name, file in zip(names, given, strict=True)]


def told_apart(names: list[str]) -> list[str]:
    """Phones call every picture `image.jpg`: the second one becomes `image.jpg (2)`."""
    return [name if n == 1 else f"{name} ({n})" for name, n in zip(names, _how_often(names), strict=True)]


def _how_often(names: list[str]) -> list[int]:
    return [names[: place + 1].count(name) for place, name in enumerate(names)]


def plain_name(name: str | None) -> str:
    """A name to show: in NFC, without the folders some browsers send, without control characters."""
    last = unicodedata.normalize("NFC", name or "").replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if c.isprintable()).strip()
    return shown[-_NAME_LENGTH:] or "?"


def plain_text(text: str, length: int = 200) -> str:
    """One line somebody typed: in NFC, one space between words, without control characters."""
    printable = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    return " ".join(printable.split())[:length]
