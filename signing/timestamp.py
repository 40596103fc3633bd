"""A time-stamp authority inside the process (RFC 3161): a digest and a time in, a signed token out."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing.keys import Identity

POLICY_OID = "2.25.296483627365472638154271633598237641009"
"""Of a UUID (X.667): a test policy that promises nothing."""


class TimeStamps(Protocol):
    """Whoever dates a signature."""

    def token(self, digest: bytes, *, at: datetime) -> bytes:
        """A time-stamp token (DER ContentInfo) for a SHA-256 digest; `at` is the time wished for, which
        an authority with a clock of its own ignores. Raises TimeStampError."""


@dataclass(frozen=True, slots=True)
class LocalTimeStamps:
    """Dates with the key of `identity` (extended key usage timeStamping), at the time it is told."""

    identity: Identity

    def token(self, digest: bytes, *, at: datetime) -> bytes:
        content = _token_content(digest, at)
        attributes = _signed_attributes(content, self._certificate())
        signature = self.identity.key.sign(attributes.dump())
        return bytes(self._package(content, attributes, signature).dump())

    def _certificate(self) -> Any:
        return asn1_x509.Certificate.load(self.identity.certificate.public_bytes(Encoding.DER))

    def _package(self, content: bytes, attributes: Any, signature: bytes) -> Any:
        certificate = self._certificate()
        issuers = [
            asn1_x509.Certificate.load(link.public_bytes(Encoding.DER)) for link in self.identity.chain
        ]
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {
                        "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                            {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                        )
                    }
                ),
                "digest_algorithm": _SHA256,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
                "signed_attrs": attributes,
                "signature": signature,
            }
        )
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [_SHA256],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": cms.ParsableOctetString(content),
                },
                "certificates": [certificate, *issuers],
                "signer_infos": [signer],
            }
        )
        return cms.ContentInfo({"content_type": "signed_data", "content": signed})


_SHA256 = algos.DigestAlgorithm({"algorithm": "sha256"})


def _token_content(digest: bytes, at: datetime) -> bytes:
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": POLICY_OID,
            "message_imprint": {"hash_algorithm": _SHA256, "hashed_message": digest},
            "serial_number": secrets.randbits(63),
            "gen_time": core.GeneralizedTime(at),
        }
    )
    return bytes(info.dump())


def _signed_attributes(content: bytes, certificate: Any) -> Any:
    """Content type, digest, and which certificate signed (ESSCertIDv2, RFC 5816)."""
    reference = tsp.SigningCertificateV2({"certs": [{"cert_hash": sha256(certificate.dump()).digest()}]})
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [sha256(content).digest()]}),
            cms.CMSAttribute({"type": "signing_certificate_v2", "values": [reference]}),
        ]
    )
