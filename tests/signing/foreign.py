"""PDFs that others might have signed: visible marks, plain form fields, long-term data."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigAppearanceSetup,
    SigIOSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import TextStampStyle

from signing.cms import template_of
from signing.fields import Act, gap_of, with_room, with_value
from signing.keys import Identity, private_key
from signing.model import AGENCY_FIELD, PERSON_FIELD, PreparedPdf
from signing.timestamp import LocalTimeStamps
from signing.trial_pki import TestPki
from tests.signing.contents import NOW
from tests.signing.pyhanko_signing import KeySigner, Stamper


def form(values: dict[str, str]) -> bytes:
    """One empty page with text fields."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        fields = [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Widget,
                    FT=pikepdf.Name.Tx,
                    T=pikepdf.String(name),
                    V=pikepdf.String(value),
                    P=page.obj,
                    Rect=[50, 700 - 40 * number, 300, 730 - 40 * number],
                )
            )
            for number, (name, value) in enumerate(values.items())
        ]
        page.obj.Annots = pikepdf.Array(fields)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def set_value(content: bytes, name: str, value: str) -> bytes:
    """A later revision in which that field has another value."""
    writer: Any = IncrementalPdfFileWriter(BytesIO(content))
    fields = [item.get_object() for item in writer.root["/AcroForm"]["/Fields"]]
    field = next(item for item in fields if item["/T"] == name)
    field["/V"] = pdf_string(value)
    writer.update_container(field)
    return _written(writer)


def approve(
    content: bytes, identity: Identity, field: str, *, shows: str = "", kind: str = "ETSI.CAdES.detached"
) -> bytes:
    """An approval signature without time-stamp, visible when it shows something."""
    spec = SigFieldSpec(field, box=(100, 500, 400, 560) if shows else None)
    writer = IncrementalPdfFileWriter(BytesIO(content))
    embedding = PdfCMSEmbedder(new_field_spec=spec).write_cms(field, writer)
    next(embedding)
    style = TextStampStyle(stamp_text=shows, background=None)
    placeholder = SignatureObject(timestamp=NOW, subfilter=SigSeedSubFilter.PADES, bytes_reserved=8192)
    placeholder["/SubFilter"] = pdf_name(f"/{kind}")
    appearance = SigAppearanceSetup(style, NOW, "")
    embedding.send(SigObjSetup(placeholder, appearance_setup=appearance))
    prepared, out = embedding.send(SigIOSetup("sha256"))
    signer = KeySigner(identity)
    embedding.send(asyncio.run(signer.async_sign(prepared.document_digest, "sha256", use_pades=True)))
    return bytes(out.getvalue())


def keep_for_long(content: bytes, pki: TestPki) -> bytes:
    """Revocation lists in a document security store, then a document time-stamp."""
    out = BytesIO(content)
    certificates: Iterable[Any] = map(asn1_x509.Certificate.load, [pki.anchor])
    DocumentSecurityStore.add_dss(
        out, None, certs=list(certificates), crls=[asn1_crl.CertificateList.load(one) for one in pki.crls]
    )
    stamper = PdfTimeStamper(Stamper(LocalTimeStamps(pki.time_stamping), NOW))
    writer = IncrementalPdfFileWriter(BytesIO(out.getvalue()))
    return bytes(asyncio.run(stamper.async_timestamp_pdf(writer, "sha256")).getvalue())


def _written(writer: Any) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def crl_revoking(identity: Identity, issuer: Identity, at: datetime) -> bytes:
    """A revocation list (DER) of the issuer that names that certificate."""
    revoked = (
        x509.RevokedCertificateBuilder()
        .serial_number(identity.certificate.serial_number)
        .revocation_date(at)
        .build()
    )
    key = x509.AuthorityKeyIdentifier.from_issuer_public_key(private_key(issuer).public_key())
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at)
        .next_update(at + timedelta(days=365))
        .add_extension(x509.CRLNumber(2), critical=False)
        .add_extension(key, critical=False)
        .add_revoked_certificate(revoked)
        .sign(private_key(issuer), hashes.SHA256())
    )
    return crl.public_bytes(Encoding.DER)


def sign_regardless(prepared: PreparedPdf, officer: Identity, seal: Identity, *, at: datetime) -> bytes:
    """Both signatures, undated, by keys that nobody asked whether they may sign."""
    content = prepared.content
    for field, identity in ((PERSON_FIELD, officer), (AGENCY_FIELD, seal)):
        template = template_of(identity.certificate, identity.chain)
        act = Act(field, "x", at, certifies=field == PERSON_FIELD)
        content = with_room(content, act, template.largest(0))
        attributes = template.attributes(gap_of(content).digest(content))
        content = with_value(content, template.package(attributes, identity.key.sign(attributes)))
    return content
