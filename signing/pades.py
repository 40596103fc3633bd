"""Two PAdES signatures on one PDF: an unsigned PDF in, a prepared one, then a twice signed one out.

Both fields exist before the first signature: a field added later would break the officer's
certification (DocMDP P=2 allows filling, not adding).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.general import SigningError as PyHankoSigningError
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer as CmsSigner
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.errors import NotPreparedError, SigningError, TimeStampError
from signing.foreign_loop import run_coroutine
from signing.keys import Identity, Keyring
from signing.model import (
    AGENCY_FIELD,
    PERSON_FIELD,
    Digest,
    PreparedPdf,
    Signatory,
    SignatureLevel,
    SignedPdf,
    SigningWay,
    UnsignedPdf,
)
from signing.timestamp import TimeStamps

_FIELDS = (
    (PERSON_FIELD, "Chữ ký số của người thực hiện chứng thực"),
    (AGENCY_FIELD, "Chữ ký số của cơ quan"),
)
_TOKEN_BYTES = 6 * 1024
"""Reserved for a time-stamp token whose size is not known because the authority is down."""


def prepare(unsigned: UnsignedPdf) -> PreparedPdf:
    """Add both signature fields, empty, invisible and named for screen readers (PDF/UA-1 7.18.1).

    Raises SigningError when the PDF cannot be read.
    """
    try:
        writer = IncrementalPdfFileWriter(BytesIO(unsigned.content))
        for name, readable in _FIELDS:
            append_signature_field(writer, SigFieldSpec(name, readable_field_name=readable))
        out = BytesIO()
        writer.write(out)  # type: ignore[no-untyped-call]
    except PdfError as error:
        raise SigningError(str(error)) from error
    return PreparedPdf(out.getvalue())


@dataclass(frozen=True, slots=True)
class PadesSigner:
    """Signs with keys held in memory; the model's `Signer`. Safe to share between threads.

    Without `time_stamps`, or when they fail, the level is B-B and the document is signed all the same.
    """

    keyring: Keyring
    agency: str
    time_stamps: TimeStamps | None = None

    @property
    def test(self) -> bool:
        return self.keyring.test

    def way_of(self, person: Signatory) -> SigningWay:
        """See `signing.model.Signer`."""
        return self.keyring.way_of(person)

    @contextmanager
    def unlocked(self, person: Signatory, pin: str) -> Iterator["PadesSigner"]:
        """See `signing.model.Signer`."""
        with self.keyring.unlocked(person, pin) as keyring:
            yield replace(self, keyring=keyring)

    def certificates_of(self, person: Signatory) -> tuple[bytes, ...]:
        """See `signing.model.Signer`."""
        return tuple(each.public_bytes(Encoding.DER) for each in self.keyring.certificates(person))

    def sign(self, prepared: PreparedPdf, *, person: Signatory, reason: str, at: datetime) -> SignedPdf:
        """See `signing.model.Signer`. Raises NotPreparedError, KeysUnusableError, SigningError."""
        _require_empty_fields(prepared.content)
        officer, seal = self.keyring.person(person), self.keyring.agency(self.agency)
        first = _SigningAct(PERSON_FIELD, officer, reason, at, certifies=True)
        second = _SigningAct(AGENCY_FIELD, seal, reason, at, certifies=False)
        try:
            content, dated = run_coroutine(self._sign_both(prepared.content, first, second))
        except (PdfError, PyHankoSigningError, ValueError) as error:
            raise SigningError(str(error)) from error
        level = SignatureLevel.B_T if dated else SignatureLevel.B_B
        return SignedPdf(content, Digest(sha256(content).hexdigest()), level)

    async def _sign_both(
        self, content: bytes, first: "_SigningAct", second: "_SigningAct"
    ) -> tuple[bytes, bool]:
        content, first_dated = await _sign_field(content, first, self.time_stamps)
        content, second_dated = await _sign_field(content, second, self.time_stamps)
        return content, first_dated and second_dated


@dataclass(frozen=True, slots=True)
class _SigningAct:
    """Who fills which field, why and when."""

    field: str
    identity: Identity
    reason: str
    at: datetime
    certifies: bool


def _require_empty_fields(content: bytes) -> None:
    try:
        reader = PdfFileReader(BytesIO(content))
        empty = [name for name, _, _ in enumerate_sig_fields(reader, filled_status=False)]
    except PdfError as error:
        raise NotPreparedError(str(error)) from error
    if empty != [PERSON_FIELD, AGENCY_FIELD] or len(reader.embedded_signatures):
        raise NotPreparedError(", ".join(empty))


async def _sign_field(content: bytes, act: _SigningAct, time_stamps: TimeStamps | None) -> tuple[bytes, bool]:
    """Fill one field in a new revision; the second value tells whether the signature is dated (B-T)."""
    signer = KeySigner(act.identity)
    reserved, stamper = await _measure(signer, time_stamps, act.at)
    writer = IncrementalPdfFileWriter(BytesIO(content))
    embedding = PdfCMSEmbedder().write_cms(act.field, writer, existing_fields_only=True)
    next(embedding)
    embedding.send(_signature_dictionary(act, reserved))
    prepared, out = embedding.send(SigIOSetup("sha256", in_place=False))
    try:
        signature = await signer.async_sign(
            prepared.document_digest, "sha256", use_pades=True, timestamper=stamper
        )
        dated = stamper is not None
    except TimeStampError:
        signature = await signer.async_sign(prepared.document_digest, "sha256", use_pades=True)
        dated = False
    embedding.send(signature)
    return out.getvalue(), dated


def _signature_dictionary(act: _SigningAct, reserved: int) -> SigObjSetup:
    placeholder = SignatureObject(
        timestamp=act.at,
        subfilter=SigSeedSubFilter.PADES,
        reason=act.reason,
        bytes_reserved=reserved,
    )
    rules = SigMDPSetup("sha256", certify=True, docmdp_perms=MDPPerm.FILL_FORMS) if act.certifies else None
    return SigObjSetup(placeholder, mdp_setup=rules)


async def _measure(
    signer: "KeySigner", time_stamps: TimeStamps | None, at: datetime
) -> tuple[int, "Stamper | None"]:
    """How many hexadecimal digits to reserve: those of a trial signature and a quarter more.

    An overflow would lose the job, and ECDSA signatures and serial numbers vary in length.
    """
    nothing = bytes(32)
    stamper = Stamper(time_stamps, at) if time_stamps else None
    trial = await signer.async_sign(nothing, "sha256", use_pades=True)
    size = len(trial.dump())
    if stamper is not None:
        try:
            token = await stamper.async_timestamp(nothing, "sha256")
            size += len(token.dump())
        except TimeStampError:
            size += _TOKEN_BYTES
    return 2 * (size * 5 // 4), stamper


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
        digest_algorithm: str,  # noqa: ARG002  pyHanko names them; ours is SHA-256 always
        dry_run: bool = False,  # noqa: ARG002
    ) -> bytes:
        return self._key.sign(data)


class Stamper(TimeStamper):
    """pyHanko's view of our time-stamps."""

    def __init__(self, time_stamps: TimeStamps, at: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._time_stamps = time_stamps
        self._at = at

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:  # noqa: ARG002
        return cms.ContentInfo.load(self._time_stamps.token(message_digest, at=self._at))


def _asn1(certificate: Certificate) -> Any:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
