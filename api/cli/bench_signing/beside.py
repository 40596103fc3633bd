"""What a user would take instead: pyHanko's SimpleSigner; keys and a prepared PDF in, both signatures out."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from api.cli.bench_signing.keys import OFFICER, BenchKeys
from signing.keys import Identity, private_key
from signing.model import AGENCY_FIELD, PERSON_FIELD, PreparedPdf
from signing.timestamp import TimeStamps


@dataclass(frozen=True, slots=True)
class PlainPyHanko:
    """Signs as pyHanko's documentation shows it; time-stamps come from where ours come from."""

    keys: BenchKeys
    agency: str
    time_stamps: TimeStamps

    def sign(self, prepared: PreparedPdf, *, reason: str, at: datetime) -> bytes:
        """Both fields filled, B-T."""
        return asyncio.run(self._signed(prepared.content, reason, at))

    async def _signed(self, content: bytes, reason: str, at: datetime) -> bytes:
        stamper = _Stamper(self.time_stamps, at)
        acts = ((PERSON_FIELD, self.keys.person(OFFICER)), (AGENCY_FIELD, self.keys.agency(self.agency)))
        for field, identity in acts:
            certifies = field == PERSON_FIELD
            meta = PdfSignatureMetadata(
                field_name=field,
                md_algorithm="sha256",
                reason=reason,
                certify=certifies,
                docmdp_permissions=MDPPerm.FILL_FORMS if certifies else None,  # type: ignore[arg-type]
                subfilter=SigSeedSubFilter.PADES,
            )
            signer = PdfSigner(meta, _simple(identity), timestamper=stamper)
            out: Any = await signer.async_sign_pdf(
                IncrementalPdfFileWriter(BytesIO(content)), existing_fields_only=True
            )
            content = out.getvalue()
        return content


class _Stamper(TimeStamper):
    """pyHanko's view of our time-stamps; its own ones for tests know RSA keys only."""

    def __init__(self, time_stamps: TimeStamps, at: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._time_stamps, self._at = time_stamps, at

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:  # noqa: ARG002
        return cms.ContentInfo.load(self._time_stamps.token(message_digest, at=self._at))


def _simple(identity: Identity) -> SimpleSigner:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([_asn1(link) for link in identity.chain])
    pkcs8 = private_key(identity).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=_asn1(identity.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(pkcs8),
        cert_registry=store,
    )


def _asn1(certificate: Certificate) -> Any:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
