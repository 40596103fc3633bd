"""Key containers (PKCS#12, RFC 7292): a file and its password in, an `Identity` out."""

from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs12

from signing.errors import KeyNotThereError, KeyPasswordError, KeysUnusableError, KeyTooWeakError
from signing.fitness import require_strong
from signing.keys import Identity, PrivateKey, SoftwareKey

_WRONG_PASSWORD = "invalid password"
"""How the library says it; anything else it says is of a file that is cut or no container."""


def read_pkcs12(path: Path, password: str, *, further: Iterable[x509.Certificate] = ()) -> Identity:
    """The identity of a container; `further` are certificates of issuers that the container may lack.

    Raises KeyPasswordError for a wrong password, KeyNotThereError without a key or its certificate,
    KeyTooWeakError for a key of another kind, KeysUnusableError for a file that is no container.
    """
    try:
        key, own, others = pkcs12.load_key_and_certificates(path.read_bytes(), password.encode())
    except (OSError, UnsupportedAlgorithm) as error:
        raise KeysUnusableError(path.name) from error
    except ValueError as error:
        raise (KeyPasswordError if _WRONG_PASSWORD in str(error).lower() else KeysUnusableError) from error
    if key is None or own is None:
        raise KeyNotThereError
    require_strong(own)
    if not isinstance(key, PrivateKey):
        raise KeyTooWeakError
    return Identity(SoftwareKey(key), own, chain_of(own, (*others, *further)))


def chain_of(
    certificate: x509.Certificate, others: Iterable[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """The issuers of a certificate among others, nearest first, as far as they are there."""
    left, chain = list(others), [certificate]
    while (issuer := _issuer(chain[-1], left)) is not None:
        chain.append(issuer)
        left.remove(issuer)
    return tuple(chain[1:])


def _issuer(certificate: x509.Certificate, candidates: Iterable[x509.Certificate]) -> x509.Certificate | None:
    if certificate.subject == certificate.issuer:
        return None
    return next((each for each in candidates if _issued(certificate, each)), None)


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True
