"""Certificates of a test authority: a name, an issuer and a purpose in, a P-256 key with its certificate out.

Every subject says THỬ NGHIỆM.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
    ObjectIdentifier,
)

from signing.keys import TEST_WORD, Identity, SoftwareKey, private_key
from signing.model import TEST_MARK

DAY = timedelta(days=1)
_COMMON_NAME_LIMIT = 64
"""Bytes of UTF-8 that cryptography lets a common name have (ub-common-name, RFC 5280 appendix A.1)."""
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336

_RESPONDER = "http://ocsp.thu-nghiem.invalid"
"""Never there (RFC 6761 6.4): the home answers for itself."""

Profile = Callable[[x509.CertificateBuilder], x509.CertificateBuilder]
"""Adds what a certificate is for."""


def subject(name: str, attributes: dict[ObjectIdentifier, str] | None = None) -> x509.Name:
    """A name that says it is a test; `attributes` stand beside the common name."""
    suffix = f" ({TEST_WORD})"
    values = {
        NameOID.COUNTRY_NAME: "VN",
        NameOID.ORGANIZATION_NAME: TEST_MARK,
        **(attributes or {}),
        NameOID.COMMON_NAME: _cut(name, _COMMON_NAME_LIMIT - len(suffix.encode())) + suffix,
    }
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in values.items()])


def _cut(name: str, size: int) -> str:
    return name if len(name.encode()) <= size else name.encode()[: size - 3].decode(errors="ignore") + "…"


def issue(
    subject: x509.Name, issuer: Identity | None, now: datetime, *, years: int, profile: Profile
) -> Identity:
    """A P-256 key and its certificate, self-signed when there is no issuer."""
    key = ec.generate_private_key(ec.SECP256R1())
    signing_key = private_key(issuer) if issuer else key
    end = now + years * 365 * DAY
    if issuer:
        end = min(end, issuer.certificate.not_valid_after_utc)
        profile = _answered(profile)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
        )
    )
    certificate = profile(builder).sign(signing_key, hashes.SHA256())
    return Identity(SoftwareKey(key), certificate, (issuer.certificate, *issuer.chain) if issuer else ())


def _answered(profile: Profile) -> Profile:
    """Names a responder: many programs look at no OCSP answer, be it in the file, where none is named."""
    place = x509.UniformResourceIdentifier(_RESPONDER)
    access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)

    def apply(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
        return profile(builder).add_extension(x509.AuthorityInformationAccess([access]), critical=False)

    return apply


def _key_usage(*, signs_documents: bool = False, signs_certificates: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=signs_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def authority_profile(path_length: int) -> Profile:
    """Issues certificates, with `path_length` authorities below it."""

    def apply(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
        return builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=path_length), critical=True
        ).add_extension(_key_usage(signs_certificates=True), critical=True)

    return apply


def signer_profile(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    """Signs documents."""
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_documents=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
    )


def time_stamping_profile(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    """Stamps time: this usage alone, and critical (RFC 3161 2.3)."""
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    )


def responder_profile(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    """Answers for its issuer, and nobody need ask whether it may (RFC 6960 4.2.2.2.1)."""
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), critical=False)
        .add_extension(x509.OCSPNoCheck(), critical=False)
    )
