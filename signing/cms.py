"""Signatures in the form of CMS (RFC 5652): a certificate and a value in, the DER that a PDF carries out.

All but the digest, the value and the time-stamp is decided by the certificate, so it is built once a
certificate and kept (docs/decisions/0023).
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from signing.der import NULL, OCTET_STRING, SEQUENCE, SET, element, explicit, integer, oid, set_of
from signing.errors import CertificateNotForSigningError

_SIGNED_DATA = oid("1.2.840.113549.1.7.2")
DATA = oid("1.2.840.113549.1.7.1")
TST_INFO = oid("1.2.840.113549.1.9.16.1.4")
_CONTENT_TYPE = oid("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4")
_SIGNING_CERTIFICATE_V2 = oid("1.2.840.113549.1.9.16.2.47")
_SIGNATURE_TIME_STAMP = oid("1.2.840.113549.1.9.16.2.14")
SHA_256 = element(SEQUENCE, oid("2.16.840.1.101.3.4.2.1"), element(NULL))
_ECDSA_SHA_256 = element(SEQUENCE, oid("1.2.840.10045.4.3.2"))
_RSA_SHA_256 = element(SEQUENCE, oid("1.2.840.113549.1.1.11"), element(NULL))

_NO_DIGEST = bytes(32)
_KEPT = 256
"""Templates kept: more people than ever sign in one process."""
_WRAPPING = 96
"""Bytes of tags and lengths at most around value and token."""


@dataclass(frozen=True, slots=True)
class Template:
    """What the certificate and its chain decide of every signature made with its key."""

    content_type: bytes
    certificate: Certificate
    public: EllipticCurvePublicKey | RSAPublicKey
    certificates: bytes
    signer: bytes
    before_digest: bytes
    after_digest: bytes

    def attributes(self, digest: bytes) -> bytes:
        """The signed attributes over a content of this SHA-256, as they are signed (a SET, RFC 5652 5.4).

        Content type, digest and which certificate signs: what PAdES asks for (EN 319 142-1, 6.3), and no
        signing time, which stands in the PDF's dictionary.
        """
        return self.before_digest + digest + self.after_digest

    def package(self, attributes: bytes, value: bytes, *, content: bytes = b"", token: bytes = b"") -> bytes:
        """The whole CMS. Without `content` it is detached; `token` dates the value (CAdES-T)."""
        elliptic = isinstance(self.public, EllipticCurvePublicKey)
        dated = element(SEQUENCE, _SIGNATURE_TIME_STAMP, element(SET, token)) if token else b""
        signer = element(
            SEQUENCE,
            integer(1),
            self.signer,
            SHA_256,
            b"\xa0" + attributes[1:],
            _ECDSA_SHA_256 if elliptic else _RSA_SHA_256,
            element(OCTET_STRING, value),
            explicit(1, dated) if dated else b"",
        )
        carried = explicit(0, element(OCTET_STRING, content)) if content else b""
        data = element(
            SEQUENCE,
            integer(1 if self.content_type == DATA else 3),
            element(SET, SHA_256),
            element(SEQUENCE, self.content_type, carried),
            self.certificates,
            element(SET, signer),
        )
        return element(SEQUENCE, _SIGNED_DATA, explicit(0, data))

    def largest(self, token_bytes: int) -> int:
        """Bytes that a detached signature with a token of this size takes at most."""
        size = (self.public.key_size + 7) // 8
        # ECDSA-Sig-Value is two integers with a sign byte and two bytes of tag and length each.
        value = bytes(2 * size + 9 if isinstance(self.public, EllipticCurvePublicKey) else size)
        return len(self.package(self.attributes(_NO_DIGEST), value)) + token_bytes + _WRAPPING

    def made(self, attributes: bytes, value: bytes) -> bool:
        """True when the certificate's key made this value over these attributes."""
        try:
            if isinstance(self.public, EllipticCurvePublicKey):
                self.public.verify(value, attributes, ECDSA(hashes.SHA256()))
            else:
                self.public.verify(value, attributes, PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True


@lru_cache(_KEPT)
def template_of(
    certificate: Certificate, chain: tuple[Certificate, ...], content_type: bytes = DATA
) -> Template:
    """Made once a certificate. Raises CertificateNotForSigningError for another kind of key.

    A root is left out: whoever trusts it has it, and nobody else may (EN 319 142-1, 6.3).
    """
    public = certificate.public_key()
    if not isinstance(public, EllipticCurvePublicKey | RSAPublicKey):
        raise CertificateNotForSigningError(type(public).__name__)
    carried = [certificate, *(link for link in chain if link.issuer != link.subject)]
    before, after = _attributes(certificate, content_type).split(_NO_DIGEST)
    return Template(
        content_type=content_type,
        certificate=certificate,
        public=public,
        certificates=explicit(0, set_of({link.public_bytes(Encoding.DER) for link in carried})),
        signer=_issuer_and_serial(certificate),
        before_digest=before,
        after_digest=after,
    )


def _attributes(certificate: Certificate, content_type: bytes) -> bytes:
    # RFC 5035: the digest algorithm is left out because SHA-256 is the default.
    named = element(OCTET_STRING, sha256(certificate.public_bytes(Encoding.DER)).digest())
    reference = element(SEQUENCE, element(SEQUENCE, element(SEQUENCE, named)))
    return element(
        SET,
        set_of(
            element(SEQUENCE, kind, element(SET, value))
            for kind, value in (
                (_CONTENT_TYPE, content_type),
                (_MESSAGE_DIGEST, element(OCTET_STRING, _NO_DIGEST)),
                (_SIGNING_CERTIFICATE_V2, reference),
            )
        ),
    )


def _issuer_and_serial(certificate: Certificate) -> bytes:
    # As the bytes stand in the certificate: to write a name anew may change its string types.
    parsed: Any = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))["tbs_certificate"]
    return element(SEQUENCE, parsed["issuer"].dump(), parsed["serial_number"].dump())
