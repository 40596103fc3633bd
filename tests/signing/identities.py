"""Identities of the test authority with keys of other kinds than it makes by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from signing.keys import Identity, PrivateKey, SoftwareKey, private_key
from signing.model import Signatory, SigningWay
from signing.trial_pki import TestPki
from tests.signing.contents import AGENCY, NOW, OFFICER

P_384, RSA_2048, RSA_3072, RSA_1024 = "P-384", "RSA-2048", "RSA-3072", "RSA-1024"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What its certificate says that it is for, and from when to when."""

    usage: tuple[str, ...] = ("content_commitment",)
    extended: tuple[ObjectIdentifier, ...] = ()
    authority: bool = False
    organisation: bool = False
    begins: datetime = NOW - timedelta(days=30)
    ends: datetime = NOW + timedelta(days=365)


SIGNS = Purpose()
STAMPS = Purpose(("digital_signature",), (ExtendedKeyUsageOID.TIME_STAMPING,))
_CURVES: dict[str, ec.EllipticCurve] = {
    "256": ec.SECP256R1(),
    "384": ec.SECP384R1(),
    "521": ec.SECP521R1(),
}
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def identity(pki: TestPki, kind: str, purpose: Purpose = SIGNS, *, name: str = OFFICER) -> Identity:
    """A person's, or whoever's `name` says, issued by the test authority."""
    key = _key(kind)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_subject(name, organisation=purpose.organisation))
        .issuer_name(pki.issuing.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(purpose.begins)
        .not_valid_after(purpose.ends)
        .add_extension(x509.BasicConstraints(ca=purpose.authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**{use: use in purpose.usage for use in _USAGES}), critical=True)
    )
    if purpose.extended:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purpose.extended), critical=True)
    certificate = builder.sign(private_key(pki.issuing), hashes.SHA256())
    chain = (pki.issuing.certificate, *pki.issuing.chain)
    return Identity(SoftwareKey(key), certificate, chain)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class KeysOfAKind:
    """`signing.keys.Keyring` with one person and one agency, whose keys are of another kind."""

    officer: Identity
    seal: Identity
    test: bool = True

    @classmethod
    def of(cls, pki: TestPki, kind: str) -> "KeysOfAKind":
        return cls(identity(pki, kind), identity(pki, kind, Purpose(organisation=True), name=AGENCY))

    def person(self, person: Signatory) -> Identity:
        return self.officer

    def agency(self, name: str) -> Identity:
        return self.seal

    def way_of(self, person: Signatory) -> SigningWay:
        return SigningWay.AT_ONCE

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator["KeysOfAKind"]:
        yield self

    def certificates(self, person: Signatory) -> tuple[x509.Certificate, ...]:
        return (self.officer.certificate, *self.officer.chain)


def _subject(name: str, *, organisation: bool) -> x509.Name:
    kind = (
        x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, "NTRVN-THUNGHIEM")
        if organisation
        else x509.NameAttribute(NameOID.SURNAME, name.partition(" ")[0])
    )
    return x509.Name([kind, x509.NameAttribute(NameOID.COMMON_NAME, f"{name} (THỬ NGHIỆM)")])


@cache
def _key(kind: str) -> PrivateKey | Ed25519PrivateKey:
    """One of each kind, for RSA keys take a moment to make."""
    family, _, size = kind.partition("-")
    if family == "RSA":
        return rsa.generate_private_key(65537, int(size))
    return ec.generate_private_key(_CURVES[size]) if size else Ed25519PrivateKey.generate()
