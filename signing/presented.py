"""Certificates as somebody hands them in: a few of them in, the signer's and its chain in order out."""

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509 import Certificate, load_der_x509_certificate

from signing.errors import CertificateUnreadableError

_LONGEST_CHAIN = 8


def signer_and_chain(ders: tuple[bytes, ...]) -> tuple[Certificate, tuple[Certificate, ...]]:
    """The signer's certificate, which comes first, and its chain; what does not belong to it is left out.

    Raises CertificateUnreadableError.
    """
    try:
        first, *others = map(load_der_x509_certificate, ders)
    except ValueError as error:
        raise CertificateUnreadableError from error
    chain: list[Certificate] = []
    last = first
    while len(chain) < _LONGEST_CHAIN and last.issuer != last.subject:
        issuer = next((one for one in others if _issued(one, last)), None)
        if issuer is None:
            break
        chain.append(issuer)
        last = issuer
    return first, tuple(chain)


def _issued(issuer: Certificate, certificate: Certificate) -> bool:
    if issuer.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, TypeError, ValueError):
        return False
    return True
