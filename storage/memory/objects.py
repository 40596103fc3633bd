"""Content-addressed objects in memory: `verification.ports.ObjectStore`."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime

from ocr.model import Digest
from storage.moments import utc
from verification.errors import ObjectDamagedError, ObjectMissingError


class MemoryObjects:
    """`verification.ports.ObjectStore` in a dict; `clock` tells when something was put."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._kept: dict[Digest, tuple[bytes, datetime]] = {}

    def put_once(self, content: bytes) -> Digest:
        digest = Digest(hashlib.sha256(content).hexdigest())
        self._kept[digest] = content, utc(self._clock())
        return digest

    def get(self, digest: Digest) -> bytes:
        if digest not in self._kept:
            raise ObjectMissingError
        content, _ = self._kept[digest]
        if hashlib.sha256(content).hexdigest() != digest:
            raise ObjectDamagedError
        return content

    def exists(self, digest: Digest) -> bool:
        return digest in self._kept

    def sweep(self, moment: datetime) -> int:  # noqa: ARG002 nothing is ever half written
        return 0

    def delete(self, digest: Digest) -> None:
        self._kept.pop(digest, None)

    def stored_before(self, moment: datetime) -> Iterator[Digest]:
        yield from [digest for digest, (_, at) in self._kept.items() if at < moment]

    def damage(self, digest: Digest) -> None:
        """Spoil the kept bytes, as a failing disk would."""
        _, at = self._kept[digest]
        self._kept[digest] = b"damaged", at
