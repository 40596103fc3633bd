"""Keys on disk: one PEM file an identity (key, certificate, chain) in, an `Identity` out, and back."""

import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import NameOID

from signing.errors import KeysUnusableError
from signing.model import Signatory, SigningWay

TEST_WORD = "THỬ NGHIỆM"
"""Stands in the subject of every certificate a test key has; a key without it is a real key."""

_KEY_CONTAINERS = {".p12", ".pfx", ".jks", ".key"}


class KeyAlgorithm(StrEnum):
    """How a key signs; the digest is SHA-256 always."""

    ECDSA = "ecdsa"
    RSA = "rsa"


class Key(Protocol):
    """A private key that never has to leave where it is."""

    @property
    def algorithm(self) -> KeyAlgorithm:
        """How it signs."""

    def sign(self, data: bytes) -> bytes:
        """The signature value of CMS over `data`: ECDSA-Sig-Value (RFC 5753) or RSASSA-PKCS1-v1_5.

        Raises KeysUnusableError.
        """


PrivateKey = EllipticCurvePrivateKey | RSAPrivateKey


@dataclass(frozen=True, slots=True)
class SoftwareKey:
    """A key held in the memory of this process."""

    private: PrivateKey

    @property
    def algorithm(self) -> KeyAlgorithm:
        return KeyAlgorithm.RSA if isinstance(self.private, RSAPrivateKey) else KeyAlgorithm.ECDSA

    def sign(self, data: bytes) -> bytes:
        """See `Key`."""
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(data, PKCS1v15(), hashes.SHA256())
        return self.private.sign(data, ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class Identity:
    """A key, its certificate, and the chain from its issuer up to the root."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @property
    def root(self) -> x509.Certificate:
        """The last of the chain; a root is its own."""
        return self.chain[-1] if self.chain else self.certificate


class Keyring(Protocol):
    """Where a signer finds its keys."""

    @property
    def test(self) -> bool:
        """True when these are test keys."""

    def person(self, person: Signatory) -> Identity:
        """The key of this officer. Raises KeysUnusableError, PinNeededError, KeyElsewhereError."""

    def agency(self, name: str) -> Identity:
        """The key of the agency of that name. Raises KeysUnusableError."""

    def way_of(self, person: Signatory) -> SigningWay:
        """What it takes to sign as this officer. Raises KeysUnusableError for one who cannot sign now, as
        far as that can be told without a PIN."""

    def unlocked(self, person: Signatory, pin: str) -> AbstractContextManager["Keyring"]:
        """A keyring in which this officer's key signs until the block ends, in one session of the token.

        Raises WrongPinError, PinRefusedError, KeysUnusableError; a key that needs no PIN looks at none.
        """

    def certificates(self, person: Signatory) -> tuple[x509.Certificate, ...]:
        """The officer's certificate, then those of its issuers as far as they are at hand; for a key that is
        elsewhere, too. Raises KeysUnusableError."""


def write_identity(path: Path, identity: Identity) -> bool:
    """Write once, mode 0600, whole or not at all; False when another process was first."""
    key = private_key(identity).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificates = (identity.certificate, *identity.chain)
    return write_once(path, key + b"".join(map(certificate_pem, certificates)))


def read_identity(path: Path) -> Identity:
    """Raises KeysUnusableError when the file is missing, cut or of another kind of key."""
    try:
        content = path.read_bytes()
        key = serialization.load_pem_private_key(content, password=None)
        first, *chain = x509.load_pem_x509_certificates(content)
    except (OSError, ValueError, TypeError) as error:
        raise KeysUnusableError(path.name) from error
    if not isinstance(key, PrivateKey) or key.public_key() != first.public_key():
        raise KeysUnusableError(path.name)
    return Identity(SoftwareKey(key), first, tuple(chain))


def private_key(identity: Identity) -> PrivateKey:
    """The private key itself. Raises KeysUnusableError for one that cannot leave its token."""
    if not isinstance(identity.key, SoftwareKey):
        raise KeysUnusableError(type(identity.key).__name__)
    return identity.key.private


def write_once(path: Path, content: bytes) -> bool:
    """Create `path` with all of `content`, durable, mode 0600; False when it was there already."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # NamedTemporaryFile makes it 0600; a link, unlike a rename, never replaces what a rival wrote.
    with NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=True) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return False
    return True


def certificate_pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def is_test_certificate(certificate: x509.Certificate) -> bool:
    """True when its subject says that it is for tests."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return any(TEST_WORD in str(name.value) for name in names)


def holds_real_keys(folder: Path) -> bool:
    """True when anything under `folder` may be a key that is not a test key.

    A key counts as a test key only if the certificate beside it in its own file is a test
    certificate for it; key containers and keys that cannot be read count as real.
    """
    return any(_is_real_key(path) for path in folder.rglob("*") if path.is_file())


def _is_real_key(path: Path) -> bool:
    if path.suffix.lower() in _KEY_CONTAINERS:
        return True
    with path.open("rb") as file:
        if b"PRIVATE KEY-----" not in file.read(64 * 1024):
            return False
    try:
        return not is_test_certificate(read_identity(path).certificate)
    except KeysUnusableError:
        return True
