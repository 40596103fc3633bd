"""Signers that ask for a PIN, or whose keys are elsewhere, over the keys of the test authority; and the
elsewhere: a key that signs what is handed out.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.serialization import Encoding

from signing.errors import KeyElsewhereError, PinNeededError, TokenLostError, WrongPinError
from signing.model import (
    PendingSignature,
    PreparedPdf,
    Signatory,
    SignedPdf,
    Signer,
    SigningWay,
)
from signing.trial_pki import TestPki

PIN = "246810"


@dataclass(slots=True)
class TokenSigner:
    """`signing.model.Signer` that signs for a person only while it is unlocked; it counts the entries of the
    PIN, and fails (it is pulled out) after so many signatures when told to."""

    inner: Signer
    open_for: str | None = None
    entries: list[str] = field(default_factory=list)
    left: int | None = None
    error: Exception = field(default_factory=TokenLostError)
    on_sign: Callable[[int], None] = lambda _: None
    signed: int = 0

    @property
    def test(self) -> bool:
        return self.inner.test

    def way_of(self, person: Signatory) -> SigningWay:
        return SigningWay.PIN

    def certificates_of(self, person: Signatory) -> tuple[bytes, ...]:
        return self.inner.certificates_of(person)

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator["TokenSigner"]:
        self.entries.append(person.id)
        if pin != PIN:
            raise WrongPinError
        self.open_for = person.id
        yield self
        self.open_for = None

    def sign(self, prepared: PreparedPdf, *, person: Signatory, reason: str, at: datetime) -> SignedPdf:
        if self.open_for != person.id:
            raise PinNeededError
        if self.left == 0:
            raise self.error
        self.left = None if self.left is None else self.left - 1
        self.signed += 1
        self.on_sign(self.signed)
        return self.inner.sign(prepared, person=person, reason=reason, at=at)

    def begin(
        self, prepared: PreparedPdf, *, certificates: tuple[bytes, ...], reason: str, at: datetime
    ) -> PendingSignature:
        return self.inner.begin(prepared, certificates=certificates, reason=reason, at=at)

    def finish(self, pending: PendingSignature, value: bytes) -> SignedPdf:
        return self.inner.finish(pending, value)


@dataclass(frozen=True, slots=True)
class OutsideSigner:
    """`signing.model.Signer` that holds the certificates and not the keys of persons."""

    inner: Signer

    @property
    def test(self) -> bool:
        return self.inner.test

    def way_of(self, person: Signatory) -> SigningWay:
        return SigningWay.OUTSIDE

    def certificates_of(self, person: Signatory) -> tuple[bytes, ...]:
        return self.inner.certificates_of(person)

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator["OutsideSigner"]:
        raise KeyElsewhereError
        yield self

    def sign(self, prepared: PreparedPdf, *, person: Signatory, reason: str, at: datetime) -> SignedPdf:
        raise KeyElsewhereError

    def begin(
        self, prepared: PreparedPdf, *, certificates: tuple[bytes, ...], reason: str, at: datetime
    ) -> PendingSignature:
        return self.inner.begin(prepared, certificates=certificates, reason=reason, at=at)

    def finish(self, pending: PendingSignature, value: bytes) -> SignedPdf:
        return self.inner.finish(pending, value)


@dataclass(frozen=True, slots=True)
class PlugIn:
    """What a person has at their own machine: a key and its certificates."""

    pki: TestPki
    person: Signatory

    def certificates(self) -> tuple[bytes, ...]:
        """DER, the signer's first."""
        identity = self.pki.person(self.person)
        return tuple(each.public_bytes(Encoding.DER) for each in (identity.certificate, *identity.chain))

    def signature(self, signed_attributes: bytes) -> bytes:
        """The value over what was handed out."""
        return self.pki.person(self.person).key.sign(signed_attributes)
