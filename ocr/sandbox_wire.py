"""Values of reading in, bytes on a pipe out, and back: what a reader in a process of its own says and hears.

Pictures travel beside the pickle and are not copied into it (5 to 12 ms for a page of A4 at 200 dpi). What
comes out of the pipe is believed as little as the file that was read: only values of `ocr.model`, errors of
`ocr.errors` and arrays are made of it.
"""

import io
import pickle
import socket
import struct
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum, EnumMeta
from multiprocessing.connection import Connection

from ocr.model import DocumentReading

_PACKAGES = ("ocr.model", "ocr.errors")
_OF_NUMPY = {
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy._core.numeric", "_frombuffer"),
}
_SIZE = struct.Struct("<Q")
# Who stops in the middle of a message has stopped for good.
_STALLED_S = 10


class Channel:
    """One end of a pipe between two processes. Any error of `send` and `receive` means: the other is gone."""

    def __init__(self, connection: Connection, *, max_bytes: int) -> None:
        self._connection = connection
        self._max_bytes = max_bytes

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def send(self, value: object) -> None:
        """Raises OSError."""
        buffers = list[pickle.PickleBuffer]()
        packed = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
        parts: list[bytes | memoryview] = [packed, *(buffer.raw() for buffer in buffers)]
        self._connection.send_bytes(b"".join(_SIZE.pack(len(part)) for part in parts))
        for part in parts:
            self._connection.send_bytes(part)

    def waits(self, seconds: float) -> bool:
        """Whether something comes, or the other end hangs up, within `seconds`."""
        return self._connection.poll(seconds)

    def receive(self) -> object:
        """The next value. Raises OSError, EOFError, UnpicklingError."""
        sizes = [size for (size,) in _SIZE.iter_unpack(self._connection.recv_bytes(65_536))]
        if sum(sizes) > self._max_bytes:
            raise pickle.UnpicklingError("a message past the limit")
        packed, *buffers = (self._part(size) for size in sizes)
        return _Unpickler(packed, buffers).load()

    def _part(self, size: int) -> bytearray:
        part = bytearray(size)
        self._connection.recv_bytes_into(part)
        return part


def light(reading: DocumentReading) -> DocumentReading:
    """Without the bytes of the file, which stay with whoever asks."""
    return replace(reading, document=replace(reading.document, content=b""))


def give_up_on_silence(connection: Connection) -> None:
    """Let no half message hold its receiver, and no full pipe its sender, for longer than ten seconds."""
    with socket.fromfd(connection.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as end:
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            end.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", _STALLED_S, 0))


class _Unpickler(pickle.Unpickler):
    """Makes nothing but the values of reading, so that bytes from a reader taken over run no code here."""

    def __init__(self, packed: bytearray, buffers: Sequence[bytearray]) -> None:
        super().__init__(io.BytesIO(packed), buffers=buffers)

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _OF_NUMPY:
            return super().find_class(module, name)
        if (module, name) == ("builtins", "getattr"):
            return _member
        if module in _PACKAGES and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of reading")


def _member(kind: object, name: object) -> Enum:
    """A member of an enumeration: Python before 3.11.4 (Debian 12 has 3.11.2) packs it by `getattr`."""
    if isinstance(kind, EnumMeta) and isinstance(name, str) and name in kind.__members__:
        member: Enum = kind.__members__[name]
        return member
    raise pickle.UnpicklingError("an attribute is no value of reading")
