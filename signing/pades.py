"""Two PAdES signatures on one PDF: an unsigned PDF in, a prepared one, then a twice signed one out.

The officer certifies that nothing but the agency's field may be filled (DocMDP P=2), then the agency
seals. The person's key may be here or elsewhere: elsewhere, the signature is begun, and finished when its
value has come, maybe by another process.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.serialization import Encoding

from signing.cms import Template, template_of
from signing.errors import (
    NotPreparedError,
    RoomTooSmallError,
    SignatureFaultyError,
    SignatureRefusedError,
    TimeStampError,
)
from signing.fields import Act, gap_of, value_of, with_fields, with_room, with_value
from signing.fitness import require_fit
from signing.keys import Identity, Keyring
from signing.model import (
    AGENCY_FIELD,
    PERSON_FIELD,
    Digest,
    PendingSignature,
    PreparedPdf,
    Signatory,
    SignatureLevel,
    SignedPdf,
    SigningWay,
    UnsignedPdf,
)
from signing.presented import signer_and_chain
from signing.timestamp import TimeStamps, TokenRoom, token_facts

_TRIES = 3
"""How often a signature is made anew because its time-stamp came larger than any before."""


def prepare(unsigned: UnsignedPdf) -> PreparedPdf:
    """Add both signature fields, empty, invisible and named for screen readers (PDF/UA-1 7.18.1).

    Raises NotPreparedError when the PDF cannot be read.
    """
    return PreparedPdf(with_fields(unsigned.content))


def begun_from(prepared: PreparedPdf, pending: PendingSignature) -> bool:
    """Whether it was begun from this very PDF, for that reason and time: byte for byte, whatever room is
    left; and what is to be signed speaks of it. Raises CertificateUnreadableError."""
    template = template_of(*signer_and_chain((pending.certificate,)))
    act = Act(PERSON_FIELD, pending.reason, pending.at, certifies=True)
    try:
        gap = gap_of(pending.content)
        same = with_room(prepared.content, act, (gap.end - gap.start - 2) // 2) == pending.content
    except NotPreparedError:
        return False
    return same and template.attributes(gap.digest(pending.content)) == pending.signed_attributes


@dataclass(frozen=True, slots=True)
class _Made:
    """One signature as it was put into the file, which ended with it."""

    content: bytes
    template: Template
    value: bytes
    cms: bytes
    dated: bool

    def require_whole(self, final: bytes) -> None:
        """The file as it leaves here begins with this one, and the signature in it is true.

        A faulty device, or memory, must not put out what looks signed. Raises SignatureFaultyError.
        """
        revision = final[: len(self.content)]
        attributes = self.template.attributes(gap_of(revision).digest(revision))
        written = value_of(revision)
        there = written.startswith(self.cms) and not any(written[len(self.cms) :])
        said = attributes[2:] in self.cms and self.value in self.cms
        if not (there and said and self.template.made(attributes, self.value)):
            raise SignatureFaultyError


@dataclass(frozen=True, slots=True)
class PadesSigner:
    """Signs with the keys of a keyring; the model's `Signer`. Safe to share between threads if they are.

    Without `time_stamps`, or when they fail, the level is B-B and the document is signed all the same.
    """

    keyring: Keyring
    agency: str
    time_stamps: TimeStamps | None = None
    _room: TokenRoom = field(default_factory=TokenRoom, repr=False, compare=False)

    @property
    def test(self) -> bool:
        return self.keyring.test

    def way_of(self, person: Signatory) -> SigningWay:
        """See `signing.model.Signer`."""
        return self.keyring.way_of(person)

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator["PadesSigner"]:
        """See `signing.model.Signer`."""
        with self.keyring.unlocked(person, pin) as keyring:
            yield replace(self, keyring=keyring)

    def certificates_of(self, person: Signatory) -> tuple[bytes, ...]:
        """See `signing.model.Signer`."""
        return tuple(each.public_bytes(Encoding.DER) for each in self.keyring.certificates(person))

    def sign(self, prepared: PreparedPdf, *, person: Signatory, reason: str, at: datetime) -> SignedPdf:
        """See `signing.model.Signer`. Raises NotPreparedError, KeysUnusableError, SigningError."""
        officer, seal = self.keyring.person(person), self._seal(at)
        require_fit(officer.certificate, at=at)
        certified = self._filled(prepared.content, officer, Act(PERSON_FIELD, reason, at, certifies=True))
        return self._sealed(prepared.content, certified, seal, Act(AGENCY_FIELD, reason, at, certifies=False))

    def begin(
        self, prepared: PreparedPdf, *, certificates: tuple[bytes, ...], reason: str, at: datetime
    ) -> PendingSignature:
        """See `signing.model.Signer`. Raises CertificateUnreadableError, CertificateExpiredError,
        CertificateNotForSigningError, NotPreparedError, KeysUnusableError."""
        certificate, chain = signer_and_chain(certificates)
        require_fit(certificate, at=at)
        self._seal(at)  # nobody signs for nothing
        template = template_of(certificate, chain)
        act = Act(PERSON_FIELD, reason, at, certifies=True)
        content = with_room(prepared.content, act, self._room_for(template, at))
        return PendingSignature(
            content=content,
            signed_attributes=template.attributes(gap_of(content).digest(content)),
            certificate=certificate.public_bytes(Encoding.DER),
            chain=tuple(link.public_bytes(Encoding.DER) for link in chain),
            reason=reason,
            at=at,
        )

    def finish(self, pending: PendingSignature, value: bytes) -> SignedPdf:
        """See `signing.model.Signer`. Raises SignatureRefusedError, also when what was kept in between is
        no longer what was handed out, NotPreparedError, KeysUnusableError, SigningError."""
        certificate, chain = signer_and_chain((pending.certificate, *pending.chain))
        require_fit(certificate, at=pending.at)
        template = template_of(certificate, chain)
        attributes = template.attributes(gap_of(pending.content).digest(pending.content))
        if attributes != pending.signed_attributes or any(value_of(pending.content)):
            raise SignatureRefusedError
        if not template.made(attributes, value):
            raise SignatureRefusedError
        seal = self._seal(pending.at)
        token = self._token(self.time_stamps, template, value, pending.at)
        try:
            certified = _embedded(pending.content, template, value, token)
        except RoomTooSmallError:
            certified = _embedded(pending.content, template, value, b"")
        act = Act(AGENCY_FIELD, pending.reason, pending.at, certifies=False)
        return self._sealed(b"", certified, seal, act)

    def _seal(self, at: datetime) -> Identity:
        seal = self.keyring.agency(self.agency)
        require_fit(seal.certificate, at=at)
        return seal

    def _sealed(self, prepared: bytes, certified: _Made, seal: Identity, act: Act) -> SignedPdf:
        sealed = self._filled(certified.content, seal, act)
        content = sealed.content
        if not content.startswith(prepared):
            raise SignatureFaultyError
        for made in (certified, sealed):
            made.require_whole(content)
        level = SignatureLevel.B_T if certified.dated and sealed.dated else SignatureLevel.B_B
        return SignedPdf(content, Digest(sha256(content).hexdigest()), level)

    def _filled(self, content: bytes, identity: Identity, act: Act) -> _Made:
        """One field filled in a new revision, with a time-stamp if there is one to be had."""
        for _ in range(_TRIES):
            with suppress(RoomTooSmallError):
                return self._tried(content, identity, act, self.time_stamps)
        return self._tried(content, identity, act, None)

    def _tried(self, content: bytes, identity: Identity, act: Act, time_stamps: TimeStamps | None) -> _Made:
        template = template_of(identity.certificate, identity.chain)
        waiting = with_room(content, act, self._room_for(template, act.at))
        value = identity.key.sign(template.attributes(gap_of(waiting).digest(waiting)))
        return _embedded(waiting, template, value, self._token(time_stamps, template, value, act.at))

    def _room_for(self, template: Template, at: datetime) -> int:
        """Bytes to reserve: what the signature takes at most, and a quarter more."""
        token_bytes = self._room.token_bytes(self.time_stamps, at) if self.time_stamps else 0
        return template.largest(token_bytes) * 5 // 4

    def _token(self, time_stamps: TimeStamps | None, template: Template, value: bytes, at: datetime) -> bytes:
        """A time-stamp over the value; nothing when there is none. Raises CertificateExpiredError when the
        certificate is out of date by then."""
        if time_stamps is None:
            return b""
        digest = sha256(value).digest()
        try:
            token = time_stamps.token(digest, at=at)
            facts = token_facts(token)
        except TimeStampError:
            return b""
        if facts.imprint != digest:
            return b""
        require_fit(template.certificate, at=facts.time)
        self._room.seen(token)
        return token


def _embedded(content: bytes, template: Template, value: bytes, token: bytes) -> _Made:
    attributes = template.attributes(gap_of(content).digest(content))
    cms = template.package(attributes, value, token=token)
    return _Made(with_value(content, cms), template, value, cms, dated=bool(token))
