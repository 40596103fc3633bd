"""DER by hand (X.690): parts in, an element out, and an element's place out of bytes.

Building objects with a general library costs a hundred times what the signature itself does.
"""

from collections.abc import Iterable

INTEGER, OCTET_STRING, NULL, OID, GENERALIZED_TIME = 0x02, 0x04, 0x05, 0x06, 0x18
SEQUENCE, SET = 0x30, 0x31


def element(tag: int, *parts: bytes) -> bytes:
    """One element with the parts, one after another, as its content."""
    content = b"".join(parts)
    return bytes((tag,)) + _length(len(content)) + content


def explicit(number: int, *parts: bytes) -> bytes:
    """A constructed element with the context tag [number]; it serves an implicit SET or SEQUENCE, too."""
    return element(0xA0 | number, *parts)


def set_of(elements: Iterable[bytes]) -> bytes:
    """The content of a SET OF, sorted as DER wants it (X.690 11.6)."""
    return b"".join(sorted(elements))


def integer(value: int) -> bytes:
    """A number that is not negative."""
    return element(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    """An object identifier."""
    first, second, *rest = map(int, dotted.split("."))
    return element(OID, b"".join(map(_base_128, (40 * first + second, *rest))))


def content_of(data: bytes, path: Iterable[int]) -> bytes:
    """The content of the element reached from the outermost one by these positions among the children.

    Raises ValueError for what is cut or lacks such a child.
    """
    start, end = _content(data, 0)
    for position in path:
        for _ in range(position):
            _, start = _content(data, start, end)
        start, end = _content(data, start, end)
    return data[start:end]


def _content(data: bytes, at: int, limit: int | None = None) -> tuple[int, int]:
    """Where the content of the element at `at` begins and ends; high tag numbers and indefinite lengths
    do not occur in DER of this kind."""
    limit = len(data) if limit is None else limit
    if at + 2 > limit:
        raise ValueError("an element is missing")
    size, start = data[at + 1], at + 2
    if size >= 0x80:
        count = size & 0x7F
        size, start = int.from_bytes(data[start : start + count], "big"), start + count
        if not 1 <= count <= 4:
            raise ValueError("not DER")
    if start + size > limit:
        raise ValueError("an element is cut")
    return start, start + size


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes((size,))
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(octets),)) + octets


def _base_128(value: int) -> bytes:
    out = [value & 0x7F]
    while value := value >> 7:
        out.append(0x80 | (value & 0x7F))
    return bytes(reversed(out))
