"""pyHanko's own signing with our keys and time-stamps, to make what others make and to compare with."""

from datetime import datetime
from typing import Any

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from pyhanko.sign.signers.pdf_cms import Signer as CmsSigner
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.keys import Identity
from signing.timestamp import TimeStamps


class KeySigner(CmsSigner):
    """pyHanko's signer with the key object kept (SimpleSigner parses it anew twice a signature)."""

    def __init__(self, identity: Identity) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([_asn1(link) for link in identity.chain])
        super().__init__(signing_cert=_asn1(identity.certificate), cert_registry=store)
        self._key = identity.key

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,
    ) -> bytes:
        return self._key.sign(data)


class Stamper(TimeStamper):
    """pyHanko's view of our time-stamps."""

    def __init__(self, time_stamps: TimeStamps, at: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._time_stamps = time_stamps
        self._at = at

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        return cms.ContentInfo.load(self._time_stamps.token(message_digest, at=self._at))


def _asn1(certificate: Certificate) -> Any:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
