"""Ids in, one after the other; whether one may have come before, out, in memory that does not grow."""

_BITS = 1 << 28
"""32 MB. With two bits an id, about one in 2,000 of five million ids is taken for one that came before."""


class Seen:
    """Never wrong when it says that an id is new."""

    def __init__(self) -> None:
        self._bits = bytearray(_BITS >> 3)

    def before(self, record_id: str) -> bool:
        """Whether it may have been asked of before."""
        bits, mixed = self._bits, hash(record_id)
        first, second = mixed & (_BITS - 1), mixed >> 32 & (_BITS - 1)
        byte, flag = first >> 3, 1 << (first & 7)
        byte2, flag2 = second >> 3, 1 << (second & 7)
        if bits[byte] & flag and bits[byte2] & flag2:
            return True
        bits[byte] |= flag
        bits[byte2] |= flag2
        return False
