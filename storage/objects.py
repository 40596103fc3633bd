"""Content-addressed files: bytes come in, their digest goes out, and the file under it never changes."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ocr.model import Digest
from verification.errors import ObjectDamagedError, ObjectMissingError, StoreUnavailableError


def digest_of(content: bytes) -> Digest:
    """The key under which these bytes are kept."""
    return Digest(hashlib.sha256(content).hexdigest())


class FileStore:
    """`verification.ports.ObjectStore` in a folder on a local disk that knows hard links.

    Layout: `ab/abcdef…` for the objects and `tmp/` for what is being written. Raises
    StoreUnavailableError when the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tmp = folder / "tmp"
        with _refusals():
            self._tmp.mkdir(parents=True, exist_ok=True)
            # All at once and before the first put: nobody may rely on one that is not yet on the disk.
            for shelf in range(256):
                (folder / f"{shelf:02x}").mkdir(exist_ok=True)
            _sync_folder(folder)

    def put_once(self, content: bytes) -> Digest:
        """Keep these bytes.

        1. Write them under another name, on the same disk, and wait until they are on it.
        2. Link them to their name: unlike a rename this never replaces what is there.
        3. Wait until the folder knows the name: only then may a row point at it.
        """
        digest = digest_of(content)
        target = self._path(digest)
        with _refusals():
            written = self._written(content)
            try:
                self._link(written, target, content)
            finally:
                written.unlink()
            _sync_folder(target.parent)
        return digest

    def _written(self, content: bytes) -> Path:
        handle, name = tempfile.mkstemp(dir=self._tmp)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o444)
            os.fsync(file.fileno())
        return Path(name)

    def _link(self, written: Path, target: Path, content: bytes) -> None:
        try:
            target.hardlink_to(written)
        except FileExistsError:
            if target.read_bytes() != content:
                raise ObjectDamagedError from None
            # Put again is used again: the sweep must not take it for an old leftover.
            os.utime(target)

    def get(self, digest: Digest) -> bytes:
        with _refusals():
            try:
                content = self._path(digest).read_bytes()
            except FileNotFoundError as missing:
                raise ObjectMissingError from missing
        if digest_of(content) != digest:
            raise ObjectDamagedError
        return content

    def exists(self, digest: Digest) -> bool:
        return self._path(digest).is_file()

    def delete(self, digest: Digest) -> None:
        with _refusals():
            self._path(digest).unlink(missing_ok=True)

    def stored_before(self, moment: datetime) -> Iterator[Digest]:
        with _refusals():
            files = sorted(self._folder.glob("[0-9a-f][0-9a-f]/*"))
        yield from (Digest(file.name) for file in files if _older(file, moment))

    def sweep(self, moment: datetime) -> int:
        """Remove what a crash left half written before `moment`; how many files."""
        with _refusals():
            left = [file for file in self._tmp.iterdir() if _older(file, moment)]
            for file in left:
                file.unlink(missing_ok=True)
        return len(left)

    def _path(self, digest: Digest) -> Path:
        return self._folder / digest[:2] / digest


@contextmanager
def _refusals() -> Iterator[None]:
    """Whatever the disk refuses comes out as StoreUnavailableError."""
    try:
        yield
    except OSError as refused:
        raise StoreUnavailableError from refused


def _older(file: Path, moment: datetime) -> bool:
    try:
        return file.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
