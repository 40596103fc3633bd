"""What was issued, the code it is found by, and whether it still holds."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType

from ocr.model import Digest
from verification.register import EntryId, Series
from verification.submission import PaperId

ShortCode = NewType("ShortCode", str)
"""Twelve characters and a check character, typed by people: `7K3M-9QXP-2ABC-D`."""

_ALPHABET = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""31 signs (a prime, for the check): no 0, I, L, O, U, so that nothing is mistaken for something else."""


class Standing(StrEnum):
    """Whether what was issued may be relied on now. REVOKED is for good: nothing leads out of it."""

    GOOD = "GOOD"
    REVOKED = "REVOKED"
    SUPERSEDED = "SUPERSEDED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Issued:
    """A certification or a receipt (`series` tells which): where its file is and how it stands."""

    entry_id: EntryId
    series: Series
    number: str
    book: str
    paper_id: PaperId
    title: str
    code: ShortCode
    issued_at: datetime
    digest: Digest
    size: int
    level: str
    standing: Standing = Standing.GOOD
    standing_reason: str | None = None
    standing_at: datetime | None = None
    """Since when it stands so; None: since it was issued, or since before that was kept."""
    decision_number: str = ""
    """The decision that annulled it, where there is one."""
    replaced_by: ShortCode | None = None
    """What took its place."""

    def fingerprint(self) -> str:
        """SHA-256 of what never changes once it is issued, its code included. It stands in the audit trail,
        so that a certification written over later is found."""
        what = (self.entry_id, str(self.series), self.number, self.book, self.paper_id, self.title, self.code)
        file = (self.issued_at.astimezone(UTC).isoformat(), self.digest, self.size, self.level)
        text = json.dumps([what, file], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class StandingChange:
    """How something stands from `at` on, why, and by whom. `reason` is a code; the `note` may name people and
    is for officers and auditors alone."""

    code: ShortCode
    standing: Standing
    reason: str
    at: datetime
    by: str
    decision_number: str = ""
    note: str = ""
    replaced_by: ShortCode | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. `words`: a number as printed or its first part, a code, a dossier's code, or a part
    of the requester's name in any writing; blank finds everything."""

    words: str = ""
    receipts: bool | None = None
    """Receipts alone, copies alone in whichever book, or both."""
    standing: Standing | None = None
    limit: int = 100
    skip: int = 0


def short_code(entropy: bytes) -> ShortCode:
    """A code of 59 random bits (16 bytes of entropy are asked for) with its check character."""
    rest = int.from_bytes(entropy[:16], "big")
    body = ""
    for _ in range(12):
        rest, sign = divmod(rest, 31)
        body += _ALPHABET[sign]
    return _grouped(body + _check(body))


def parse_code(typed: str) -> ShortCode | None:
    """A code as somebody typed it, in any case and spacing; None when a character must be wrong."""
    plain = "".join(c for c in typed.upper() if c.isalnum()).translate(str.maketrans("IL", "11"))
    if len(plain) != 13 or any(c not in _ALPHABET for c in plain) or _check(plain[:12]) != plain[12]:
        return None
    return _grouped(plain)


def codes_in(text: str) -> tuple[ShortCode, ...]:
    """Every code that stands in a text as it is printed; slips are none."""
    group = f"[{_ALPHABET}]"
    found = re.findall(f"{group}{{4}}-{group}{{4}}-{group}{{4}}-{group}", text)
    return tuple(dict.fromkeys(code for one in found if (code := parse_code(one))))


def _check(body: str) -> str:
    """Weighted sum modulo 31 (prime): every single slip and every swap of neighbours changes it."""
    total = sum((place + 1) * _ALPHABET.index(c) for place, c in enumerate(body))
    return _ALPHABET[total % 31]


def _grouped(plain: str) -> ShortCode:
    return ShortCode("-".join((plain[:4], plain[4:8], plain[8:12], plain[12:])))
