"""A time-stamp authority inside the process (RFC 3161): a digest and a time in, a signed token out."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

from signing.cms import SHA_256, TST_INFO, template_of
from signing.der import GENERALIZED_TIME, OCTET_STRING, SEQUENCE, content_of, element, integer, oid
from signing.errors import TimeStampError
from signing.keys import Identity

POLICY_OID = "2.25.296483627365472638154271633598237641009"
"""Of a UUID (X.667): a test policy that promises nothing."""

_ASSUMED_TOKEN_BYTES = 6 * 1024
"""Reserved for a token whose size is not known because the authority is down."""


class TimeStamps(Protocol):
    """Whoever dates a signature."""

    def token(self, digest: bytes, *, at: datetime) -> bytes:
        """A time-stamp token (DER ContentInfo) for a SHA-256 digest; `at` is the time wished for, which
        an authority with a clock of its own ignores. Raises TimeStampError."""


@dataclass(frozen=True, slots=True)
class LocalTimeStamps:
    """Dates with the key of `identity` (extended key usage timeStamping), at the time it is told."""

    identity: Identity

    def token(self, digest: bytes, *, at: datetime, nonce: int | None = None) -> bytes:
        """See `TimeStamps`; `nonce` is that of a request (RFC 3161 2.4.2)."""
        template = template_of(self.identity.certificate, self.identity.chain, TST_INFO)
        content = _token_content(digest, at, nonce)
        attributes = template.attributes(sha256(content).digest())
        return template.package(attributes, self.identity.key.sign(attributes), content=content)


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What a token says: when it was made, and of which digest."""

    time: datetime
    imprint: bytes


def token_facts(token: bytes) -> TokenFacts:
    """What stands in a token; nothing of it is checked. Raises TimeStampError when it is none."""
    try:
        content = content_of(token, _TST_INFO_IN_TOKEN)
        time = content_of(content, _TIME).decode("ascii")
        moment = datetime.strptime(time.rstrip("Z").partition(".")[0] + "+0000", "%Y%m%d%H%M%S%z")
        return TokenFacts(moment, content_of(content, _IMPRINT))
    except ValueError as error:
        raise TimeStampError("no token") from error


class TokenRoom:
    """How large the tokens of an authority are: asked for one once, and kept. Safe over threads."""

    def __init__(self) -> None:
        self._largest = 0

    def token_bytes(self, time_stamps: TimeStamps, at: datetime) -> int:
        """The largest so far; the first time, a token over nothing is measured."""
        if not self._largest:
            try:
                self.seen(time_stamps.token(bytes(32), at=at))
            except TimeStampError:
                return _ASSUMED_TOKEN_BYTES
        return self._largest

    def seen(self, token: bytes) -> None:
        """Remember its size."""
        self._largest = max(self._largest, len(token))


# ContentInfo, [0], SignedData: its third part is the content, in [0] and an OCTET STRING.
_TST_INFO_IN_TOKEN = (1, 0, 2, 1, 0)
_IMPRINT, _TIME = (2, 1), (4,)


def _token_content(digest: bytes, at: datetime, nonce: int | None) -> bytes:
    return element(
        SEQUENCE,
        integer(1),
        oid(POLICY_OID),
        element(SEQUENCE, SHA_256, element(OCTET_STRING, digest)),
        integer(secrets.randbits(63)),
        element(GENERALIZED_TIME, at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode()),
        b"" if nonce is None else integer(nonce),
    )
