"""Whether a key may sign documents here: its certificate and a time in, nothing or the reason why not out."""

import os
from datetime import datetime
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID

from signing.errors import (
    CertificateExpiredError,
    CertificateNotForSigningError,
    KeyNotOfCertificateError,
    KeyTooWeakError,
)
from signing.keys import Key

T = TypeVar("T", bound=x509.ExtensionType)

_CURVES = {"secp256r1", "secp384r1"}
_RSA_BITS = range(2048, 4096 + 1)
_NOT_DOCUMENTS = {
    ExtendedKeyUsageOID.SERVER_AUTH,
    ExtendedKeyUsageOID.CODE_SIGNING,
    ExtendedKeyUsageOID.TIME_STAMPING,
    ExtendedKeyUsageOID.OCSP_SIGNING,
}
"""A certificate whose extended key usage names these alone was issued for something else."""


def require_fit(certificate: x509.Certificate, *, at: datetime) -> None:
    """The certificate may sign a document at that time (aware).

    1. Its key is P-256, P-384, or RSA of 2048 to 4096 bits.
    2. It is no authority's, and its key usage allows signatures of documents (RFC 5280 4.2.1.3, ETSI EN
       319 412-2 4.3.2), nor do its extended usages all point elsewhere.
    3. `at` lies within its validity.

    Raises KeyTooWeakError, CertificateNotForSigningError, CertificateExpiredError.
    """
    require_strong(certificate)  # 1
    if not _for_documents(certificate):  # 2
        raise CertificateNotForSigningError
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:  # 3
        raise CertificateExpiredError


def require_strong(certificate: x509.Certificate) -> None:
    """Its key is of a kind that signs here. Raises KeyTooWeakError."""
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyTooWeakError from error
    match key:
        case EllipticCurvePublicKey() if key.curve.name in _CURVES:
            return
        case RSAPublicKey() if key.key_size in _RSA_BITS:
            return
        case _:
            raise KeyTooWeakError


def require_own(key: Key, certificate: x509.Certificate) -> None:
    """What the key signs holds under the certificate: random bytes are signed to see.

    Raises KeyNotOfCertificateError, KeyTooWeakError, and what the key raises.
    """
    probe, public = os.urandom(32), certificate.public_key()
    value = key.sign(probe)
    try:
        match public:
            case EllipticCurvePublicKey():
                public.verify(value, probe, ECDSA(hashes.SHA256()))
            case RSAPublicKey():
                public.verify(value, probe, PKCS1v15(), hashes.SHA256())
            case _:
                raise KeyTooWeakError
    except InvalidSignature as error:
        raise KeyNotOfCertificateError from error


def _for_documents(certificate: x509.Certificate) -> bool:
    try:
        extensions = certificate.extensions
    except ValueError:
        return False
    usage = _value(extensions, x509.KeyUsage)
    extended = _value(extensions, x509.ExtendedKeyUsage)
    limits = _value(extensions, x509.BasicConstraints)
    if limits is not None and limits.ca:
        return False
    if usage is not None and not (usage.digital_signature or usage.content_commitment):
        return False
    return extended is None or not set(extended) <= _NOT_DOCUMENTS


def _value(extensions: x509.Extensions, kind: type[T]) -> T | None:
    try:
        return extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
